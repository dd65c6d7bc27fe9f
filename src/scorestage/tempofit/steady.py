"""The search over one tempo: every whole number of units in the cue, at every offset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scorestage.tempofit.flaws import caught_within, flaw_or_miss, flaw_points
from scorestage.tempofit.ground import EDGE_WEIGHT, Floats, Ground, Ints
from scorestage.tempofit.net import GRAIN

OFFSETS = 2
"""How many starts are tried per draw, between the cue's start and the latest one allowed."""
FINALISTS = 6
"""Tempos whose bars are worked out, per draw of hits."""
CHUNK = 30_000
"""Numbers held at once: what fits near the processor."""


@dataclass(frozen=True, slots=True)
class Option:
    """One tempo: when bar 1 (or its pickup) starts, its units per second, the units in all."""

    offset: float
    rate: float
    units: int

    @property
    def end(self) -> float:
        """When its last unit has passed."""
        return self.offset + self.units / self.rate


@dataclass(frozen=True, slots=True)
class Steadies:
    """Points and misses of the best single tempo of each draw, and the option it is."""

    points: Floats
    missed: Floats
    best: tuple[Option, ...]


def options_of(ground: Ground, fixed_end: float) -> tuple[Option, ...]:
    """Every tempo at which whole bars fill the cue, or (open-ended) units reach its last hit."""
    found = []
    odd = ground.odd_points(int(ground.highest * fixed_end) + 1)
    for number in range(OFFSETS):
        offset = ground.start_late * number / (OFFSETS - 1)
        if number and offset == 0:
            break
        lasting = fixed_end - offset
        for units in range(1, int(ground.highest * lasting + 1e-9) + 1):
            if units >= ground.lowest * lasting - 1e-9 and fills(ground, odd, units):
                found.append(Option(offset, units / lasting, units))
    return tuple(found)


def fills(ground: Ground, odd: Floats, units: int) -> bool:
    """Whether whole bars (after a pickup) make up so many units."""
    return ground.open_end or any(
        0 <= units - pickup < len(odd) and bool(np.isfinite(odd[units - pickup]))
        for pickup in ground.pickups
    )


class OneTempo:
    """The search at one tempo; `seconds` is [draw, point], with one end for all draws."""

    def __init__(
        self, ground: Ground, seconds: Floats, options: tuple[Option, ...] | None = None
    ) -> None:
        self.ground, self.seconds = ground, seconds
        if options is None:
            options = options_of(ground, float(seconds[:, -1].mean()))
        self.options = options
        self.rates = np.array([option.rate for option in options])
        self.offsets = np.array([option.offset for option in options])
        self.units = np.array([option.units for option in options], dtype=np.int64)
        numbers = range(len(ground.points))
        self.hits = [number for number in numbers if ground.points[number].hit is not None]
        usual = ground.meters[0]
        self.place = {n: ground.place_points(ground.points[n], usual) for n in self.hits}
        self.shift = ground.shift_points()
        edge = self._edges(np.array([option.end for option in options]))
        away = np.log(np.maximum(self.rates, 1e-9) / ground.wish) / ground.weights.wish_scale
        self.fixed = ground.weights.wish * away**2 + edge

    def _edges(self, ends: Floats) -> Floats:
        """Points for a late first sound, and for the last one off the cue's end."""
        weights = self.ground.weights
        late = EDGE_WEIGHT * (self.offsets / weights.late_seconds) ** 2
        if self.ground.open_end:
            return np.asarray(weights.off * late, dtype=np.float64)
        off = ends - self.ground.length
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        return np.asarray(weights.off * (late + EDGE_WEIGHT * (off / scale) ** 2), dtype=np.float64)

    def run(self) -> Steadies | None:
        """The best tempo of each draw; None where the cue holds no whole number of bars."""
        if not self.options:
            return None
        draws, chosen = len(self.seconds), min(FINALISTS, len(self.options))
        rows = max(1, CHUNK // len(self.options))
        finalists = [
            np.argpartition(self.rough(slice(first, first + rows), np.float32), chosen - 1)[
                :, :chosen
            ]
            for first in range(0, draws, rows)
        ]
        option = np.concatenate(finalists)
        points, missed = self.with_bars(option)
        best = points.argmin(axis=1)
        row = np.arange(draws)
        winners = tuple(self.options[number] for number in option[row, best])
        return Steadies(points[row, best], missed[row, best], winners)

    def rough(self, draws: slice, digits: type[np.floating[Any]] = np.float64) -> Floats:
        """Points without the place in the bar, [draw, option]: never more than the whole price.

        Half the `digits` are enough to choose tempos by that are priced afterwards.
        """
        seconds = self.seconds[draws].astype(digits)
        rates, offsets = self.rates.astype(digits), self.offsets.astype(digits)
        found = np.tile(self.fixed.astype(digits), (len(seconds), 1))
        for number in self.hits:
            found += self._flaw(number, seconds[:, number, None], rates, offsets)[0]
        return found

    def _flaw(
        self, number: int, seconds: Floats, rates: Floats, offsets: Floats
    ) -> tuple[Floats, Floats]:
        """Points for being off or missed, and the unit the hit falls on."""
        point = self.ground.points[number]
        at = seconds - offsets
        at *= rates
        unit = np.maximum(0, np.rint(at))
        off = (unit - at) / rates
        flaw = flaw_points(self.ground.weights, point.weight, off)
        return flaw_or_miss(caught_within(point, off), flaw, point.price), unit

    def with_bars(self, option: Ints) -> tuple[Floats, Floats]:
        """Points with the best bars for each option asked for, [draw, option], and the misses."""
        ground, phases = self.ground, self.ground.bar_units
        rates, offsets, units = self.rates[option], self.offsets[option], self.units[option]
        points, missed = self.fixed[option], np.zeros(option.shape)
        chain = np.full((*option.shape, phases), np.inf)
        for pickup in ground.pickups:
            chain[..., -pickup % phases] = 0.0
        reached = np.zeros(option.shape, dtype=np.int64)
        for number in self.hits:
            flaw, unit = self._flaw(number, self.seconds[:, number, None], rates, offsets)
            on = np.minimum(unit.astype(np.int64), units)
            lost = flaw >= ground.points[number].price - 1 / GRAIN
            points, missed = points + flaw, missed + lost
            moved = self._advance(chain, on - reached) + self.place[number]
            chain = np.where(lost[..., None], chain, moved)
            reached = np.where(lost, reached, on)
        ended = self._advance(chain, units - reached)
        return points + (ended + ground.end_points()).min(axis=-1), missed

    def _advance(self, chain: Floats, units: Ints) -> Floats:
        """The cheapest bars over so many units, for each phase one may arrive at."""
        turned = chain
        for by in np.flatnonzero(np.isfinite(self.shift)):
            if by:
                turned = np.minimum(turned, np.roll(chain, int(by), axis=-1) + self.shift[by])
        came_from = (np.arange(self.ground.bar_units) - units[..., None]) % self.ground.bar_units
        return np.take_along_axis(np.where((units > 0)[..., None], turned, chain), came_from, -1)
