"""Finds the best times for a plan's knots: least squares with every hit inside its tolerance.

With the units fixed, what a plan costs is a sum of squares of terms that are nearly linear in the
knots' times: Gauss and Newton's method, each step a small bounded problem, needs three or four.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.ground import EDGE_WEIGHT, Floats, Ground
from scorestage.tempofit.plan import Law, Plan, ramp_seconds
from scorestage.tempofit.settings import HIDES

ROUNDS = 5
SETTLED_SECONDS = 2e-5
FENCE = 30.0
"""How steeply it costs to leave the range of tempos or, between knots, a hit's tolerance."""
SHARES = (1.0, 0.5, 0.2)


@dataclass(frozen=True, slots=True)
class _Level:
    """A log tempo and how it depends on the knots' times."""

    log: float
    slope: Floats


class Solver:
    """The least-squares problem of one plan; hits at knots move within `freedom` of tolerance."""

    def __init__(self, ground: Ground, plan: Plan, freedom: float) -> None:
        self.ground, self.plan, self.freedom = ground, plan, freedom
        self.count = len(plan.knots)
        self.du = np.diff(plan.units).astype(np.float64)
        self.laws = [knot.law for knot in plan.knots[:-1]]
        self.plain = all(law is Law.STEADY for law in self.laws)
        self.low, self.high = self._bounds()
        self.range = math.log(ground.lowest), math.log(ground.highest)
        self.keen = self._step_keenness()
        points = [ground.points[number] for number, _ in plan.landed]
        fixed = {knot.unit for knot in plan.knots if knot.point is not None}
        inside = [unit not in fixed for _, unit in plan.landed]
        self.aims = np.array([0.0] + [point.seconds for point in points])
        weights = np.array([EDGE_WEIGHT] + [point.weight for point in points], dtype=np.float64)
        self.hit_keen = np.sqrt(ground.weights.off * weights)
        self.earliest, self.latest = np.full(len(weights), -np.inf), np.full(len(weights), np.inf)
        for row, (point, free) in enumerate(zip(points, inside, strict=True), start=1):
            if free:
                self.earliest[row], self.latest[row] = -0.8 * point.early, 0.8 * point.late
        self.hit_rows = np.zeros((len(weights), self.count))
        self._lay_hits(plan.seconds)

    def run(self) -> Plan | None:
        """The plan at its best times, or None where it cannot be had."""
        at = np.clip(self.plan.seconds, self.low, self.high)
        if np.any(np.diff(at) <= 1e-4):
            return None
        worth = self._square(at)
        for _ in range(ROUNDS):
            rows, wanted = self._terms(at)
            hessian = rows.T @ rows
            hessian[np.diag_indices(self.count)] += 1e-9 * max(1.0, float(np.trace(hessian)))
            step = bounded_step(hessian, rows.T @ wanted, self.low - at, self.high - at)
            moved = False
            for share in SHARES:
                trial = np.clip(at + share * step, self.low, self.high)
                if np.any(np.diff(trial) <= 1e-4):
                    continue
                found = self._square(trial)
                if found < worth - 1e-12:
                    at, worth, moved = trial, found, True
                    break
            if not moved or float(np.abs(step).max()) < SETTLED_SECONDS:
                break
        return self._planned(at)

    def merging_points(self) -> Floats:
        """What it would cost, about, to do without each knot inside: to hold one tempo across it.

        By the multipliers of the problem's square form; inf where a law begins or ends.
        """
        at = self.plan.seconds
        rows, _ = self._terms(at)
        dt = np.diff(at)
        free = (self.high - self.low > 1e-9) & (at > self.low + 1e-7) & (at < self.high - 1e-7)
        found = np.full(self.count - 2, np.inf)
        inside = np.array(
            [
                index
                for index in range(1, self.count - 1)
                if self.laws[index - 1] is self.laws[index] is Law.STEADY
            ]
        )
        if not free.any() or not len(inside):
            return found
        hessian = rows[:, free].T @ rows[:, free]
        hessian[np.diag_indices(len(hessian))] += 1e-9
        slope = np.zeros((len(inside), self.count))
        row = np.arange(len(inside))
        slope[row, inside - 1], slope[row, inside + 1] = -1 / dt[inside - 1], -1 / dt[inside]
        slope[row, inside] = 1 / dt[inside - 1] + 1 / dt[inside]
        logs = np.log(self.du / dt)
        step = logs[inside] - logs[inside - 1]
        given = np.linalg.solve(hessian, slope[:, free].T)
        found[inside - 1] = step**2 / np.maximum(np.sum(slope[:, free].T * given, axis=0), 1e-12)
        return found

    def _planned(self, at: Floats) -> Plan:
        knots = tuple(
            replace(knot, seconds=float(seconds))
            for knot, seconds in zip(self.plan.knots, at, strict=True)
        )
        return replace(self.plan, knots=knots)

    def _square(self, at: Floats) -> float:
        values = self._terms(at, sloped=False)[1]
        return float(values @ values)

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

    def _terms(self, at: Floats, sloped: bool = True) -> tuple[Floats, Floats]:
        """Slopes and values of all terms, the points being the sum of their squares."""
        dt = np.diff(at)
        logs = np.log(self.du / dt)
        slopes = np.zeros((self.count - 1, self.count if sloped else 0))
        if sloped:
            index = np.arange(self.count - 1)
            slopes[index, index], slopes[index, index + 1] = 1 / dt, -1 / dt
        found = self._steady_terms(logs, slopes, dt) if self.plain else None
        rows, values = found or self._mixed_terms(logs, slopes, dt)
        hit_rows, hit_values = self._hit_terms(at)
        if not sloped:
            return slopes, np.concatenate([values, hit_values])
        return np.concatenate([rows, hit_rows]), np.concatenate([values, hit_values])

    def _steady_terms(self, logs: Floats, slopes: Floats, dt: Floats) -> tuple[Floats, Floats]:
        keen, weights = self.keen, self.ground.weights
        share = dt / self.ground.shared if weights.by_share else np.ones(len(dt))
        wish = np.sqrt(weights.wish * share) / weights.wish_scale
        rows = [(slopes[1:] - slopes[:-1]) * keen[:, None], slopes * wish[:, None]]
        values = [(logs[1:] - logs[:-1]) * keen, (logs - math.log(self.ground.wish)) * wish]
        more_rows: list[Floats] = []
        more: list[float] = []
        self._heard(more_rows, more, logs, slopes)
        self._ends(more_rows, more, _Level(logs[0], slopes[0]), _Level(logs[-1], slopes[-1]))
        self._fences(more_rows, more, logs, slopes)
        if more:
            rows.append(np.array(more_rows))
            values.append(np.array(more))
        return np.concatenate(rows), np.concatenate(values)

    def _heard(self, rows: list[Floats], values: list[float], logs: Floats, slopes: Floats) -> None:
        """Terms of the steps that do not hide."""
        weights, steps = self.ground.weights, np.diff(logs)
        beyond = np.abs(steps) - HIDES * weights.step_scale
        for index in np.flatnonzero(beyond > 0):
            keen = float(self.keen[index]) * math.sqrt(weights.heard)
            rows.append((slopes[index + 1] - slopes[index]) * keen)
            values.append(math.copysign(float(beyond[index]), float(steps[index])) * keen)

    def _step_keenness(self) -> Floats:
        weights = self.ground.weights
        relief = [
            1.0 if knot.point is None else self.ground.points[knot.point].relief
            for knot in self.plan.knots[1:-1]
        ]
        return np.asarray(
            np.sqrt(weights.step * np.array(relief)) / weights.step_scale, dtype=np.float64
        )

    def _ends(self, rows: list[Floats], values: list[float], first: _Level, final: _Level) -> None:
        keen = math.sqrt(self.ground.weights.step) / self.ground.weights.step_scale
        for level, tempo in ((first, self.ground.before), (final, self.ground.after)):
            if tempo is not None:
                rows.append(level.slope * keen)
                values.append((level.log - math.log(tempo)) * keen)

    def _fences(
        self, rows: list[Floats], values: list[float], logs: Floats, slopes: Floats
    ) -> None:
        """Terms that keep the tempos in their range."""
        low, high = self.range
        if low <= float(logs.min()) and float(logs.max()) <= high:
            return
        beyond = np.where(logs < low, logs - low, np.where(logs > high, logs - high, 0.0))
        for index in np.flatnonzero(beyond):
            keen = FENCE / self.ground.weights.step_scale
            rows.append(slopes[index] * keen)
            values.append(float(beyond[index]) * keen)

    def _mixed_terms(self, logs: Floats, slopes: Floats, dt: Floats) -> tuple[Floats, Floats]:
        """The same where ritardandos and holds are written."""
        rows: list[Floats] = []
        values: list[float] = []
        weights, ground = self.ground.weights, self.ground
        keen = math.sqrt(weights.step) / weights.step_scale
        wish = math.log(ground.wish)
        levels: list[tuple[_Level, _Level]] = []
        for index, law in enumerate(self.laws):
            own = _Level(float(logs[index]), slopes[index])
            came = levels[-1][1] if levels else own
            if law is Law.RAMP:
                final = _ramp_end(own, came)
                levels.append((came, final))
                size = math.sqrt(weights.ramp) / weights.ramp_scale
                rows.append((final.slope - came.slope) * size)
                away = final.log - came.log
                usual = math.copysign(weights.ramp_size, away)
                values.append((away - usual) * size)
                if not self.range[0] <= final.log <= self.range[1]:
                    self._fences(rows, values, np.array([final.log]), final.slope[None, :])
                continue
            if law is not Law.STEADY:
                levels.append((came, came))
                continue
            if index:
                start = levels[-1][1]
                before = self.laws[index - 1]
                if before is Law.RAMP:
                    start = min(levels[-1], key=lambda level: abs(level.log - own.log))
                pressed = keen * math.sqrt(self._relief(index, before))
                step = own.log - start.log
                rows.append((own.slope - start.slope) * pressed)
                values.append(step * pressed)
                beyond = abs(step) - HIDES * weights.step_scale
                if beyond > 0:
                    pressed *= math.sqrt(weights.heard)
                    rows.append((own.slope - start.slope) * pressed)
                    values.append(math.copysign(beyond, step) * pressed)
            levels.append((own, own))
            share = dt[index] / ground.shared if weights.by_share else 1.0
            size = math.sqrt(weights.wish * share) / weights.wish_scale
            rows.append(own.slope * size)
            values.append((own.log - wish) * size)
            if not self.range[0] <= own.log <= self.range[1]:
                self._fences(rows, values, logs[index : index + 1], slopes[index : index + 1])
        self._ends(rows, values, levels[0][0], levels[-1][1])
        return np.array(rows).reshape(len(rows), -1), np.array(values)

    def _relief(self, index: int, before: Law) -> float:
        if before in (Law.FERMATA, Law.FREE):
            return self.ground.weights.relief
        point = self.plan.knots[index].point
        return 1.0 if point is None else self.ground.points[point].relief

    def _hit_terms(self, at: Floats) -> tuple[Floats, Floats]:
        """Terms of the hits caught and of a late first sound."""
        weights = self.ground.weights
        if not self.plain:
            self._lay_hits(at)
        rows = self.hit_rows
        off = rows @ at - self.aims
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        keen = self.hit_keen / scale
        beyond = np.where(off > self.latest, off - self.latest, np.minimum(off - self.earliest, 0))
        fenced = np.flatnonzero(beyond)
        if not len(fenced):
            return rows * keen[:, None], off * keen
        fence = FENCE / 0.02
        return (
            np.concatenate([rows * keen[:, None], rows[fenced] * fence]),
            np.concatenate([off * keen, beyond[fenced] * fence]),
        )

    def _lay_hits(self, at: Floats) -> None:
        """When each hit's unit sounds, as a combination of the knots' times; first the start."""
        self.hit_rows[0, 0] = 1.0
        for row, (_, unit) in enumerate(self.plan.landed, start=1):
            index = int(np.searchsorted(self.plan.units, unit, side="right")) - 1
            index = min(max(index, 0), self.count - 2)
            part = self._part(index, unit, at)
            self.hit_rows[row] = 0.0
            self.hit_rows[row, index], self.hit_rows[row, index + 1] = 1 - part, part

    def _part(self, index: int, unit: int, at: Floats) -> float:
        """How far into its stretch a unit sounds, as a share of the stretch's time."""
        into, whole = unit - float(self.plan.units[index]), float(self.du[index])
        if self.laws[index] is not Law.RAMP or not 0 < into < whole:
            return into / whole
        lasting = float(at[index + 1] - at[index])
        came = self.du[index - 1] / (at[index] - at[index - 1]) if index else whole / lasting
        return ramp_seconds(into, float(came), 2 * whole / lasting - float(came), lasting) / lasting


def _ramp_end(own: _Level, came: _Level) -> _Level:
    mean, start = math.exp(own.log), math.exp(came.log)
    final = max(2 * mean - start, 0.05 * mean)
    return _Level(math.log(final), (2 * mean * own.slope - start * came.slope) / final)


def bounded_step(hessian: Floats, slope: Floats, low: Floats, high: Floats) -> Floats:
    """The step that minimises half `s·H·s` + `slope·s` with `low` ≤ s ≤ `high`, by active sets."""
    count = len(slope)
    held = high - low < 1e-12
    step = np.where(held, low, 0.0)
    for _ in range(3 * count + 6):
        free = ~held
        found = step.copy()
        if free.any():
            right = -slope[free] - hessian[np.ix_(free, held)] @ step[held]
            found[free] = np.linalg.solve(hessian[np.ix_(free, free)], right)
        below, above = found < low - 1e-12, found > high + 1e-12
        if below.any() or above.any():
            step = np.where(below, low, np.where(above, high, found))
            held = held | below | above
            continue
        step = found
        pull = hessian @ step + slope
        wrong = held & (high - low >= 1e-12)
        wrong &= ((step <= low + 1e-12) & (pull < -1e-9)) | ((step >= high - 1e-12) & (pull > 1e-9))
        if not wrong.any():
            return step
        worst = int(np.argmax(np.where(wrong, np.abs(pull), 0.0)))
        held[worst] = False
    return np.asarray(np.clip(step, low, high), dtype=np.float64)
