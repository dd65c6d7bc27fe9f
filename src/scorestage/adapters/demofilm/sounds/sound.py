"""The sound track: the air of every place, the effects, the dialogue; no music."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from scorestage.adapters.demofilm.sounds.effects import MAKERS, RATE_HZ, band
from scorestage.adapters.demofilm.sounds.voice import SPEAKERS, say
from scorestage.adapters.demofilm.story import STORY, Change, Line

Stereo = NDArray[np.float32]

_LINE_PEAK_DB = -7.0
_OPEN_HZ = 9000.0


@dataclass(frozen=True, slots=True)
class Air:
    """What a place sounds like at rest: level of sea, wind and rain (dB), heard below `dull_hz`."""

    sea_db: float
    wind_db: float = -90.0
    rain_db: float = -90.0
    dull_hz: float = _OPEN_HZ


_CALM = Air(-33.0)
_ROOM = Air(-42.0, dull_hz=500.0)
_STORM = Air(-33.0, -36.0, -35.0)
_SHELTER = Air(-38.0, -38.0, -40.0, 900.0)

AIRS: dict[str, Air] = {
    "title": _CALM,
    "rock": _CALM,
    "polish": _ROOM,
    "glimmer": _ROOM,
    "meeting": _ROOM,
    "fold": _ROOM,
    "launch": Air(-34.0),
    "radio": _ROOM,
    "front": Air(-31.0, -36.0),
    "calling": Air(-36.0, -39.0, -39.0),
    "tossed": Air(-27.0, -32.0, -30.0),
    "stairs": _SHELTER,
    "wave": Air(-25.0, -30.0, -29.0),
    "switch": Air(-42.0, -42.0, -43.0, 800.0),
    "flicker": Air(-44.0, -46.0, -48.0, 1500.0),
    "strike": Air(-36.0, -40.0, -38.0),
    "lit": _SHELTER,
    "beam": _STORM,
    "rise": Air(-37.0, -44.0, -41.0),
    "home": Air(-44.0, -46.0, -45.0, 800.0),
    "dawn": Air(-33.0),
}


def sample(frame: float) -> int:
    """The sample at which a frame begins.

    >>> sample(24)
    48000
    """
    return round(frame * RATE_HZ / STORY.rate.nominal)


def soundtrack() -> Stereo:
    """Dialogue and effects of the whole film: (samples, 2) at 48 kHz, no sample beyond ±1."""
    mix = _airs()
    for number, effect in enumerate(STORY.effects):
        start, count = sample(effect.first_frame), sample(effect.end_frame - effect.first_frame)
        sound = MAKERS[effect.sound](count, np.random.default_rng(1000 + number))
        _add(mix, start, _faded(sound), effect.peak_db, effect.pan)
        if effect.sound in ("slam", "step", "clunk", "chime", "lightning"):
            _add(mix, start, _hall(sound), effect.peak_db - 11, -0.6 * effect.pan)
    for line in STORY.lines:
        sound = spoken_line(line)
        _add(mix, sample(line.first_frame), sound, _LINE_PEAK_DB, 0.0)
        _add(mix, sample(line.first_frame), _hall(sound, 0.25), _LINE_PEAK_DB - 20, 0.0)
    peak = float(np.abs(mix).max())
    return np.asarray(mix * min(1.0, 0.97 / peak), dtype=np.float32)


@lru_cache(maxsize=16)
def spoken_line(line: Line) -> NDArray[np.float64]:
    """A line of dialogue as it is heard: the radio's through its small loudspeaker."""
    seconds = float(STORY.seconds(line.end_frame - line.first_frame))
    sound = np.asarray(say(line.words, SPEAKERS[line.speaker], seconds), dtype=np.float64)
    if line.speaker == "RADIO":
        sound = np.tanh(3 * band(sound, 330, 3300))
    return np.asarray(sound / np.abs(sound).max())


def _add(mix: Stereo, start: int, sound: NDArray[np.float64], peak_db: float, pan: float) -> None:
    peak = float(np.abs(sound).max())
    if peak <= 0:
        return
    sound = sound[: len(mix) - start] * (10 ** (peak_db / 20) / peak)
    angle = (pan + 1) * np.pi / 4
    mix[start : start + len(sound), 0] += (sound * np.cos(angle) * np.sqrt(2)).astype(np.float32)
    mix[start : start + len(sound), 1] += (sound * np.sin(angle) * np.sqrt(2)).astype(np.float32)


def _faded(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """The end of an effect taken away over 30 ms."""
    tail = min(len(sound), RATE_HZ * 30 // 1000)
    sound = sound.copy()
    sound[-tail:] *= np.linspace(1, 0, tail)
    return sound


@lru_cache(maxsize=4)
def _room(half_seconds: float) -> NDArray[np.float64]:
    count = round(half_seconds * 6 * RATE_HZ)
    noise = np.random.default_rng(77).standard_normal(count)
    return band(noise * 0.5 ** (np.arange(count) / RATE_HZ / half_seconds), 150, 5000)


def _hall(sound: NDArray[np.float64], half_seconds: float = 0.14) -> NDArray[np.float64]:
    """What the stone answers."""
    return np.asarray(fftconvolve(sound, _room(half_seconds)))


def _airs() -> Stereo:
    """The air of each shot, cut with the picture over two frames."""
    count = sample(STORY.frames)
    noise = np.random.default_rng(48).standard_normal((count, 2), dtype=np.float32)
    t = np.arange(count, dtype=np.float32) / RATE_HZ
    wash = (0.62 + 0.38 * np.sin(2 * np.pi * t / 5.3) * np.sin(2 * np.pi * t / 3.1 + 1))[:, None]
    gusts = (0.6 + 0.4 * np.sin(2 * np.pi * t / 2.7 + 0.6) * np.sin(2 * np.pi * t / 1.3))[:, None]
    sea = _level(_filtered(noise, 120, 1400) * wash)
    wind = _level(_filtered(noise[::-1], 200, 620) * gusts)
    rain = _level(_filtered(noise, 2500, 9000))
    mix = np.zeros((count, 2), dtype=np.float32)
    for shot in STORY.shots:
        air = AIRS[shot.id]
        span = slice(max(0, sample(shot.first_frame - 1)), min(count, sample(shot.end_frame + 1)))
        piece = sea[span] * _gain(air.sea_db)
        piece += wind[span] * _gain(air.wind_db) + rain[span] * _gain(air.rain_db)
        if air.dull_hz < _OPEN_HZ:
            sos = butter(2, air.dull_hz, "lowpass", fs=RATE_HZ, output="sos")
            piece = sosfilt(sos, piece, axis=0)
        edge = np.minimum(1.0, np.arange(len(piece)) / sample(2))
        mix[span] += (piece * (edge * edge[::-1])[:, None]).astype(np.float32)
    return np.asarray(mix * _fade_out(count)[:, None])


def _fade_out(count: int) -> NDArray[np.float32]:
    """The sound goes with the picture."""
    fade = next(b for b in STORY.transitions if b.change is Change.FADE_OUT)
    left = (sample(fade.end_frame) - np.arange(count)) / sample(fade.end_frame - fade.first_frame)
    return np.clip(left, 0, 1).astype(np.float32)


def _gain(level_db: float) -> np.float32:
    return np.float32(10 ** (level_db / 20))


def _filtered(noise: NDArray[np.floating], low_hz: float, high_hz: float) -> Stereo:
    sos = butter(1, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")
    return np.asarray(sosfilt(sos, noise, axis=0), dtype=np.float32)


def _level(layer: NDArray[np.floating]) -> Stereo:
    return np.asarray(layer / np.sqrt(np.mean(layer**2)), dtype=np.float32)
