"""Whether a performance was played to the click of its file, or freely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_WINDOW = 48
_PARTS = (1, 2, 3, 4, 6)
_SURE = 0.34
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
    """How well onsets in quarters of a click gather on it, stretch by stretch.

    Of every stretch the best of the click and its parts counts, and so it does for onsets that
    know nothing of the click, whose mean is told beside it (Rayleigh's test of phases).

    >>> played_to_click([at / 2 + 0.01 for at in range(64)]).to_click
    True
    """
    ordered = np.sort(np.asarray(quarters, dtype=float))
    if len(ordered) < _FEWEST:
        return ClickFit(1.0, 0.0)
    told, weights = [], []
    for start in range(0, len(ordered), _WINDOW):
        window = ordered[start : start + _WINDOW]
        if len(window) >= _FEWEST or start == 0:
            told.append(_gathered(window, parts))
            weights.append(len(window))
    rng = np.random.default_rng(1)
    count = min(_WINDOW, len(ordered))
    chance = float(np.mean([_gathered(rng.random(count) * 16, parts) for _ in range(40)]))
    return ClickFit(float(np.average(told, weights=weights)), chance)


def _gathered(onsets: np.ndarray[tuple[int], np.dtype[np.float64]], parts: Sequence[int]) -> float:
    return max(float(abs(np.mean(np.exp(2j * np.pi * onsets * one)))) for one in parts)
