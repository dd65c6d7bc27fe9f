"""Artificial harmonics as files draw them, and what sounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.music import Note, Pitch
from scorestage.music.harmonics import CIRCLE, drawn_signs, touched_fourth
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
