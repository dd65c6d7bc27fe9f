"""The laws of envelope, filter and level, held against another engine on tones made to order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.adapters.machines.other_engine import level_db, play_elsewhere, strongest_hz
from tests.adapters.machines.playing import one_tone, play, synth_of, timecents
from tests.adapters.machines.soundfont_maker import Generators, MadeSample, sine

NOTE = [(0.1, 2.0, 60, 127)]
CUTOFF_1K = round(1200 * np.log2(1000 / 8.1758))
# between our full scale and the other engine's master volume
MASTER_DB = level_db(np.ones((10, 2)), 0, 1) + 6.29


@pytest.mark.parametrize(
    "generators",
    [
        pytest.param({}, id="plain"),
        pytest.param({48: 100}, id="attenuation 10 dB"),
        pytest.param({36: timecents(2), 37: 1000}, id="decay 2 s"),
        pytest.param({36: timecents(1), 37: 100}, id="decay to 10 dB below"),
        pytest.param({35: timecents(0.3), 36: timecents(2), 37: 600}, id="hold"),
        pytest.param({33: timecents(0.2)}, id="delay"),
        pytest.param({34: timecents(1)}, id="attack 1 s"),
        pytest.param({36: timecents(2), 37: 1000, 40: 100}, id="key to decay"),
        pytest.param({17: -500}, id="left"),
        pytest.param({17: 250}, id="half right"),
        pytest.param({8: CUTOFF_1K}, id="filter at the tone"),
        pytest.param({8: CUTOFF_1K - 1200}, id="filter an octave below"),
        pytest.param({9: 100}, id="resonance lowers what lies below it"),
        pytest.param(
            {8: CUTOFF_1K - 1200, 11: 2400, 28: timecents(1), 29: 1000}, id="filter closes"
        ),
        pytest.param({52: 50}, id="fine tuning"),
    ],
)
def test_level_over_time_as_in_another_engine(tmp_path: Path, generators: Generators) -> None:
    # velocity 127 keeps the filter where the font puts it
    font = one_tone({38: timecents(0.5), **generators})
    ours, theirs = play(synth_of(font, tmp_path), NOTE), play_elsewhere(font, NOTE)
    for start in (0.2, 0.4, 0.8, 1.2, 1.9, 2.2, 2.3):
        for channel in (0, 1):
            a = level_db(ours[:, channel : channel + 1], start, start + 0.05) - MASTER_DB
            b = level_db(theirs[:, channel : channel + 1], start, start + 0.05)
            if b > -70:  # 16 bits
                assert a == pytest.approx(b, abs=0.35), f"at {start} s, channel {channel}"
            else:
                assert a < -60


@pytest.mark.parametrize("velocity", [16, 40, 64, 90, 110])
def test_velocity_curve_as_in_another_engine(tmp_path: Path, velocity: int) -> None:
    font = one_tone({})
    notes = [(0.1, 1.0, 60, velocity)]
    ours, theirs = play(synth_of(font, tmp_path), notes), play_elsewhere(font, notes)
    a, b = level_db(ours, 0.3, 0.9) - MASTER_DB, level_db(theirs, 0.3, 0.9)
    assert a == pytest.approx(b, abs=0.3)


@pytest.mark.parametrize(
    ("generators", "key", "cents"),
    [
        ({}, 60, 0),
        ({}, 67, 700),
        ({}, 41, -1900),
        ({51: 2, 52: -30}, 60, 170),
        ({58: 55}, 60, 500),
        ({56: 50}, 72, 600),
    ],
)
def test_pitch(tmp_path: Path, generators: Generators, key: int, cents: float) -> None:
    sample = MadeSample(sine(1000, 2, 44_100), (0, 441), 44_100, 60, 0)
    font = one_tone(generators, sample=sample)
    sound = play(synth_of(font, tmp_path), [(0.1, 2.0, key, 100)])
    found = strongest_hz(sound[9_600:90_000], 100, 4000)
    assert 1200 * np.log2(found / 1000) == pytest.approx(cents, abs=0.2)


def test_correction_of_the_sample_and_a_key_between_keys(tmp_path: Path) -> None:
    sample = MadeSample(sine(1000, 2), (0, 480), correction_cents=-25)
    synth = synth_of(one_tone(sample=sample), tmp_path)
    sound = play(synth, [(0.1, 2.0, 60.5, 100)])  # type: ignore[list-item]
    found = strongest_hz(sound[9_600:90_000], 500, 2000)
    assert 1200 * np.log2(found / 1000) == pytest.approx(25, abs=0.2)


def test_vibrato_swings_around_the_note(tmp_path: Path) -> None:
    rate = round(1200 * np.log2(5 / 8.1758))
    synth = synth_of(one_tone({6: 100, 24: rate}), tmp_path)
    sound = play(synth, [(0.1, 2.0, 60, 100)])
    found = [
        strongest_hz(sound[start : start + 2400], 700, 1400) for start in range(9_600, 86_400, 600)
    ]
    cents = 1200 * np.log2(np.array(found) / 1000)
    assert 75 < cents.max() < 105
    assert -105 < cents.min() < -75
    assert abs(cents.mean()) < 8
    turns = int(((cents[:-1] < 0) & (cents[1:] >= 0)).sum())
    assert 7 <= turns <= 9  # 5 Hz over 1.6 s


def test_a_loop_goes_on_and_a_plain_sample_ends(tmp_path: Path) -> None:
    short = MadeSample(sine(1000, 0.2), (0, 480))
    looped = play(synth_of(one_tone({54: 1}, sample=short), tmp_path), NOTE)
    plain = play(synth_of(one_tone({54: 0}, sample=short), tmp_path), NOTE)
    assert level_db(looped, 1.5, 1.9) == pytest.approx(level_db(looped, 0.2, 0.3), abs=0.1)
    assert level_db(plain, 0.15, 0.25) > -20
    assert level_db(plain, 0.31, 1.0) < -150


@pytest.mark.parametrize("mode", [0, 1])
def test_absurd_pitches_neither_hang_nor_fill_the_memory(tmp_path: Path, mode: int) -> None:
    font = one_tone({54: mode, 56: 1200, 58: 0, 51: 120, 7: 12_000})
    sound = play(synth_of(font, tmp_path), [(0.0, 20.0, 127, 127)], end_seconds=21)
    assert np.isfinite(sound).all()
    low = one_tone({54: mode, 56: 1200, 58: 127, 51: -120, 6: -12_000})
    sound = play(synth_of(low, tmp_path), [(0.0, 20.0, 0, 127)], end_seconds=21)
    assert np.isfinite(sound).all()


def test_a_loop_four_octaves_up_is_still_in_tune(tmp_path: Path) -> None:
    sample = MadeSample(sine(250, 2), (0, 1920))
    sound = play(synth_of(one_tone(sample=sample), tmp_path), [(0.1, 2.0, 108, 100)])
    found = strongest_hz(sound[9_600:90_000], 2_000, 8_000)
    assert 1200 * np.log2(found / 4_000) == pytest.approx(0, abs=0.2)


def test_a_sample_that_leaves_its_loop_when_let_go(tmp_path: Path) -> None:
    pcm = np.concatenate([sine(1000, 0.1), sine(250, 0.5)])
    sample = MadeSample(pcm, (480, 4800))
    font = one_tone({54: 3, 38: timecents(2)}, sample=sample)
    sound = play(synth_of(font, tmp_path), [(0.1, 1.0, 60, 127)])
    assert strongest_hz(sound[9_600:50_000], 100, 2000) == pytest.approx(1000, rel=0.001)
    after = round(1.25 * 48_000)
    assert strongest_hz(sound[after : after + 12_000], 100, 2000) == pytest.approx(250, rel=0.01)


def test_the_loop_has_no_seam(tmp_path: Path) -> None:
    sound = play(synth_of(one_tone(), tmp_path), NOTE)
    steady = sound[9_600:90_000, 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(steady * np.blackman(len(steady))))
    peak = int(spectrum.argmax())
    spectrum[peak - 8 : peak + 9] = 0
    assert 20 * np.log10(spectrum.max() / np.abs(np.fft.rfft(steady)).max()) < -75
