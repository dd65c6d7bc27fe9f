"""Aleatoric boxes on pages, by both engravers."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import note, small_edition

from scorestage.adapters.machines.verovio_pages import draw
from scorestage.adapters.machines.verovio_pages import lay_out as lay_out_mei
from scorestage.engraving import part_source
from scorestage.engraving.boxes import arrow_spans, with_boxes
from scorestage.engraving.mei import mei_part
from scorestage.engraving.mei.boxes import boxed_events
from scorestage.engraving.stretches import with_long_rests
from scorestage.music import (
    AleatoricBox,
    Family,
    Instrument,
    Line,
    Player,
    Score,
    Staff,
    Voice,
    with_box,
)
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Beat, FilmTime, Meter, Tempo, TempoMap

GRID = BarGrid.regular(5, Meter(4, 4))
MAP = TempoMap.steady(FilmTime(0), Tempo(60), GRID)
FLUTE = Instrument("flute", "Flute", "Fl.", Family.WOODWIND, None, None, clefs=("G2",))


def _staff(last: str = "n2", cut_off: int = 12) -> Staff:
    notes = (note("n0", 0, 1, "C5"), note("n1", 1, 1, "F#5"), note("n2", 2, 1, "Bb4"))
    told = Staff((Voice((*notes, note("n3", 16, 4, "D5"))),))
    return with_box(told, AleatoricBox("n0", last, Beat(cut_off)))


def _score(staff: Staff) -> Score:
    return Score(GRID, (Line(Player("fl", "Flute", "Fl.", (FLUTE,)), (staff,)),))


def _written(staff: Staff) -> WrittenStaff:
    return with_boxes([write_out(staff, GRID)], MAP)[0]


def test_rests_under_the_arrow_are_hidden_and_not_taken_together() -> None:
    written = _written(_staff())
    assert list(arrow_spans(written)) == [(Beat(3), Beat(12))]
    hidden = [[event.hidden for event in bar.voices[0].events] for bar in written.bars]
    assert hidden == [[False, False, False, True], [True], [True], [False], [False]]
    assert [one.count for one in with_long_rests([written], ())] == [1, 1, 1, 1, 1]


def test_the_seconds_are_those_of_the_map() -> None:
    (direction,) = _written(_staff()).bars[0].directions
    assert (direction.offset, direction.sign.text) == (3, "ca. 12″")  # type: ignore[union-attr]
    faster = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
    (bar, *_) = with_boxes([write_out(_staff(), GRID)], faster)[0].bars
    assert bar.directions[0].sign.text == "ca. 7.5″"  # type: ignore[union-attr]


def test_lilypond_is_told_box_and_arrow() -> None:
    text = part_source(_score(_staff()), MAP, small_edition(), "fl").text
    assert re.search(r"c''4\S*\\startGroup .*bes'!?4\S*\\stopGroup", text)
    assert text.count(r"\arrowToCutOff s") == 1
    alone = part_source(_score(_staff("n0")), MAP, small_edition(), "fl").text
    assert re.search(r"c''4\S*\\boxedAlone", alone)
    assert r"\startGroup" not in alone.partition("bookOutputName")[2]


def test_notes_of_a_box_say_so_in_mei() -> None:
    written = _written(_staff())
    assert boxed_events(written.bars[0].voices[0].events) == {0, 1, 2}
    assert boxed_events(written.bars[4].voices[0].events) == frozenset()
    mei = mei_part(_score(_staff()), "fl", MAP, small_edition()).mei
    assert mei.count('type="boxed"') == 3
    assert '<dir xml:id="arrow-1-0"' in mei and 'tstamp2="3m+1"' in mei


@pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed")
def test_verovio_pages_have_the_frame_and_the_arrow(tmp_path: Path) -> None:
    book = mei_part(_score(_staff()), "fl", MAP, small_edition())
    rooms = [tmp_path / name for name in ("drawn", "laid", "plain")]
    for room in rooms:
        room.mkdir()
    (drawing, *_), _ = draw(book, rooms[0])
    assert drawing.count("boxed") == 3
    boxed = lay_out_mei([book], rooms[1]).contents[0]
    plain = Staff(_staff().voices)
    bare = lay_out_mei([mei_part(_score(plain), "fl", MAP, small_edition())], rooms[2]).contents[0]
    assert boxed.startswith(b"%PDF") and boxed != bare
