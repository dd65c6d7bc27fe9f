"""Whether a performance was played to the click of its file, or freely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

_TOGETHER = 0.02
_PARTS = (1, 2, 3, 4, 6, 8)
_SURE = 0.3
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class ClickFit:
    """How well onsets gather on the click and its parts (0 to 1), beside what chance does."""

    gathered: float
    chance: float

    @property
    def to_click(self) -> bool:
        """Whether it was played to the click."""
        return self.gathered >= max(_SURE, 1.6 * self.chance)


def played_to_click(quarters: Sequence[float], parts: Sequence[int] = _PARTS) -> ClickFit:
    """How well onsets in quarters of a click gather on it.

    The best of the click and its parts counts, and so it does for as many onsets that know nothing
    of the click, whose mean is told beside it (Rayleigh's test of phases).

    >>> played_to_click([at / 2 + 0.01 for at in range(64)]).to_click
    True
    """
    count = _moments(quarters)
    if count < _FEWEST:
        return ClickFit(1.0, 0.0)
    rng = np.random.default_rng(1)
    chance = float(np.mean([_gathered(rng.random(count) * count, parts) for _ in range(40)]))
    return ClickFit(_gathered(np.asarray(quarters, dtype=float), parts), chance)


def _moments(quarters: Sequence[float]) -> int:
    """How many onsets there are, those struck together counted once: an orchestra proves no more
    than one player does."""
    ordered = sorted(quarters)
    return 1 + sum(later - one > _TOGETHER for one, later in pairwise(ordered)) if ordered else 0


def _gathered(onsets: np.ndarray[tuple[int], np.dtype[np.float64]], parts: Sequence[int]) -> float:
    return max(float(abs(np.mean(np.exp(2j * np.pi * onsets * one)))) for one in parts)
