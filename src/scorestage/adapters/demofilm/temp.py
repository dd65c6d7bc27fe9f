"""The temp track: a plain piece the editor laid under the cut so that nobody watches it dry.

It has its own themes and tempos (a music box in three at 92, a storm in four at 138, a hymn at 76);
the score that is written for the film owes it nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, oaconvolve, sosfilt

from scorestage.adapters.demofilm.effects import RATE_HZ
from scorestage.adapters.demofilm.sound import Stereo, sample
from scorestage.adapters.demofilm.story import STORY

Mono = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the temp: when (beats in its section), MIDI number, beats long, level, place."""

    beat: float
    pitch: int
    beats: float
    level: float
    voice: str
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the temp from one frame to another at one tempo."""

    first_frame: int
    end_frame: int
    bpm: float
    meter: int
    notes: tuple[Note, ...]


def _line(text: str, voice: str, level: float, pan: float = 0.0, start: float = 0.0) -> Iterator[Note]:
    """Notes written `pitch:beats`, a dash for a rest."""
    beat = start
    for item in text.split():
        pitch, _, beats = item.partition(":")
        if pitch != "-":
            yield Note(beat, int(pitch), float(beats), level, voice, pan)
        beat += float(beats)


def _waltz(roots: str, voice: str, level: float) -> Iterator[Note]:
    """Bass on one, two chord notes after it, a bar for each `root:third:fifth`."""
    for bar, chord in enumerate(roots.split()):
        low, third, fifth = (int(p) for p in chord.split(":"))
        yield Note(3 * bar, low, 3, level, "bass", -0.2)
        for beat in (1, 2):
            for pitch in (third, fifth):
                yield Note(3 * bar + beat, pitch, 1.4, level * 0.55, voice, 0.25)


def _pad(chords: str, beats: float, level: float) -> Iterator[Note]:
    """Held chords, each so many beats, pitches joined by dots."""
    for k, chord in enumerate(chords.split()):
        for n, pitch in enumerate(chord.split(".")):
            yield Note(k * beats, int(pitch), beats * 1.05, level, "pad", (-0.6, 0.5, -0.2, 0.7)[n % 4])


_TUNE_A = "81:1 78:1 74:1 76:2 78:1 79:1 76:1 73:1 74:3 81:1 83:1 85:1 86:2 81:1 79:1 78:1 76:1 74:3"
_TUNE_B = "86:2 85:1 83:2 81:1 83:1 81:1 78:1 79:3 78:1 79:1 81:1 83:2 79:1 78:2 76:1 74:3"
_CHORDS_A = "50:62:66 45:61:64 45:61:67 50:62:66 47:62:66 43:62:67 45:61:64 50:62:66"
_CHORDS_B = "50:66:69 47:62:66 43:62:67 43:59:62 42:62:69 43:62:67 45:61:67 50:62:66"


def _storm() -> Iterator[Note]:
    roots = (38, 38, 41, 41, 36, 36, 43, 45)
    for bar in range(11):
        root = roots[bar % 8]
        for eighth in range(8):
            accent = 1.0 if eighth in (0, 3, 6) else 0.55
            yield Note(4 * bar + eighth / 2, root + (12 if eighth in (3, 6) else 0), 0.42, 0.3 * accent, "saw", -0.3)
            if bar >= 4:
                yield Note(4 * bar + eighth / 2, root + 27 + (bar % 3), 0.3, 0.12 * accent, "saw", 0.4)
        for beat in (0, 1.5, 3) if bar < 6 else (0, 1, 1.5, 2, 3, 3.5):
            yield Note(4 * bar + beat, 36, 1, 0.55, "drum", 0.1)
        if bar >= 2:
            yield Note(4 * bar, root + 24 + (3 if bar % 2 else 0), 4, 0.12, "pad", 0.6)
            yield Note(4 * bar, root + 31, 4, 0.12, "pad", -0.5)


def sections() -> tuple[Section, ...]:
    """The temp track as written.

    >>> [(s.first_frame, s.bpm) for s in sections()][:2]
    [(34, 92.0), (432, 92.0)]
    """
    opening = (*_line(_TUNE_A, "box", 0.4, 0.1), *_waltz(_CHORDS_A, "box", 0.26))
    meeting = (*_line(_TUNE_B, "box", 0.4, 0.1), *_waltz(_CHORDS_B, "box", 0.26), *_pad("62.66.69 59.62.66 62.67.71 59.62.67 62.66.69 62.67.71 61.64.67 62.66.69", 3, 0.07))
    drone = (Note(0, 38, 16, 0.22, "pad"), Note(4, 45, 12, 0.14, "pad", 0.4), Note(8, 51, 8, 0.1, "pad", -0.4))
    blow = tuple(Note(0, p, 5, 0.3, v) for p, v in ((26, "drum"), (38, "saw"), (50, "pad"), (57, "pad"), (62, "pad"), (66, "pad")))
    hymn = (*_pad("50.57.62.66 47.54.62.66 43.55.59.62 45.57.61.64 50.57.62.69 43.55.62.67 45.52.61.67 50.57.62.66", 4, 0.15), *_line("74:3 76:1 78:2 74:2 79:3 78:1 76:4 78:2 81:2 83:3 81:1 79:2 76:2 74:4", "pad", 0.14, 0.1))
    ending = (*_line(_TUNE_A, "box", 0.36, 0.1), *_waltz(_CHORDS_A, "box", 0.22), *_pad("50.57.62.66 50.57.62.66", 3, 0.1))
    last = (*_line("78:1 76:1 74:1 81:6", "box", 0.36), *_pad("50.57.62.66", 9, 0.14))
    return (
        Section(34, 432, 92.0, 3, opening),
        Section(432, 764, 92.0, 3, meeting),
        Section(764, 860, 60.0, 4, drone),
        Section(860, 1308, 138.0, 4, tuple(_storm())),
        Section(1328, 1412, 60.0, 4, blow),
        Section(1412, 1667, 76.0, 4, hymn),
        Section(1667, 1745, 92.0, 3, ending[:9]),
        Section(1745, 1823, 72.0, 3, last),
    )  # fmt: skip


@lru_cache(maxsize=512)
def _tone(voice: str, pitch: int, count: int) -> Mono:
    """One note of a voice, (samples,), its release included."""
    hz = 440 * 2 ** ((pitch - 69) / 12)
    t = np.arange(count + RATE_HZ // 2) / RATE_HZ
    held = count / RATE_HZ
    if voice == "box":
        parts = ((1, 1.0, 0.5), (3.0, 0.25, 0.18), (5.4, 0.1, 0.07))
        sound = sum(a * np.sin(2 * np.pi * hz * k * t) * 0.5 ** (t / h) for k, a, h in parts)
        return np.asarray(sound) * np.minimum(1, t / 0.002)
    if voice == "drum":
        fall = np.cumsum(hz * 0.7 + 60 * 0.5 ** (t / 0.03)) / RATE_HZ
        return np.asarray(np.sin(2 * np.pi * fall) * 0.5 ** (t / 0.11))
    shape = np.minimum(1, t / (0.35 if voice == "pad" else 0.012)) * np.clip((held + 0.3 - t) / 0.3, 0, 1)
    if voice == "bass":
        return np.asarray(_cycles(voice, pitch, hz * t) * shape * 0.5 ** (t / 0.7))
    apart = 2 ** (4 / 1200)
    sound = _cycles(voice, pitch, hz / apart * t) + _cycles(voice, pitch, hz * apart * t + 0.3)
    return np.asarray(sound * shape)


def _cycles(voice: str, pitch: int, turns: Mono) -> Mono:
    """A voice's wave read off at so many turns."""
    wave = _wave(voice, pitch)
    return np.asarray(wave[(turns * len(wave)).astype(np.int64) % len(wave)])


@lru_cache(maxsize=128)
def _wave(voice: str, pitch: int) -> Mono:
    """One turn of a voice at this pitch, its partials kept below 7 kHz."""
    dull = {"pad": 2.2, "bass": 2.8, "saw": 1.25}[voice]
    turn = np.arange(8192) / 8192
    partials = min(14, int(7000 / (440 * 2 ** ((pitch - 69) / 12))))
    return np.asarray(sum(np.sin(2 * np.pi * k * turn + 0.7 * k) / k**dull for k in range(1, partials + 1)))


def temp_track() -> Stereo:
    """The temp track for the whole film: (samples, 2) at 48 kHz, no sample beyond ±1."""
    total = sample(STORY.frames)
    dry = np.zeros((total + RATE_HZ * 4, 2), dtype=np.float32)
    for section in sections():
        start, end = sample(section.first_frame), sample(section.end_frame)
        beat = RATE_HZ * 60 / section.bpm
        for note in section.notes:
            at = start + round(note.beat * beat)
            if at >= end:
                continue
            sound = _tone(note.voice, note.pitch, round(min(note.beats * beat, end - at))) * note.level
            angle = (note.pan + 1) * np.pi / 4
            dry[at : at + len(sound), 0] += sound * np.cos(angle)
            dry[at : at + len(sound), 1] += sound * np.sin(angle)
    wet = np.stack([_hall(dry[:, k], k) for k in (0, 1)], axis=1)
    mix = (dry + 0.3 * wet)[:total]
    fade = np.clip((sample(1823) - np.arange(total)) / sample(30), 0, 1)[:, None]
    return np.asarray(0.7 * mix / np.abs(mix).max() * fade, dtype=np.float32)


def _hall(sound: Mono, side: int) -> Mono:
    """A room of a second and a half, one for each ear."""
    count = RATE_HZ * 3 // 2
    noise = np.random.default_rng(300 + side).standard_normal(count)
    tail = sosfilt(butter(1, (200, 4500), "bandpass", fs=RATE_HZ, output="sos"), noise)
    tail *= 0.5 ** (np.arange(count) / RATE_HZ / 0.22)
    tail = (tail / np.sqrt(np.sum(tail**2))).astype(np.float32)
    return np.asarray(oaconvolve(sound, tail)[: len(sound)])
