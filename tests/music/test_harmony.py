"""Chords by name and by numeral, against what any harmony book says."""

from __future__ import annotations

import pytest

from scorestage.errors import MusicError
from scorestage.music import ChordSymbol
from scorestage.music.harmony import (
    CHORD_INTERVALS,
    chord_tones,
    diatonic_quality,
    in_chord,
    moved_chord,
    pitch_under,
    recast_chord,
    roman,
)
from scorestage.music.key import Key
from scorestage.music.pitch import Interval, Pitch
from scorestage.timebase import Beat

AT = Beat(0)


@pytest.mark.parametrize(
    ("root", "quality", "names"),
    [
        ("C", "major", "C E G"),
        ("F#", "minor", "F# A C#"),
        ("Bb", "dominant", "Bb D F Ab"),
        ("B", "half-diminished", "B D F A"),
        ("Eb", "diminished-seventh", "Eb Gb Bbb Dbb"),
        ("A", "minor-ninth", "A C E G B"),
        ("D", "suspended-fourth", "D G A"),
    ],
)
def test_chords_are_spelled_in_thirds(root: str, quality: str, names: str) -> None:
    tones = chord_tones(ChordSymbol(AT, root, quality))
    assert " ".join(str(tone)[:-1] for tone in tones) == names


@pytest.mark.parametrize(
    ("numeral", "key", "symbol"),
    [
        ("V7", Key("Eb"), "Bb7"),
        ("ii", Key("A"), "Bm"),
        ("VI", Key("C", "minor"), "Ab"),
        ("bVI", Key("C", "minor"), "Ab"),
        ("bVII", Key("D"), "C"),
        ("iih7", Key("G", "minor"), "Am7b5"),
        ("V7>vi", Key("C"), "E7"),
        ("V/3", Key("F"), "C/E"),
        ("IV", Key("D", "lydian"), "G"),
        ("#iv", Key("C", "minor"), "F#m"),
        ("nVII", Key("C", "minor"), "B"),
        ("iio", Key("A", "minor"), "Bdim"),
    ],
)
def test_numerals_name_the_chords_of_the_book(numeral: str, key: Key, symbol: str) -> None:
    assert str(roman(numeral, key, AT)) == symbol


@pytest.mark.parametrize("numeral", ["H", "Vx", "", "V/7", "iv13"])
def test_what_is_no_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(MusicError):
        roman(numeral, Key("C"), AT)


def test_the_scale_gives_its_seven_triads() -> None:
    major = [diatonic_quality(Key("C"), step) for step in range(7)]
    assert major == ["major", "minor", "minor", "major", "major", "minor", "diminished"]
    assert diatonic_quality(Key("C"), 4, seventh=True) == "dominant"
    assert diatonic_quality(Key("C", "minor"), 1, seventh=True) == "half-diminished"


def test_every_quality_is_printed_and_known() -> None:
    for quality in CHORD_INTERVALS:
        tones = chord_tones(ChordSymbol(AT, "C", quality))
        assert all(in_chord(tone, ChordSymbol(AT, "C", quality)) for tone in tones)
        assert len({tone.key for tone in tones}) == len(tones)


def test_a_chord_moves_with_its_bass() -> None:
    moved = moved_chord(ChordSymbol(AT, "C", "major", "E"), Interval(2, 3))
    assert str(moved) == "Eb/G"


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("Am", "Ab"), ("Dm", "Ddim"), ("G7", "G7"), ("F", "Fm"), ("C", "Cm")],
)
def test_a_change_of_mode_changes_diatonic_chords_but_not_the_dominant(
    symbol: str, expected: str
) -> None:
    quality = "dominant" if "7" in symbol else "minor" if "m" in symbol else "major"
    chord = ChordSymbol(AT, symbol[0], quality)
    assert str(recast_chord(chord, Key("C"), Key("C", "minor"))) == expected


def test_a_step_bends_to_the_chord_under_it() -> None:
    dominant = roman("V", Key("A", "minor"), AT)
    assert pitch_under(Key("A", "minor"), 6, dominant) == Pitch.parse("G#5")
    assert pitch_under(Key("A", "minor"), 6, roman("VII", Key("A", "minor"), AT)).alter == 0
