"""What the best one tempo reaches, so that the first map never reaches less.

The family is that of `undercut.py`: every tempo by 0.05 bpm from every quarter frame that the start
allows, whatever it costs otherwise. The best of them reaches most by weight, then most hits, and
then lies nearest to them. Where the cheapest map falls short of it, hits are made to count for more
against the music (`PRESSES`) until it does not. The same is tried against tempos that begin
anywhere within a half-beat, as far as that gains anything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.constants import STARTS_PER_FRAME, tempos_of
from scorestage.tempofit.flaws import caught_within
from scorestage.tempofit.ground import LOCKED, Ground
from scorestage.tempofit.plan import Plan

PRESSES = (2.0, 4.0, 8.0, 16.0)
"""How many times more than usual hits may come to count."""
NEAR_FRAMES = 0.2
"""So much further off, hit by hit on average, is as near."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Hits reached: their weight, their number, and how far off they are on average."""

    weight: int
    hits: int
    off_seconds: float
    offset: float = 0.0
    rate: float = 0.0
    """Of a single tempo: its start, and its units a second."""

    def falls_short(self, of: Reach, near_seconds: float) -> bool:
        """Whether less is reached than `of`, or as much but further off than `near_seconds`."""
        if (self.weight, self.hits) == (of.weight, of.hits):
            return self.off_seconds > of.off_seconds + near_seconds
        return self.weight < of.weight or self.hits < of.hits


def reach_of(ground: Ground, plan: Plan) -> Reach:
    """What a plan reaches."""
    offs = [
        abs(plan.seconds_at(unit) - ground.points[number].seconds) for number, unit in plan.landed
    ]
    weight = sum(round(ground.points[number].weight) for number, _ in plan.landed)
    return Reach(weight, len(offs), sum(offs) / max(1, len(offs)))


@dataclass(frozen=True, slots=True)
class Reaches:
    """What the best one tempo reaches: of those that begin where a map may, and of all phases."""

    same: Reach
    free: Reach


def best_reaches(ground: Ground) -> Reaches:
    """What the best one tempo reaches, from the starts allowed and from any within a half-beat."""
    tempos = tempos_of(ground)
    if not len(tempos) or not ground.hits:
        return Reaches(Reach(0, 0, 0.0), Reach(0, 0, 0.0))
    quarter = ground.frame_seconds / STARTS_PER_FRAME
    allowed = int(ground.start_late / quarter + 1e-6) + 1
    starts = np.arange(max(allowed, math.ceil(1 / (ground.lowest * quarter)))) * quarter
    offset, rate = np.repeat(starts, len(tempos)), np.tile(tempos, len(starts))
    kept = (np.arange(len(rate)) < allowed * len(tempos)) | (offset * rate < 1)
    offset, rate = offset[kept], rate[kept]
    weight, count, far = (np.zeros(len(rate)) for _ in range(3))
    for point in ground.hits:
        at = (point.seconds - offset) * rate
        off = (np.maximum(0.0, np.rint(at)) - at) / rate
        caught = caught_within(point, off)
        weight += point.weight * caught
        count += caught
        far += np.abs(off) * caught
    mean = far / np.maximum(count, 1)

    def best(most: int) -> Reach:
        some = np.flatnonzero(weight[:most] == weight[:most].max())
        some = some[count[some] == count[some].max()]
        one = some[mean[some].argmin()]
        reached = round(weight[one]), round(count[one]), float(mean[one])
        return Reach(*reached, float(offset[one]), float(rate[one]))

    return Reaches(best(allowed * len(tempos)), best(len(rate)))


def pressed(ground: Ground, times: float) -> Ground:
    """The ground with hits that count so many times as much against everything else."""
    weights = ground.weights.pressed(times)
    points = tuple(
        point
        if point.hit is None
        else replace(
            point, price=weights.missing(point.weight) + (LOCKED if point.hit.locked else 0.0)
        )
        for point in ground.points
    )
    return replace(ground, weights=weights, points=points)


def near_seconds(ground: Ground) -> float:
    """How much further off is as near."""
    return NEAR_FRAMES * ground.frame_seconds
