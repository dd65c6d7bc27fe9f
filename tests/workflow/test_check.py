"""All that is wrong with a cue's map and the cue sheet, gravest first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_production import ADA
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.production import Credit
from scorestage.timebase import FilmTime
from scorestage.workflow.check import check_production
from scorestage.workflow.cues import add_hit, change_hit
from scorestage.workflow.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue from 20 to 32 s whose map fills it exactly: six bars of 4/4 at 120."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    paid = (Credit("ada", "C", Fraction(100)),)
    return again(job).save(replace(again(job).production, people=(ADA,), credits=paid))


def test_nothing_is_wrong_where_the_music_meets_the_picture(job: Job) -> None:
    add_hit(job, "1m01", FilmTime(24))
    assert check_production(again(job)) == []


def test_a_missed_hit_is_told_with_its_frames(job: Job) -> None:
    """24.1 s lie 2.4 frames behind the downbeat of bar 3, and 9.6 before the next eighth."""
    add_hit(job, "1m01", FilmTime("24.1"), words="door")
    add_hit(again(job), "1m01", FilmTime("26.1"), locked=True)
    wrong, doubtful = check_production(again(job))
    assert (wrong["severity"], doubtful["severity"]) == ("error", "warning")
    assert wrong["what"] == "the hit 'h2' is -2.40 frames off" and wrong["bar"] == "4"
    assert doubtful["what"] == "the hit 'door' is -2.40 frames off" and doubtful["bar"] == "3"
    assert wrong["cue"] == "1m01" and wrong["player"] == ""


def test_a_dropped_hit_is_no_fault(job: Job) -> None:
    add_hit(job, "1m01", FilmTime("24.1"))
    assert len(check_production(again(job))) == 1
    change_hit(again(job), "1m01", "h1", late_frames=Fraction(3), early_frames=Fraction(3))
    assert check_production(again(job)) == []


def test_a_map_that_stops_short_is_told(job: Job) -> None:
    """Five bars at 120 end 2 s before the cue does: 48 frames early; one frame is let pass."""
    cue = job.cue("1m01")
    write_map(job, cue, map_of_bars(FilmTime(20), bars=5))
    (found,) = check_production(again(job))
    assert found["what"] == "the last barline is -48.00 frames off the cue's end"
    write_map(job, cue, map_of_bars(FilmTime("481/24")))
    assert check_production(again(job)) == []


def test_the_cue_sheet_is_checked_with_the_whole_only(job: Job) -> None:
    job = job.save(replace(job.production, credits=()))
    (found,) = check_production(job)
    assert found["what"].startswith("cue sheet: no writer") and found["cue"] == ""
    assert check_production(job, ("1m01",)) == []


def test_a_cue_nobody_has_written_has_no_faults(job: Job) -> None:
    cue_in(job, 40, 50)
    assert check_production(again(job)) == []
