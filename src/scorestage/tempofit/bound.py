"""A lower bound: points below which no map of a cue can go, whatever it does between its hits.

The bound relaxes everything that the search decides step by step. Every hit caught may sound
anywhere within its tolerance at no cost, every tempo lies anywhere within its bucket, and a change
of tempo is paid only by what it must come to in the end: spread over ever so many steps, a change
of the log tempo by `d` costs at least `2·√(step·change)·d / step_scale`, since the square of a step
and the price of a mark cannot both be small. Whatever the tempo does between two hits, it must
somewhere be as fast as its mean there, so the changes from mean to mean are never more than the
changes really made; a tempo that varies about its mean is no nearer to the wished one (Jensen).
A written ramp changes at most the two spans it lies between, so each pays half of it; a hold frees
its span of everything but its price.
"""

from __future__ import annotations

import math

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints
from scorestage.tempofit.settings import FitSettings

WIDTH, WIDER, MANY_POINTS = 0.005, 0.01, 26
ROUNDING = 0.01
"""Points that a judge's rounding to thousandths may come to."""


def lower_bound(ground: Ground, settings: FitSettings, known: float) -> float:
    """Points that every map costs at least; `known` are those of a map already found."""
    return max(0.0, _Relaxed(ground, settings, known).least() - ROUNDING)


class _Relaxed:
    def __init__(self, ground: Ground, settings: FitSettings, known: float) -> None:
        self.ground, self.known = ground, known
        self.width = WIDTH if len(ground.points) <= MANY_POINTS else WIDER
        self.bottom = math.log(ground.lowest)
        self.buckets = math.ceil((math.log(ground.highest) - self.bottom) / self.width) + 1
        self.phases = ground.bar_units
        weights = ground.weights
        self.shift = ground.shift_points()
        self.pull = 2 * math.sqrt(weights.step * weights.change) / weights.step_scale
        self.ramp = weights.ramp * min(0.5, weights.ramp_ending) if settings.ramps else math.inf
        holds = [weights.fermata] * settings.fermatas + [weights.free_bar] * settings.free_bars
        self.hold = min(holds, default=math.inf) * min(1.0, weights.ending)
        self.place = [self._place(number) for number in range(len(ground.points))]
        centres = self.bottom + np.arange(self.buckets) * self.width
        away = np.maximum(0.0, np.abs(centres - math.log(ground.wish)) - self.width / 2)
        self.wish = weights.wish * (away / weights.wish_scale) ** 2
        if ground.open_end or not weights.by_share:
            self.wish = self.wish * 0.0
        phase = np.arange(self.phases)
        self.roll = (phase[None, :] - phase[:, None]) % self.phases

    def least(self) -> float:
        """The points of the cheapest relaxed path."""
        ground, last = self.ground, len(self.ground.points) - 1
        opening = np.full((self.buckets, self.phases), np.inf)
        for pickup in ground.pickups:
            opening[:, -pickup % self.phases] = 0.0
        left = np.full((last + 1, self.buckets, self.phases), np.inf)
        left[0] = self._turned(opening)
        arrive = opening
        for point in range(1, last + 1):
            arrive = self._arrive(point, left) + self.place[point]
            if point < last:
                left[point] = self._turned(self._changed(arrive, ground.points[point].relief))
        if last == 0:
            return 0.0
        lost = self._lost_after(arrive, left)
        return min(float(arrive.min()), lost)

    def _lost_after(self, arrive: Floats, left: Floats) -> float:
        """With an open end: the last hits may be missed too."""
        if not self.ground.open_end:
            return math.inf
        found, lost = math.inf, 0.0
        for point in range(len(self.ground.points) - 1, 0, -1):
            lost += self._price(point)
            found = min(found, float(left[point - 1].min()) + lost)
        return found

    def _price(self, number: int) -> float:
        point = self.ground.points[number]
        return self.ground.weights.miss * point.weight**2 if point.hit is not None else math.inf

    def _place(self, number: int) -> Floats:
        """What a place costs at least, in whichever meter it lies."""
        ground, point = self.ground, self.ground.points[number]
        found = np.full(self.phases, np.inf)
        if point.hit is None:
            return ground.end_points() if number else np.zeros(self.phases)
        for meter in ground.meters:
            prices = ground.place_points(point, meter)
            np.minimum.at(found, np.arange(len(prices)) % self.phases, prices)
        return np.where(np.isfinite(found), found, min(point.places))

    def _changed(self, arrive: Floats, relief: float) -> Floats:
        """The cheapest way into every tempo: by its distance, less a bucket, or by a ramp."""
        near = arrive.copy()
        near[1:] = np.minimum(near[1:], arrive[:-1])
        near[:-1] = np.minimum(near[:-1], arrive[1:])
        slope = (self.pull * relief * self.width * np.arange(self.buckets))[:, None]
        up = np.minimum.accumulate(near - slope, axis=0) + slope
        down = np.minimum.accumulate((near + slope)[::-1], axis=0)[::-1] - slope
        found: Floats = np.minimum(up, down)
        if math.isfinite(self.ramp):
            found = np.minimum(found, arrive.min(axis=0, keepdims=True) + self.ramp)
        return found

    def _turned(self, found: Floats) -> Floats:
        turned = found
        for units in np.flatnonzero(np.isfinite(self.shift)):
            if units:
                turned = np.minimum(turned, np.roll(found, int(units), axis=1) + self.shift[units])
        return turned

    def _arrive(self, point: int, left: Floats) -> Floats:
        """The cheapest way to every tempo and place on arrival, over whatever was missed."""
        found = np.full((self.buckets, self.phases), np.inf)
        lost, parts = 0.0, []
        for before in range(point - 1, -1, -1):
            if lost > self.known + 1.0:
                break
            parts.append(self._rows(before, point, lost))
            if math.isfinite(self.hold):
                found = np.minimum(found, float(left[before].min()) + self.hold + lost)
            lost += self._price(before)
        came = np.concatenate([part[0] for part in parts])
        units = np.concatenate([part[1] for part in parts])
        bucket = np.concatenate([part[2] for part in parts])
        priced = np.concatenate([part[3] for part in parts])
        if not len(units):
            return found
        order = np.argsort(bucket, kind="stable")
        came, units, bucket = came[order], units[order], bucket[order]
        base = (came * self.buckets + bucket) * self.phases
        index = base[:, None] + self.roll[units % self.phases]
        offers = left.reshape(-1).take(index) + priced[order][:, None]
        first = np.flatnonzero(np.diff(bucket, prepend=-1))
        keys = bucket[first]
        found[keys] = np.minimum(found[keys], np.minimum.reduceat(offers, first, axis=0))
        return found

    def _rows(self, before: int, point: int, lost: float) -> tuple[Ints, Ints, Ints, Floats]:
        """Every number of units at every tempo it may have: before, units, bucket, points."""
        ground = self.ground
        one, other = ground.points[before], ground.points[point]
        gap = other.seconds - one.seconds
        shortest, longest = gap - other.early - one.late, gap + other.late + one.early
        units, buckets = [], []
        most = math.floor(ground.highest * longest + 1e-9)
        least = max(1, math.ceil(ground.lowest * max(shortest, 0.0) - 1e-9))
        if most >= least:
            count = np.arange(least, most + 1)
            low = np.log(count / longest)
            high = np.log(count / max(shortest, 1e-6))
            first = np.rint((low - self.bottom) / self.width - 1e-9)
            last = np.rint((high - self.bottom) / self.width + 1e-9)
            first = np.clip(first, 0, self.buckets - 1).astype(np.int64)
            last = np.clip(last, first, self.buckets - 1).astype(np.int64)
            counts = last - first + 1
            row = np.repeat(np.arange(len(count)), counts)
            offset = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
            units.append(count[row])
            buckets.append(first[row] + offset)
        if shortest <= 1e-9:
            units.append(np.zeros(self.buckets, dtype=np.int64))
            buckets.append(np.arange(self.buckets))
        if not units:
            none = np.zeros(0, dtype=np.int64)
            return none, none, none, np.zeros(0)
        every, bucket = np.concatenate(units), np.concatenate(buckets)
        share = max(0.0, shortest) / (ground.length + ground.frame_seconds)
        priced = self.wish[bucket] * share + lost
        return np.full(len(every), before, dtype=np.int64), every, bucket, priced
