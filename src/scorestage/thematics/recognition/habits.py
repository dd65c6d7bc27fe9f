"""What is usual in one score: how surprising a run of notes is there, by its own statistics.

A scale is rare by the intervals of music at large, and everywhere in a score that runs up and
down. So a move is counted after the one before it, with the change of pace between them; what is
never met falls back on interval and pace by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

WIDEST = 13
LONGEST_GAP_QUARTERS = 1e5
BACK_OFF = 5.0
"""How many moves seen the fall-back counts for."""
_PACES = 4
_FAR = 16


class Habits:
    """Moves of all lines of a score, counted."""

    def __init__(self, onsets: NDArray[np.float64], keys: NDArray[np.int32]) -> None:
        gaps = np.diff(onsets)
        moves = np.clip(np.diff(keys), -WIDEST, WIDEST)
        inside = (gaps > 0) & (gaps < LONGEST_GAP_QUARTERS)
        both = inside[1:] & inside[:-1]
        paces = _pace(np.where(both, gaps[1:], 1.0), np.where(both, gaps[:-1], 1.0))[both]
        before, after = moves[:-1][both].tolist(), moves[1:][both].tolist()
        self._keys, self._onsets = keys, onsets
        self._moves = Counter(moves[inside].tolist())
        self._pairs = Counter(zip(before, after, strict=True))
        self._before = Counter(before)
        self._paces = Counter(paces.tolist())
        self._whole = Counter(zip(before, after, paces.tolist(), strict=True))
        self._count = max(1, int(inside.sum()))

    def beyond_chance_bits(self, notes: Sequence[int]) -> float:
        """How much rarer a run is (by places of its notes) than once in this score, in bits.

        Nought: about once by chance; each bit more halves that.
        """
        keys, onsets = self._keys[list(notes)], self._onsets[list(notes)]
        moves = np.clip(np.diff(keys), -WIDEST, WIDEST).tolist()
        gaps = np.diff(onsets)
        paces = _pace(gaps[1:], gaps[:-1]).tolist()
        bits = -log2((self._moves[moves[0]] + 1) / (self._count + 2 * WIDEST + 1))
        for place, pace in enumerate(paces):
            bits -= log2(self._share(moves[place], moves[place + 1], pace))
        return bits - log2(self._count)

    def _share(self, before: int, after: int, pace: float) -> float:
        """How often `before` is followed by `after` at a change of pace."""
        known = self._before[before]
        move = (self._pairs[before, after] + 0.5) / (known + WIDEST + 1)
        change = (self._paces[pace] + 0.5) / (self._count + _FAR + 1)
        return (self._whole[before, after, pace] + BACK_OFF * move * change) / (known + BACK_OFF)


def _pace(after: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.clip(np.round(_PACES * np.log2(after / before)), -_FAR, _FAR)
    return found
