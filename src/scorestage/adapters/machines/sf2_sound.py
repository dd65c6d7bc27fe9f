"""One note of one region as sound: resampling, loop, envelopes, filter.

All arrays are float32, one channel, full scale = 1; times in seconds, lengths in samples.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from scorestage.adapters.machines.sf2_file import SoundFont
from scorestage.adapters.machines.sf2_voice import (
    CUTOFF_STEP_CENTS,
    Envelope,
    Tone,
    Wobble,
    hertz,
)

Sound = NDArray[np.float32]
_ENVELOPE_DB = 80.0
"""How far the volume envelope falls in one decay or release time; measured in two other engines."""
_SILENCE = 10 ** (-90 / 20)
_SHORTEST_RELEASE_SECONDS = 0.02
_CONTROL_SAMPLES = 64
_OPEN_CENTS = 13500.0
_COARSE_HZ = 20_000.0
_FAST_RATIO = 8.0
_WHOLE_SAMPLE = 1 << 31


# ── volume ──────────────────────────────────────────────────────────────────────────────────────


def volume_envelope(envelope: Envelope, length_samples: int, rate_hz: int) -> Sound:
    """Gain of the volume envelope for a held note: linear attack, decay straight in dB."""
    out = np.empty(length_samples, np.float32)
    delay, attack, hold, decay = _stages(envelope, rate_hz)
    a, b, c = delay, delay + attack, delay + attack + hold
    out[:a] = 0
    out[a:b] = (np.arange(1, attack + 1, dtype=np.float32) / max(attack, 1))[
        : max(min(b, length_samples) - a, 0)
    ]
    out[b:c] = 1
    floor = max(envelope.sustain, _SILENCE / 10)
    slope = _ENVELOPE_DB / max(decay, 1)  # dB per sample
    fall = min(math.ceil(-20 * math.log10(floor) / slope), max(length_samples - c, 0))
    out[c : c + fall] = _falling(1.0, slope, fall)
    out[c + fall :] = floor
    return out


def release_seconds(envelope: Envelope) -> float:
    """How long a note can ring at most after it is let go, down to -90 dB."""
    fall = 20 * math.log10(1 / _SILENCE) / _ENVELOPE_DB
    return max(envelope.release_seconds, _SHORTEST_RELEASE_SECONDS) * fall


def release_curve(envelope: Envelope, level: float, rate_hz: int) -> Sound:
    """Gain after the note is let go, from `level` down to silence."""
    if level <= _SILENCE:
        return np.empty(0, np.float32)
    seconds = max(envelope.release_seconds, _SHORTEST_RELEASE_SECONDS)
    slope = _ENVELOPE_DB / (seconds * rate_hz)
    return _falling(level, slope, math.ceil(20 * math.log10(level / _SILENCE) / slope))


def cut_curve(level: float, rate_hz: int, seconds: float = 0.01) -> Sound:
    """Gain of a note choked by another (hi-hat) or damped."""
    return _falling(level, _ENVELOPE_DB / (seconds * rate_hz), round(seconds * rate_hz))


def _falling(level: float, slope_db: float, count: int) -> Sound:
    steps = np.arange(count, dtype=np.float32)
    fall = np.exp(steps * np.float32(-slope_db * math.log(10) / 20))
    return np.asarray(fall * np.float32(level))


def _stages(envelope: Envelope, rate_hz: int) -> tuple[int, int, int, int]:
    stages = (
        envelope.delay_seconds,
        envelope.attack_seconds,
        envelope.hold_seconds,
        envelope.decay_seconds,
    )
    delay, attack, hold, decay = (round(s * rate_hz) for s in stages)
    return delay, attack, hold, decay


# ── waveform ────────────────────────────────────────────────────────────────────────────────────


def natural_length(tone: Tone, rate_hz: int) -> int | None:
    """How long an unlooped sample lasts, in output samples; `None` = for ever."""
    if tone.looped:
        return None
    points = tone.sample.end - tone.sample.start
    return math.floor((points - 1) / _ratio(tone, rate_hz)) + 1


def waveform(font: SoundFont, tone: Tone, length_samples: int, rate_hz: int) -> Sound:
    """The tone for `length_samples` (shorter where an unlooped sample ends), filtered."""
    if tone.bends or _is_coarse(tone) or _ratio(tone, rate_hz) > _FAST_RATIO:
        out = _read_at(font, tone, _positions(tone, length_samples, rate_hz))
    else:
        out = _resampled(font, tone, length_samples, rate_hz)
    out = _filtered(out.astype(np.float32, copy=False), tone, rate_hz)
    if tone.wobble.volume_db:
        swing = _triangle(tone.wobble, _control_seconds(len(out), rate_hz))
        out = out * _at_audio_rate(10 ** (swing * tone.wobble.volume_db / 20), len(out))
    return out


def _is_coarse(tone: Tone) -> bool:
    """Whether the recording ends below 10 kHz as it is played.

    Four-point interpolation then leaves faint mirror images above it, as in most samplers: the
    font's strings, recorded at 12 kHz, would be without any air.
    """
    return tone.sample.rate_hz * 2 ** (tone.cents / 1200) < _COARSE_HZ


def _positions(tone: Tone, length_samples: int, rate_hz: int) -> NDArray[np.float64]:
    """Where in the sample, in points, each output sample is read."""
    ratio = _ratio(tone, rate_hz)
    if not tone.bends:
        return np.arange(length_samples, dtype=np.float64) * ratio
    cents = _bend_cents(tone, _control_seconds(length_samples, rate_hz))
    speeds = _at_audio_rate(ratio * 2 ** (cents / 1200), length_samples)
    return np.asarray(np.cumsum(speeds, dtype=np.float64) - float(speeds[0]))


def _read_at(font: SoundFont, tone: Tone, positions: NDArray[np.float64]) -> Sound:
    if tone.looped and positions[-1] > _FAST_RATIO * len(positions):
        return _read_round(font, tone, positions)
    source = _source_points(font, tone, min(math.ceil(positions[-1]) + 4, _WHOLE_SAMPLE))
    return _interpolated(source, positions[: np.searchsorted(positions, len(source) - 1)])


def _read_round(font: SoundFont, tone: Tone, positions: NDArray[np.float64]) -> Sound:
    """A loop run through so fast that it must not be written out: read it round and round."""
    sample = tone.sample
    points = font.read_points(sample.start, sample.loop_end)
    first = sample.loop_start - sample.start
    source = np.concatenate([points, points[first : first + 2]])
    round_and_round = first + (positions - first) % (len(points) - first)
    return _interpolated(source, np.where(positions < len(points), positions, round_and_round))


def _resampled(font: SoundFont, tone: Tone, length_samples: int, rate_hz: int) -> Sound:
    """Another rate by a windowed sinc: what lies above either half rate is kept out."""
    ratio = _ratio(tone, rate_hz)
    source = _source_points(font, tone, math.ceil(length_samples * ratio) + 64)
    step = Fraction(ratio).limit_denominator(400)
    up, down = step.denominator, step.numerator
    kernel = _kernel(max(up, down))
    out = source if up == down else signal.resample_poly(source, up, down, window=kernel)
    limit = natural_length(tone, rate_hz)
    return np.asarray(out[: length_samples if limit is None else min(limit, length_samples)])


def tail_after_loop(font: SoundFont, tone: Tone, held_samples: int, rate_hz: int) -> Sound:
    """The rest of a sample that leaves its loop when the note is let go."""
    sample, ratio = tone.sample, _ratio(tone, rate_hz)
    position = held_samples * ratio + sample.start
    if position >= sample.loop_end:
        loop = sample.loop_end - sample.loop_start
        position = sample.loop_start + (position - sample.loop_start) % loop
    source = font.read_points(int(position), sample.end)
    count = max(math.floor((len(source) - 1 - position % 1) / ratio), 0)
    out = _interpolated(source, position % 1 + np.arange(count) * ratio)
    return _filtered(out, tone, rate_hz)


def _ratio(tone: Tone, rate_hz: int) -> float:
    return float(2 ** (tone.cents / 1200) * tone.sample.rate_hz / rate_hz)


def _source_points(font: SoundFont, tone: Tone, count: int) -> Sound:
    """The first `count` sample points, with the loop written out."""
    sample = tone.sample
    if not tone.looped:
        return font.read_points(sample.start, min(sample.end, sample.start + count))
    points = font.read_points(sample.start, sample.loop_end)
    if count <= len(points):
        return points[:count]
    loop = points[sample.loop_start - sample.start :]
    repeats = -(-(count - len(points)) // len(loop))
    return np.concatenate([points, np.tile(loop, repeats)])[:count]


def _interpolated(source: Sound, positions: NDArray[np.floating]) -> Sound:
    """Cubic (Catmull-Rom) interpolation at positions in sample points."""
    if not len(positions):
        return np.empty(0, np.float32)
    padded = np.concatenate([source[:1], source, source[-1:], source[-1:]])
    whole = positions.astype(np.int64)
    f = (positions - whole).astype(np.float32)
    p0, p1, p2, p3 = (padded[whole + k] for k in range(4))
    a, b = 3 * (p1 - p2) + p3 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3
    return np.asarray(p1 + f / 2 * (p2 - p0 + f * (b + f * a)), dtype=np.float32)


@lru_cache(maxsize=512)
def _kernel(factor: int) -> Sound:
    """The low-pass of the resampler: 16 zero crossings, 60 dB down."""
    taps = 16 * factor + 1
    if factor == 1:
        return np.ones(1, np.float32)
    return np.asarray(signal.firwin(taps, 1 / factor, window=("kaiser", 5.6)), dtype=np.float32)


def _control_seconds(length_samples: int, rate_hz: int) -> NDArray[np.float64]:
    """When slow movements are computed: every 64 samples, one point past the end."""
    points = -(-length_samples // _CONTROL_SAMPLES) + 1
    return np.arange(points, dtype=np.float64) * (_CONTROL_SAMPLES / rate_hz)


def _at_audio_rate(points: NDArray[np.float64], length_samples: int) -> Sound:
    """Values at control points as values at every sample, straight lines between."""
    starts = points[:-1, None].astype(np.float32)
    slopes = np.diff(points)[:, None].astype(np.float32) / np.float32(_CONTROL_SAMPLES)
    ramp = np.arange(_CONTROL_SAMPLES, dtype=np.float32)
    return np.asarray((starts + slopes * ramp).reshape(-1)[:length_samples])


def _bend_cents(tone: Tone, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    cents = tone.envelope_to_pitch_cents * _share(tone.envelope, seconds)
    cents = cents + tone.wobble.pitch_cents * _triangle(tone.wobble, seconds)
    return np.asarray(cents + tone.vibrato.pitch_cents * _triangle(tone.vibrato, seconds))


def _share(envelope: Envelope, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The modulation envelope of a held note, 0..1: convex attack, straight decay."""
    attack_end = envelope.delay_seconds + envelope.attack_seconds
    decay_start = attack_end + envelope.hold_seconds
    full_decay = decay_start + max(envelope.decay_seconds, 1e-4) * (1 - envelope.sustain)
    start = envelope.delay_seconds
    knots = [start, *np.linspace(start, attack_end, 9)[1:], decay_start, full_decay]
    rise = [1 + math.log10(max(k / 8, 1e-4)) / 4.8 for k in range(1, 9)]
    return np.interp(seconds, knots, [0.0, *rise, 1.0, envelope.sustain])


def _triangle(wobble: Wobble, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """A triangle wave that starts at zero, rising, after its delay."""
    phase = np.maximum(seconds - wobble.delay_seconds, 0) * wobble.rate_hz
    return np.asarray(2 * np.abs(2 * ((phase - 0.25) % 1) - 1) - 1)


# ── filter ──────────────────────────────────────────────────────────────────────────────────────


def _filtered(sound: Sound, tone: Tone, rate_hz: int) -> Sound:
    """The resonant low-pass; where it moves, in steps of 50 cents with its state kept."""
    if not len(sound):
        return sound
    if not tone.filter_moves:
        if tone.cutoff_cents >= _OPEN_CENTS and tone.resonance_db == 0:
            return sound
        b, a = _biquad(tone.cutoff_cents, tone.resonance_db, rate_hz)
        return np.asarray(signal.lfilter(b, a, sound.astype(np.float64)), dtype=np.float32)
    out = np.empty_like(sound)
    state = np.zeros(2)
    for start, end, cents in _filter_steps(tone, len(sound), rate_hz):
        b, a = _biquad(cents, tone.resonance_db, rate_hz)
        out[start:end], state = signal.lfilter(b, a, sound[start:end].astype(np.float64), zi=state)
    return out


def _filter_steps(tone: Tone, length: int, rate_hz: int) -> list[tuple[int, int, float]]:
    """Spans of samples with one cut-off each, in absolute cents."""
    seconds = _control_seconds(length, rate_hz)[:-1]
    cents = tone.cutoff_cents + tone.envelope_to_cutoff_cents * _share(tone.envelope, seconds)
    cents = cents + tone.wobble.cutoff_cents * _triangle(tone.wobble, seconds)
    cents = np.clip(np.round(cents / CUTOFF_STEP_CENTS) * CUTOFF_STEP_CENTS, 1500, _OPEN_CENTS)
    starts = np.concatenate([[0], np.nonzero(np.diff(cents))[0] + 1])
    edges = [*(int(s) * _CONTROL_SAMPLES for s in starts), length]
    return [(edges[i], edges[i + 1], float(cents[s])) for i, s in enumerate(starts)]


def _biquad(
    cutoff_cents: float, resonance_db: float, rate_hz: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two-pole low-pass after R. Bristow-Johnson's cookbook; the peak stands `resonance_db`
    above the gain at zero frequency, which itself falls by half of that (section 8.1.3)."""
    frequency_hz = min(hertz(cutoff_cents), 0.45 * rate_hz)
    quality = 10 ** (resonance_db / 20) - (1 - math.sqrt(0.5))
    gain = 10 ** (-resonance_db / 40)
    angle = 2 * math.pi * frequency_hz / rate_hz
    alpha = math.sin(angle) / (2 * quality)
    a0, low = 1 + alpha, gain * (1 - math.cos(angle)) / 2
    b = np.array([low, 2 * low, low]) / a0
    return b, np.array([1.0, -2 * math.cos(angle) / a0, (1 - alpha) / a0])
