"""The voices of the film: a formant synthesiser that says the lines of the script.

A train of glottal pulses and noise runs through five resonators in cascade, hiss through one
beside them (the arrangement of D. H. Klatt, JASA 67, 1980, much reduced); targets change every
5 ms. The same words in the same time are always the same samples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, resample_poly, sosfilt

from scorestage.adapters.demofilm.sounds.phones import Phone, spoken

RATE_HZ = 48_000
_OWN_HZ = 24_000
_HOP = 120
_PAUSE_MS = {"": 0.0, ",": 60.0, ".": 90.0, "!": 80.0, "?": 110.0}

_HISS = 0.22
_BRIGHT = 1.5
_EVEN = 0.45
_SILENCE = Phone(0.0, voice=0.0)

Signal = NDArray[np.float32]
_Track = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: its pitch (Hz), how far it moves (semitones), the size of its throat, its breath."""

    pitch_hz: float
    lively_semitones: float
    formants: float
    breath: float
    seed: int


SPEAKERS: dict[str, Speaker] = {
    "WICK": Speaker(160.0, 3.6, 1.14, 0.03, 7),
    "RADIO": Speaker(118.0, 2.6, 1.0, 0.02, 9),
}


def say(words: str, speaker: Speaker, seconds: float) -> Signal:
    """The words said in exactly this long: (samples,) at 48 kHz, peak 1."""
    plan = _plan(words, seconds * 1000)
    tracks = _tracks(plan, seconds, speaker)
    count = round(seconds * _OWN_HZ)
    source, breath = _glottis(tracks, count, speaker)
    voiced = _evened(_throat(source + breath, tracks))
    sound = voiced + _HISS * _hiss(tracks, count, speaker.seed)
    edge = np.minimum(1.0, np.arange(count) / 120)
    sound = sound * edge * edge[::-1]
    wide = resample_poly(sound, RATE_HZ // _OWN_HZ, 1)[: round(seconds * RATE_HZ)]
    low_cut = butter(2, 90, "highpass", fs=RATE_HZ, output="sos")
    clean = sosfilt(low_cut, wide)
    return np.asarray(clean / np.abs(clean).max(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Sounding:
    """A phone with its place in the line (ms); `accent` is how far its pitch is raised (0..1)."""

    phone: Phone | None
    start_ms: float
    end_ms: float
    accent: float


def _plan(words: str, whole_ms: float) -> list[_Sounding]:
    said = spoken(words)
    items: list[tuple[Phone | None, float, float]] = []
    for number, (phones, mark) in enumerate(said):
        accented = False
        last = number == len(said) - 1
        for k, phone in enumerate(phones):
            accent = 1.0 if phone.stressed and not accented else 0.0
            accented = accented or phone.stressed
            stretch = 1.3 if phone.stressed and (last or mark) and k >= len(phones) - 4 else 1.0
            items.append((phone, phone.long_ms * stretch, accent))
        if mark and not last:
            items.append((None, _PAUSE_MS[mark[0]], 0.0))
    firm_ms = sum(long for phone, long, _ in items if phone is None or not phone.stressed)
    vowels_ms = sum(long for _, long, _ in items) - firm_ms
    firm = (whole_ms / (firm_ms + vowels_ms)) ** 0.2
    drawn = (whole_ms - firm_ms * firm) / vowels_ms
    plan, now = [], 0.0
    for phone_or_none, long, accent in items:
        vowel = phone_or_none is not None and phone_or_none.stressed
        end = now + long * (drawn if vowel else firm)
        plan.append(_Sounding(phone_or_none, now, end, accent))
        now = end
    return plan


@dataclass(frozen=True, slots=True)
class _Tracks:
    """What changes along the line, one value every 5 ms; `formants_hz` is (hops, 3)."""

    formants_hz: _Track
    voice: _Track
    breath: _Track
    hiss: _Track
    hiss_hz: _Track
    hiss_wide_hz: _Track
    nasal: _Track
    pitch_hz: _Track


def _tracks(plan: list[_Sounding], seconds: float, speaker: Speaker) -> _Tracks:
    hops = int(np.ceil(seconds * _OWN_HZ / _HOP)) + 1
    middle_ms = (np.arange(hops) + 0.5) * _HOP / _OWN_HZ * 1000
    which = np.searchsorted([s.end_ms for s in plan], middle_ms).clip(0, len(plan) - 1)

    def level(of: Callable[[Phone], float]) -> _Track:
        steps = np.asarray([of(s.phone or _SILENCE) for s in plan], dtype=np.float64)
        return np.asarray(steps[which])

    formants = _formants(plan, which, middle_ms) * speaker.formants
    return _Tracks(
        _soft(formants, 9),
        _soft(level(lambda p: p.voice), 5),
        _soft(level(lambda p: p.breath), 5),
        _soft(level(lambda p: p.hiss), 3),
        level(lambda p: p.hiss_hz),
        level(lambda p: p.hiss_wide_hz),
        _soft(level(lambda p: float(p.nasal)), 5),
        _pitch(plan, middle_ms, speaker),
    )


def _formants(plan: list[_Sounding], which: NDArray[np.intp], middle_ms: _Track) -> _Track:
    """Targets by hop, (hops, 3); a sound without its own takes its neighbours'."""
    own = [s.phone.formants_hz if s.phone else None for s in plan]
    known = [k for k, target in enumerate(own) if target is not None]
    track = np.empty((len(which), 3))
    for hop, k in enumerate(which):
        after = next((j for j in known if j >= k), known[-1])
        s = plan[after]
        start = np.asarray(own[after])
        end = np.asarray(s.phone.glide_hz) if s.phone and s.phone.glide_hz else start
        share = np.clip((middle_ms[hop] - s.start_ms) / (s.end_ms - s.start_ms), 0, 1)
        track[hop] = start + (end - start) * np.clip(share * 1.5 - 0.25, 0, 1)
    return track


def _pitch(plan: list[_Sounding], middle_ms: _Track, speaker: Speaker) -> _Track:
    """The tune of the line in Hz: it starts high, each accent lifts it, it falls at the end."""
    whole = plan[-1].end_ms
    at = middle_ms / whole
    semitones = 1.6 - 3.4 * at - 2.6 * np.clip((at - 0.86) / 0.14, 0, 1)
    for s in plan:
        if s.accent:
            centre = (s.start_ms + s.end_ms) / 2
            semitones += speaker.lively_semitones * np.exp(-(((middle_ms - centre) / 95) ** 2))
    return np.asarray(speaker.pitch_hz * 2 ** (semitones / 12))


def _soft(track: _Track, hops: int) -> _Track:
    """The track with its steps rounded off over so many hops."""
    window = np.hanning(hops + 2)[1:-1]
    window /= window.sum()
    padded = np.pad(track, [(hops // 2, hops // 2)] + [(0, 0)] * (track.ndim - 1), mode="edge")
    if track.ndim == 1:
        return np.convolve(padded, window, mode="valid")
    columns = [np.convolve(padded[:, k], window, mode="valid") for k in range(track.shape[1])]
    return np.stack(columns, axis=1)


def _fine(track: _Track, count: int) -> _Track:
    """A track read at every sample."""
    return np.interp(np.arange(count) / _HOP, np.arange(len(track)), track)


def _glottis(tracks: _Tracks, count: int, speaker: Speaker) -> tuple[_Track, _Track]:
    """The pulses of the vocal folds (Rosenberg's, differentiated) and the breath through them."""
    rng = np.random.default_rng(speaker.seed)
    drift = _fine(_soft(rng.standard_normal(len(tracks.pitch_hz)), 9), count)
    tremble = 1 + 0.012 * drift + 0.006 * np.sin(2 * np.pi * 5.2 * np.arange(count) / _OWN_HZ)
    phase = np.cumsum(_fine(tracks.pitch_hz, count) * tremble / _OWN_HZ) % 1
    opening = 0.5 * (1 - np.cos(np.pi * phase / 0.4))
    closing = np.cos(np.pi / 2 * (phase - 0.4) / 0.18)
    flow = np.where(phase < 0.4, opening, np.where(phase < 0.58, closing, 0.0))
    pulse = np.diff(flow, prepend=0.0) * 6
    noise = rng.standard_normal(count)
    voice = _fine(tracks.voice, count)
    breath = noise * (_fine(tracks.breath, count) * 0.16 + voice * flow * speaker.breath)
    return pulse * voice, breath


def _evened(sound: _Track) -> _Track:
    """The weak vowels brought up towards the strong ones, the top of the voice lifted a little."""
    bright = sound + _BRIGHT * np.diff(sound, prepend=0.0)
    window = np.hanning(_OWN_HZ // 14)
    around = np.sqrt(np.convolve(bright**2, window / window.sum(), mode="same"))
    loud = around / around.max()
    even = bright * (np.maximum(loud, 0.08) ** (_EVEN - 1))
    return np.asarray(even / np.abs(even).max())


class _Resonator:
    """A two-pole resonator whose pitch may move at every hop without a click.

    Between hops it remembers what came out of it, not products with its old coefficients.
    """

    def __init__(self) -> None:
        self._last = (0.0, 0.0)

    def through(self, sound: _Track, middle_hz: float, wide_hz: float, band: bool) -> _Track:
        """A piece of sound at this setting; gain 1 at 0 Hz, or of a band about its middle."""
        c = -np.exp(-2 * np.pi * wide_hz / _OWN_HZ)
        b = 2 * np.exp(-np.pi * wide_hz / _OWN_HZ) * np.cos(2 * np.pi * middle_hz / _OWN_HZ)
        gain = (1 + c) if band else (1 - b - c)
        last, before = self._last
        start = np.asarray([b * last + c * before, c * last])
        out, _ = lfilter([gain], [1.0, -b, -c], sound, zi=start)
        if len(out) > 1:
            self._last = (float(out[-1]), float(out[-2]))
        return np.asarray(out)


def _throat(source: _Track, tracks: _Tracks) -> _Track:
    """The source through five resonators that move every hop."""
    out = np.empty_like(source)
    bank = [_Resonator() for _ in range(5)]
    for hop, start in enumerate(range(0, len(source), _HOP)):
        damp = 1 + 1.6 * tracks.nasal[hop]
        first, second, third = tracks.formants_hz[hop]
        settings = (
            (first, 70 * damp),
            (second, 95 * damp),
            (third, 140 * damp),
            (3650.0, 220.0),
            (4700.0, 320.0),
        )
        piece = source[start : start + _HOP]
        for resonator, (middle, wide) in zip(bank, settings, strict=True):
            piece = resonator.through(piece, middle, wide, False)
        out[start : start + _HOP] = piece
    return out


def _hiss(tracks: _Tracks, count: int, seed: int) -> _Track:
    """Noise shaped by the narrow places of the mouth."""
    noise = np.random.default_rng(seed + 1).standard_normal(count + 2)
    noise = noise[2:] - noise[:-2]
    out = np.empty(count)
    mouth = _Resonator()
    for hop, start in enumerate(range(0, count, _HOP)):
        middle, wide = tracks.hiss_hz[hop], tracks.hiss_wide_hz[hop]
        out[start : start + _HOP] = mouth.through(noise[start : start + _HOP], middle, wide, True)
    return out * _fine(tracks.hiss, count)
