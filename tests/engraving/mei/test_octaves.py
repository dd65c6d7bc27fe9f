"""Octave lines as MEI tells them."""

from __future__ import annotations

from fractions import Fraction

from scorestage.engraving.mei.octaves import OctaveLine, drawn_lines, octave_lines, under_lines
from scorestage.engraving.stretches import one_by_one
from scorestage.music import Note, Pitch, Sign, Staff, StaffSign, Voice
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Beat, Beats, Meter


def _shift(at: Beat, kind: str, size: str = "8") -> StaffSign:
    shift = Sign("octave-shift", details=(("size", size), ("type", kind)))
    return StaffSign(at, Sign("direction", inner=(Sign("direction-type", inner=(shift,)),)))


def _staff(*signs: StaffSign) -> WrittenStaff:
    notes = tuple(Note(f"n{beat}", Beat(beat), Beats(1), (Pitch.parse("C6"),)) for beat in range(8))
    return write_out(Staff((Voice(notes),), signs=signs), BarGrid.regular(2, Meter(4, 4)))


def _octaves(staff: WrittenStaff) -> list[int]:
    return [
        head.pitch.octave
        for bar in staff.bars
        for event in bar.voices[0].events
        for head in event.pitches
        if isinstance(head.pitch, Pitch)
    ]


def test_notes_stand_lower_under_the_line_and_only_there() -> None:
    staff = _staff(_shift(Beat(2), "down"), _shift(Beat(6), "stop"))
    assert octave_lines(staff) == [OctaveLine((0, Fraction(2)), (1, Fraction(2)), 1)]
    assert _octaves(under_lines(staff)) == [6, 6, 5, 5, 5, 5, 6, 6]
    ((at, told),) = drawn_lines(staff, 3, one_by_one(2))
    assert at == 0
    assert 'dis="8"' in told and 'dis.place="above"' in told and 'staff="3"' in told
    assert 'tstamp="3"' in told and 'tstamp2="1m+2"' in told


def test_two_octaves_below_and_a_line_that_never_stops() -> None:
    staff = _staff(_shift(Beat(4), "up", "15"))
    assert _octaves(under_lines(staff)) == [6, 6, 6, 6, 8, 8, 8, 8]
    ((at, told),) = drawn_lines(staff, 1, one_by_one(2))
    assert (at, 'dis="15"' in told, 'dis.place="below"' in told) == (1, True, True)
    assert 'tstamp2="0m+4"' in told


def test_a_line_over_no_note_is_none() -> None:
    staff = _staff(_shift(Beat(3), "down"), _shift(Beat(3), "stop"))
    assert octave_lines(staff) == []
    assert under_lines(staff) is staff
