"""From beats to samples of a cue's sound files: exact for notes, tabulated for curves."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scorestage.mockup.performance import SAMPLE_RATE_HZ
from scorestage.timebase import Beat, FilmTime, TempoMap

RING_OUT_SECONDS = 6
"""How long anything is heard after the last note is let go: its release and the room."""


@dataclass(frozen=True, slots=True)
class AudioClock:
    """The samples of one cue: `file_start` is the film time of sample 0 of all its sound files."""

    tempo_map: TempoMap
    file_start: FilmTime
    sample_rate_hz: int = SAMPLE_RATE_HZ
    _beats: NDArray[np.float64] = field(init=False, repr=False, compare=False)
    _samples: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first = math.floor(-self.tempo_map.grid.pickup.quarters) - 4
        last = math.ceil(self.tempo_map.grid.end.quarters) + 4
        points = [Fraction(step, 4) for step in range(4 * first, 4 * last + 1)]
        seconds = (self.tempo_map.time_at(Beat(p)) - self.file_start for p in points)
        samples = [float(s.seconds * self.sample_rate_hz) for s in seconds]
        object.__setattr__(self, "_beats", np.array([float(p) for p in points]))
        object.__setattr__(self, "_samples", np.array(samples))

    def sample_at(self, at: Beat) -> int:
        """The sample at which a beat falls, rounded once from the exact time."""
        return self.sample_of(self.tempo_map.time_at(at))

    def sample_of(self, at: FilmTime) -> int:
        """The sample at which a film time falls."""
        return round((at - self.file_start).seconds * self.sample_rate_hz)

    def samples_near(self, quarters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Samples of many score positions at once, straight between sixteenths: for curves."""
        return np.asarray(np.interp(quarters, self._beats, self._samples))
