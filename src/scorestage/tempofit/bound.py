"""A lower bound: points below which no map of a cue can go, whatever it does between its hits.

The bound relaxes everything that the search decides step by step. A change of tempo is paid only
by what it must come to in the end: spread over ever so many steps, a change of the log tempo by `d`
costs at least `P·d` with `P = 2·√(step·change) / step_scale`, since the square of a step and the
price of a mark cannot both be small. Whatever the tempo does between two hits, it must somewhere be
as fast as its mean there, so the changes from mean to mean are never more than the changes really
made; a tempo that varies about its mean is no nearer to the wished one (Jensen).

Hits may lean. Over a long span of `g` seconds a hit that is `d` off its frame changes the mean log
tempo by at most `d / g`, and so the two changes beside the span by `2·P·d / g` points together. It
pays for that itself, half of its price to each span beside it: the most that it may gain so, within
its tolerance, is taken off the span. Over a short span the mean may be anything that the tolerances
allow, at no cost.

Within a written ramp the tempo is free from span to span, for its price once: the one into the
ending, if it may have begun there (it is four bars long at most), else the full one. A hold frees
its span of everything but its price.
"""

from __future__ import annotations

import math

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints, Point
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.tails import LONGEST_RAMP_BARS

WIDTH, WIDER, MANY_POINTS = 0.0025, 0.005, 26
LONG_SECONDS = (1.0, math.inf)
"""From such a length on a span has the tempo of its hits' own frames, less what leaning may gain;
each is a bound, the higher one counts."""
ROUNDING = 0.01
"""Points that a judge's rounding to thousandths may come to."""


def lower_bound(ground: Ground, settings: FitSettings, known: float) -> float:
    """Points that every map costs at least; `known` are those of a map already found."""
    each = (_Relaxed(ground, settings, known, long).least() for long in LONG_SECONDS)
    return max(0.0, max(each) - ROUNDING)


class _Relaxed:
    def __init__(
        self, ground: Ground, settings: FitSettings, known: float, long_seconds: float
    ) -> None:
        self.ground, self.known, self.long_seconds = ground, known, long_seconds
        self.width = WIDTH if len(ground.points) <= MANY_POINTS else WIDER
        self.bottom = math.log(ground.lowest)
        self.buckets = math.ceil((math.log(ground.highest) - self.bottom) / self.width) + 1
        self.phases = ground.bar_units
        weights = ground.weights
        self.shift = ground.shift_points()
        self.pull = 2 * math.sqrt(weights.step * weights.change) / weights.step_scale
        self.ramp = weights.ramp if settings.ramps else math.inf
        self.longest_ramp = LONGEST_RAMP_BARS * ground.bar_units / ground.lowest
        holds = [weights.fermata] * settings.fermatas + [weights.free_bar] * settings.free_bars
        self.hold = min(holds, default=math.inf)
        ending = [self.hold, weights.fermata] if ground.may_hold else [self.hold]
        self.end_hold = min(ending) * min(1.0, weights.ending)
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
        bending, closing = np.full((2, last + 1, 1, self.phases), np.inf)
        left[0], arrive = self._turned(opening), opening
        into_end = self.ramp * min(1.0, ground.weights.ramp_ending)
        bending[0] = left[0].min(axis=0, keepdims=True) + self.ramp
        bent = closed = bending[0]
        for point in range(1, last + 1):
            arrive = self._arrive(point, left) + self.place[point]
            bent = self._bent(point, bending) + self.place[point]
            closed = bent
            if ground.points[point].seconds > ground.length - self.longest_ramp:
                begun = left.min(axis=1, keepdims=True) + into_end
                closed = self._bent(point, np.minimum(closing, begun)) + self.place[point]
            if point < last:
                changed = self._changed(arrive, ground.points[point].relief)
                left[point] = self._turned(np.minimum(changed, bent))
                begins = arrive.min(axis=0, keepdims=True) + self.ramp
                bending[point] = self._turned(np.minimum(bent, begins))
                closing[point] = self._turned(closed)
        if last == 0:
            return 0.0
        ends = min(float(each.min()) for each in (arrive, bent, closed))
        return min(ends, self._lost_after(left, bending))

    def _bent(self, point: int, bending: Floats) -> Floats:
        """The cheapest way to every place within a written ramp, at whatever tempo."""
        found, lost = np.full((1, self.phases), np.inf), 0.0
        for before in range(point - 1, -1, -1):
            if lost > self.known + 1.0 or not math.isfinite(self.ramp):
                break
            _, units, _, _ = self._rows(before, point, lost)
            for by in np.unique(units % self.phases).tolist():
                found = np.minimum(found, np.roll(bending[before], by, axis=1) + lost)
            lost += self._price(before)
        return found

    def _lost_after(self, left: Floats, bending: Floats) -> float:
        """With an open end: the last hits may be missed too."""
        if not self.ground.open_end:
            return math.inf
        found, lost = math.inf, 0.0
        for point in range(len(self.ground.points) - 1, 0, -1):
            lost += self._price(point)
            found = min(found, float(left[point - 1].min()) + lost)
            found = min(found, float(bending[point - 1].min()) + lost)
        return found

    def _price(self, number: int) -> float:
        point = self.ground.points[number]
        return self.ground.weights.missing(point.weight) if point.hit is not None else math.inf

    def _place(self, number: int) -> Floats:
        """What a place costs at least, in whichever meter it lies."""
        ground, point = self.ground, self.ground.points[number]
        if point.hit is None:
            return ground.end_points() if number else np.zeros(self.phases)
        return ground.least_places(point)

    def _changed(self, arrive: Floats, relief: float) -> Floats:
        """The cheapest way into every tempo: by its distance, less a bucket."""
        near = arrive.copy()
        near[1:] = np.minimum(near[1:], arrive[:-1])
        near[:-1] = np.minimum(near[:-1], arrive[1:])
        slope = (self.pull * relief * self.width * np.arange(self.buckets))[:, None]
        up = np.minimum.accumulate(near - slope, axis=0) + slope
        down = np.minimum.accumulate((near + slope)[::-1], axis=0)[::-1] - slope
        return np.asarray(np.minimum(up, down), dtype=np.float64)

    def _turned(self, found: Floats) -> Floats:
        turned = found
        for units in np.flatnonzero(np.isfinite(self.shift)):
            if units:
                turned = np.minimum(turned, np.roll(found, int(units), axis=1) + self.shift[units])
        return turned

    def _arrive(self, point: int, left: Floats) -> Floats:
        """The cheapest way to every tempo and place on arrival, over whatever was missed."""
        found = np.full((self.buckets, self.phases), np.inf)
        hold = self.end_hold if point == len(self.ground.points) - 1 else self.hold
        lost, parts = 0.0, []
        for before in range(point - 1, -1, -1):
            if lost > self.known + 1.0:
                break
            parts.append(self._rows(before, point, lost))
            if math.isfinite(hold):
                found = np.minimum(found, float(left[before].min()) + hold + lost)
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
        if shortest >= self.long_seconds:
            return self._long_rows(before, point, lost)
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

    def _long_rows(self, before: int, point: int, lost: float) -> tuple[Ints, Ints, Ints, Floats]:
        """The same over a long span: at one tempo each, less what the hits may gain by leaning."""
        ground = self.ground
        one, other = ground.points[before], ground.points[point]
        gap = other.seconds - one.seconds
        shortest, longest = gap - other.early - one.late, gap + other.late + one.early
        least = max(1, math.ceil(ground.lowest * shortest - 1e-9))
        units = np.arange(least, math.floor(ground.highest * longest + 1e-9) + 1)
        heard = np.log(units / gap)
        bucket = np.clip(np.rint((heard - self.bottom) / self.width), 0, self.buckets - 1)
        leaning = max(gap - shortest, longest - gap) / shortest
        away = np.maximum(0.0, np.abs(heard - math.log(ground.wish)) - leaning)
        away /= ground.weights.wish_scale
        share = 0.0
        if ground.weights.by_share and not ground.open_end:
            share = shortest / (ground.length + ground.frame_seconds)
        gained = self._gained(one, shortest) + self._gained(other, shortest)
        priced = ground.weights.wish * away**2 * share + lost - gained
        return np.full(len(units), before), units, bucket.astype(np.int64), priced

    def _gained(self, point: Point, span_seconds: float) -> float:
        """What, at most, a point may gain by leaning on a span beside it."""
        weights = self.ground.weights
        most = math.inf if point.hit is None else weights.most_off_points(point.weight)
        pull, keen = 2 * self.pull / span_seconds, weights.off * point.weight
        keen /= max(weights.early_seconds, weights.late_seconds) ** 2
        room = max(point.early, point.late)
        leans = (min(room, pull / keen), room)
        return max(pull * lean - min(most, keen * lean**2) / 2 for lean in leans)
