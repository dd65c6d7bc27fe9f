"""Voices of a keyboard on the page: nothing sounds otherwise, no rest where none is needed."""

from __future__ import annotations

from dataclasses import replace

from tests.engraving.small_cue import FLUTE, note, player, staff

from scorestage.engraving.lines import written_line
from scorestage.engraving.onevoice import in_few_voices
from scorestage.music import Family, Instrument, Line, Slur, Staff, Voice
from scorestage.timebase import BarGrid, Meter

GRID = BarGrid.regular(3, Meter(4, 4))
HARP = Instrument("harp", "Harp", "Hp.", Family.KEYBOARD, None, None, staves=2)


def harp(upper: Staff) -> Line:
    return Line(player("Harp", HARP), (upper, Staff(())))


def two_voices() -> Staff:
    """Bar 1 in turn, bar 2 together, bar 3 in turn."""
    first = Voice((note("a", 0, 2, "C5"), note("b", 4, 4, "E5"), note("c", 8, 1, "F5")))
    second = Voice((note("d", 2, 2, "G4"), note("e", 6, 1, "C4"), note("f", 10, 2, "D4")))
    return replace(staff(), voices=(first, second))


def test_where_they_play_in_turn_they_are_one_voice() -> None:
    line = harp(two_voices())
    told = in_few_voices(line, GRID).staves[0]
    assert [[one.id for one in voice.notes] for voice in told.voices] == [
        ["a", "d", "b", "c", "f"],
        ["e"],
    ]
    assert told.notes == line.staves[0].notes


def test_a_note_held_over_the_barline_keeps_its_voice() -> None:
    held = replace(
        two_voices(), voices=(Voice((note("a", 0, 1, "C5"),)), Voice((note("b", 2, 4, "E4"),)))
    )
    assert in_few_voices(harp(held), GRID).staves[0] == held


def test_no_slur_leads_from_voice_to_voice() -> None:
    bowed = replace(two_voices(), slurs=(Slur("d", "e"), Slur("a", "b")))
    told = in_few_voices(harp(bowed), GRID).staves[0]
    assert [one.id for one in told.voices[1].notes] == ["d", "e"]


def test_players_who_share_a_staff_keep_their_voices() -> None:
    line = Line(player("Flute 1, 2", FLUTE), (two_voices(),))
    assert in_few_voices(line, GRID) is line


def test_lower_voices_rest_unseen_before_and_after_their_notes() -> None:
    line = harp(two_voices())
    shown = [
        [
            [event.hidden for event in voice.events if not event.is_note]
            for voice in written_line(line, GRID, concert=True, all_rests=kept)[0].bars[1].voices
        ]
        for kept in (True, False)
    ]
    assert shown == [[[], [False, False]], [[], [True, True]]]


def test_nothing_joins_a_voice_that_is_still_held_from_the_bar_before() -> None:
    upper = Voice((note("a", 2, 5, "C5"), note("b", 7, 1, "D5")))
    lower = Voice((note("c", 4, 3, "E4"),))
    line = harp(replace(staff(), voices=(upper, lower)))
    assert in_few_voices(line, GRID).staves[0] == line.staves[0]
    assert written_line(line, GRID, concert=True)
    alone = harp(replace(staff(), voices=(upper, Voice((note("c", "15/2", "1/4", "E4"),)))))
    assert written_line(alone, GRID, concert=True)


def test_a_short_note_is_not_put_under_a_head_that_ends_later() -> None:
    upper = Voice((note("a", 0, "11/2", "C5"), note("b", "11/2", "1/2", "E5")))
    lower = Voice((note("c", 0, 4, "F4"), note("d", 4, 1, "E4")))
    line = harp(replace(staff(), voices=(upper, lower)))
    assert written_line(line, GRID, concert=True)
