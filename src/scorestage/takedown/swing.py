"""Swung eighths: played long and short throughout, written even."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scorestage.takedown.beatgrid import GridBeat
from scorestage.takedown.rhythm import Stroke

_FEWEST = 12
_LEAST, _MOST = 0.56, 0.72
_WIDTH = 0.06
_FIRST_THIRD = 0.25, 0.42
_STRAY = 0.15


def swing_of(strokes: Sequence[Stroke], beats: Sequence[GridBeat]) -> float | None:
    """Where in the beat the swung eighth falls (0.67: a triplet); None where nothing swings.

    It swings where nearly all that is played between the beats falls at one place late in them,
    and next to nothing on their first thirds, as triplets have.
    """
    starts = [float(beat.start) for beat in beats]
    late: list[float] = []
    others = 0
    for one in strokes:
        place = bisect_right(starts, one.quarters) - 1
        if place < 0 or beats[place].length != 1:
            continue
        into = one.quarters - starts[place]
        if 0.12 <= into <= 0.88:
            if 0.5 < into < 0.76:
                late.append(into)
            else:
                others += 1
    if len(late) < _FEWEST or others > _STRAY * len(late):
        return None
    middle = float(np.median(late))
    near = sum(abs(into - middle) <= _WIDTH for into in late)
    if not _LEAST <= middle <= _MOST or near < 0.8 * len(late):
        return None
    return middle


def straightened(
    strokes: Sequence[Stroke], beats: Sequence[GridBeat], swing: float
) -> tuple[Stroke, ...]:
    """The strokes as if the eighths were even."""
    starts = [float(beat.start) for beat in beats]

    def even(quarters: float) -> float:
        place = bisect_right(starts, quarters) - 1
        if place < 0 or beats[place].length != 1:
            return quarters
        into = quarters - starts[place]
        if into > 1:
            return quarters
        if into <= swing:
            return starts[place] + into * 0.5 / swing
        return starts[place] + 0.5 + (into - swing) * 0.5 / (1 - swing)

    return tuple(replace(one, quarters=even(one.quarters)) for one in strokes)
