"""Spotting notes: cues in order, each with what was said of it."""

from __future__ import annotations

from dataclasses import replace

from tests.small_production import CLOCK, small_production

from scorestage.paperwork import spotting_notes
from scorestage.production import Brief, Note


def test_notes_of_the_talk_stand_with_the_cue_they_fall_into() -> None:
    notes = (
        Note("not so loud here", "director", "2026-11-01", "01:00:21:00"),
        Note("leave this dry", "", "2026-11-01", "01:02:00:00"),
        Note("no choir at all", "producer"),
    )
    brief = Brief(style=("noir",), avoid=("clarinet",), notes=notes, amount="sparse")
    table = spotting_notes(replace(small_production(), brief=brief), CLOCK)
    told = [row[6] for row in table.rows]
    assert told[0] == "producer: no choir at all"
    storm = next(row for row in table.rows if row[0] == "1m01")
    assert "director: not so loud here (01:00:21:00)" in storm[6] and "hits: " in storm[6]
    dry = next(row for row in table.rows if row[6] == "leave this dry")
    assert dry[2] == "01:02:00:00" and dry[0] == ""
    assert ("Avoid", "clarinet") in table.facts and ("Music", "sparse") in table.facts


def test_cues_stand_in_film_order_those_without_a_place_last_and_omitted_ones_not() -> None:
    rows = spotting_notes(small_production(), CLOCK).rows
    assert [row[0] for row in rows] == ["1m01", "1m02", "1m03"]
    assert rows[-1][2] == "no picture yet"
