"""Sweeps a net for its cheapest paths: dynamic programming on (hit, tempo, place in the bar).

A state is a hit that is landed on a unit of the usual bar (`phase`) and the tempo that led there
(`bucket`, steps of its logarithm). From one tempo to the next a step is paid by its audibility,
and odd bars are paid that move the barlines; so tempo, place, and the meter of every bar are
searched at once. A second sweep, backwards, gives the best path through every row: that is where
second and third thoughts come from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from scorestage.tempofit.ground import Floats, Ints
from scorestage.tempofit.net import Net, Rows
from scorestage.tempofit.settings import HIDDEN, HIDES

Numbers = npt.NDArray[np.floating[Any]]

LEANS = (-0.5, -0.375, -0.25, -0.125, 0.0, 0.125, 0.25, 0.375, 0.5)
"""Shares of its tolerance by which a hit may be taken off its frame."""
MANY_RUNS = 1000
"""Of so many runs of rows, mostly short ones, the least are found row by row of all at once."""
PARTS = (3, 5)
"""Into how many a step is spread over barlines, where that is cheaper."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One row of a path: to `point` over `units`, arriving at place `phase` of the bar."""

    point: int
    units: int
    phase: int
    tail: int = 0
    tail_units: int = 0
    pace: float = 0.0
    """Where it arrives by a written tail: units a second before that."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path through the net, the first leg being the start, and its points by the sweep."""

    points: float
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Taste:
    """What a sweep wishes for: tempo (units a second), breath (log tempo), whether odd bars."""

    wish: float
    breath: float
    odd_bars: bool = True


class Sweep:
    """The cheapest paths through `net` to a taste; the cheapest of each draw in `points`."""

    def __init__(self, net: Net, taste: Taste) -> None:
        self.net, self.taste = net, taste
        draws, buckets, phases = len(net.seconds), net.buckets, net.phases
        self.shape = (draws, buckets, phases)
        self.last = len(net.ground.points) - 1
        self.tables = [self._table(point) for point in range(self.last + 1)]
        self.shift = net.shift if taste.odd_bars else np.where(np.arange(phases) == 0, 0.0, np.inf)
        self.arrive: list[Floats] = [np.zeros(0)] * (self.last + 1)
        self.offers: list[Floats] = [np.zeros(0)] * (self.last + 1)
        self.leaving = np.full((self.last + 1, *self.shape), np.inf)
        self._forward()
        ends = self.arrive[self.last].reshape(draws, -1)
        self.points: Floats = ends.min(axis=1)

    # ── forward ──────────────────────────────────────────────────────────────────────────────

    def _forward(self) -> None:
        self._start()
        for point in self.net.nodes[1:]:
            rows = self.net.rows[point]
            arrive = np.full((self.shape[0] * self.shape[1], self.shape[2]), np.inf)
            if len(rows):
                offers = self._offers(rows)
                keys = rows.draw[rows.starts] * self.shape[1] + rows.arrive[rows.starts]
                arrive[keys] = least_of_runs(offers, rows.starts)
                self.offers[point] = offers
            arrive += self.net.place[point]
            self.arrive[point] = arrive.reshape(self.shape)
            if point == self.last:
                self._to_what_follows()
            else:
                self.leaving[point] = self._leave(self.arrive[point], self.tables[point])

    def _start(self) -> None:
        ground, phases = self.net.ground, self.shape[2]
        opening = np.full(self.shape, np.inf)
        for pickup in ground.pickups:
            opening[:, :, -pickup % phases] = 0.0
        if ground.before is not None:
            opening += self._step_from(ground.before)[None, :, None]
        self.arrive[0] = opening
        self.leaving[0] = self._turned(opening)

    def _to_what_follows(self) -> None:
        after = self.net.ground.after
        if after is not None:
            self.arrive[self.last] = self.arrive[self.last] + self._step_from(after)[None, :, None]

    def _step_from(self, tempo: float) -> Floats:
        net = self.net
        away = net.bottom + np.arange(self.shape[1]) * net.fineness.bucket - math.log(tempo)
        return self._step_points(away)

    def _offers(self, rows: Rows) -> Floats:
        """Points of every row at every place of arrival, [row, phase]."""
        _, buckets, phases = self.shape
        draws = self.shape[0]
        base = ((rows.before * draws + rows.draw) * buckets + rows.leave) * phases
        index = self.net.roll.take(rows.units % phases, axis=0)
        index += base[:, None]
        offers = self.leaving.reshape(-1).take(index)
        offers += self._row_points(rows)[:, None]
        if rows.passed is not None:
            offers += rows.passed
        return offers

    def _row_points(self, rows: Rows) -> Floats:
        return self._wish_points(rows.heard, rows.lasting) + rows.priced

    def _wish_points(self, heard: Floats, lasting: Floats) -> Floats:
        """Points for tempos (in logarithms) away from the one wished for, so long."""
        ground = self.net.ground
        away = (heard - math.log(self.taste.wish)) / ground.weights.wish_scale
        share = lasting / ground.shared if ground.weights.by_share else 1.0
        return self.net.grained(ground.weights.wish * away**2 * share)

    def _leave(self, arrive: Floats, table: Floats) -> Floats:
        """The cheapest way into every tempo and, over odd bars, every place."""
        return self._turned(stepped(arrive, table))

    def _turned(self, found: Floats) -> Floats:
        """Barlines moved by odd bars where that is cheaper."""
        turned = found.copy()
        for units in np.flatnonzero(np.isfinite(self.shift)):
            if units:
                moved = found.take(self.net.roll[units], axis=2)
                moved += self.shift[units]
                np.minimum(turned, moved, out=turned)
        return turned

    # ── steps of tempo ───────────────────────────────────────────────────────────────────────

    def _table(self, point: int) -> Floats:
        """Points of a step by -reach … reach buckets at `point`."""
        net, one = self.net, self.net.ground.points[point]
        width = net.fineness.bucket
        wide = self.taste.breath * (2 if net.fineness.spread else 1)
        reach = min(net.buckets - 1, int(wide / width + 1e-9))
        away = np.arange(-reach, reach + 1) * width
        if not net.fineness.lean or one.hit is None or point not in net.nodes:
            return net.grained(self._step_points(away, one.relief))
        pull, weights = self._pull(point), net.ground.weights
        leans = np.array([share * (one.late if share > 0 else one.early) for share in LEANS])
        scale = np.where(leans < 0, weights.early_seconds, weights.late_seconds)
        paid = weights.off * one.weight * (leans / scale) ** 2
        steps = self._step_points(away[:, None] + leans * pull, one.relief)
        return net.grained(np.asarray((steps + paid).min(axis=1), dtype=np.float64))

    def _pull(self, point: int) -> float:
        """By how much (log tempo) the step at a hit grows per second that it is taken late."""
        number = self.net.nodes.index(point)
        seconds = self.net.seconds[0]
        gaps = [
            abs(float(seconds[point] - seconds[self.net.nodes[beside]]))
            for beside in (number - 1, min(number + 1, len(self.net.nodes) - 1))
        ]
        return sum(1 / max(gap, 0.25) for gap in gaps if gap > 1e-6)

    def _step_points(self, away: Numbers, relief: float = 1.0) -> Floats:
        """Points of a step of the log tempo; inf beyond a breath, or what spreading costs."""
        weights, breath = self.net.ground.weights, self.taste.breath
        width = self.net.fineness.bucket
        far = np.abs(away)
        size = far / weights.step_scale
        square = size**2 + weights.heard * np.maximum(0.0, size - HIDES) ** 2
        once = relief * (weights.step * square + weights.change)
        once += weights.audible * (size > HIDDEN)
        points = np.where(far <= breath + width / 2, once, np.inf)
        if self.net.fineness.spread:
            for parts in PARTS:
                part = size / parts
                square = part**2 + weights.heard * np.maximum(0.0, part - HIDES) ** 2
                often = parts * relief * (weights.step * square + weights.change)
                often += parts * weights.audible * (part > HIDDEN)
                spread = np.where(far <= 2 * breath, often, np.inf)
                points = np.minimum(points, spread)
        return np.asarray(np.where(far < width / 2, 0.0, points), dtype=np.float64)


def least_of_runs(offers: Floats, starts: Ints) -> Floats:
    """The least offer at every place, of each run of rows that begins at one of `starts`."""
    if len(starts) < MANY_RUNS:
        return np.asarray(np.minimum.reduceat(offers, starts, axis=0), dtype=np.float64)
    lengths = np.diff(starts, append=len(offers))
    found = offers.take(starts, axis=0)
    for number in range(1, int(lengths.max())):
        longer = np.flatnonzero(lengths > number)
        other = offers.take(starts[longer] + number, axis=0)
        found[longer] = np.minimum(found.take(longer, axis=0), other)
    return found


def stepped(arrive: Floats, table: Floats) -> Floats:
    """The least of `arrive`, [draw, tempo, place], after a step of tempo by -reach … reach buckets.

    `table` says what each of those costs.

    >>> stepped(np.array([[[0.0], [9.0], [9.0]]]), np.array([2.0, 0.0, 5.0]))[0, :, 0].tolist()
    [0.0, 5.0, 9.0]
    """
    reach = len(table) // 2
    draws, count, phases = arrive.shape
    wide = np.full((draws, count + 2 * reach, phases), np.inf)
    wide[:, reach : reach + count] = arrive
    inner = wide.size - 2 * reach * phases
    line = wide.reshape(-1)
    if draws == 1:
        windows = sliding_window_view(line, inner)[::phases] + table[::-1, None]
        return np.asarray(windows.min(axis=0), dtype=np.float64).reshape(arrive.shape)
    found, trial = np.empty(wide.size), np.empty(inner)
    least = found[reach * phases :][:inner]
    least[:] = line[reach * phases :][:inner]
    for shift in range(-reach, reach + 1):
        price = table[shift + reach]
        if shift and math.isfinite(price):
            np.add(line[(reach - shift) * phases :][:inner], price, out=trial)
            np.minimum(least, trial, out=least)
    return found.reshape(wide.shape)[:, reach : reach + count]
