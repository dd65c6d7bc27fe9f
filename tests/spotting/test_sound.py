"""The sound index: levels in true decibels, attacks in place, music told from noise."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.spotting.footage_kit import heard, seconds

from scorestage.spotting import SOUND_RATE_HZ, SoundIndex, SoundIndexBuilder
from scorestage.timebase import FilmTime


def _tone(hertz: float, length: float, level: float = 0.1) -> np.ndarray:
    return level * np.sin(2 * np.pi * hertz * np.arange(seconds(length)) / SOUND_RATE_HZ)


def test_levels_are_decibels_below_full_scale() -> None:
    index = heard(_tone(1000, 2))
    assert len(index) == 200
    assert index.level_db[20:180] == pytest.approx(20 * np.log10(0.1 / np.sqrt(2)), abs=0.1)
    assert index.low_db[20:180].max() < -45
    assert heard(_tone(60, 2)).low_db[20:180].min() > -26


def test_an_entry_is_ten_milliseconds() -> None:
    sound = np.zeros(seconds(3))
    sound[seconds(1.5) :] = _tone(500, 1.5)
    index = heard(sound)
    assert index.at(150) == FilmTime("3/2")
    assert index.hop_at(FilmTime(Fraction(1507, 1000))) == 150
    assert abs(int(index.attack_db.argmax()) - 150) <= 2
    assert index.level_db[:148].max() == pytest.approx(-90)
    assert index.level_db[152] > -30


def test_pieces_of_any_length_give_the_same() -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, seconds(7.3)).astype(np.float32)
    whole = heard(sound)
    builder = SoundIndexBuilder()
    cuts = np.sort(np.random.default_rng(2).integers(0, len(sound), 40))
    for piece in np.split(sound, cuts):
        builder.add(piece.reshape(-1, 1))
    pieces = builder.finish()
    for name, curve in whole.to_arrays().items():
        assert curve == pytest.approx(pieces.to_arrays()[name], abs=1e-4), name


def test_channels_are_averaged() -> None:
    builder = SoundIndexBuilder()
    left = _tone(700, 1).astype(np.float32)
    builder.add(np.stack((left, -left), axis=1))
    assert builder.finish().level_db.max() == pytest.approx(-90)


def test_held_chords_are_tonal_and_noise_is_not() -> None:
    chord = sum(_tone(hertz, 4, 0.05) for hertz in (220, 277.2, 329.6, 440, 659.3, 880))
    noise = np.random.default_rng(3).normal(0, 0.1, seconds(4))
    assert heard(chord).tonal[50:350].mean() > 0.6
    assert heard(noise).tonal[50:350].mean() < 0.23
    assert heard(np.zeros(seconds(1))).tonal.max() == 0


def test_what_is_kept_comes_back() -> None:
    index = heard(_tone(300, 1))
    again = SoundIndex.from_arrays(index.to_arrays())
    assert np.array_equal(index.level_db, again.level_db)


def test_no_sound_at_all() -> None:
    assert len(SoundIndexBuilder().finish()) == 0
