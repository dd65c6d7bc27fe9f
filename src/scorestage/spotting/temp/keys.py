"""The key of music that is only heard: three candidates, for the dominant sounds much the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MAJOR: Final = np.array((5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0))
_MINOR: Final = np.array((5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0))
"""Weights of the degrees: Temperley, The Cognition of Basic Musical Structures (2001), p. 180."""


@dataclass(frozen=True, slots=True)
class HeardKey:
    """A key the music may be in: tonic (0 is C), mode, and how well it fits (-1 to 1)."""

    tonic: int
    minor: bool
    fit: float

    @property
    def name(self) -> str:
        """Its name.

        >>> HeardKey(9, True, 0.8).name
        'A minor'
        """
        return f"{NAMES[self.tonic]} {'minor' if self.minor else 'major'}"


def keys_heard(chroma: NDArray[np.floating]) -> tuple[HeardKey, ...]:
    """The three keys that fit best, the best first; `chroma` is steps x 12; none without tones."""
    rows = np.asarray(chroma, dtype=np.float64)
    norm = rows.sum(axis=1, keepdims=True)
    rows = rows[norm[:, 0] > 0] / np.maximum(norm[norm[:, 0] > 0], 1e-9)
    if not len(rows):
        return ()
    heard = rows.mean(axis=0)
    heard = heard - np.percentile(heard, 10)
    found = []
    for minor, profile in ((False, _MAJOR), (True, _MINOR)):
        for tonic in range(12):
            fit = float(np.corrcoef(np.roll(heard, -tonic), profile)[0, 1])
            found.append(HeardKey(tonic, minor, round(fit, 3) if np.isfinite(fit) else 0.0))
    return tuple(sorted(found, key=lambda one: (-one.fit, one.minor, one.tonic))[:3])
