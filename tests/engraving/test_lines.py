"""Players who take up another instrument, and drums by name."""

from __future__ import annotations

import pytest
from tests.engraving.small_cue import CLARINET, DRUMS, FLUTE, PICCOLO, note, player, staff

from scorestage.adapters.catalogue import load_instrument
from scorestage.engraving.lines import holdings, set_up_lines, written_line
from scorestage.errors import MusicError
from scorestage.music import Line, Pitch
from scorestage.music.written import WrittenStaff
from scorestage.timebase import BarGrid, Beat, Meter

GRID = BarGrid.regular(4, Meter(4, 4))


def _line(*changes: tuple[int, str]) -> Line:
    held = staff(note("a", 0, 2, "C6"), note("b", 8, 2, "C6"), note("c", 10, 2, "C6"))
    told = tuple((Beat(at), name) for at, name in changes)
    return Line(player("Flute 2", FLUTE, PICCOLO, CLARINET), (held,), told)


def _heights(written: WrittenStaff) -> list[str]:
    events = [event for bar in written.bars for voice in bar.voices for event in voice.events]
    return [str(head.pitch) for event in events for head in event.pitches]


def _words(written: WrittenStaff) -> list[tuple[int, str]]:
    return [
        (bar.index, sign.sign.text)  # type: ignore[union-attr]
        for bar in written.bars
        for sign in bar.directions
    ]


def test_each_note_is_written_for_the_instrument_in_hand() -> None:
    line = _line((4, "piccolo"), (10, "clarinet"))
    concert = written_line(line, GRID, concert=True)[0]
    assert _heights(concert) == ["C6", "C5", "C6"]
    part = written_line(line, GRID, concert=False)[0]
    assert _heights(part) == ["C6", "C5", "D6"]


def test_a_change_is_announced_and_named() -> None:
    told = _words(written_line(_line((8, "piccolo")), GRID, concert=True)[0])
    assert told == [(0, "to Piccolo"), (2, "Piccolo")]


def test_drums_taken_up_are_named_by_their_strokes() -> None:
    held = staff(note("a", 0, 4, "C5"), note("b", 8, 1, "bass-drum"))
    line = Line(player("Percussion", FLUTE, DRUMS), (held,), ((Beat(8), "drums"),))
    assert _words(written_line(line, GRID, concert=True)[0]) == [
        (1, "to Drums"),
        (2, "Bass drum"),
    ]


def test_a_percussionist_s_set_up_names_things_not_percussion() -> None:
    percussion, glockenspiel = load_instrument("percussion"), load_instrument("glockenspiel")
    held = staff(
        note("a", 0, 1, "triangle"), note("b", 4, 1, "C6"), note("c", 12, 1, "triangle"),
        note("d", 14, 1, "tam-tam"),
    )  # fmt: skip
    changes = ((Beat(4), "glockenspiel"), (Beat(12), "percussion"))
    line = Line(player("Percussion 1", percussion, glockenspiel), (held,), changes)
    assert set_up_lines(line, GRID) == ("Set-up: Triangle, Glockenspiel (bar 2), Tam-tam",)
    told = [words for _, words in _words(written_line(line, GRID, concert=True)[0])]
    assert told == ["Triangle", "to Glockenspiel", "Glockenspiel", "to Triangle", "Tam-tam"]


def test_taking_up_what_is_already_in_hand_changes_nothing() -> None:
    assert len(holdings(_line((4, "flute")), GRID)) == 1


def test_an_instrument_the_player_does_not_have_is_told_with_its_bar() -> None:
    with pytest.raises(MusicError, match=r"Flute 2, bar 2: takes up 'tuba'.*has: flute, piccolo"):
        written_line(_line((4, "tuba")), GRID, concert=True)


def test_drums_are_named_where_first_struck_and_again_after_long() -> None:
    grid = BarGrid.regular(10, Meter(4, 4))
    struck = staff(
        note("a", 0, 1, "bass-drum"),
        note("b", 1, 1, "cymbal", "bass-drum"),
        note("c", 4, 1, "bass-drum"),
        note("d", 36, 1, "bass-drum"),
    )
    written = written_line(Line(player("Percussion", DRUMS), (struck,)), grid, concert=True)[0]
    assert _words(written) == [(0, "Bass drum"), (0, "Cymbal"), (9, "Bass drum")]


def test_piccolo_keeps_its_octave_in_the_c_score() -> None:
    line = Line(player("Piccolo", PICCOLO), (staff(note("a", 0, 4, "C7")),))
    written = written_line(line, GRID, concert=True)[0]
    assert _heights(written) == [str(Pitch.parse("C6"))]
