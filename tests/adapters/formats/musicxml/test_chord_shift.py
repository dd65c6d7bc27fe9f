"""Chord symbols over transposing parts sound as the player's notes do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engraving.small_cue import CLARINET, note, player, staff

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.formats.musicxml.chord_shift import moved_chord
from scorestage.music import ChordSymbol, Interval, Line, Score
from scorestage.timebase import BarGrid, Beat, Meter

CHORDS = (
    ChordSymbol(Beat(0), "Bb", "major"),
    ChordSymbol(Beat(2), "F#", "half-diminished"),
    ChordSymbol(Beat(4), "Eb", "minor-seventh", "Db"),
    ChordSymbol(Beat(6), "B", "dominant"),
)


def lead_sheet() -> Score:
    line = Line(player("Clarinet 1", CLARINET), (staff(note("a", 0, 8, "C5")),))
    return replace(Score(BarGrid.regular(2, Meter(4, 4)), (line,)), chords=CHORDS)


def test_a_transposed_file_names_chords_as_read_and_comes_back_the_same() -> None:
    parts = write_score(lead_sheet(), concert=False)
    assert b"<root-step>C</root-step></root>" in parts
    assert read_score(parts).score.chords == CHORDS
    concert = write_score(lead_sheet())
    assert b"<root-step>B</root-step><root-alter>-1</root-alter>" in concert
    assert read_score(concert).score.chords == CHORDS


@pytest.mark.parametrize(
    "shift", [Interval(1, 2), Interval(4, 7), Interval(5, 9), Interval(-2, -3)]
)
def test_there_and_back_is_the_same_chord(shift: Interval) -> None:
    back = Interval(-shift.steps, -shift.semitones)
    for chord in CHORDS:
        assert moved_chord(moved_chord(chord, shift), back).root == chord.root


def test_octaves_change_nothing() -> None:
    assert moved_chord(CHORDS[2], Interval(-7, -12)) == CHORDS[2]
