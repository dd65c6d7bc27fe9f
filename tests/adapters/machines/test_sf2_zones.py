"""The rules by which zones of presets and instruments add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.machines.soundfont_maker import (
    MadeSample,
    MadeZone,
    make_soundfont,
    sine,
    span,
)

from scorestage.adapters.machines.sf2_file import Modulator, SampleHeader, read_soundfont
from scorestage.adapters.machines.sf2_zones import Gen, Region, regions_of
from scorestage.errors import MachineError

TONE = MadeSample(sine(1000, 0.1), (0, 480))


def _regions(
    folder: Path, instrument: list[MadeZone], preset: list[MadeZone]
) -> tuple[Region, ...]:
    path = folder / "font.sf2"
    path.write_bytes(make_soundfont([TONE], [instrument], {(0, 0): preset}))
    return regions_of(read_soundfont(path), 0, 0)


def test_instrument_values_replace_and_preset_values_add(tmp_path: Path) -> None:
    (region,) = _regions(
        tmp_path,
        [MadeZone({8: 6000, 48: 100}), MadeZone({8: 7000}, 0)],
        [MadeZone({8: -500, 52: 10}), MadeZone({8: 300}, 0)],
    )
    assert region.generators[Gen.CUTOFF] == 7300
    assert region.generators[Gen.ATTENUATION] == 100
    assert region.generators[Gen.FINE_TUNE] == 10


def test_a_preset_adds_to_the_default_where_the_instrument_is_silent(tmp_path: Path) -> None:
    (region,) = _regions(tmp_path, [MadeZone({}, 0)], [MadeZone({8: -1500}, 0)])
    assert region.generators[Gen.CUTOFF] == 12000


def test_a_preset_cannot_move_the_sample(tmp_path: Path) -> None:
    (region,) = _regions(tmp_path, [MadeZone({}, 0)], [MadeZone({58: 72, 54: 1, 0: 100}, 0)])
    assert Gen.ROOT_KEY not in region.generators
    assert region.sample.start == 0


def test_ranges_meet_or_the_zone_is_silent(tmp_path: Path) -> None:
    regions = _regions(
        tmp_path,
        [MadeZone({43: span(0, 59)}, 0), MadeZone({43: span(60, 127), 44: span(1, 80)}, 0)],
        [MadeZone({43: span(50, 70), 44: span(40, 127)}, 0)],
    )
    found = [(r.key_low, r.key_high, r.velocity_low, r.velocity_high) for r in regions]
    assert found == [(50, 59, 40, 127), (60, 70, 40, 80)]
    assert [r.sounds(60, 80) for r in regions] == [False, True]
    assert not regions[1].sounds(60, 81)
    assert (
        _regions(tmp_path, [MadeZone({43: span(0, 10)}, 0)], [MadeZone({43: span(20, 30)}, 0)])
        == ()
    )


def test_offsets_move_start_end_and_loop(tmp_path: Path) -> None:
    (region,) = _regions(tmp_path, [MadeZone({0: 10, 1: -20, 2: 30, 3: -40}, 0)], [MadeZone({}, 0)])
    sample = region.sample
    assert (sample.start, sample.end) == (10, 4780)
    assert (sample.loop_start, sample.loop_end) == (30, 440)


def test_velocity_attenuates_as_general_midi_has_it(tmp_path: Path) -> None:
    (region,) = _regions(tmp_path, [MadeZone({48: 100}, 0)], [MadeZone({}, 0)])
    loud = region.generators_for(60, 127)[Gen.ATTENUATION]
    soft = region.generators_for(60, 64)[Gen.ATTENUATION]
    assert loud == pytest.approx(40)  # the EMU factor 0.4
    assert soft - loud == pytest.approx(119.06, abs=0.05)  # 40 log10(127 / 64) dB, in centibels


def test_velocity_closes_the_filter_unless_the_font_says_no(tmp_path: Path) -> None:
    (open_one,) = _regions(tmp_path, [MadeZone({8: 9000}, 0)], [MadeZone({}, 0)])
    assert open_one.generators_for(60, 64)[Gen.CUTOFF] == pytest.approx(9000 - 2400 * 63 / 127)
    old_form = (0x0102, 8, 0, 0x0D02, 0)
    (fixed,) = _regions(tmp_path, [MadeZone({8: 9000}, 0, (old_form,))], [MadeZone({}, 0)])
    assert fixed.generators_for(60, 64)[Gen.CUTOFF] == 9000


def test_a_local_modulator_replaces_a_global_one_and_a_presets_adds(tmp_path: Path) -> None:
    key_to_pan = 0x0003
    (region,) = _regions(
        tmp_path,
        [
            MadeZone({}, None, ((key_to_pan, 17, 100, 0, 0),)),
            MadeZone({}, 0, ((key_to_pan, 17, 254, 0, 0),)),
        ],
        [MadeZone({}, 0, ((key_to_pan, 17, 127, 0, 0),))],
    )
    assert region.generators_for(127, 100)[Gen.PAN] == pytest.approx(254 + 127)
    assert region.generators_for(0, 100)[Gen.PAN] == 0


def test_controllers_stand_at_rest() -> None:
    wheel_to_pitch = Modulator(0x0081, Gen.VIB_LFO_TO_PITCH, 50, 0, 0)
    header = SampleHeader("none", 0, 1, 0, 0, 48_000, 60, 0, 1)
    region = Region(header, 0, 127, 0, 127, {}, (wheel_to_pitch,))
    assert region.generators_for(60, 100)[Gen.VIB_LFO_TO_PITCH] == 0


def test_a_preset_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "font.sf2"
    path.write_bytes(make_soundfont([TONE], [[MadeZone({}, 0)]], {(0, 0): [MadeZone({}, 0)]}))
    with pytest.raises(MachineError, match="no program 5 in bank 0"):
        regions_of(read_soundfont(path), 0, 5)
