"""What one note of one region is to sound like: pitch, filter, envelopes, oscillators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorestage.adapters.machines.sf2_file import SampleHeader
from scorestage.adapters.machines.sf2_zones import Gen, Region

CUTOFF_STEP_CENTS = 50.0
"""Filters move in steps of this size, so that notes of nearly one velocity share a waveform."""
_KEY_0_HZ = 8.175798915643707
_FARTHEST_CENTS = 9600.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """Delay, attack, hold, decay and release in seconds; sustain as a level 0..1.

    For the volume envelope `sustain` is a gain, for the modulation envelope a share.
    """

    delay_seconds: float
    attack_seconds: float
    hold_seconds: float
    decay_seconds: float
    sustain: float
    release_seconds: float


@dataclass(frozen=True, slots=True)
class Wobble:
    """A low-frequency oscillator (triangle): when it starts, how fast, and how far."""

    delay_seconds: float
    rate_hz: float
    pitch_cents: float = 0.0
    cutoff_cents: float = 0.0
    volume_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Tone:
    """What makes the waveform of a note before its volume envelope: also the cache's key."""

    sample: SampleHeader
    cents: float
    looped: bool
    cutoff_cents: float
    resonance_db: float
    envelope: Envelope
    envelope_to_pitch_cents: float
    envelope_to_cutoff_cents: float
    wobble: Wobble
    vibrato: Wobble

    @property
    def bends(self) -> bool:
        """Whether the pitch moves within the note."""
        return bool(
            self.envelope_to_pitch_cents or self.wobble.pitch_cents or self.vibrato.pitch_cents
        )

    @property
    def filter_moves(self) -> bool:
        """Whether the filter moves within the note."""
        return bool(self.envelope_to_cutoff_cents or self.wobble.cutoff_cents)


@dataclass(frozen=True, slots=True)
class Voice:
    """One region sounding for one note."""

    tone: Tone
    envelope: Envelope
    gain: float
    pan: float
    plays_out: bool
    exclusive_class: int


def voice_of(region: Region, key: float, velocity: int) -> Voice:
    """What the region does for this key (MIDI, may lie between) and velocity 1..127."""
    gens = region.generators_for(key, velocity)
    sounding_key = gens[Gen.FIXED_KEY] if gens[Gen.FIXED_KEY] >= 0 else key
    mode = int(gens.get(Gen.SAMPLE_MODES, 0)) & 3
    looped = mode in (1, 3) and region.sample.loop_end - region.sample.loop_start >= 2
    tone = Tone(
        sample=region.sample,
        cents=_cents(region.sample, gens, sounding_key),
        looped=looped,
        cutoff_cents=round(gens[Gen.CUTOFF] / CUTOFF_STEP_CENTS) * CUTOFF_STEP_CENTS,
        resonance_db=gens.get(Gen.RESONANCE, 0) / 10,
        envelope=_envelope(gens, Gen.MOD_ENV_DELAY, sounding_key, is_volume=False),
        envelope_to_pitch_cents=gens.get(Gen.MOD_ENV_TO_PITCH, 0),
        envelope_to_cutoff_cents=gens.get(Gen.MOD_ENV_TO_CUTOFF, 0),
        wobble=Wobble(
            _seconds(gens[Gen.MOD_LFO_DELAY]),
            hertz(gens.get(Gen.MOD_LFO_FREQUENCY, 0)),
            gens.get(Gen.MOD_LFO_TO_PITCH, 0),
            gens.get(Gen.MOD_LFO_TO_CUTOFF, 0),
            gens.get(Gen.MOD_LFO_TO_VOLUME, 0) / 10,
        ),
        vibrato=Wobble(
            _seconds(gens[Gen.VIB_LFO_DELAY]),
            hertz(gens.get(Gen.VIB_LFO_FREQUENCY, 0)),
            gens.get(Gen.VIB_LFO_TO_PITCH, 0),
        ),
    )
    return Voice(
        tone,
        _envelope(gens, Gen.VOL_ENV_DELAY, sounding_key, is_volume=True),
        10 ** (-gens[Gen.ATTENUATION] / 200),
        gens.get(Gen.PAN, 0) / 500,
        mode == 3,
        region.exclusive_class,
    )


def _cents(sample: SampleHeader, gens: Mapping[int, float], key: float) -> float:
    root = gens[Gen.ROOT_KEY]
    if not 0 <= root <= 127:
        root = sample.root_key if sample.root_key <= 127 else 60
    tuning = 100 * gens.get(Gen.COARSE_TUNE, 0) + gens.get(Gen.FINE_TUNE, 0)
    cents = (key - root) * gens[Gen.SCALE_TUNING] + tuning + sample.correction_cents
    return round(min(max(cents, -_FARTHEST_CENTS), _FARTHEST_CENTS), 3)


def _envelope(gens: Mapping[int, float], first: int, key: float, *, is_volume: bool) -> Envelope:
    """Six generators in a row from `first`, then key-to-hold and key-to-decay."""
    lean = 60 - key
    hold = gens[first + 2] + lean * gens.get(first + 6, 0)
    decay = gens[first + 3] + lean * gens.get(first + 7, 0)
    sustain = gens.get(first + 4, 0)
    level = 10 ** (-sustain / 200) if is_volume else 1 - sustain / 1000
    return Envelope(
        _seconds(gens[first]),
        _seconds(gens[first + 1]),
        _seconds(hold),
        _seconds(decay),
        level,
        _seconds(gens[first + 5]),
    )


def _seconds(timecents: float) -> float:
    """Timecents to seconds; the shortest value of the format means none.

    >>> _seconds(1200)
    2.0
    """
    return 0.0 if timecents <= -12000 else float(2 ** (min(timecents, 8000) / 1200))


def hertz(absolute_cents: float) -> float:
    """Absolute cents (0 = MIDI key 0) to Hz."""
    return float(_KEY_0_HZ * 2 ** (absolute_cents / 1200))
