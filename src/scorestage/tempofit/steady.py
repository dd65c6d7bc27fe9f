"""The search over one tempo: every whole number of units in the cue, at every offset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints

OFFSETS = 3
"""How many starts are tried between the cue's start and the latest one allowed."""
FINALISTS = 6
"""Tempos whose bars are worked out, per draw of hits."""
CHUNK = 8_000_000
"""Numbers held at once."""


@dataclass(frozen=True, slots=True)
class Option:
    """One tempo: when bar 1 (or its pickup) starts, its units per second, the units in all."""

    offset: float
    rate: float
    units: int


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
            fills = ground.open_end or any(
                0 <= units - pickup < len(odd) and np.isfinite(odd[units - pickup])
                for pickup in ground.pickups
            )
            if fills and units >= ground.lowest * lasting - 1e-9:
                found.append(Option(offset, units / lasting, units))
    return tuple(found)


class OneTempo:
    """The search at one tempo; `seconds` is [draw, point], with one end for all draws."""

    def __init__(self, ground: Ground, seconds: Floats) -> None:
        self.ground, self.seconds = ground, seconds
        self.options = options_of(ground, float(seconds[:, -1].mean()))
        self.rates = np.array([option.rate for option in self.options])
        self.offsets = np.array([option.offset for option in self.options])
        self.units = np.array([option.units for option in self.options], dtype=np.int64)
        numbers = range(len(ground.points))
        self.hits = [number for number in numbers if ground.points[number].hit is not None]
        longest = int(self.units.max(initial=0)) + 4 * ground.bar_units
        self.odd = ground.odd_points(longest)

    def run(self) -> Steadies | None:
        """The best tempo of each draw; None where the cue holds no whole number of bars."""
        if not self.options:
            return None
        draws, chosen = len(self.seconds), min(FINALISTS, len(self.options))
        rows = max(1, CHUNK // (len(self.options) * max(1, len(self.hits))))
        finalists = [
            np.argpartition(self._rough(slice(first, first + rows)), chosen - 1, axis=1)[:, :chosen]
            for first in range(0, draws, rows)
        ]
        option = np.concatenate(finalists)
        points, missed = self._with_bars(option)
        best = points.argmin(axis=1)
        row = np.arange(draws)
        winners = tuple(self.options[number] for number in option[row, best])
        return Steadies(points[row, best], missed[row, best], winners)

    def _wish(self) -> Floats:
        ground = self.ground
        away = np.log(self.rates / ground.wish) / ground.weights.wish_scale
        return np.asarray(ground.weights.wish * away**2, dtype=np.float64)

    def _off(self, seconds: Floats, rates: Floats, offsets: Floats) -> tuple[Floats, Ints]:
        """How late the grid comes at each moment, in seconds, and the unit it does so at."""
        at = (seconds - offsets) * rates
        unit = np.maximum(0, np.rint(at))
        return (unit - at) / rates, unit.astype(np.int64)

    def _flaw(self, number: int, off: Floats) -> tuple[Floats, Floats]:
        """Points for being off or missed, and whether missed."""
        point, weights = self.ground.points[number], self.ground.weights
        caught = (off >= -point.early) & (off <= point.late)
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        flaw = weights.off * point.weight * (off / scale) ** 2
        return np.where(caught, flaw, point.price), np.where(caught, 0.0, 1.0)

    def _rough(self, draws: slice) -> Floats:
        """Points without the place in the bar, [draw, option]."""
        seconds = self.seconds[draws]
        found = np.zeros((len(seconds), len(self.options))) + self._wish()
        for number in self.hits:
            off, _ = self._off(seconds[:, number, None], self.rates, self.offsets)
            found += self._flaw(number, off)[0]
        return found

    def _with_bars(self, option: Ints) -> tuple[Floats, Floats]:
        """Points with the best bars for each finalist, [draw, finalist], and the misses."""
        ground, phases = self.ground, self.ground.bar_units
        rates, offsets, units = self.rates[option], self.offsets[option], self.units[option]
        points, missed = self._wish()[option], np.zeros(option.shape)
        price = ground.weights.off * 3 * (offsets / ground.weights.late_seconds) ** 2
        chain = np.full((*option.shape, phases), np.inf)
        for pickup in ground.pickups:
            chain[..., -pickup % phases] = price
        reached = np.zeros(option.shape, dtype=np.int64)
        usual = ground.meters[0]
        for number in self.hits:
            off, unit = self._off(self.seconds[:, number, None], rates, offsets)
            unit = np.minimum(unit, units)
            flaw, lost = self._flaw(number, off)
            points, missed = points + flaw, missed + lost
            place = ground.place_points(ground.points[number], usual)
            moved = self._advance(chain, unit - reached) + place
            chain = np.where((lost == 0)[..., None], moved, chain)
            reached = np.where(lost == 0, unit, reached)
        ended = self._advance(chain, units - reached)
        ended = ended.min(axis=-1) if ground.open_end else ended[..., 0]
        return points + ended, missed

    def _advance(self, chain: Floats, units: Ints) -> Floats:
        """The cheapest bars over so many units, for each phase one may arrive at."""
        phases = np.arange(self.ground.bar_units)
        came_from = (phases - units[..., None]) % self.ground.bar_units
        regular = np.take_along_axis(chain, came_from, axis=-1)
        rest = units[..., None] - (-phases % self.ground.bar_units)
        odd = np.where(rest > 0, self.odd[np.clip(rest, 0, len(self.odd) - 1)], np.inf)
        onto_downbeat = (chain + odd).min(axis=-1)
        regular[..., 0] = np.minimum(regular[..., 0], onto_downbeat)
        return regular
