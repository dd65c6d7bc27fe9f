"""Artificial harmonics as files draw them, and what sounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.music import Family, Instrument, Note, Pitch
from scorestage.music.harmonics import CIRCLE, drawn_signs, natural_harmonic, touched_fourth
from scorestage.music.notation import NoteSign, Sign
from scorestage.timebase import Beat, Beats

DIAMOND = NoteSign(Sign("notehead", "diamond"), 1)
TOLD = NoteSign(Sign("technical", inner=(Sign("harmonic", inner=(Sign("artificial"),)),)))


def chord(names: str, *signs: NoteSign) -> Note:
    pitches = tuple(Pitch.parse(one) for one in names.split())
    return Note("n", Beat(0), Beats(Fraction(4)), pitches, signs=signs)


@pytest.mark.parametrize(
    ("names", "partial"),
    [("E5 A5", 4), ("A4 C#5", 5), ("A4 C5", 6), ("A4 E5", 3), ("A4 F#5", 5), ("A4 A5", 2)],
)
def test_the_tone_is_a_partial_of_the_stopped_string(names: str, partial: int) -> None:
    note = chord(names, DIAMOND, TOLD)
    (harmonic,) = note.harmonics
    ratio = 2 ** ((harmonic.sounding.midi - harmonic.stopped.midi) / 12)
    assert abs(ratio - partial) < 0.04
    touched = 2 ** ((harmonic.touched.midi - harmonic.stopped.midi) / 12)
    node = partial - partial / touched  # from the stop, a whole number of loops of the string
    assert abs(node - round(node)) < 0.05  # thirds are tempered
    assert note.sounding == (harmonic.sounding,) and len(note.pitches) == 2


def test_a_diamond_alone_tells_a_fourth_and_nothing_else() -> None:
    assert [str(one) for one in chord("E5 A5", DIAMOND).sounding] == ["E7"]
    assert [str(one) for one in chord("E5 G5", DIAMOND).sounding] == ["E5", "G5"]
    assert [str(one) for one in chord("E5 A5").sounding] == ["E5", "A5"]


def test_the_head_that_touches_may_be_told_instead_of_drawn() -> None:
    inner = (Sign("harmonic", inner=(Sign("artificial"), Sign("touching-pitch"))),)
    touching = NoteSign(Sign("technical", inner=inner), 0)
    assert [str(one) for one in chord("A5 E5", touching).sounding] == ["E7"]


def test_a_plain_note_beside_it_stays() -> None:
    assert [str(one) for one in chord("E5 A5 G3", DIAMOND).sounding] == ["G3", "E7"]


def test_what_is_drawn_for_a_tone_sounds_as_that_tone() -> None:
    tones = (Pitch.parse("B6"), Pitch.parse("F#7"))
    heads = tuple(head for tone in tones for head in touched_fourth(tone))
    note = Note("n", Beat(0), Beats(1), heads, signs=drawn_signs((CIRCLE,), 2))
    assert note.sounding == tones and CIRCLE not in note.signs


VIOLIN = tuple(Pitch.parse(one) for one in ("G3", "D4", "A4", "E5"))
ALONE = NoteSign(Sign("notehead", "diamond"))


@pytest.mark.parametrize(
    ("touched", "string", "partial"),
    [("C4", "G3", 4), ("D4", "G3", 3), ("B3", "G3", 5), ("A5", "E5", 4), ("B5", "E5", 3)],
)
def test_a_lone_diamond_sounds_as_a_partial_of_the_open_string(
    touched: str, string: str, partial: int
) -> None:
    found = natural_harmonic(Pitch.parse(touched), [ALONE], VIOLIN)
    assert found is not None
    ratio = 2 ** ((found.midi - Pitch.parse(string).midi) / 12)
    assert abs(ratio - partial) < 0.04


def test_the_string_that_is_told_is_touched_and_what_sounds_is_left_alone() -> None:
    sul_g = NoteSign(Sign("technical", inner=(Sign("string", "4"),)))
    assert str(natural_harmonic(Pitch.parse("G4"), [ALONE, sul_g], VIOLIN)) == "G4"
    sounding = Sign("harmonic", inner=(Sign("natural"), Sign("sounding-pitch")))
    circle = NoteSign(Sign("technical", inner=(sounding,)))
    assert natural_harmonic(Pitch.parse("D4"), [ALONE, circle], VIOLIN) is None
    assert natural_harmonic(Pitch.parse("D4"), [], VIOLIN) is None
    assert natural_harmonic(Pitch.parse("G#3"), [ALONE], VIOLIN) is None


def test_only_who_has_open_strings_plays_it_so() -> None:
    note = chord("D4", ALONE)
    strings = Instrument("v", "V", "V.", Family.STRINGS, None, None, open_strings=VIOLIN)
    piano = Instrument("p", "P", "P.", Family.KEYBOARD, None, None)
    assert [str(one) for one in strings.tones_of(note)] == ["D5"]
    assert piano.tones_of(note) == note.pitches
