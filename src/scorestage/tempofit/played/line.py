"""A tempo path as numbers: what was played, where the tempo bends, what must be met."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What was played: places in quarters (rising), their seconds, and how much each counts."""

    quarters: Floats
    seconds: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Bend:
    """A change at a barline: `step` jumps to another tempo, otherwise a ramp begins or ends."""

    quarters: float
    step: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A place of the music that must fall between two moments, in seconds."""

    quarters: float
    earliest: float
    latest: float
    name: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class TempoPath:
    """Seconds of any place: at `origin` quarters the music is at `terms[0]` seconds.

    `terms[1]` is the length of a quarter there, the others belong to `bends` in order. From
    `until` on, where the take has ended, the tempo holds.
    """

    origin: float
    bends: tuple[Bend, ...]
    terms: tuple[float, ...]
    until: float = math.inf

    def seconds_at(self, quarters: Floats) -> Floats:
        """When the path is at each place."""
        found: Floats = rows(quarters, self.origin, self.bends, self.until) @ np.array(self.terms)
        return found

    def second_at(self, quarters: float) -> float:
        """When the path is at one place."""
        return float(self.seconds_at(np.array([quarters]))[0])

    def quarter_lasts(self, quarters: float, before: bool = False) -> float:
        """Seconds a quarter lasts at a place: just after it, or just before it."""
        length = self.terms[1]
        for bend, term in zip(self.bends, self.terms[2:], strict=True):
            past = quarters - bend.quarters
            if past > 0 or (past == 0 and not before):
                length += term if bend.step else term * min(past, self.until - bend.quarters)
        return length


def rows(quarters: Floats, origin: float, bends: tuple[Bend, ...], until: float) -> Floats:
    """What each unknown adds to the seconds of each place."""
    into = quarters - origin
    plain = np.stack([np.ones_like(into), into], axis=1)
    return np.hstack([plain, bend_rows(quarters, bends, until)])


def bend_rows(quarters: Floats, bends: tuple[Bend, ...], until: float) -> Floats:
    """What each bend adds: a step from its barline on, a ramp that goes on to `until` at most."""
    found = np.zeros((len(quarters), len(bends)))
    for number, bend in enumerate(bends):
        past = np.maximum(quarters - bend.quarters, 0.0)
        sloping = np.minimum(past, max(0.0, until - bend.quarters))
        found[:, number] = past if bend.step else sloping * (past - sloping / 2)
    return found
