"""What hits cost off their frame, for many grids at once.

Whether a grid meets a hit is as good as random, and a processor that guesses at it guesses wrong:
so both answers are worked out, and chosen by multiplication.
"""

from __future__ import annotations

import numpy as np

from scorestage.tempofit.ground import Bools, Floats, Point
from scorestage.tempofit.settings import Weights

TOUCH = 1e-9
"""Seconds beyond its tolerance at which a hit still counts as caught."""


def caught_within(point: Point, off_seconds: Floats, room: float = 1.0) -> Bools:
    """Whether a hit so far off lies within `room` of its tolerance."""
    late = off_seconds <= point.late * room + TOUCH
    late &= off_seconds >= -point.early * room - TOUCH
    return np.asarray(late, dtype=np.bool_)


def flaw_points(weights: Weights, weight: float, off_seconds: Floats) -> Floats:
    """Points for a hit of that weight so far off its frame, early dearer than late.

    >>> flaw_points(Weights(), 1, np.array([-0.009, 0.0, 0.025, 0.1])).round(2).tolist()
    [0.96, 0.0, 0.96, 10.5]
    """
    found = np.maximum(off_seconds / weights.late_seconds, off_seconds / -weights.early_seconds)
    found *= found
    found *= weights.off * weight
    return np.minimum(found, weights.most_off_points(weight), out=found)


def flaw_or_miss(caught: Bools, flaw: Floats, miss: float) -> Floats:
    """The flaw of a hit where it is caught, elsewhere what it costs to miss it.

    >>> flaw_or_miss(np.array([True, False]), np.array([2.0, 9.0]), 27.0).tolist()
    [2.0, 27.0]
    """
    found = flaw * caught
    found += miss * ~caught
    return found
