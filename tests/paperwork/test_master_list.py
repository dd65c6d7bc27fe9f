"""The master cue list: every cue, placed or not."""

from __future__ import annotations

from dataclasses import replace

from tests.small_production import CLOCK, GONE, SONG, STORM, small_production

from scorestage.paperwork import master_cue_list
from scorestage.timebase import FilmClock


def test_every_cue_has_its_line() -> None:
    """Two of Storm's three hits are alive; Song has a length and no place."""
    rows = master_cue_list(small_production(), CLOCK).rows
    assert [row[0] for row in rows] == ["1m01", "1m02", "1m03", "1m04"]
    assert rows[0] == (
        *("1m01", "Storm", "01:00:20:00", "01:00:44:12", "0:24.50"),
        *("sneak", "button", "2", "proposed"),
    )
    assert rows[2][2:5] == ("no picture yet", "", "3:00.00")
    assert rows[3][-1] == "omitted"


def test_overlapping_music_covers_the_film_once() -> None:
    """20 to 44.5 and 40 to 70.5 s cover 50.5 of 200 s; all music lasts 24.5 + 30.5 + 180 s."""
    facts = dict(master_cue_list(small_production(), CLOCK).facts)
    assert facts["Music"] == "3:55.00 (25 % of the film)"


def test_a_cue_inside_another_adds_nothing_to_the_share() -> None:
    inner = replace(STORM, id="x", number="1m05", start=STORM.start, end=GONE.start, hits=())
    facts = dict(master_cue_list(small_production(cues=(inner, STORM)), CLOCK).facts)
    assert facts["Music"] == "1:24.50 (30 % of the film)"


def test_without_a_picture_there_is_no_share() -> None:
    production = small_production(picture="", cues=(replace(SONG, length_seconds=None),))
    table = master_cue_list(production, FilmClock(production.rate))
    assert table.rows[0][4] == "free" and dict(table.facts)["Music"] == "0:00.00"
