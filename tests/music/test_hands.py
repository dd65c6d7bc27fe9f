"""Dividing a keyboard part between two hands."""

from __future__ import annotations

from scorestage.music.hands import hands, needs_two
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.timebase import Beat, Beats


def chord(at: int, names: str) -> Note:
    return Note(f"n{at}", Beat(at), Beats(1), tuple(map(Pitch.parse, names.split())))


def names(notes: tuple[Note, ...]) -> list[str]:
    return [" ".join(map(str, note.pitches)) for note in notes]


def test_wide_chords_are_divided_at_their_gap() -> None:
    right, left = hands([chord(0, "C3 G3 E5 G5"), chord(1, "F2 F3 A4 C5 F5")])
    assert names(right) == ["E5 G5", "A4 C5 F5"]
    assert names(left) == ["C3 G3", "F2 F3"]


def test_single_notes_stay_with_the_hand_that_is_near() -> None:
    right, left = hands([chord(0, "C3"), chord(1, "E3"), chord(2, "C5"), chord(3, "G3")])
    assert (names(right), names(left)) == (["C5"], ["C3", "E3", "G3"])


def test_nothing_is_lost_and_narrow_parts_keep_one_staff() -> None:
    notes = [chord(at, f"C{2 + at % 4} E{3 + at % 3}") for at in range(12)]
    right, left = hands(notes)
    dealt = sorted(str(one) for note in (*right, *left) for one in note.pitches)
    assert dealt == sorted(str(one) for note in notes for one in note.pitches)
    assert needs_two(notes)
    assert not needs_two([chord(0, "C5 E5")])
