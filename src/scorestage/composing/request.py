"""What is asked of the composer, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from scorestage.errors import InputError, Where
from scorestage.music import Sketch, Theme
from scorestage.music.mood import Mood, mood_of
from scorestage.music.style import Style
from scorestage.production import Brief, Cue
from scorestage.timebase import FRAMES_24, FrameRate, TempoMap


@dataclass(frozen=True, slots=True)
class CueRequest:
    """A cue to be written: what it is, its bars and tempos, its themes, and in which style.

    Music runs from `Beat(0)` (a pickup before it where the grid has one) to the end of the grid.
    `themes` holds the themes it may use, among them ready variants (`Theme.varies`); the one that
    the cue names, else the first, is the main one. `rate` is what tolerances in frames are counted
    in.
    """

    cue: Cue
    tempo_map: TempoMap
    themes: tuple[Theme, ...]
    style: Style
    brief: Brief = field(default_factory=Brief)
    seed: int = 1
    rate: FrameRate = FRAMES_24

    @property
    def mood(self) -> Mood:
        """The cue's own words of tone, the film's counting half."""
        return mood_of(self.cue.tone, self.brief.tone)

    @property
    def main_theme(self) -> Theme:
        """The theme to be stated; raises `InputError` where there is none."""
        originals = [theme for theme in self.themes if not theme.varies and theme.notes]
        for theme in originals:
            if theme.id == self.cue.theme:
                return theme
        if not originals:
            raise InputError(
                "there is no theme to write from",
                Where(cue=self.cue.number),
                "add a theme or have one made",
            )
        return originals[0]

    def variants_of(self, theme: Theme) -> tuple[Theme, ...]:
        """The ready variants of a theme among those given."""
        return tuple(one for one in self.themes if one.varies == theme.id and one.notes)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why some notes stand where they do: their origin, in words, and the bars they span.

    Bars are indices counted from 0; a pickup belongs to bar 0.
    """

    origin: str
    words: str
    strand: str
    first_bar: int
    last_bar: int
    note_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A written cue: the sketch, where every note comes from, and what a person should know.

    `ground` is the same music before its hits: what a cue without any would be.
    """

    sketch: Sketch
    provenance: tuple[Provenance, ...]
    remarks: tuple[str, ...] = ()
    ground: Sketch | None = None


def stream(seed: int, *what: object) -> Random:
    """A random stream of its own for one decision, so that no decision disturbs another.

    >>> stream(1, "bar", 3).random() == stream(1, "bar", 3).random()
    True
    """
    return Random("|".join(str(part) for part in (seed, *what)))
