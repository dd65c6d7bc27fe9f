"""Spotting twice: what a person changed stays changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_film import small_film

from scorestage.production import CueStatus, HitStatus
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_cue, change_cue, drop_hit, omit_cue
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.spot import spot_film


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture
def job(tmp_path: Path, film: Path) -> Job:
    return new_project(tmp_path / "project", Beginning(picture=film))


def texts(job: Job) -> dict[str, str]:
    return {
        str(path.relative_to(job.folder.root)): path.read_text()
        for path in sorted(job.folder.root.glob("cues/*/*.toml"))
    }


def test_the_same_film_gives_the_same_proposal(job: Job) -> None:
    first = spot_film(job)
    assert first.proposed and first.coverage > 0
    cue = first.job.cues()[0]
    assert cue.number == "1m01" and cue.why and cue.start is not None and cue.end is not None
    before = texts(first.job)
    again = spot_film(first.job)
    assert texts(again.job) == before and not again.withdrawn


def test_a_changed_cue_and_a_dropped_hit_stay(job: Job) -> None:
    spotted = spot_film(job).job
    cue = spotted.cues()[0]
    change_cue(spotted, cue.number, title="Mine")
    if cue.hits:
        drop_hit(Job.open(job.folder.root), cue.number, cue.hits[0].id)
    before = texts(Job.open(job.folder.root))
    outcome = spot_film(Job.open(job.folder.root))
    assert cue.number in outcome.kept and texts(outcome.job) == before
    if cue.hits:
        assert outcome.job.cue(cue.number).hits[0].status is HitStatus.DROPPED


def test_a_cue_edited_in_its_file_is_a_persons(job: Job) -> None:
    spotted = spot_film(job).job
    path = spotted.folder.cue_folder(spotted.cues()[0].id) / "cue.toml"
    path.write_text(path.read_text() + "# keep this\n")
    outcome = spot_film(Job.open(job.folder.root))
    assert outcome.kept == (spotted.cues()[0].number,)
    assert path.read_text().endswith("# keep this\n")


def test_an_omitted_cue_does_not_come_back(job: Job) -> None:
    spotted = spot_film(job).job
    for cue in spotted.cues():
        omit_cue(Job.open(job.folder.root), cue.number)
    outcome = spot_film(Job.open(job.folder.root))
    assert not outcome.proposed
    assert {cue.status for cue in outcome.job.production.cues} == {CueStatus.OMITTED}


def test_none_means_none(job: Job) -> None:
    assert spot_film(job, "none").job.cues() == ()


def test_a_persons_cue_wins_over_a_proposal(job: Job) -> None:
    add_cue(job, FilmTime(0), FilmTime(15), title="All of it")
    outcome = spot_film(Job.open(job.folder.root))
    assert [cue.title for cue in outcome.job.cues()] == ["All of it"]
