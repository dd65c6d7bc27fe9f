"""The search over bending tempos: dynamic programming on (hit, place in the bar, tempo).

A state is a hit that is landed on a unit of the usual bar (`phase`), the tempo that led there
(`bucket`, steps of its logarithm) and how far off its frame it is taken (`lean`). An edge leads
from one landed hit to a later one over a whole number of units at one tempo; the hits in between
are caught where the grid happens to meet them, or missed at their price. Odd bars may be put in
before a hit that then falls on a downbeat. Many draws of hits are searched at once, which is how
the chance baseline runs through the very same search.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints

NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Fineness:
    """How finely the search looks: bucket width (log tempo), leans per hit, hits passed over.

    One edge may pass over `passed` hits, and over any number of them within `far_seconds`; those
    count as caught within `room` of their tolerance.
    """

    bucket: float = 0.0025
    leans: tuple[float, ...] = (-0.5, 0.0, 0.5)
    passed: int = 8
    far_seconds: float = 6.0
    room: float = 0.6
    paths: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A landed point of the best path: units since the previous one, phase and lean in seconds."""

    point: int
    units: int
    phase: int
    lean: float


@dataclass(frozen=True, slots=True)
class Bent:
    """Points (cost) and misses of the best path of each draw, and for one draw its steps."""

    points: Floats
    missed: Floats
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class _Layer:
    """All states of one point: arrays [draw, lean, bucket, phase]."""

    arrive: Floats
    missed: Floats
    back: Ints
    depart: Floats = field(default_factory=lambda: np.zeros(0))
    depart_missed: Floats = field(default_factory=lambda: np.zeros(0))
    shift: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(slots=True)
class _Edges:
    """All edges between two points in one flat list over draws, leans and choices of units."""

    draw: Ints
    lean_from: Ints
    lean_to: Ints
    units: Ints
    rate: Floats
    bucket: Ints
    points: Floats


class Bender:
    """One search: `seconds` is [draw, point], the points' times of each draw."""

    def __init__(self, ground: Ground, seconds: Floats, fineness: Fineness) -> None:
        self.ground, self.seconds, self.fineness = ground, seconds, fineness
        self.phases = ground.bar_units
        span = math.log(ground.highest / ground.lowest)
        self.buckets = max(1, math.ceil(span / fineness.bucket)) + 1
        self.reach = min(self.buckets - 1, max(0, int(ground.breath / fineness.bucket) - 1))
        usual = ground.meters[0]
        self.place = [self._turned(ground.place_points(point, usual)) for point in ground.points]
        if not ground.open_end:
            final = np.where(np.arange(self.phases) == 0, 0.0, NEVER)
            self.place[-1] = self._turned(final)
        self.leans = [self._leans_of(index) for index in range(len(ground.points))]
        most = int(ground.highest * float(seconds.max(initial=0.0)) + self.phases * 4)
        self.odd = ground.odd_points(most)
        self.layers: list[_Layer] = []

    def run(self) -> Bent:
        """Search all draws; `FitError` is the caller's when every path costs infinity."""
        last = len(self.ground.points) - 1
        self.layers = [self._first_layer()]
        for point in range(1, last + 1):
            layer = self._empty_layer()
            for before in self._reachable_from(point):
                self._relax(before, point, layer)
            self.layers.append(layer)
            if point < last:
                self._depart(layer)
        end = self.layers[last].arrive
        flat = end.reshape(len(end), -1)
        best = flat.argmin(axis=1)
        rows = np.arange(len(end))
        missed = self.layers[last].missed.reshape(len(end), -1)[rows, best]
        found = flat[rows, best]
        steps: tuple[Step, ...] = ()
        if self.fineness.paths and math.isfinite(found[0]):
            steps = self._path(last, int(best[0]))
        return Bent(found, missed, steps)

    def _turned(self, place: Floats) -> Floats:
        """[units moved, phase before]: what a place costs after so many units."""
        phases = np.arange(self.phases)
        return np.asarray(place[(phases[:, None] + phases) % self.phases], dtype=np.float64)

    def _leans_of(self, index: int) -> Floats:
        """How far off its frame a point may be taken, in seconds; one entry per lean."""
        point = self.ground.points[index]
        if index == 0:
            steps = len(self.fineness.leans)
            return np.array([point.late * step / max(1, steps - 1) for step in range(steps)])
        if point.hit is None:
            return np.zeros(len(self.fineness.leans))
        return np.array(
            [lean * (point.late if lean > 0 else point.early) for lean in self.fineness.leans]
        )

    def _lean_points(self, index: int) -> Floats:
        """What each lean costs; leans that repeat another are never taken."""
        point, weights, leans = self.ground.points[index], self.ground.weights, self.leans[index]
        scale = np.where(leans < 0, weights.early_seconds, weights.late_seconds)
        found = weights.off * point.weight * (leans / scale) ** 2
        for number in range(1, len(leans)):
            if np.any(np.isclose(leans[:number], leans[number], atol=1e-9)):
                found[number] = NEVER
        return np.asarray(found, dtype=np.float64)

    def _shape(self) -> tuple[int, int, int, int]:
        return len(self.seconds), len(self.fineness.leans), self.buckets, self.phases

    def _empty_layer(self) -> _Layer:
        shape = self._shape()
        back = np.zeros(shape if self.fineness.paths else (0,), dtype=np.int64)
        return _Layer(np.full(shape, NEVER), np.zeros(shape), back)

    def _first_layer(self) -> _Layer:
        layer = self._empty_layer()
        price = self._lean_points(0)
        for pickup in self.ground.pickups:
            layer.arrive[:, :, :, -pickup % self.phases] = price[None, :, None]
        layer.depart, layer.depart_missed = layer.arrive, layer.missed
        layer.shift = np.zeros(layer.back.shape, dtype=np.int64)
        return layer

    def _reachable_from(self, point: int) -> list[int]:
        """The points an edge to `point` may come from."""
        found = []
        for before in range(point - 1, -1, -1):
            gap = float((self.seconds[:, point] - self.seconds[:, before]).mean())
            found.append(before)
            if point - before > self.fineness.passed and gap > self.fineness.far_seconds:
                break
        return found

    def _depart(self, layer: _Layer) -> None:
        """The cheapest way into every tempo from the tempos within a breath of it."""
        weights, width = self.ground.weights, self.fineness.bucket
        layer.depart, layer.depart_missed = layer.arrive.copy(), layer.missed.copy()
        layer.shift = np.zeros(layer.back.shape, dtype=np.int64)
        for shift in range(-self.reach, self.reach + 1):
            if shift == 0:
                continue
            price = weights.step * (shift * width / weights.step_scale) ** 2 + weights.change
            to, by = _shifted(shift, self.buckets)
            offered = layer.arrive[:, :, by] + price
            better = offered < layer.depart[:, :, to]
            layer.depart[:, :, to] = np.where(better, offered, layer.depart[:, :, to])
            missed = np.where(better, layer.missed[:, :, by], layer.depart_missed[:, :, to])
            layer.depart_missed[:, :, to] = missed
            if self.fineness.paths:
                layer.shift[:, :, to] = np.where(better, shift, layer.shift[:, :, to])

    def _edges(self, before: int, point: int) -> _Edges:
        """Every whole number of units that leads from one point to the other at a tempo allowed."""
        ground = self.ground
        gap = (self.seconds[:, point] - self.seconds[:, before])[:, None, None]
        gap = gap - self.leans[before][None, :, None] + self.leans[point][None, None, :]
        lowest = np.maximum(1, np.ceil(ground.lowest * gap - 1e-9)).astype(np.int64)
        choices = np.floor(ground.highest * gap + 1e-9).astype(np.int64) - lowest + 1
        choices[gap <= 1e-6] = 0
        counts = np.maximum(choices, 0).reshape(-1)
        row = np.repeat(np.arange(len(counts)), counts)
        first = np.repeat(np.cumsum(counts) - counts, counts)
        units = lowest.reshape(-1)[row] + np.arange(len(row)) - first
        lasting = gap.reshape(-1)[row]
        rate = units / lasting
        heard = np.log(np.clip(rate, ground.lowest, ground.highest))
        bucket = np.rint((heard - math.log(ground.lowest)) / self.fineness.bucket)
        away = ((heard - math.log(ground.wish)) / ground.weights.wish_scale) ** 2
        share = lasting / ground.length if ground.weights.by_share else 1.0
        draw, lean_from, lean_to = np.unravel_index(row, gap.shape)
        points = ground.weights.wish * away * share + self._lean_points(point)[lean_to]
        return _Edges(draw, lean_from, lean_to, units, rate, bucket.astype(np.int64), points)

    def _between(self, before: int, point: int, edges: _Edges) -> tuple[Floats, Floats]:
        """Points [edge, phase] and count [edge] of the hits passed over."""
        ground, weights = self.ground, self.ground.weights
        points = np.zeros((len(edges.units), self.phases))
        missed = np.zeros(len(edges.units))
        lean = self.leans[before][edges.lean_from]
        for number in range(before + 1, point):
            hit = ground.points[number]
            into = (self.seconds[:, number] - self.seconds[:, before])[edges.draw] - lean
            at = edges.rate * into
            unit = np.clip(np.rint(at), 0, edges.units)
            off = (unit - at) / edges.rate
            room = self.fineness.room
            caught = (off >= -hit.early * room) & (off <= hit.late * room)
            scale = np.where(off < 0, 1 / weights.early_seconds, 1 / weights.late_seconds)
            flaw = weights.off * hit.weight * (off * scale) ** 2
            points += np.where(caught, flaw, hit.price)[:, None]
            kept = np.flatnonzero(caught)
            points[kept] += self.place[number][unit[kept].astype(np.int64) % self.phases]
            missed += ~caught
        return points, missed

    def _relax(self, before: int, point: int, layer: _Layer) -> None:
        """Try every edge between two points on the states of `layer`."""
        edges, source = self._edges(before, point), self.layers[before]
        if not len(edges.units):
            return
        pick = (edges.draw, edges.lean_from, edges.bucket)
        points = source.depart[pick] + edges.points[:, None]
        missed = source.depart_missed[pick]
        if point - before > 1:
            passed, lost = self._between(before, point, edges)
            points += passed
            missed = missed + lost[:, None]
        code = edges.units * len(self.fineness.leans) + edges.lean_from
        code = (code * len(self.ground.points) + before)[:, None] * self.phases
        code = code + np.arange(self.phases)
        _, leans, buckets, phases = self._shape()
        state = ((edges.draw * leans + edges.lean_to) * buckets + edges.bucket) * phases
        landing = (edges.units[:, None] + np.arange(phases)) % phases
        place = self.place[point]
        self._take(
            layer, state[:, None] + landing, points + place[edges.units % phases], missed, code
        )
        rest = edges.units[:, None] - (-np.arange(phases) % phases)
        odd = np.where(rest > 0, self.odd[np.clip(rest, 0, len(self.odd) - 1)], NEVER)
        points = points + odd
        best = points.argmin(axis=1)
        row = np.arange(len(best))
        downbeat = points[row, best] + place[0, 0]
        self._take(layer, state, downbeat, missed[row, best], code[row, best])

    def _take(self, layer: _Layer, state: Ints, points: Floats, missed: Floats, code: Ints) -> None:
        """Keep for each state what is cheaper than what `layer` has."""
        flat = layer.arrive.reshape(-1)
        cheaper = points < flat[state]
        state, offered = state[cheaper], points[cheaper]
        np.minimum.at(flat, state, offered)
        won = offered == flat[state]
        layer.missed.reshape(-1)[state[won]] = missed[cheaper][won]
        if self.fineness.paths:
            layer.back.reshape(-1)[state[won]] = code[cheaper][won]

    def _path(self, last: int, state: int) -> tuple[Step, ...]:
        """The steps that led to `state` of the last point."""
        _, leans, buckets, phases = self._shape()
        point, steps = last, []
        while point > 0:
            lean, rest = divmod(state, buckets * phases)
            bucket, phase = divmod(rest, phases)
            code = int(self.layers[point].back[0, lean, bucket, phase])
            code, phase_before = divmod(code, phases)
            code, before = divmod(code, len(self.ground.points))
            units, lean_before = divmod(code, leans)
            steps.append(Step(point, units, phase, float(self.leans[point][lean])))
            shift = 0
            if before > 0:
                shift = int(self.layers[before].shift[0, lean_before, bucket, phase_before])
            state = (lean_before * buckets + bucket - shift) * phases + phase_before
            point = before
        lean, rest = divmod(state, buckets * phases)
        steps.append(Step(0, 0, rest % phases, float(self.leans[0][lean])))
        return tuple(reversed(steps))


def _shifted(shift: int, count: int) -> tuple[slice, slice]:
    """Where a shift by so many buckets goes to and comes from."""
    if shift > 0:
        return slice(shift, count), slice(0, count - shift)
    return slice(0, count + shift), slice(-shift, count)
