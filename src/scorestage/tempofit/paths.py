"""Reads paths out of a sweep: the cheapest one, and the best through every other row."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from scorestage.tempofit.ground import Floats, Ints
from scorestage.tempofit.net import Rows
from scorestage.tempofit.sweep import Leg, Path, Sweep

MOST_ROWS = 4000
"""How many of the best rows are looked at for second thoughts."""


class PathReader:
    """Paths of the first draw of a sweep."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep, self.net = sweep, sweep.net
        self.onward: list[Floats] = []
        self.worth: list[Floats] = []
        self.outward: list[Ints] = []
        self.left: Floats = np.zeros(0)

    def best(self) -> Path | None:
        """The cheapest path; None where there is none."""
        ends = self.sweep.arrive[self.sweep.last][0]
        at = int(ends.argmin())
        points = float(ends.reshape(-1)[at])
        if not np.isfinite(points):
            return None
        bucket, phase = divmod(at, self.net.phases)
        return Path(points, self._back(self.sweep.last, bucket, phase))

    def several(self, count: int) -> list[Path]:
        """Up to `count` different paths: the best one, then the best through other rows."""
        first = self.best()
        if first is None or count < 2:
            return [first] if first else []
        self._backward()
        found, seen = [first], {first.legs}
        used = {self._row_key(leg, before) for before, leg in _pairs(first.legs)}
        for points, point, row, phase in self._rows_by_points():
            rows = self._rows(point)
            key = (point, int(rows.before[row]), int(rows.units[row]), phase, int(rows.tail[row]))
            if key in used:
                continue
            path = Path(points, self._through(point, row, phase))
            used |= {self._row_key(leg, before) for before, leg in _pairs(path.legs)} | {key}
            if path.legs not in seen:
                seen.add(path.legs)
                found.append(path)
            if len(found) >= count:
                break
        return found

    @staticmethod
    def _row_key(leg: Leg, before: Leg) -> tuple[int, int, int, int, int]:
        return leg.point, before.point, leg.units, leg.phase, leg.tail

    def _rows(self, point: int) -> Rows:
        return self.net.rows[point]

    # ── backwards from the end ───────────────────────────────────────────────────────────────

    def _backward(self) -> None:
        """For every state left, the cheapest way on from it; for every row, its way on."""
        sweep, net = self.sweep, self.net
        _, buckets, phases = sweep.shape
        left = np.full((sweep.last + 1, buckets, phases), np.inf)
        self.worth = [np.zeros(0)] * (sweep.last + 1)
        self.outward = [np.zeros(0, dtype=np.int64)] * (sweep.last + 1)
        self.onward = [np.zeros(0)] * (sweep.last + 1)
        for point in reversed(net.nodes[1:]):
            arrived = np.zeros((buckets, phases))
            if point != sweep.last:
                arrived = self._arrived(left[point], point)
            elif net.ground.after is not None:
                arrived += sweep._step_from(net.ground.after)[:, None]
            self.onward[point] = arrived + net.place[point]
            rows = self._rows(point)
            if not len(rows):
                continue
            worth = self.onward[point][rows.arrive] + sweep._row_points(rows)[:, None]
            if rows.passed is not None:
                worth += rows.passed
            self.worth[point] = worth
            code = rows.before * buckets + rows.leave
            order = np.argsort(code, kind="stable")
            self.outward[point] = order
            turned = np.take_along_axis(worth, net.roll[-rows.units % phases], axis=1)[order]
            code = code[order]
            first = np.flatnonzero(np.diff(code, prepend=-1))
            lowest = np.minimum.reduceat(turned, first, axis=0)
            flat = left.reshape(-1, phases)
            flat[code[first]] = np.minimum(flat[code[first]], lowest)
        self.left = left

    def _arrived(self, left: Floats, point: int) -> Floats:
        """The cheapest way on from having arrived, over a step of tempo and odd bars."""
        sweep = self.sweep
        turned = left
        for units in np.flatnonzero(np.isfinite(sweep.shift)):
            if units:
                moved = np.roll(left, -int(units), axis=1) + sweep.shift[units]
                turned = np.minimum(turned, moved)
        table, found = sweep.tables[point], turned.copy()
        reach, count = len(table) // 2, len(left)
        for shift in range(-reach, reach + 1):
            price = table[shift + reach]
            if shift and np.isfinite(price):
                low, high = max(0, -shift), min(count, count - shift)
                np.minimum(
                    found[low:high], turned[low + shift : high + shift] + price, out=found[low:high]
                )
        return found

    def _rows_by_points(self) -> list[tuple[float, int, int, int]]:
        """The best rows: points of the best path through each, point, row, phase."""
        reached = [point for point in self.net.nodes[1:] if len(self._rows(point))]
        totals = []
        for point in reached:
            total = self.onward[point].take(self._rows(point).arrive, axis=0)
            total += self.sweep.offers[point]
            totals.append(total.reshape(-1))
        flat = np.concatenate(totals)
        begins = np.cumsum([0, *(len(total) for total in totals)])
        most = min(MOST_ROWS, len(flat) - 1)
        best = np.argpartition(flat, most)[: most + 1]
        best = best[np.argsort(flat[best], kind="stable")]
        best = best[np.isfinite(flat[best])]
        which = begins.searchsorted(best, side="right") - 1
        row, phase = np.divmod(best - begins[which], self.net.phases)
        points = np.array(reached)[which]
        return list(
            zip(flat[best].tolist(), points.tolist(), row.tolist(), phase.tolist(), strict=True)
        )

    # ── tracing ──────────────────────────────────────────────────────────────────────────────

    def _through(self, point: int, row: int, phase: int) -> tuple[Leg, ...]:
        return (*self._back_row(point, row, phase), *self._on(point, row, phase))

    def _back(self, point: int, bucket: int, phase: int) -> tuple[Leg, ...]:
        """The legs that led to a state on arrival."""
        if point == 0:
            return (Leg(0, 0, phase),)
        rows = self._rows(point)
        low, high = np.searchsorted(rows.arrive, (bucket, bucket + 1))
        row = int(low) + int(self.sweep.offers[point][low:high, phase].argmin())
        return self._back_row(point, row, phase)

    def _back_row(self, point: int, row: int, phase: int) -> tuple[Leg, ...]:
        """The legs that led over a row to a place."""
        rows, phases = self._rows(point), self.net.phases
        before, units = int(rows.before[row]), int(rows.units[row])
        leg = self._leg(point, row, phase)
        left = (phase - units) % phases
        moved = self.sweep.shift[(left - np.arange(phases)) % phases]
        bucket = int(rows.leave[row])
        low, prices = self._window(before, bucket)
        arrived = self.sweep.arrive[before][0][low : low + len(prices)]
        at = int((arrived + prices[:, None] + moved).argmin())
        came, place = divmod(at, phases)
        return (*self._back(before, low + came, place), leg)

    def _leg(self, point: int, row: int, phase: int) -> Leg:
        rows = self._rows(point)
        tail, over = int(rows.tail[row]), int(rows.tail_units[row])
        bucket = self.net.bottom + int(rows.leave[row]) * self.net.fineness.bucket
        return Leg(
            point, int(rows.units[row]), phase, tail, over, math.exp(bucket) if tail else 0.0
        )

    def _window(self, point: int, bucket: int) -> tuple[int, Floats]:
        """The tempos from which `bucket` can be reached at `point`, and what that costs."""
        if point == 0:
            return bucket, np.zeros(1)
        table = self.sweep.tables[point]
        reach = len(table) // 2
        low, high = max(0, bucket - reach), min(self.sweep.shape[1] - 1, bucket + reach)
        return low, table[bucket - np.arange(low, high + 1) + reach]

    def _on(self, point: int, row: int, phase: int) -> tuple[Leg, ...]:
        """The cheapest legs on from where a row arrives."""
        legs, phases = [], self.net.phases
        bucket = int(self._rows(point).arrive[row])
        while point != self.sweep.last:
            table = self.sweep.tables[point]
            reach = len(table) // 2
            low = max(0, bucket - reach)
            high = min(self.sweep.shape[1] - 1, bucket + reach)
            prices = table[np.arange(low, high + 1) - bucket + reach]
            moved = self.sweep.shift[(np.arange(phases) - phase) % phases]
            left = self.left[point][low : high + 1] + prices[:, None] + moved
            step, place = divmod(int(left.argmin()), phases)
            point, row, phase = self._row_on(point, low + step, place)
            rows = self._rows(point)
            bucket = int(rows.arrive[row])
            legs.append(self._leg(point, row, phase))
        return tuple(legs)

    def _row_on(self, before: int, bucket: int, place: int) -> tuple[int, int, int]:
        """The row on from a state left, the point it leads to and the place it arrives at."""
        found, least = (0, 0, 0), np.inf
        buckets, phases = self.sweep.shape[1], self.net.phases
        for point in self.net.nodes:
            if point <= before or not len(self._rows(point)):
                continue
            rows, order = self._rows(point), self.outward[point]
            code = (rows.before * buckets + rows.leave)[order]
            low, high = np.searchsorted(
                code, (before * buckets + bucket, before * buckets + bucket + 1)
            )
            for row in order[low:high]:
                phase = (place + int(rows.units[row])) % phases
                if self.worth[point][row, phase] < least:
                    least = float(self.worth[point][row, phase])
                    found = (point, int(row), phase)
        return found


def _pairs(legs: tuple[Leg, ...]) -> list[tuple[Leg, Leg]]:
    return list(pairwise(legs))
