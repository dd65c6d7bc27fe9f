"""Where the film's own sound holds music: temp score or source music, by tones that last."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.sound import HOP_SECONDS, SoundIndex
from scorestage.timebase import FilmRange

SMOOTH_SECONDS = 2.5
"""Music is told over this long: a note of speech or a ringing door is no music."""
BEGINS, HOLDS = 0.285, 0.255
"""Tonality from which music is heard, and down to which it still goes on. Noise and effects stand
at 0.20 to 0.25, scores at 0.28 to 0.45 (two films of the reference material)."""
SURE = 0.40
QUIET_DB = -68.0
SHORTEST_SECONDS = 3.0
GAP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class MusicHeard:
    """A stretch in which music sounds, and how sure that is (0 to 1)."""

    range: FilmRange
    confidence: float


def music_heard(sound: SoundIndex) -> tuple[MusicHeard, ...]:
    """The stretches of the film's sound in which tones last as music's do.

    Drums alone, and music far under loud effects, are not heard.
    """
    if not len(sound):
        return ()
    loud = sound.level_db > QUIET_DB
    tonal = _smoothed(np.where(loud, sound.tonal, 0.0))
    found = []
    for first, last in _joined(_held(tonal)):
        lasting = (last - first) * float(HOP_SECONDS)
        if lasting >= SHORTEST_SECONDS:
            level = float(np.mean(tonal[first:last]))
            sure = min(1.0, max(0.0, 0.5 + 0.5 * (level - BEGINS) / (SURE - BEGINS)))
            span = FilmRange(sound.at(first), sound.at(last))
            found.append(MusicHeard(span, round(sure, 2)))
    return tuple(found)


def _smoothed(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    width = max(1, round(SMOOTH_SECONDS / float(HOP_SECONDS)))
    summed = np.cumsum(np.pad(curve, (width // 2 + 1, width // 2), mode="edge"))
    smooth: NDArray[np.float64] = (summed[width:] - summed[:-width]) / width
    return smooth[: len(curve)]


def _held(tonal: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Runs above the lower threshold that reach the upper one."""
    over = np.concatenate([[False], tonal >= HOLDS, [False]])
    edges = np.nonzero(over[1:] != over[:-1])[0]
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(low, high) for low, high in runs if tonal[low:high].max() >= BEGINS]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with short gaps between them as one."""
    gap = Fraction(GAP_SECONDS) / HOP_SECONDS
    found: list[tuple[int, int]] = []
    for low, high in runs:
        if found and low - found[-1][1] <= gap:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found
