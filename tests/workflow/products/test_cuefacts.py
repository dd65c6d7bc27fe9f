"""What the files of a cue share: moments, people, time stamps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_production import ADA, EVA, HITS
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import InputError
from scorestage.production import Credit
from scorestage.timebase import FRAMES_29_97, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import (
    edition_of,
    facts_of,
    samples_since_midnight,
    writer_of,
)

RATE_HZ = 48_000
HALF = Fraction(50)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue from 20 s with a map of six bars at 120, and three people credited."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, title="Storm", hits=HITS)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    paid = (Credit("ada", "C", HALF), Credit("eva", "CA", HALF), Credit("bob", "AR", HALF))
    return again(job).save(replace(again(job).production, people=(ADA, EVA), credits=paid))


def test_the_timeline_by_hand(job: Job) -> None:
    """Eight clicks of half a second before 20 s, a second more, and six of ring-out after 32."""
    facts = facts_of(job, job.cues()[0])
    assert facts.house.warning_clicks == 8
    assert facts.timeline.first_click == FilmTime(16)
    assert facts.timeline.file.start == FilmTime(15)
    assert (facts.timeline.first_sound, facts.timeline.cut_off) == (FilmTime(20), FilmTime(32))
    assert facts.timeline.file.end == FilmTime(38)


def test_a_cue_without_a_map_says_what_to_do(job: Job) -> None:
    cue = cue_in(job, 40, 50)
    with pytest.raises(InputError, match=r"no tempo map yet \(say: scorestage fit 1m02\)"):
        facts_of(again(job), cue)


def test_the_edition_names_the_cue_and_its_people(job: Job) -> None:
    cue = job.cues()[0]
    edition = edition_of(job, cue, facts_of(job, cue).house)
    assert (edition.production, edition.cue_number, edition.title) == ("Wick", "1m01", "Storm")
    assert edition.composer == "Ada Lindqvist, Eva Brückner" and edition.orchestrator == "bob"
    assert edition.timecode_start_frames == 24 * 3600 and edition.clock_zero == FilmTime(20)
    assert [hit.id for hit in edition.hits] == ["h1", "h3"]  # the dropped one is not printed


def test_a_cues_own_people_come_first(job: Job) -> None:
    cue = replace(job.cues()[0], composer="eva", orchestrator="Zoe")
    assert writer_of(job, cue, "C") == "Eva Brückner"
    assert writer_of(job, replace(cue, composer="zoe"), "C") == "zoe"
    assert edition_of(job, cue, facts_of(job, cue).house).orchestrator == "Zoe"
    assert writer_of(job, cue, "E") == ""


def test_time_stamps_count_from_midnight(job: Job) -> None:
    """15 s into a picture that begins at one hour; half a sample rounds up."""
    assert samples_since_midnight(job, FilmTime(15), RATE_HZ) == 3615 * RATE_HZ
    assert samples_since_midnight(job, FilmTime("1/96000"), RATE_HZ) == 3600 * RATE_HZ + 1
    evening = FilmTime(-3601)
    assert samples_since_midnight(job, evening, RATE_HZ) == (24 * 3600 - 1) * RATE_HZ


def test_ntsc_labels_run_slower_than_the_clock(job: Job) -> None:
    """108000 frames at 29.97 last 3603.6 s: the label 01:00:00:00 is not one hour of samples."""
    picture = replace(job.picture(), rate=FRAMES_29_97, start_frames=108_000)
    slow = replace(job, production=replace(job.production, rate=FRAMES_29_97, pictures=(picture,)))
    assert samples_since_midnight(slow, FilmTime(0), RATE_HZ) == 3603.6 * RATE_HZ
