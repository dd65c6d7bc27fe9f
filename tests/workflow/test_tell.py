"""Answers in JSON: exact text, the float beside it, nothing that JSON cannot hold."""

from __future__ import annotations

import json
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

from tests.small_production import HITS, STORM
from tests.small_project import small_project

from scorestage.production import Cue, Hit
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.tell import tell_cue, tell_hit, tell_moment


def test_moments_are_exact_and_readable() -> None:
    told = tell_moment("at", FilmTime("1001/24000"))
    assert told == {"at_seconds": "1001/24000", "at_seconds_float": 1001 / 24000}
    assert tell_moment("length", Fraction(3, 2))["length_seconds"] == "3/2"
    assert tell_moment("end", None) == {"end_seconds": None, "end_seconds_float": None}


def test_a_hit_is_told_whole(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    told = tell_hit(job, HITS[0])
    assert told["timecode"] == "01:00:21:12" and told["at_seconds"] == "43/2"
    assert {field.name for field in fields(Hit)} - {"at"} <= set(told)
    assert json.loads(json.dumps(told)) == told
    assert Fraction(told["late_frames"]) == HITS[0].late_frames


def test_a_cue_is_told_with_its_hits(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = Cue("c", "1m09", start=FilmTime(1), dialogue=(FilmRange(FilmTime(2), FilmTime("7/3")),))
    told = tell_cue(job, STORM)
    assert told["start_timecode"] == "01:00:20:00" and told["length_seconds"] == "49/2"
    assert [hit["id"] for hit in told["hits"]] == ["h1", "h3", "h2"]
    assert told["hits"][2]["status"] == "dropped"
    bare = tell_cue(job, cue)
    assert bare["end_timecode"] is None and bare["length_seconds"] is None
    assert bare["dialogue"] == [
        {
            "in_seconds": "2",
            "in_seconds_float": 2.0,
            "out_seconds": "7/3",
            "out_seconds_float": 7 / 3,
        }
    ]
    assert json.loads(json.dumps([told, bare])) == [told, bare]


def test_a_cue_tells_what_it_asks_of_its_maps(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    span = FilmRange(FilmTime(2), FilmTime("7/3"))
    cue = Cue("c", "1m09", bpm_wish=Fraction(84), ramps=False, steady=(span,), meters=("3/4",))
    told = tell_cue(job, cue)
    assert told["timing"] == "house"
    wishes = told["tempo"]
    assert (wishes["wish_bpm"], wishes["lowest_bpm"], wishes["ramps"]) == (84.0, None, False)
    assert wishes["meters"] == ["3/4"] and wishes["steady"][0]["end_seconds"] == "7/3"
    assert json.loads(json.dumps(told)) == told
