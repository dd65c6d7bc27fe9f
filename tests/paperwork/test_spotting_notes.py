"""Spotting notes: cues in order, each with what was said of it."""

from __future__ import annotations

from dataclasses import replace

from tests.small_production import CLOCK, small_production

from scorestage.paperwork import spotting_notes
from scorestage.production import Brief, Note, ReelClock, reels_at
from scorestage.timebase import FRAMES_24, FilmTime


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
    said = storm[6].split("\n")
    assert "director: not so loud here [2026-11-01] (01:00:21:00)" in said
    assert said[-1].startswith("hits: ")
    dry = next(row for row in table.rows if row[6] == "leave this dry [2026-11-01]")
    assert dry[2] == "01:02:00:00" and dry[0] == ""
    assert ("Avoid", "clarinet") in table.facts and ("Music", "sparse") in table.facts


def test_cues_stand_in_film_order_those_without_a_place_last_and_omitted_ones_not() -> None:
    rows = spotting_notes(small_production(), CLOCK).rows
    assert [row[0] for row in rows] == ["1m01", "1m02", "1m03"]
    assert rows[-1][2] == "no picture yet"


def test_the_brief_of_a_cue_stands_with_it_on_lines_of_its_own() -> None:
    production = small_production()
    storm = replace(
        production.cues[0], tone=("grief",), references=("Vertigo",), avoid=("brass", "choir")
    )
    brief = Brief(notes=(Note("colder", "Mia", "2031-05-04", "", storm.id),))
    told = replace(production, cues=(storm, *production.cues[1:]), brief=brief)
    row = next(row for row in spotting_notes(told, CLOCK).rows if row[0] == "1m01")
    lines = ["grief", "references: Vertigo", "avoid: brass, choir", "Mia: colder [2031-05-04]"]
    assert row[6].split("\n")[:4] == lines


def test_labels_are_those_of_the_reel() -> None:
    reels = reels_at((2400,), 4800, FRAMES_24)
    late = replace(small_production().cues[0], start=FilmTime(101), end=FilmTime(110), hits=())
    table = spotting_notes(replace(small_production(), cues=(late,)), ReelClock(CLOCK, reels))
    assert table.rows[0][2:4] == ("02:00:09:00", "02:00:18:00")
