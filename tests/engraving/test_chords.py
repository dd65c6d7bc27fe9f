"""Chord symbols for those who read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engraving.small_cue import DRUMS, PIANO, instrument, player, small_score

from scorestage.engraving.chords import chord_markup, chord_row_wanted
from scorestage.music import ChordSymbol, Family, Instrument, Interval, Line, Staff
from scorestage.timebase import Beat

GUITAR = instrument("Guitar", Family.RHYTHM)
KIT = replace(DRUMS, family=Family.RHYTHM)


@pytest.mark.parametrize(
    ("chord", "told"),
    [
        (ChordSymbol(Beat(0), "F#", "half-diminished"), '"F♯" "m7♭5" ""'),
        (ChordSymbol(Beat(0), "C", "major", "Eb"), '"C" "" "E♭"'),
        (ChordSymbol(Beat(0), "Bb", "dominant-ninth"), '"B♭" "9" ""'),
    ],
)
def test_chords_by_name(chord: ChordSymbol, told: str) -> None:
    assert chord_markup(chord) == rf"\markup \chord-name {told}"


def test_a_transposing_reader_gets_transposed_chords() -> None:
    told = chord_markup(ChordSymbol(Beat(0), "Bb", "major", "D"), Interval(1, 2))
    assert told == r'\markup \chord-name "C" "" "E"'


@pytest.mark.parametrize(
    ("held", "beside", "wanted"),
    [(GUITAR, PIANO, True), (PIANO, GUITAR, True), (PIANO, PIANO, False), (KIT, GUITAR, False)],
)
def test_the_rhythm_section_reads_them(held: Instrument, beside: Instrument, wanted: bool) -> None:
    lines = tuple(
        Line(player(f"{one.name} {number}", one), (Staff(()),))
        for number, one in enumerate((held, beside))
    )
    score = replace(small_score(), lines=lines)
    assert chord_row_wanted(lines[0], score) is wanted
    assert not chord_row_wanted(lines[0], replace(score, chords=()))
