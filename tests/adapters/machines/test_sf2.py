"""The sampler on the font that pip brings, measured against an engine that nobody here wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.adapters.machines.other_engine import (
    level_db,
    onset_samples,
    play_elsewhere,
    strongest_hz,
)
from tests.adapters.machines.playing import play, synth_of
from tests.adapters.machines.soundfont_maker import (
    MadeSample,
    MadeZone,
    make_soundfont,
    sine,
    span,
)

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.errors import MachineError
from scorestage.mockup.performance import Performance, PlayedNote, Synth

MASTER_DB = 6.29
# program, key: what an orchestra needs, each in a usual place of its compass
SCORED = {
    "piano": (0, 60),
    "celesta": (8, 84),
    "glockenspiel": (9, 84),
    "vibraphone": (11, 65),
    "marimba": (12, 60),
    "xylophone": (13, 77),
    "guitar": (24, 55),
    "electric bass": (33, 36),
    "violin": (40, 74),
    "viola": (41, 60),
    "cello": (42, 48),
    "double bass": (43, 36),
    "tremolo": (44, 60),
    "pizzicato": (45, 55),
    "harp": (46, 60),
    "timpani": (47, 45),
    "trumpet": (56, 67),
    "trombone": (57, 53),
    "tuba": (58, 41),
    "brass": (61, 60),
    "oboe": (68, 72),
    "english horn": (69, 62),
    "bassoon": (70, 48),
    "clarinet": (71, 65),
    "piccolo": (72, 86),
    "flute": (73, 76),
}


@cache
def _synth() -> Sf2Synth:
    return Sf2Synth(bundled_soundfont())


@cache
def _both(program: int, key: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    notes = [(0.1, 1.2, key, 100)]
    theirs = play_elsewhere(bundled_soundfont().read_bytes(), notes, program, end_seconds=1.6)
    return play(_synth(), notes, program, end_seconds=1.6), theirs


def test_it_is_a_synth() -> None:
    synth: Synth = _synth()
    assert synth.render(Performance("p", "", ()), 100).shape == (100, 2)


@pytest.mark.parametrize("name", SCORED)
def test_pitch_as_in_another_engine(name: str) -> None:
    program, key = SCORED[name]
    ours, theirs = (sound[12_000:57_600] for sound in _both(program, key))
    nominal = 440 * 2 ** ((key - 69) / 12)
    partial = strongest_hz(theirs, 0.8 * nominal, 5 * nominal)
    found = strongest_hz(ours, 0.97 * partial, 1.03 * partial)
    assert 1200 * np.log2(found / partial) == pytest.approx(0, abs=3)


@pytest.mark.parametrize("name", SCORED)
def test_level_as_in_another_engine(name: str) -> None:
    ours, theirs = _both(*SCORED[name])
    difference = level_db(ours, 0.1, 1.3) - level_db(theirs, 0.1, 1.3) - MASTER_DB
    assert difference == pytest.approx(0, abs=1.6)


@pytest.mark.parametrize("name", SCORED)
def test_decay_as_in_another_engine(name: str) -> None:
    ours, theirs = _both(*SCORED[name])
    for start in (0.35, 0.6, 1.0):
        a = level_db(ours, start, start + 0.1) - level_db(ours, 0.15, 0.25)
        b = level_db(theirs, start, start + 0.1) - level_db(theirs, 0.15, 0.25)
        if b > -60:  # what lies below, the other engine drops
            assert a == pytest.approx(b, abs=2.0)
        else:
            assert a < -35


@pytest.mark.parametrize("name", SCORED)
def test_onset_within_a_block_of_another_engine(name: str) -> None:
    ours, theirs = _both(*SCORED[name])
    # the other engine starts notes at the next block of 64 samples
    assert -150 <= onset_samples(ours) - onset_samples(theirs) <= 64


@pytest.mark.parametrize(
    ("program", "drum", "key"), [(0, False, 60), (48, False, 64), (0, True, 38)]
)
def test_onsets_are_exact_to_the_sample(program: int, drum: bool, key: int) -> None:
    reference = _render([PlayedNote(0, 9600, program, drum, key, 90)], 48_000)
    for start in (1, 17, 63, 64, 4097):
        moved = _render([PlayedNote(start, 9600, program, drum, key, 90)], 48_000 + start)
        assert np.array_equal(moved[start:], reference)
        assert not moved[:start].any()


def _render(notes: list[PlayedNote], length: int) -> NDArray[np.float32]:
    return _synth().render(Performance("p", "", tuple(notes)), length)


def test_a_note_that_began_before_the_file_goes_on() -> None:
    whole = _render([PlayedNote(0, 30_000, 48, False, 60, 90)], 48_000)
    late = _render([PlayedNote(-10_000, 30_000, 48, False, 60, 90)], 38_000)
    assert np.allclose(late, whole[10_000:], atol=1e-6)


def test_the_same_performance_gives_the_same_samples() -> None:
    notes = [PlayedNote(i * 7_001, 9_000, 48 + i % 3, False, 50 + i, 70 + i) for i in range(9)]
    first = _render(notes, 96_000)
    again = Sf2Synth(bundled_soundfont()).render(Performance("p", "", tuple(notes)), 96_000)
    assert np.array_equal(first, again)


def test_notes_add_up() -> None:
    one, two = PlayedNote(0, 9_000, 0, False, 60, 90), PlayedNote(500, 9_000, 0, False, 64, 80)
    both = _render([one, two], 40_000)
    assert np.allclose(both, _render([one], 40_000) + _render([two], 40_000), atol=1e-6)


def test_gain_in_db_comes_on_top() -> None:
    plain = _render([PlayedNote(0, 9_000, 56, False, 67, 90)], 20_000)
    louder = _render([PlayedNote(0, 9_000, 56, False, 67, 90, gain_db=6.0)], 20_000)
    assert level_db(louder, 0, 0.3) - level_db(plain, 0, 0.3) == pytest.approx(6, abs=0.01)


def test_harder_is_louder_and_brighter() -> None:
    def brightness(velocity: int) -> tuple[float, float]:
        sound = _render([PlayedNote(0, 24_000, 0, False, 48, velocity)], 24_000)[:, 0]
        power = np.abs(np.fft.rfft(sound)) ** 2
        hz = np.fft.rfftfreq(len(sound), 1 / 48_000)
        return float(power.sum()), float((power * hz).sum() / power.sum())

    levels, centres = zip(*(brightness(v) for v in (30, 60, 90, 120)), strict=True)
    assert list(levels) == sorted(levels)
    assert list(centres) == sorted(centres)


def test_an_open_hi_hat_is_choked_by_a_closed_one(tmp_path: Path) -> None:
    tone = MadeSample(sine(1000, 2), (0, 480))
    zone = MadeZone({54: 1, 57: 1, 43: span(42, 46)}, 0)
    free = MadeZone({54: 1, 43: span(50, 50)}, 0)
    font = make_soundfont([tone], [[zone, free]], {(128, 0): [MadeZone({}, 0)]})

    def ringing(second_key: int) -> float:
        notes = [(0.0, 2.0, 46, 127), (0.5, 0.05, second_key, 127)]
        return level_db(play(synth_of(font, tmp_path), notes, drum=True), 0.7, 1.0)

    assert ringing(42) < -100
    assert ringing(50) > -20


def test_attack_is_measured_from_the_sound() -> None:
    synth = _synth()
    for program, key in ((48, 60), (52, 60), (60, 53), (0, 60), (45, 60)):
        sound = _render([PlayedNote(0, 72_000, program, False, key, 80)], 72_000)
        assert synth.attack_seconds(program, key, 80) == onset_samples(sound) / 48_000
    assert synth.attack_seconds(45, 60, 80) < 0.005  # pizzicato speaks at once
    assert synth.attack_seconds(49, 60, 80) > 0.015  # slow strings do not


def test_loudness_follows_gain() -> None:
    synth = _synth()
    difference = synth.loudness_db(0, 60, 127) - synth.loudness_db(0, 60, 100)
    assert 3 < difference < 8


def test_a_program_the_font_lacks_is_named(tmp_path: Path) -> None:
    font = make_soundfont(
        [MadeSample(sine(1000, 0.1), (0, 480))], [[MadeZone({}, 0)]], {(0, 0): [MadeZone({}, 0)]}
    )
    synth = synth_of(font, tmp_path)
    assert synth.has_program(0)
    assert not synth.has_program(5)
    with pytest.raises(MachineError, match="no program 5 in bank 0"):
        play(synth, [(0, 1, 60, 100)], program=5)
    with pytest.raises(MachineError, match="no program 0 in bank 128"):
        play(synth, [(0, 1, 60, 100)], drum=True)


def test_every_program_and_drum_sounds_and_stays_finite() -> None:
    for program in range(128):
        sound = _render([PlayedNote(0, 12_000, program, False, 60, 100)], 24_000)
        assert np.isfinite(sound).all()
        assert 1e-3 < np.abs(sound).max() < 2
    for key in range(35, 82):
        sound = _render([PlayedNote(0, 12_000, 0, True, key, 100)], 24_000)
        assert np.abs(sound).max() > 1e-3
