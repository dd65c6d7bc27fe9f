"""Hits and the final barline against a take: what must be met, and the nearest path that meets it.

The pull is spread over whole bars before and after each place: least squares in how far beats leave
the take and how much the tempo steps from bar to bar, with the places to meet as limits, solved by
an active set. Bars that hardly change are then left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.played.line import Bend, Floats, Limit, Played, TempoPath

SLACK_SECONDS = 1e-6
STRAY_SECONDS = 0.05
"""How far a beat may leave the take for one point."""
STEP = 0.025
"""How much the tempo may step more than the take's own, for one point (2.5 % hides)."""
IDLE = 0.004
"""A step smaller than this is left out where the places can be met without it."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """The path that meets the limits, how much each bar was stretched (a share), what is unmet."""

    path: TempoPath
    stretch: Floats
    unmet: tuple[str, ...]


def broken_limits(path: TempoPath, limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The limits that the path does not keep."""
    found = []
    for one in limits:
        at = path.second_at(one.quarters)
        if not one.earliest - SLACK_SECONDS <= at <= one.latest + SLACK_SECONDS:
            found.append(one)
    return tuple(found)


def pulled_to(
    path: TempoPath, played: Played, barlines: Floats, limits: tuple[Limit, ...]
) -> Pulled:
    """The path nearest to the take that is within all limits; steps at few barlines first."""
    pull = _Pull(path, played, barlines, limits)
    finest = pull.stretched(np.arange(pull.bars))
    steps = np.abs(np.diff(finest / pull.lasting, prepend=0.0))
    kept = np.flatnonzero((steps > IDLE) | (np.arange(pull.bars) == 0))
    groups = np.searchsorted(kept, np.arange(pull.bars), side="right") - 1
    for stretch in (pull.stretched(groups), finest):
        found = _stretched_path(path, barlines, pull.shift, stretch)
        broken = broken_limits(found, limits)
        if not broken:
            break
    return Pulled(found, stretch / pull.lasting, tuple(one.name for one in broken))


class _Pull:
    """One pull as numbers: every bar may last longer or shorter, all may begin earlier or later."""

    def __init__(
        self, path: TempoPath, played: Played, barlines: Floats, limits: tuple[Limit, ...]
    ) -> None:
        self.barlines, self.limits = barlines, limits
        self.bars = len(barlines) - 1
        self.lasting = np.maximum(0.05, np.diff(path.seconds_at(barlines)) / np.diff(barlines))
        self.room = [
            replace(
                one,
                earliest=one.earliest - path.second_at(one.quarters),
                latest=one.latest - path.second_at(one.quarters),
            )
            for one in limits
        ]
        places = np.unique(np.concatenate([played.quarters, barlines]))
        self.beats = self._rows(places) / STRAY_SECONDS
        steps = (np.diff(np.eye(self.bars), axis=0)) / (STEP * self.lasting[1:, None])
        self.steps = np.hstack([np.zeros((self.bars - 1, 1)), steps])
        self.bounds = self._rows(np.array([one.quarters for one in limits]))
        self.shift = 0.0

    def _rows(self, places: Floats) -> Floats:
        """What shift and every bar's stretch add to the seconds of each place."""
        into = places[:, None] - self.barlines[None, :-1]
        lengths = np.diff(self.barlines)[None, :]
        inside = np.clip(into, 0.0, lengths)
        inside[:, 0] = np.minimum(into[:, 0], lengths[0, 0])
        return np.hstack([np.ones((len(places), 1)), inside])

    def stretched(self, groups: Floats | np.typing.NDArray[np.int64]) -> Floats:
        """Seconds more a quarter of each bar; bars of one group change alike."""
        gather = np.zeros((self.bars + 1, int(groups[-1]) + 2))
        gather[0, 0] = 1.0
        gather[np.arange(1, self.bars + 1), np.asarray(groups, dtype=np.int64) + 1] = 1.0
        matrix = np.vstack([self.beats, self.steps]) @ gather
        _, upper = np.linalg.qr(np.vstack([matrix, 1e-7 * np.eye(matrix.shape[1])]))
        ways = np.linalg.solve(upper.T, (self.bounds @ gather).T).T
        found = _projected(np.zeros(matrix.shape[1]), ways, tuple(self.room))
        terms = gather @ np.linalg.solve(upper, found)
        self.shift = float(terms[0])
        stretch: Floats = terms[1:]
        return stretch


def _stretched_path(path: TempoPath, barlines: Floats, shift: float, stretch: Floats) -> TempoPath:
    """The path with every bar as much longer, as steps more at its barlines."""
    terms: dict[Bend, float] = defaultdict(float)
    terms.update(zip(path.bends, path.terms[2:], strict=True))
    for at, step in zip(barlines[1:-1], np.diff(stretch), strict=True):
        if abs(step) > 1e-12:
            terms[Bend(float(at), True)] += float(step)
    ordered = sorted(terms.items(), key=lambda item: (item[0].quarters, not item[0].step))
    from_zero = shift + float(stretch[0]) * (path.origin - float(barlines[0]))
    first, length = path.terms[:2]
    return replace(
        path,
        bends=tuple(bend for bend, _ in ordered),
        terms=(first + from_zero, length + float(stretch[0]), *(term for _, term in ordered)),
    )


def _projected(free: Floats, ways: Floats, limits: tuple[Limit, ...]) -> Floats:
    """The point nearest to `free` for which every limit holds, as far as they can hold together."""
    lows = np.array([one.earliest for one in limits])
    highs = np.array([one.latest for one in limits])
    active: dict[int, float] = {}
    found = free
    for _ in range(6 * len(limits) + 6):
        held = ways[list(active)]
        targets = np.array(list(active.values()))
        pushes = np.linalg.lstsq(held @ held.T, targets - held @ free, rcond=1e-12)[0]
        found = free + held.T @ pushes
        at = ways @ found
        short = np.maximum(lows - at, at - highs)
        short[list(active)] = 0.0
        worst = int(np.argmax(short)) if len(short) else -1
        if worst >= 0 and short[worst] > SLACK_SECONDS / 2:
            active[worst] = float(lows[worst] if at[worst] < lows[worst] else highs[worst])
            continue
        wrong = [
            number
            for number, push in zip(active, pushes, strict=True)
            if lows[number] < highs[number] and (push < 0) == (active[number] == lows[number])
        ]
        if not wrong:
            break
        del active[wrong[0]]
    return found
