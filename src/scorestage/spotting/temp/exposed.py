"""One exposed line: the tune of music that is only heard, where one line stands out clearly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from scorestage.spotting.sound import SOUND_RATE_HZ
from scorestage.timebase import FilmRange, FilmTime

Curve = NDArray[np.float64]

STEP_SAMPLES: Final = 1200
STEP_SECONDS: Final = Fraction(STEP_SAMPLES, SOUND_RATE_HZ)
WINDOW_SAMPLES: Final = 4096
LOWEST_KEY, HIGHEST_KEY = 43, 98
PLACES_A_KEY: Final = 5
HARMONICS: Final = 10
FADING: Final = 0.84
"""Each overtone counts so much of the one below it (after Klapuri, and Salamon and Gomez 2012)."""
GROUND_SHARE: Final = 0.004
"""A tone whose ground has less than this of its strongest overtone is taken for an overtone row
of several others: what a chord has in common with a bass nobody plays."""
HEARD_HZ: Final = (80.0, 5000.0)
LEAST_LEVEL_DB: Final = -60.0
LEAST_SHARE: Final = 0.6
"""Of the sound's power, what the line must have; two lines as loud as each other have half."""
SHORTEST_STEPS: Final = 2
NEW_STROKE_DB: Final = 6.0
WANDERS_KEYS: Final = 0.6
LEAST_CONFIDENCE: Final = 0.5
"""Below this nothing is told: a line as loud as its chords comes to 0.45 at most, one twice as
loud (6 dB) to 0.62 at least (`benchmarks.temp`)."""
LEAST_NOTES: Final = 8


@dataclass(frozen=True, slots=True)
class HeardNote:
    """A note of the line: when it sounds, its MIDI key, and how far it stands out (0 to 1)."""

    range: FilmRange
    key: int
    confidence: float


@dataclass(frozen=True, slots=True)
class ExposedLine:
    """The one line that stands out; no notes where none does.

    `confidence` (0 to 1) is the share of the time in which it is clear times how far it then
    stands out. It is one line of what is heard, no transcription.
    """

    notes: tuple[HeardNote, ...]
    confidence: float

    @property
    def keys(self) -> tuple[int, ...]:
        """Its MIDI keys in order."""
        return tuple(note.key for note in self.notes)


NO_LINE: Final = ExposedLine((), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class LineIndex:
    """Per twentieth of a second: the strongest tone's key (fractions between two), the share of
    the power that is its own, the level of that power, and the sound's level (dB)."""

    key: NDArray[np.float32]
    share: NDArray[np.float32]
    level_db: NDArray[np.float32]
    sound_db: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.key)


class LineIndexBuilder:
    """Takes sound at 24 kHz in pieces of any length, from film time zero on."""

    def __init__(self) -> None:
        self._held = np.zeros((WINDOW_SAMPLES - STEP_SAMPLES) // 2)
        self._samples = 0
        self._rows: list[NDArray[np.float32]] = []

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next piece: samples x channels, full scale 1.0."""
        self._samples += len(samples)
        self._held = np.concatenate((self._held, samples.mean(axis=1, dtype=np.float64)))
        self._measure()

    def finish(self) -> LineIndex:
        """The index of all sound handed in."""
        steps = -(-self._samples // STEP_SAMPLES)
        self._held = np.concatenate((self._held, np.zeros(WINDOW_SAMPLES + STEP_SAMPLES)))
        self._measure()
        rows = np.concatenate([np.zeros((0, 4), np.float32), *self._rows])[:steps]
        return LineIndex(*(np.ascontiguousarray(column) for column in rows.T))

    def _measure(self) -> None:
        count = (len(self._held) - WINDOW_SAMPLES) // STEP_SAMPLES + 1
        if count <= 0:
            return
        every = np.lib.stride_tricks.sliding_window_view(self._held, WINDOW_SAMPLES)
        for first in range(0, count, 64):
            places = np.arange(first, min(first + 64, count)) * STEP_SAMPLES
            self._rows.append(_measured(every[places]))
        self._held = self._held[count * STEP_SAMPLES :]


_LINE_HZ: Final = SOUND_RATE_HZ / WINDOW_SAMPLES
_KEYS: Final = np.arange(LOWEST_KEY, HIGHEST_KEY + 1e-9, 1 / PLACES_A_KEY)
_HZ: Final = 440 * 2 ** ((_KEYS - 69) / 12)
_COMB: Final = np.outer(_HZ, np.arange(1, HARMONICS + 1))
_LINES: Final = np.rint(_COMB / _LINE_HZ).astype(np.intp)
_INSIDE: Final = HEARD_HZ[1] > _COMB
_WEIGHTS: Final = np.where(_INSIDE, FADING ** np.arange(HARMONICS), 0.0)
_WINDOW: Final = np.hanning(WINDOW_SAMPLES)
_FULL_SCALE: Final = float(_WINDOW.sum()) / 2


def _measured(frames: Curve) -> NDArray[np.float32]:
    power = np.abs(np.fft.rfft(frames * _WINDOW) / _FULL_SCALE) ** 2
    low, high = (round(hertz / _LINE_HZ) for hertz in HEARD_HZ)
    power[:, :low] = 0
    power[:, high + 3 :] = 0
    peaks = _peaks(power)
    tones = peaks[:, np.minimum(_LINES, peaks.shape[1] - 1)] * _INSIDE
    rank = (np.sqrt(tones) * _WEIGHTS).sum(axis=2)
    rank = np.where(tones[:, :, 0] >= GROUND_SHARE * tones.max(axis=2), rank, 0)
    best = rank.argmax(axis=1)
    sound = power.sum(axis=1)
    own = _power_of(power, best)
    decibels = 10 * np.log10(np.stack((own, sound)) + 1e-12)
    share = np.where(rank.max(axis=1) > 0, own / (sound + 1e-12), 0)
    return np.column_stack((_KEYS[best], share, *decibels)).astype(np.float32)


def _peaks(power: Curve) -> Curve:
    """Only lines higher than their neighbours, one line wider on both sides."""
    before, after = np.roll(power, 1, axis=1), np.roll(power, -1, axis=1)
    peaks = np.where((power > before) & (power >= after), power, 0)
    return np.maximum(peaks, np.maximum(np.roll(peaks, 1, axis=1), np.roll(peaks, -1, axis=1)))


def _power_of(power: Curve, best: NDArray[np.intp]) -> Curve:
    """The power within two lines of the tone and its overtones, each line counted once."""
    around = _LINES[best][:, :, None] + np.arange(-2, 3)
    around = np.where(_INSIDE[best][:, :, None], around, 0)
    taken = np.zeros(power.shape, dtype=bool)
    rows = np.arange(len(power))[:, None]
    taken[rows, np.minimum(around.reshape(len(power), -1), power.shape[1] - 1)] = True
    taken[:, :3] = False
    return np.asarray((power * taken).sum(axis=1), dtype=np.float64)


def exposed_line(index: LineIndex, span: FilmRange) -> ExposedLine:
    """The line that stands out within `span`; none where it is not clear."""
    first, end = (int(at.seconds / STEP_SECONDS) for at in (span.start, span.end))
    part = slice(first, min(end, len(index)))
    sounds = index.sound_db[part] > LEAST_LEVEL_DB
    if int(sounds.sum()) < 2 * LEAST_NOTES:
        return NO_LINE
    key = median_filter(index.key[part].astype(np.float64), 5, mode="nearest")
    share = index.share[part].astype(np.float64)
    clear = sounds & (median_filter(share, 3, mode="nearest") >= LEAST_SHARE)
    level = index.level_db[part].astype(np.float64)
    notes = []
    for low, high in _runs(key, level, clear):
        place = float(np.median(key[low:high]))
        sung = FilmRange(_at(first + low), _at(first + high))
        stands = float(np.clip((share[low:high].mean() - 0.5) / 0.45, 0, 1))
        notes.append(HeardNote(sung, round(place), round(stands, 2)))
    length = sum(float(note.range.span.seconds) for note in notes)
    clear_part = length / (float(STEP_SECONDS) * int(sounds.sum()))
    if len(notes) < LEAST_NOTES:
        return NO_LINE
    stands_out = sum(n.confidence * float(n.range.span.seconds) for n in notes) / length
    sure = round(min(1.0, clear_part) * stands_out, 2)
    return ExposedLine(tuple(notes), sure) if sure >= LEAST_CONFIDENCE else NO_LINE


def _runs(key: Curve, level: Curve, clear: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of one key, parted where it is struck anew."""
    found = []
    edges = [0]
    for place in range(1, len(key)):
        moved = abs(key[place] - np.median(key[edges[-1] : place])) > WANDERS_KEYS
        struck = place >= edges[-1] + 3 and _struck(level[edges[-1] : place + 1])
        if clear[place] != clear[place - 1] or moved or struck:
            edges.append(place)
    for low, high in pairwise([*edges, len(key)]):
        if clear[low] and high - low >= SHORTEST_STEPS:
            found.append((low, high))
    return found


def _struck(level: Curve) -> bool:
    """Whether a note that had sounded and sunk is struck again at its last step."""
    sunk = level[:-2].max() - level[-3] > NEW_STROKE_DB / 2
    return bool(sunk and level[-1] - level[-3] > NEW_STROKE_DB)


def _at(step: int) -> FilmTime:
    return FilmTime(step * STEP_SECONDS)
