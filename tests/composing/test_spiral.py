"""The spiral array, held against figures worked out by another library.

The numbers were computed with partitura 1.9.0's `tonal_tension` (its weights and its sums), after
its helix was given Chew's height of sqrt(2/15) a fifth (it multiplies by pi/2 where Chew divides).
"""

from __future__ import annotations

import pytest

from scorestage.composing.spiral import (
    centre,
    chord_strain,
    diameter,
    fifths_of,
    key_point,
    momentum,
    point_of,
    strain,
)
from scorestage.music import ChordSymbol, Pitch
from scorestage.music.key import Key
from scorestage.timebase import Beat


@pytest.mark.parametrize(
    ("key", "point"),
    [
        ("C major", (0.263615, 0.307253, 0.414493)),
        ("C minor", (0.358431, 0.228345, 0.104372)),
        ("D major", (-0.263615, -0.307253, 1.144789)),
        ("D minor", (-0.358431, -0.228345, 0.834669)),
        ("Eb major", (0.307253, -0.263615, -0.680952)),
        ("Eb minor", (0.228345, -0.358431, -0.991073)),
    ],
)
def test_keys_stand_where_another_library_puts_them(
    key: str, point: tuple[float, float, float]
) -> None:
    tonic, mode = key.split()
    assert key_point(Key(tonic, mode)) == pytest.approx(point, abs=1e-6)


@pytest.mark.parametrize(
    ("tones", "wide", "from_major", "from_minor"),
    [
        ((0, 1, 4), 1.788854, 0.414378, 0.668567),
        ((0, 1, 4, -2), 2.966479, 0.152448, 0.202367),
        ((0, -3, -6, -9), 3.577709, 2.097108, 1.798474),
        ((0, 1, 4, 6, 10, 7), 4.163332, 1.351589, 1.655145),
    ],
)
def test_clouds_measure_what_another_library_measures(
    tones: tuple[int, ...], wide: float, from_major: float, from_minor: float
) -> None:
    here = centre([(point_of(tone), 1.0) for tone in tones])
    assert diameter(tones) == pytest.approx(wide, abs=1e-6)
    assert strain(here, Key("C")) == pytest.approx(from_major, abs=1e-6)
    assert strain(here, Key("C", "minor")) == pytest.approx(from_minor, abs=1e-6)


def test_tones_are_known_by_their_spelling() -> None:
    assert fifths_of(Pitch.parse("G#4")) == 8
    assert fifths_of(Pitch.parse("Ab4")) == -4
    assert momentum(point_of(3), point_of(3)) == 0


def test_colours_strain_more_than_triads() -> None:
    key = Key("C", "minor")
    plain = chord_strain(ChordSymbol(Beat(0), "C", "minor"), key)
    assert plain < chord_strain(ChordSymbol(Beat(0), "C", "major-minor"), key)
    assert plain < chord_strain(ChordSymbol(Beat(0), "F#", "minor"), key)
