"""Written clicks: a tempo told to a conductor by the stop clock, in thirds of a second."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import TimecodeError
from scorestage.timebase.instant import FilmSpan
from scorestage.timebase.tempo import Tempo
from scorestage.timebase.thirds import read_number, seconds_text, thirds_of

WRITTEN_COUNTS = range(2, 17)
"""How many beats a conductor will count against the clock."""
_TEXT = re.compile(r"(\d{1,3})\s*(?:beats?|clicks?)?\s+in\s+(.+)")


@dataclass(frozen=True, slots=True, order=True)
class WrittenClick:
    """So many click beats in so many thirds of a second.

    W = 60 / bpm · beats, to the nearest third; the tempo is what is written, no longer the bpm.

    >>> click = WrittenClick.nearest(Tempo(88), 4)
    >>> print(click, click.tempo.bpm)
    4 beats in :02⅔ 90
    """

    beats: int
    thirds: int

    def __post_init__(self) -> None:
        if self.beats < 1 or self.thirds < 1:
            raise TimecodeError(f"{self.beats} beats in {self.thirds}/3 s is no written click")

    def __str__(self) -> str:
        return f"{self.beats} beat{'s' if self.beats > 1 else ''} in {seconds_text(self.thirds)}"

    @classmethod
    def parse(cls, text: str) -> WrittenClick:
        """Read `4 in 2 2/3` or `8 beats in :05`.

        >>> str(WrittenClick.parse("8 in 5"))
        '8 beats in :05'
        """
        match = _TEXT.fullmatch(text.strip())
        thirds = 3 * read_number(match[2]) if match is not None else Fraction(0)
        if match is None or thirds.denominator != 1 or not thirds:
            told = "write beats and seconds in thirds, for example 4 in 2 2/3"
            raise TimecodeError(f"{text!r} is no written click", do=told)
        return cls(int(match[1]), int(thirds))

    @classmethod
    def nearest(cls, tempo: Tempo, beats: int) -> WrittenClick:
        """What `beats` of a tempo last, to the nearest third of a second; a tie goes up."""
        return cls(beats, max(1, thirds_of(beats * 60 / tempo.bpm)))

    @property
    def played(self) -> FilmSpan:
        """How long the beats last as written."""
        return FilmSpan(Fraction(self.thirds, 3))

    @property
    def tempo(self) -> Tempo:
        """The tempo that it really is, in the beats it counts."""
        return Tempo(self.beats * 180 / Fraction(self.thirds))


def drift_per_minute(wanted: Tempo, real: Tempo) -> FilmSpan:
    """How late the beats of a minute of `wanted` end when they are played at `real`; early < 0.

    >>> drift_per_minute(Tempo(88), Tempo(90))
    FilmSpan('-4/3')
    """
    return FilmSpan(60 * (wanted.bpm / real.bpm - 1))


def best_written_click(tempo: Tempo, counts: Iterable[int] = WRITTEN_COUNTS) -> WrittenClick:
    """The count of beats whose length in thirds drifts least; of equal ones the fewest beats.

    >>> str(best_written_click(Tempo(96)))
    '8 beats in :05'
    """
    clicks = (WrittenClick.nearest(tempo, beats) for beats in counts)
    return min(clicks, key=lambda one: (abs(drift_per_minute(tempo, one.tempo)), one.beats))
