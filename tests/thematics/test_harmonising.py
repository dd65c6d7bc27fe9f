"""Chords for known tunes: what anybody would play at the piano."""

from __future__ import annotations

from fractions import Fraction

from tests.thematics.tunes import ODE_TO_JOY, SILENT_NIGHT, TWINKLE

from scorestage.music import Note
from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.thematics import harmonise
from scorestage.thematics.facts import chord_under
from scorestage.timebase import Meter


def _named(notes: tuple[Note, ...], tonic: str, meter: Meter, bars: int) -> list[str]:
    chords = harmonise(notes, Key(tonic), meter, bars)
    length = meter.length.quarters
    found = [chord_under(chords, bar * length) for bar in range(bars)]
    return [str(chord) for chord in found]


def test_silent_night() -> None:
    chords = _named(SILENT_NIGHT, "C", Meter(3, 4), 23)
    assert chords[:4] == ["C"] * 4
    assert chords[4] in {"G", "G7", "Dm"} and chords[5].startswith("G")
    assert chords[6:8] == ["C", "C"]
    assert chords[8] == "F" and chords[12] == "F"
    assert chords[17].startswith("G") and chords[-1] == "C"


def test_twinkle_begins_and_ends_at_home_with_a_cadence() -> None:
    chords = _named(TWINKLE, "C", Meter(4, 4), 12)
    assert chords[0] == chords[-1] == "C"
    assert chords[1] in {"F", "Am", "Dm"} or chords[1] == "C"


def test_what_a_bar_leans_on_is_in_its_chord() -> None:
    chords = harmonise(ODE_TO_JOY, Key("D"), Meter(4, 4), 8)
    weighty = [note for note in ODE_TO_JOY if note.onset.quarters % 4 == 0]
    inside = [
        chord is not None and in_chord(note.sounding[0], chord)
        for note in weighty
        if (chord := chord_under(chords, note.onset.quarters)) is not None
    ]
    assert Fraction(sum(inside), len(inside)) >= Fraction(3, 4)


def test_avoided_chords_are_replaced_where_others_fit() -> None:
    plain = harmonise(ODE_TO_JOY, Key("D"), Meter(4, 4), 8)
    other = harmonise(ODE_TO_JOY, Key("D"), Meter(4, 4), 8, avoid=plain)
    assert [str(chord) for chord in plain] != [str(chord) for chord in other]
    assert str(other[-1]) == "D"
