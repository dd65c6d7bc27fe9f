"""How well beats were found: the measures of the beat-tracking field, and a click's lag.

F-measure after Davies, Degara and Plumbley, "Evaluation methods for musical audio beat tracking
algorithms" (2009), with its usual window of 70 ms and the first five seconds left out; agrees with
`mir_eval.beat.f_measure` (compared in `test_beats`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WINDOW_SECONDS = 0.07
TRIM_SECONDS = 5.0


def f_measure(reference: Floats, estimated: Floats, trim_seconds: float = TRIM_SECONDS) -> float:
    """Share of beats found and right (0 to 1), one beat found for one meant."""
    meant = np.sort(reference[reference >= trim_seconds])
    found = np.sort(estimated[estimated >= trim_seconds])
    if not len(meant) or not len(found):
        return 0.0
    matched = first = 0
    for at in meant:
        while first < len(found) and found[first] < at - WINDOW_SECONDS:
            first += 1
        if first < len(found) and abs(found[first] - at) <= WINDOW_SECONDS:
            matched += 1
            first += 1
    return 2 * matched / (len(meant) + len(found))


def lag_beats(meant_bpm: Floats, found_bpm: Floats, most: float = 2.0) -> float:
    """By how many beats a tempo path lies behind what was meant (negative: before it).

    The shift at which both agree best, found on a grid of 1/10 beat.
    """
    at = np.arange(len(meant_bpm), dtype=np.float64)
    inner = slice(4, len(at) - 4)
    shifts = np.arange(-most, most + 0.05, 0.1)
    apart = [
        float(np.mean((np.interp(at + shift, at, found_bpm) - meant_bpm)[inner] ** 2))
        for shift in shifts
    ]
    return float(shifts[int(np.argmin(apart))])


def reaction(taps: Floats) -> Floats:
    """A click that reacts: each beat comes as long after the last tap as that came after its own.

    The first two beats are the taps themselves.
    """
    return np.concatenate([taps[:2], 2 * taps[1:-1] - taps[:-2]])
