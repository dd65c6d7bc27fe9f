"""A staff's voices and signs, line by line."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.engraving.small_cue import note, staff

from scorestage.engraving.staves import (
    Frame,
    StaffSetting,
    clef_word,
    grace_rooms,
    sign_lines,
    staff_block,
    voice_lines,
)
from scorestage.engraving.stretches import Stretch, one_by_one
from scorestage.errors import CatalogueError, MusicError
from scorestage.music import Articulation, Pitch, Staff, Voice
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Beats, Meter

OBOE = StaffSetting({}, "Oboe 1")


def _written(held: Staff, bars: int = 2, pickup: int = 0) -> WrittenStaff:
    return write_out(held, BarGrid.of_meters((Meter(4, 4),) * bars, Beats(pickup)))


def _frame(written: WrittenStaff) -> Frame:
    return Frame(one_by_one(len(written.bars)), grace_rooms([written]))


def test_every_line_says_whose_bar_it_is() -> None:
    written = _written(staff(note("a", 0, 4, "C5")))
    assert voice_lines(written, 1, _frame(written), OBOE) == [
        r"\oneVoice c''1 | % bar 1, Oboe 1",
        "R1 | % bar 2, Oboe 1",
    ]


def test_two_voices_part_their_stems_and_go_back() -> None:
    upper = Voice((note("a", 0, 4, "E5"), note("b", 4, 4, "E5")))
    written = _written(Staff((upper, Voice((note("c", 0, 4, "C5"),)))))
    first = voice_lines(written, 1, _frame(written), OBOE)
    second = voice_lines(written, 2, _frame(written), OBOE)
    assert first[0].startswith(r"\voiceOne e''1") and first[1].startswith(r"\oneVoice e''1")
    assert second[0].startswith(r"\voiceTwo c''1") and second[1].startswith("s1 ")


def test_a_long_rest_is_one_rest() -> None:
    written = _written(Staff(()), 5)
    frame = Frame((Stretch(0, 4), Stretch(4)), {})
    assert voice_lines(written, 1, frame, OBOE) == [
        "R1*4 | % bar 1, Oboe 1",
        r"\oneVoice R1 | % bar 5, Oboe 1",
    ]
    assert sign_lines(written, frame, OBOE)[0] == r'\clef "treble" s1*4 | % bar 1, Oboe 1'


def test_an_empty_pickup_rests_in_values() -> None:
    written = _written(staff(note("a", 0, 4, "C5")), pickup=3)
    assert voice_lines(written, 1, _frame(written), OBOE)[0] == "r4 r2 | % bar 0, Oboe 1"


def test_graces_at_a_barline_make_room() -> None:
    written = _written(staff(note("a", 4, 4, "C5", grace=(Pitch.parse("B4"),) * 3)))
    assert grace_rooms([written]) == {1: Fraction(3, 4)}
    assert r"\grace { s1*3/16 }" in sign_lines(written, _frame(written), OBOE)[1]


def test_forced_notes_are_told_with_the_signs() -> None:
    written = _written(staff(note("a", 1, 1, "C5", articulations=(Articulation.SFORZATO,))))
    assert sign_lines(written, _frame(written), OBOE)[0].startswith(
        r'\clef "treble" s1*1/4 s1*3/4\sfz'
    )


def test_lyrics_stand_below_with_their_hyphens() -> None:
    sung = staff(note("a", 0, 2, "C5", lyric="A-"), note("b", 2, 2, "C5", lyric='"men"'))
    written = _written(sung)
    said = staff_block(written, _frame(written), OBOE).splitlines()[-1]
    assert said == r'\new Lyrics \lyricmode { "A"1*1/2 -- "\"men\""1*1/2 \skip 1 }'


@pytest.mark.parametrize(
    ("clef", "word"),
    [("G2", "treble"), ("F4_8", "bass_8"), ("C4", "tenor"), ("percussion", "percussion")],
)
def test_clefs_by_name(clef: str, word: str) -> None:
    assert clef_word(clef) == word


def test_clefs_that_do_not_exist_are_told() -> None:
    with pytest.raises(CatalogueError):
        clef_word("H2")
    with pytest.raises(MusicError, match="cannot be printed"):
        clef_word("G4")


def test_a_pitch_that_cannot_be_printed_is_told_with_bar_and_player() -> None:
    written = _written(staff(note("a", 0, 4, "C5")))
    bar = written.bars[0]
    event = bar.voices[0].events[0]
    head = replace(event.pitches[0], pitch=Pitch("C", Fraction(1, 3), 5))
    voice = replace(bar.voices[0], events=(replace(event, pitches=(head,)),))
    odd = WrittenStaff((replace(bar, voices=(voice,)), *written.bars[1:]))
    with pytest.raises(MusicError, match=r"Oboe 1, bar 1: there is no accidental"):
        voice_lines(odd, 1, _frame(odd), OBOE)
