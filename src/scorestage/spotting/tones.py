"""The sound heard once more in tenths of a second: loudness, pitches, tuning, width, brightness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.loudness import KWeighted
from scorestage.spotting.sound import SOUND_RATE_HZ
from scorestage.timebase import FilmTime

STEP_SECONDS: Final = Fraction(1, 10)
"""One entry of the curves."""
STEP_SAMPLES: Final = 2400
WINDOW_SAMPLES: Final = 8192
LOW_HZ: Final = 75.0
HIGH_HZ: Final = 2500.0
BRIGHT_HZ: Final = 5000.0
DEEP_HZ: Final = 150.0
PEAK_DB: Final = 9.0
"""A line this far above its neighbourhood is a tone."""
FLOOR: Final = 1e-9
GROUND_KEY: Final = 69
"""Above this key lines are mostly overtones, which would speak for the dominant: they count less,
by half an octave."""


@dataclass(frozen=True, slots=True, eq=False)
class ToneIndex:
    """What is heard in each tenth of a second; one row each.

    `power` is the BS.1770-weighted mean square, channels summed. `chroma` are the strengths of the
    twelve pitch classes from C on, `tuning` the sum of all tones' places between two keys of a
    piano tuned to A = 440 Hz, as a point on a circle (real, imaginary), `toned` the sum of their
    strengths. `width` is the share of the power that left and right do not have in common,
    `bright` the share above 5 kHz, `deep` the share below 150 Hz.
    """

    power: NDArray[np.float64]
    chroma: NDArray[np.float32]
    tuning: NDArray[np.float32]
    toned: NDArray[np.float32]
    width: NDArray[np.float32]
    bright: NDArray[np.float32]
    deep: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.power)

    def at(self, step: int) -> FilmTime:
        """When an entry begins."""
        return FilmTime(step * STEP_SECONDS)

    def step_at(self, at: FilmTime) -> int:
        """The entry that holds `at`; before the first it is 0, after the last the last."""
        return max(0, min(len(self) - 1, int(at.seconds // STEP_SECONDS)))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """All curves by name, to be kept beside the film."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """What `to_arrays` gave."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


class ToneIndexBuilder:
    """Takes sound at 24 kHz in pieces of any length, from film time zero on."""

    def __init__(self, channels: int = 2) -> None:
        lead = (WINDOW_SAMPLES - STEP_SAMPLES) // 2
        self._held = np.zeros((lead, channels), dtype=np.float64)
        self._samples = 0
        self._channels = channels
        self._weighted = KWeighted(SOUND_RATE_HZ, channels)
        self._powers: list[NDArray[np.float64]] = []
        self._rows: dict[str, list[NDArray[np.float32]]] = {
            field.name: [] for field in fields(ToneIndex) if field.name != "power"
        }
        self._window = np.hanning(WINDOW_SAMPLES)

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next piece: samples x channels, full scale 1.0."""
        self._samples += len(samples)
        self._powers.append(self._weighted.add(samples))
        self._held = np.concatenate((self._held, samples.astype(np.float64)))
        self._measure()

    def finish(self) -> ToneIndex:
        """The index of all sound handed in."""
        steps = -(-self._samples // STEP_SAMPLES)
        rest = np.zeros((steps * STEP_SAMPLES - self._samples, self._channels))
        self._powers.append(self._weighted.add(rest))
        tail = np.zeros((WINDOW_SAMPLES, self._channels))
        self._held = np.concatenate((self._held, rest, tail))
        self._measure()
        shapes = {"chroma": (0, 12), "tuning": (0, 2)}
        rows = {
            name: np.concatenate([np.zeros(shapes.get(name, (0,)), np.float32), *found])[:steps]
            for name, found in self._rows.items()
        }
        return ToneIndex(power=np.concatenate(self._powers)[:steps], **rows)

    def _measure(self) -> None:
        count = (len(self._held) - WINDOW_SAMPLES) // STEP_SAMPLES + 1
        for step in range(max(0, count)):
            part = self._held[step * STEP_SAMPLES : step * STEP_SAMPLES + WINDOW_SAMPLES]
            for name, row in _measured(part, self._window).items():
                self._rows[name].append(row[None])
        if count > 0:
            self._held = self._held[count * STEP_SAMPLES :]


_LINES_HZ: Final = np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SOUND_RATE_HZ)
_FIRST: Final = int(np.searchsorted(_LINES_HZ, LOW_HZ))
_LAST: Final = int(np.searchsorted(_LINES_HZ, HIGH_HZ))
_AROUND: Final = 24


def _measured(part: NDArray[np.float64], window: NDArray[np.float64]) -> dict[str, Any]:
    middle = part.mean(axis=1)
    power = np.abs(np.fft.rfft(middle * window)) ** 2
    whole = float(power.sum()) + FLOOR
    keys, strengths = _tones(power)
    grounds = np.minimum(1.0, 2.0 ** ((GROUND_KEY - keys) / 12))
    chroma = np.bincount(np.rint(keys).astype(int) % 12, strengths * grounds, 12)
    turn = np.exp(2j * np.pi * (keys - np.rint(keys)))
    place = complex((turn * strengths).sum())
    return {
        "chroma": chroma.astype(np.float32),
        "tuning": np.array((place.real, place.imag), dtype=np.float32),
        "toned": np.float32(strengths.sum()),
        "width": np.float32(_width(part)),
        "bright": np.float32(power[_LINES_HZ >= BRIGHT_HZ].sum() / whole),
        "deep": np.float32(power[_LINES_HZ < DEEP_HZ].sum() / whole),
    }


def _tones(power: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keys (69 is A = 440 Hz, fractions between) and strengths of the lines that stand out.

    Places between two lines of the spectrum are found by a parabola through the logarithms.
    """
    level = 10 * np.log10(power + FLOOR)
    inside = level[_FIRST - _AROUND : _LAST + _AROUND]
    summed = np.cumsum(np.concatenate(([0.0], inside)))
    ground = (summed[2 * _AROUND :] - summed[: -2 * _AROUND]) / (2 * _AROUND)
    here = level[_FIRST:_LAST]
    before, after = level[_FIRST - 1 : _LAST - 1], level[_FIRST + 1 : _LAST + 1]
    above = here - ground[: len(here)]
    peaks = np.flatnonzero((here > before) & (here >= after) & (above > PEAK_DB))
    bend = before[peaks] - 2 * here[peaks] + after[peaks]
    off = 0.5 * (before[peaks] - after[peaks]) / np.minimum(bend, -1e-9)
    heard_hz = (_FIRST + peaks + off) * SOUND_RATE_HZ / WINDOW_SAMPLES
    return 69 + 12 * np.log2(heard_hz / 440), np.minimum(above[peaks], 40.0)


def _width(part: NDArray[np.float64]) -> float:
    if part.shape[1] < 2:
        return 0.0
    middle, side = part[:, 0] + part[:, 1], part[:, 0] - part[:, 1]
    apart, shared = float(side @ side), float(middle @ middle)
    return apart / (apart + shared + FLOOR)
