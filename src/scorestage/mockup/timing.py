"""How far a player is off the beat: a slow drift of each one's own, the same for every render.

Players correct about a quarter of their error from note to note (string quartets: J. R. Soc.
Interface 11, 2014), so errors are correlated, AR(1) with 0.75 kept. The walk is laid over
eighth notes of the score, not over notes: adding or taking away a note moves nobody else.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_KEPT = 0.75
_LARGEST_SIGMA = 2.2


def seed_of(*words: object) -> int:
    """A stable seed out of anything that can be written down."""
    return zlib.crc32("|".join(map(str, words)).encode())


@dataclass(frozen=True, slots=True)
class Drift:
    """The timing of one player over a cue; `sigma_seconds` is its standard deviation."""

    player_id: str
    seed: int
    sigma_seconds: float
    first_quarter: int
    last_quarter: int
    _walk: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kicks = [
            np.random.default_rng(seed_of(self.seed, self.player_id, step)).standard_normal()
            for step in range(2 * self.first_quarter - 12, 2 * self.last_quarter + 2)
        ]
        walk, error = [], 0.0
        for kick in kicks:
            error = _KEPT * error + math.sqrt(1 - _KEPT**2) * kick
            walk.append(error)
        largest = _LARGEST_SIGMA
        object.__setattr__(self, "_walk", np.clip(walk, -largest, largest))

    def seconds_at(self, quarters: float) -> float:
        """How late (or early, negative) the player is at this beat."""
        place = 2 * quarters - (2 * self.first_quarter - 12)
        steps = np.arange(len(self._walk))
        return self.sigma_seconds * float(np.interp(place, steps, self._walk))


def wobble(seed: int, *words: object) -> float:
    """A small difference between one note and the next, -1 to 1, by its place alone."""
    return seed_of(seed, *words) / 0xFFFFFFFF * 2 - 1
