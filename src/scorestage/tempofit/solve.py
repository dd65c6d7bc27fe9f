"""Finds the best times for a plan's knots: least squares with every hit inside its tolerance.

With the units fixed, what a plan costs is a sum of squares of terms that are nearly linear in the
knots' times: Gauss and Newton's method, each step a small bounded problem, needs three or four.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.band import Banded, Whole, squares_of
from scorestage.tempofit.ground import EDGE_WEIGHT, Floats, Ground
from scorestage.tempofit.plan import Knot, Law, Plan, ramp_seconds
from scorestage.tempofit.settings import HIDES

ROUNDS = 5
SETTLED_SECONDS = 2e-5
FENCE = 30.0
"""How steeply it costs to leave the range of tempos or, between knots, a hit's tolerance."""
INSIDE = 0.8
"""How much of its tolerance a hit between two knots may use up before it costs so much."""
SHARES = (1.0, 0.5, 0.2)
NEIGHBOURS = 2
"""So many knots away at most is what a term has to do with; each law written may add one."""
CLOSEST_SECONDS = 1e-4
"""Of two knots, from each other."""
Terms = tuple[Floats, Floats]
"""Slopes [term, knot] and values [term]; the points are the sum of the values' squares."""


@dataclass(frozen=True, slots=True)
class _Levels:
    """Log tempos at the beginning and the end of each stretch, [stretch], and how they depend on
    the knots' times, [stretch, knot]."""

    first: Floats
    first_slopes: Floats
    final: Floats
    final_slopes: Floats


class Solver:
    """The least-squares problem of one plan; hits at knots move within `freedom` of tolerance."""

    def __init__(self, ground: Ground, plan: Plan, freedom: float) -> None:
        self.ground, self.plan, self.freedom = ground, plan, freedom
        self.count = len(plan.knots)
        self.du = np.diff(plan.units).astype(np.float64)
        self.laws = [knot.law for knot in plan.knots[:-1]]
        self.index = np.arange(self.count - 1)
        steady = np.array([law is Law.STEADY for law in self.laws])
        self.steady = np.flatnonzero(steady)
        self.written = np.flatnonzero(~steady).tolist()
        self.ramps = [index for index in self.written if self.laws[index] is Law.RAMP]
        self.turns = self.steady[self.steady > 0]
        ramps = np.array([law is Law.RAMP for law in self.laws])
        self.after_ramp = ramps[self.turns - 1]
        self.inside = self.turns[steady[self.turns - 1]]
        self.width = min(self.count - 1, NEIGHBOURS + len(self.written))
        self.low, self.high = self._bounds()
        self.range = math.log(ground.lowest), math.log(ground.highest)
        self.keen = self._step_keenness()
        self._lay_hits()
        self.at = plan.seconds
        self.slopes: Floats | None = None

    def run(self) -> Plan | None:
        """The plan at its best times, or None where it cannot be had."""
        at = np.clip(self.plan.seconds, self.low, self.high)
        if np.any(at[1:] - at[:-1] <= CLOSEST_SECONDS):
            return None
        terms = self._terms(at)
        for _ in range(ROUNDS):
            step = self._step(at, terms)
            settled = float(np.abs(step).max()) < SETTLED_SECONDS
            better = self._along(at, step, terms, SHARES[:1] if settled else SHARES)
            if better is not None:
                at, terms = better
            if settled or better is None:
                break
        self.at, self.slopes = at, terms[0]
        return self._planned(at)

    def _step(self, at: Floats, terms: Terms) -> Floats:
        """Where the squares would be least, were the terms linear."""
        rows, values = terms
        squares = squares_of(rows, self.width)
        squares = squares.raised(1e-9 * max(1.0, squares.trace()))
        return bounded_step(squares, values @ rows, self.low - at, self.high - at)

    def _along(
        self, at: Floats, step: Floats, terms: Terms, shares: tuple[float, ...]
    ) -> tuple[Floats, Terms] | None:
        """The first share of a step that costs less, and the terms there."""
        worth = float(terms[1] @ terms[1])
        for share in shares:
            trial = np.clip(at + share * step, self.low, self.high)
            if np.any(trial[1:] - trial[:-1] <= CLOSEST_SECONDS):
                continue
            found = self._terms(trial)
            if float(found[1] @ found[1]) < worth - 1e-12:
                return trial, found
        return None

    def merging_points(self) -> Floats:
        """What it would cost, about, to do without each knot inside: to hold one tempo across it.

        By the multipliers of the problem's square form; inf where a law begins or ends.
        """
        at = self.at
        rows = self._terms(at)[0] if self.slopes is None else self.slopes
        dt = np.diff(at)
        free = (self.high - self.low > 1e-9) & (at > self.low + 1e-7) & (at < self.high - 1e-7)
        found = np.full(self.count - 2, np.inf)
        inside = self.inside
        if not free.any() or not len(inside):
            return found
        squares = squares_of(rows, self.width).raised(1e-9)
        slope = np.zeros((len(inside), self.count))
        row = np.arange(len(inside))
        slope[row, inside - 1], slope[row, inside + 1] = -1 / dt[inside - 1], -1 / dt[inside]
        slope[row, inside] = 1 / dt[inside - 1] + 1 / dt[inside]
        logs = np.log(self.du / dt)
        step = logs[inside] - logs[inside - 1]
        slope[:, ~free] = 0.0
        given = squares.freed(free).solved(slope.T)
        found[inside - 1] = step**2 / np.maximum(np.sum(slope.T * given, axis=0), 1e-12)
        return found

    def _planned(self, at: Floats) -> Plan:
        moments = zip(self.plan.knots, at.tolist(), strict=True)
        knots = tuple(Knot(knot.unit, second, knot.point, knot.law) for knot, second in moments)
        return replace(self.plan, knots=knots)

    def _bounds(self) -> tuple[Floats, Floats]:
        low, high = np.full(self.count, -np.inf), np.full(self.count, np.inf)
        ground = self.ground
        for index, knot in enumerate(self.plan.knots):
            if index == self.count - 1 and not ground.open_end:
                low[index] = high[index] = knot.seconds
            elif index == 0:
                low[index] = min(0.0, knot.seconds)
                high[index] = max(knot.seconds, ground.start_late if self.freedom else 0.0)
            elif knot.point is not None and ground.points[knot.point].hit is not None:
                point = ground.points[knot.point]
                low[index] = point.seconds - self.freedom * point.early
                high[index] = point.seconds + self.freedom * point.late
        return low, high

    # ── what there is to pay ─────────────────────────────────────────────────────────────────

    def _terms(self, at: Floats) -> Terms:
        """All there is to pay with the knots at these times."""
        dt = at[1:] - at[:-1]
        levels = self._levels(dt)
        found = [self._step_terms(levels), self._wish_terms(levels, dt), self._hit_terms(at)]
        found += self._heard(*found[0])
        found += self._ramp_terms(levels)
        found += self._ends(levels)
        found += self._fences(levels)
        rows, values = zip(*found, strict=True)
        return np.concatenate(rows), np.concatenate(values)

    def _levels(self, dt: Floats) -> _Levels:
        """The tempos; a ramp begins, and a hold stays, at the tempo that comes before it."""
        logs = np.log(self.du / dt)
        slopes = np.zeros((self.count - 1, self.count))
        slopes[self.index, self.index], slopes[self.index, self.index + 1] = 1 / dt, -1 / dt
        if not self.written:
            return _Levels(logs, slopes, logs, slopes)
        found = _Levels(logs.copy(), slopes.copy(), logs.copy(), slopes.copy())
        for index in self.written:
            before = max(index - 1, 0)
            found.first[index] = found.final[before]
            found.first_slopes[index] = found.final_slopes[before]
            found.final[index] = found.first[index]
            found.final_slopes[index] = found.first_slopes[index]
            if self.laws[index] is Law.RAMP:
                mean, start = math.exp(logs[index]), math.exp(found.first[index])
                final = max(2 * mean - start, 0.05 * mean)
                found.final[index] = math.log(final)
                bent = 2 * mean * slopes[index] - start * found.first_slopes[index]
                found.final_slopes[index] = bent / final
        return found

    def _step_terms(self, levels: _Levels) -> Terms:
        """Terms of the steps into steady stretches; after a ramp, from the nearer of its ends."""
        turns, before = self.turns, self.turns - 1
        came, came_slopes = levels.final[before], levels.final_slopes[before]
        now = levels.first[turns]
        if self.after_ramp.any():
            near = np.abs(levels.first[before] - now) <= np.abs(came - now)
            back = np.flatnonzero(self.after_ramp & near)
            came[back] = levels.first[before[back]]
            came_slopes[back] = levels.first_slopes[before[back]]
        slopes = levels.first_slopes[turns] - came_slopes
        return slopes * self.keen[:, None], (now - came) * self.keen

    def _heard(self, rows: Floats, values: Floats) -> list[Terms]:
        """Terms of the steps that do not hide."""
        weights = self.ground.weights
        beyond = np.abs(values) - HIDES * weights.step_scale * self.keen
        loud = np.flatnonzero(beyond > 0)
        if not len(loud):
            return []
        heard = math.sqrt(weights.heard)
        return [(rows[loud] * heard, np.copysign(beyond[loud], values[loud]) * heard)]

    def _wish_terms(self, levels: _Levels, dt: Floats) -> Terms:
        weights, steady = self.ground.weights, self.steady
        share = dt[steady] / self.ground.shared if weights.by_share else np.ones(len(steady))
        wish = np.sqrt(weights.wish * share) / weights.wish_scale
        away = levels.first[steady] - math.log(self.ground.wish)
        return levels.first_slopes[steady] * wish[:, None], away * wish

    def _ramp_terms(self, levels: _Levels) -> list[Terms]:
        if not self.ramps:
            return []
        weights, ramps = self.ground.weights, self.ramps
        size = math.sqrt(weights.ramp) / weights.ramp_scale
        away = levels.final[ramps] - levels.first[ramps]
        unusual = away - np.copysign(weights.ramp_size, away)
        slopes = levels.final_slopes[ramps] - levels.first_slopes[ramps]
        return [(slopes * size, unusual * size)]

    def _ends(self, levels: _Levels) -> list[Terms]:
        """Terms of the steps from and to the tempos that lead in and on."""
        keen = math.sqrt(self.ground.weights.step) / self.ground.weights.step_scale
        found: list[Terms] = []
        if self.ground.before is not None:
            step = levels.first[:1] - math.log(self.ground.before)
            found.append((levels.first_slopes[:1] * keen, step * keen))
        if self.ground.after is not None:
            step = levels.final[-1:] - math.log(self.ground.after)
            found.append((levels.final_slopes[-1:] * keen, step * keen))
        return found

    def _fences(self, levels: _Levels) -> list[Terms]:
        """Terms that keep the tempos in their range; a hold has none of its own."""
        (low, high), keen = self.range, FENCE / self.ground.weights.step_scale
        found: list[Terms] = []
        for logs, slopes, those in (
            (levels.first, levels.first_slopes, self.steady),
            (levels.final, levels.final_slopes, self.ramps),
        ):
            if not len(those):
                continue
            lie = logs[those]
            if lie.min() < low or lie.max() > high:
                beyond = lie - np.clip(lie, low, high)
                out = np.flatnonzero(beyond)
                found.append((slopes[those][out] * keen, beyond[out] * keen))
        return found

    def _step_keenness(self) -> Floats:
        weights, relief = self.ground.weights, list[float]()
        for index in self.turns.tolist():
            point = self.plan.knots[index].point
            held = self.laws[index - 1] in (Law.FERMATA, Law.FREE)
            plain = 1.0 if point is None else self.ground.points[point].relief
            relief.append(weights.relief if held else plain)
        keen = np.sqrt(weights.step * np.array(relief)) / weights.step_scale
        return np.asarray(keen, dtype=np.float64)

    # ── hits ─────────────────────────────────────────────────────────────────────────────────

    def _lay_hits(self) -> None:
        """When each hit's unit sounds, as a combination of the knots' times; first the start."""
        plan, ground = self.plan, self.ground
        points = [ground.points[number] for number, _ in plan.landed]
        units = np.array([unit for _, unit in plan.landed], dtype=np.int64)
        self.aims = np.array([0.0] + [point.seconds for point in points])
        weights = np.array([EDGE_WEIGHT] + [point.weight for point in points], dtype=np.float64)
        self.hit_keen = np.sqrt(ground.weights.off * weights)
        met = {knot.unit for knot in plan.knots if knot.point is not None}
        between = np.array([unit not in met for _, unit in plan.landed], dtype=np.bool_)
        early = INSIDE * np.array([point.early for point in points])
        late = INSIDE * np.array([point.late for point in points])
        self.earliest = np.concatenate([[-np.inf], np.where(between, -early, -np.inf)])
        self.latest = np.concatenate([[np.inf], np.where(between, late, np.inf)])
        index = np.clip(plan.units.searchsorted(units, side="right") - 1, 0, self.count - 2)
        into = (units - plan.units[index]).astype(np.float64)
        row = np.arange(1, len(units) + 1)
        self.hit_rows = np.zeros((len(weights), self.count))
        self.hit_rows[0, 0] = 1.0
        self.hit_rows[row, index] = 1 - into / self.du[index]
        self.hit_rows[row, index + 1] = into / self.du[index]
        self.inside_ramps = [
            (number, int(stretch), float(far))
            for number, stretch, far in zip(row.tolist(), index, into, strict=True)
            if self.laws[stretch] is Law.RAMP and 0 < far < self.du[stretch]
        ]

    def _hit_terms(self, at: Floats) -> Terms:
        """Terms of the hits caught and of a late first sound."""
        weights = self.ground.weights
        rows = self.hit_rows
        for number, index, into in self.inside_ramps:
            part = self._part_of_ramp(index, into, at)
            rows[number, index], rows[number, index + 1] = 1 - part, part
        off = rows @ at - self.aims
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        keen = self.hit_keen / scale
        fenced = np.flatnonzero((off > self.latest) | (off < self.earliest))
        if not len(fenced):
            return rows * keen[:, None], off * keen
        beyond = np.where(off > self.latest, off - self.latest, off - self.earliest)
        fence = FENCE / 0.02
        return (
            np.concatenate([rows * keen[:, None], rows[fenced] * fence]),
            np.concatenate([off * keen, beyond[fenced] * fence]),
        )

    def _part_of_ramp(self, index: int, into: float, at: Floats) -> float:
        """How far into a ramp a unit sounds, as a share of the ramp's time."""
        whole, lasting = float(self.du[index]), float(at[index + 1] - at[index])
        came = self.du[index - 1] / (at[index] - at[index - 1]) if index else whole / lasting
        return ramp_seconds(into, float(came), 2 * whole / lasting - float(came), lasting) / lasting


def bounded_step(squares: Whole | Banded, slope: Floats, low: Floats, high: Floats) -> Floats:
    """The step that minimises half `s·H·s` + `slope·s` with `low` ≤ s ≤ `high`, by active sets.

    `squares` is H, as `band.squares_of` makes it. What lies at an edge already, and is pulled
    over it, is held there to begin with.
    """
    held = high - low < 1e-12
    fast = held.copy()
    held |= ((low > -1e-12) & (slope > 0)) | ((high < 1e-12) & (slope < 0))
    step = np.where(slope > 0, low, high)
    for _ in range(3 * len(slope) + 6):
        fixed = np.where(held, step, 0.0)
        right = np.where(held, step, -slope - squares.times(fixed))
        found = squares.freed(~held).solved(right)
        below, above = ~held & (found < low - 1e-12), ~held & (found > high + 1e-12)
        if below.any() or above.any():
            step = np.where(below, low, np.where(above, high, found))
            held = held | below | above
            continue
        step = found
        pull = squares.times(step) + slope
        wrong = held & ~fast
        wrong &= ((step <= low + 1e-12) & (pull < -1e-9)) | ((step >= high - 1e-12) & (pull > 1e-9))
        if not wrong.any():
            return step
        worst = int(np.argmax(np.where(wrong, np.abs(pull), 0.0)))
        held[worst] = False
    return np.asarray(np.clip(step, low, high), dtype=np.float64)
