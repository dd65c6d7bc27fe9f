"""From the zones of a SoundFont to what one note needs: the rules of generators and modulators.

Values of an instrument zone are absolute, those of a preset zone are added to them (SoundFont
Technical Specification 2.04, sections 8.5 and 9.4); velocity and key reach the sound through
modulators (sections 8.2 to 8.4). Controllers stand at rest: dynamics are not the sampler's work.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from scorestage.adapters.machines.sf2_file import Bag, Modulator, SampleHeader, SoundFont


class Gen(IntEnum):
    """Generator numbers of section 8.1.2 that this sampler obeys."""

    START_OFFSET = 0
    END_OFFSET = 1
    LOOP_START_OFFSET = 2
    LOOP_END_OFFSET = 3
    START_OFFSET_COARSE = 4
    MOD_LFO_TO_PITCH = 5
    VIB_LFO_TO_PITCH = 6
    MOD_ENV_TO_PITCH = 7
    CUTOFF = 8
    RESONANCE = 9
    MOD_LFO_TO_CUTOFF = 10
    MOD_ENV_TO_CUTOFF = 11
    END_OFFSET_COARSE = 12
    MOD_LFO_TO_VOLUME = 13
    PAN = 17
    MOD_LFO_DELAY = 21
    MOD_LFO_FREQUENCY = 22
    VIB_LFO_DELAY = 23
    VIB_LFO_FREQUENCY = 24
    MOD_ENV_DELAY = 25
    VOL_ENV_DELAY = 33
    VOL_ENV_KEY_TO_DECAY = 40
    INSTRUMENT = 41
    KEY_RANGE = 43
    VELOCITY_RANGE = 44
    LOOP_START_OFFSET_COARSE = 45
    FIXED_KEY = 46
    FIXED_VELOCITY = 47
    ATTENUATION = 48
    LOOP_END_OFFSET_COARSE = 50
    COARSE_TUNE = 51
    FINE_TUNE = 52
    SAMPLE = 53
    SAMPLE_MODES = 54
    SCALE_TUNING = 56
    EXCLUSIVE_CLASS = 57
    ROOT_KEY = 58


_DEFAULTS: Mapping[int, int] = {
    Gen.CUTOFF: 13500,
    Gen.SCALE_TUNING: 100,
    Gen.ROOT_KEY: -1,
    Gen.FIXED_KEY: -1,
    Gen.FIXED_VELOCITY: -1,
    # delay, attack, hold, decay, release of both envelopes, and the two LFO delays: 1 ms
    **dict.fromkeys((21, 23, 25, 26, 27, 28, 30, 33, 34, 35, 36, 38), -12000),
}
_INSTRUMENT_ONLY = {0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 53, 54, 57, 58}
_RANGES: Mapping[int, tuple[int, int]] = {
    **dict.fromkeys((5, 6, 7, 10, 11), (-12000, 12000)),
    **dict.fromkeys((21, 23, 25, 27, 33, 35), (-12000, 5000)),
    **dict.fromkeys((26, 28, 30, 34, 36, 38), (-12000, 8000)),
    **dict.fromkeys((22, 24), (-16000, 4500)),
    **dict.fromkeys((31, 32, 39, 40), (-1200, 1200)),
    Gen.CUTOFF: (1500, 13500),
    Gen.RESONANCE: (0, 960),
    Gen.MOD_LFO_TO_VOLUME: (-960, 960),
    Gen.PAN: (-500, 500),
    29: (0, 1000),
    37: (0, 1440),
    Gen.ATTENUATION: (0, 1440),
    Gen.COARSE_TUNE: (-120, 120),
    Gen.FINE_TUNE: (-99, 99),
    Gen.SCALE_TUNING: (0, 1200),
}
ATTENUATION_FACTOR = 0.4
"""What the EMU chips made of `initialAttenuation`; measured the same in two other engines."""

_VELOCITY_TO_LOUDNESS = Modulator(0x0502, Gen.ATTENUATION, 960, 0, 0)
_VELOCITY_TO_CUTOFF = Modulator(0x0102, Gen.CUTOFF, -2400, 0, 0)
_OLD_AMOUNT_SOURCE = 0x0D02
"""Version 2.01 of the specification gave the second default modulator this amount source."""


@dataclass(frozen=True, slots=True)
class Region:
    """One sample with everything that preset and instrument say about it."""

    sample: SampleHeader
    key_low: int
    key_high: int
    velocity_low: int
    velocity_high: int
    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]

    def sounds(self, key: int, velocity: int) -> bool:
        """Whether a note of this key and velocity plays this region."""
        keys, velocities = self.key_low <= key <= self.key_high, self.velocity_low <= velocity
        return keys and velocities and velocity <= self.velocity_high

    @property
    def exclusive_class(self) -> int:
        """Notes of one class silence each other (closed and open hi-hat); 0 = none."""
        return self.generators.get(Gen.EXCLUSIVE_CLASS, 0)

    def generators_for(self, key: float, velocity: int) -> dict[int, float]:
        """Generator values with the modulators of key and velocity added, in range."""
        found: dict[int, float] = {**_DEFAULTS, **self.generators}
        loudness = 0.0
        for modulator in self.modulators:
            amount = _amount(modulator, key, velocity)
            if modulator.destination == Gen.ATTENUATION:
                loudness += amount
            else:
                found[modulator.destination] = found.get(modulator.destination, 0) + amount
        for number, (low, high) in _RANGES.items():
            if number in found:
                found[number] = min(max(found[number], low), high)
        static = found.get(Gen.ATTENUATION, 0) * ATTENUATION_FACTOR
        found[Gen.ATTENUATION] = max(static + loudness, 0.0)
        return found


def regions_of(font: SoundFont, bank: int, program: int) -> tuple[Region, ...]:
    """All regions of one preset, in file order.

    Raises `MachineError` where the preset is missing or points outside the font.
    """
    found: list[Region] = []
    for preset_bag in _with_globals(font.preset_bags(bank, program), Gen.INSTRUMENT):
        number = preset_bag.generators[Gen.INSTRUMENT] & 0xFFFF
        for bag in _with_globals(font.instrument_bags(number), Gen.SAMPLE):
            region = _region(font, preset_bag, bag)
            if region is not None:
                found.append(region)
    return tuple(found)


def _with_globals(bags: Sequence[Bag], target: int) -> list[Bag]:
    """The zones that point somewhere, each completed from the list's global zone."""
    common = Bag({}, ())
    if bags and target not in bags[0].generators:
        common, bags = bags[0], bags[1:]
    return [
        Bag(
            {**common.generators, **bag.generators},
            _overlaid(common.modulators, bag.modulators),
        )
        for bag in bags
        if target in bag.generators
    ]


def _region(font: SoundFont, preset: Bag, instrument: Bag) -> Region | None:
    keys = _both(preset, instrument, Gen.KEY_RANGE)
    velocities = _both(preset, instrument, Gen.VELOCITY_RANGE)
    if keys is None or velocities is None:
        return None
    generators = dict(instrument.generators)
    for number, amount in preset.generators.items():
        if number not in _INSTRUMENT_ONLY and number not in (Gen.INSTRUMENT, 43, 44):
            start = generators.get(number, _DEFAULTS.get(number, 0))
            generators[number] = start + amount
    own = _overlaid((_VELOCITY_TO_LOUDNESS, _VELOCITY_TO_CUTOFF), instrument.modulators)
    modulators = own + preset.modulators
    sample = font.sample(generators[Gen.SAMPLE] & 0xFFFF)
    return Region(_moved(font, sample, generators), *keys, *velocities, generators, modulators)


def _both(preset: Bag, instrument: Bag, number: int) -> tuple[int, int] | None:
    """The common part of two key or velocity ranges; `None` where they do not meet."""
    low, high = 0, 127
    for bag in (preset, instrument):
        amount = bag.generators.get(number, 127 << 8) & 0xFFFF
        low, high = max(low, amount & 0xFF), min(high, amount >> 8)
    return (low, high) if low <= high else None


def _moved(font: SoundFont, sample: SampleHeader, gens: Mapping[int, int]) -> SampleHeader:
    """The sample with the zone's offsets applied; loops are kept inside it."""

    def offset(fine: int, coarse: int) -> int:
        return gens.get(fine, 0) + 32768 * gens.get(coarse, 0)

    start = sample.start + offset(Gen.START_OFFSET, Gen.START_OFFSET_COARSE)
    end = sample.end + offset(Gen.END_OFFSET, Gen.END_OFFSET_COARSE)
    start, end = max(start, 0), min(end, len(font.points))
    if start >= end:
        raise font.fault(f"sample {sample.name!r} is empty after its offsets")
    loop_start = sample.loop_start + offset(Gen.LOOP_START_OFFSET, Gen.LOOP_START_OFFSET_COARSE)
    loop_end = sample.loop_end + offset(Gen.LOOP_END_OFFSET, Gen.LOOP_END_OFFSET_COARSE)
    return SampleHeader(
        sample.name,
        start,
        end,
        min(max(loop_start, start), end),
        min(max(loop_end, start), end),
        sample.rate_hz,
        sample.root_key,
        sample.correction_cents,
        sample.kind,
    )


def _identity(modulator: Modulator) -> tuple[int, int, int, int]:
    amount_source = modulator.amount_source
    if modulator.source == _VELOCITY_TO_CUTOFF.source and amount_source == _OLD_AMOUNT_SOURCE:
        amount_source = 0
    return modulator.source, modulator.destination, amount_source, modulator.transform


def _overlaid(under: tuple[Modulator, ...], over: tuple[Modulator, ...]) -> tuple[Modulator, ...]:
    """Later modulators replace earlier ones of the same source and destination."""
    return tuple({_identity(m): m for m in (*under, *over)}.values())


def _amount(modulator: Modulator, key: float, velocity: int) -> float:
    amount_source = _identity(modulator)[2]
    scale = _source(amount_source, key, velocity) if amount_source else 1.0
    amount = modulator.amount * _source(modulator.source, key, velocity) * scale
    return abs(amount) if modulator.transform == 2 else amount


def _source(source: int, key: float, velocity: int) -> float:
    """The value of a modulator source, 0..1 or -1..1, with every controller at rest.

    >>> round(960 * _source(0x0502, 60, 64) / 10, 2)  # velocity 64: 40 log10(127/64) dB
    11.9
    """
    number, is_controller = source & 0x7F, bool(source & 0x80)
    rest = {7: 127.0, 11: 127.0, 10: 64.0} if is_controller else {14: 64.0, 16: 2.0}
    if number == 0 and not is_controller:
        position = 1.0
    elif not is_controller and number in (2, 3):
        position = (velocity if number == 2 else key) / 127
    else:
        position = rest.get(number, 0.0) / 127
    if source & 0x100:
        position = 1 - position
    position = min(max(position, 0.0), 1.0)
    shape = source >> 10 & 0x3F
    if source & 0x200:
        centred = 2 * position - 1
        return math.copysign(_shaped(abs(centred), shape), centred)
    return _shaped(position, shape)


def _shaped(position: float, shape: int) -> float:
    if shape == 1:
        return _concave(position)
    if shape == 2:
        return 1 - _concave(1 - position)
    if shape == 3:
        return 1.0 if position >= 0.5 else 0.0
    return position


def _concave(position: float) -> float:
    """Section 9.5.1: full at 1, and 96 dB on a logarithm of what is left."""
    left = 1 - position
    return 1.0 if left <= 0 else min(-40 / 96 * math.log10(left), 1.0)
