"""Beats as seconds, remembered: the same beats are asked for thousands of times."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.orchestration.values import Tone
from scorestage.timebase import BarGrid, Beat, TempoMap

Tones = tuple[Tone, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """A line in seconds: how long each tone lasts, from each to the next, and if it repeats."""

    lengths_seconds: tuple[float, ...]
    gaps_seconds: tuple[tuple[float, bool], ...]


class Timing:
    """The cue's bars and seconds, for decisions only: floats, never written into a score."""

    def __init__(self, grid: BarGrid, tempo_map: TempoMap) -> None:
        self.grid = grid
        self._map = tempo_map
        self._known: dict[tuple[int, int], float] = {}
        self._bars: dict[tuple[int, int], int] = {}
        self._paces: dict[int, tuple[Tones, Pace]] = {}

    def at(self, quarters: Fraction) -> float:
        """Seconds of film at a beat."""
        ratio = quarters.as_integer_ratio()  # hashed far sooner than a fraction
        found = self._known.get(ratio)
        if found is None:
            found = self._known[ratio] = float(self._map.time_at(Beat(quarters)).seconds)
        return found

    def between(self, start: Fraction, end: Fraction) -> float:
        """Seconds from one beat to another."""
        return self.at(end) - self.at(start)

    def pace(self, tones: Tones) -> Pace:
        """How long the tones of a line last and how fast they follow each other."""
        known = self._paces.get(id(tones))
        if known is None:
            lengths = tuple(self.between(tone.start, tone.end) for tone in tones)
            gaps = tuple(
                (self.between(one.start, after.start), one.key == after.key)
                for one, after in pairwise(tones)
            )
            known = self._paces[id(tones)] = tones, Pace(lengths, gaps)
        return known[1]

    def bar(self, quarters: Fraction) -> int:
        """Index of the bar a beat lies in."""
        ratio = quarters.as_integer_ratio()
        found = self._bars.get(ratio)
        if found is None:
            found = self._bars[ratio] = self.grid.index_at(Beat(quarters))
        return found

    def bar_start(self, index: int) -> Fraction:
        """Where a bar begins, in quarters; one past the last gives the final barline."""
        return self.grid.starts[index].quarters

    def label(self, quarters: Fraction) -> str:
        """The printed number of the bar a beat lies in."""
        return str(self.grid.bars[self.bar(quarters)].label) if self.grid.bars else ""

    def stress(self, quarters: Fraction) -> int:
        """3 downbeat, 2 start of a group, 1 a click, 0 off the click."""
        return self.grid.stress_at(Beat(quarters))
