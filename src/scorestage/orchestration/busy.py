"""What everybody plays so far, found by moment: who is free, who has a line, who repeats it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.orchestration.placing import Placed


@dataclass(slots=True)
class Busy:
    """The notes of one player in order of time."""

    placed: Sequence[Placed]
    strands: frozenset[int] = field(init=False)
    """The strands of which they have something that must be played."""
    _ordered: list[Placed] = field(init=False)
    _starts: list[Fraction] = field(init=False)
    _single: list[Placed] = field(init=False)
    _single_starts: list[Fraction] = field(init=False)
    _longest: Fraction = field(init=False)

    def __post_init__(self) -> None:
        self._ordered = sorted(self.placed, key=_start)
        self._starts = [one.start for one in self._ordered]
        self._single = [one for one in self._ordered if len(one.note.sounding) == 1]
        self._single_starts = [one.start for one in self._single]
        self._longest = max((one.end - one.start for one in self.placed), default=Fraction(0))
        self.strands = frozenset(one.task.strand for one in self.placed if one.task.essential)

    def during(self, start: Fraction, end: Fraction) -> list[Placed]:
        """The notes that sound anywhere from `start` to `end`."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end, lo=first)
        return [one for one in self._ordered[first:last] if one.end > start]

    def beside(self, at: Fraction) -> tuple[Placed | None, Placed | None]:
        """The last single note that begins before a moment, and the first one after it."""
        starts = self._single_starts
        place = bisect_left(starts, at)
        before = self._single[bisect_left(starts, starts[place - 1])] if place else None
        while place < len(starts) and starts[place] == at:
            place += 1
        return before, self._single[place] if place < len(starts) else None


class Stage:
    """The notes of all players, by player and by moment; it does not change while it is asked."""

    def __init__(self, settled: Mapping[str, Sequence[Placed]]) -> None:
        self._settled = settled
        self._players: dict[str, Busy] = {}
        self._moments: dict[tuple[int, int], list[Placed]] = {}
        self._shifts: dict[tuple[int, int], int] = {}
        for placed in settled.values():
            for one in placed:
                self._moments.setdefault(one.start.as_integer_ratio(), []).append(one)
                if not one.task.dynamics:
                    key, shift = (one.task.phrase, one.task.strand), one.task.level_shift
                    self._shifts[key] = min(shift, self._shifts.get(key, shift))

    def of(self, player: str) -> Busy:
        """One player's notes."""
        if player not in self._players:
            self._players[player] = Busy(self._settled[player])
        return self._players[player]

    def begun(self, at: Fraction) -> Sequence[Placed]:
        """All notes that begin at a moment."""
        return self._moments.get(at.as_integer_ratio(), ())

    def shift(self, phrase: int, strand: int) -> int | None:
        """How much softer or louder than sketched a strand is played in a phrase, if it is."""
        return self._shifts.get((phrase, strand))


def _start(one: Placed) -> Fraction:
    return one.start
