"""What a person may decide before the sketch is orchestrated."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.errors import InputError
from scorestage.timebase import Beat

GROOVES = ("auto", "none", "swing", "rock", "electronic")
OPTIONS = ("balanced", "lush", "transparent", "brass-led", "small")
"""Ways to score the same sketch; `balanced` is what is done where nobody asks."""
LEVELS = ("assign", "lines", "double", "fill", "full")
"""How much is done: what is marked given out; all lines; doubled; chords and a bass; flourishes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the sketch is to be scored.

    `seed` decides between choices that are equally good. `added` lets the orchestrator add what
    is not in the sketch (timpani, percussion, harp, comping, drum patterns, a pad under a bare
    tune with chord symbols); each such note is marked as the orchestrator's. `groove` is what a
    drum kit plays; `auto` goes by the ensemble. `everyone` looks for something to play for
    players who would sit out a cue of 40 seconds or more. `option` is one of `OPTIONS`, `level` one
    of `LEVELS`: `assign` gives out what is marked, `lines` all that is there, `full` does it all.
    """

    seed: int = 1
    added: bool = True
    groove: str = "auto"
    everyone: bool = True
    option: str = "balanced"
    level: str = "full"

    def does(self, level: str) -> bool:
        """Whether so much is to be done.

        >>> Settings(level="fill").does("double"), Settings(level="fill").does("full")
        (True, False)
        """
        return LEVELS.index(self.level) >= LEVELS.index(level)

    def __post_init__(self) -> None:
        for what, said, known in (("option", self.option, OPTIONS), ("level", self.level, LEVELS)):
            if said not in known:
                raise InputError(f"{said!r} is no {what}", do=f"choose one of {', '.join(known)}")
        if self.groove not in GROOVES:
            raise InputError(
                f"{self.groove!r} is no groove", do=f"choose one of {', '.join(GROOVES)}"
            )


@dataclass(frozen=True, slots=True)
class Assignment:
    """The composer's own word: a strand (by label) goes to these players, from `start` to `end`.

    Without `start` and `end` it holds for the whole cue.
    """

    strand: str
    players: tuple[str, ...]
    start: Beat | None = None
    end: Beat | None = None
