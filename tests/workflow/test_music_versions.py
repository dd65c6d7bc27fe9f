"""Which version a cue's music is: what was handed out keeps its number until it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import InputError
from scorestage.production import Cue
from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.music_versions import free_version, issued_folder, next_version


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue whose score and map are those that were issued as v1."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    home, out = job.folder.cue_folder(cue.id), issued_folder(job.folder, cue, "v1")
    (home / "score.musicxml").write_bytes(b"<score-partwise/>")
    out.mkdir(parents=True)
    for name in ("score.musicxml", "map.toml"):
        (out / name).write_bytes((home / name).read_bytes())
    return again(job)


def only(job: Job) -> Cue:
    return again(job).cues()[0]


def test_a_cue_that_slid_is_the_same_version_and_one_at_another_tempo_the_next(job: Job) -> None:
    assert only(job).version == "v1"
    write_map(job, only(job), map_of_bars(FilmTime(23)))
    assert only(job).version == "v1"
    slower = map_of_bars(FilmTime(23), bpm=100)
    write_map(job, only(job), slower)
    assert only(job).version == "v2"


def test_another_note_is_the_next_number_that_is_free(job: Job) -> None:
    cue = only(job)
    home = job.folder.cue_folder(cue.id)
    (home / "score.musicxml").write_bytes(b"<score-partwise><part/></score-partwise>")
    (home / "versions" / "v2").mkdir(parents=True)
    issued_folder(job.folder, cue, "v3").mkdir()
    assert only(job).version == "v4" == free_version(job.folder, cue)
    again(job).save_cue(replace(cue, version="v7"))
    assert only(job).version == "v7"


def test_a_map_that_cannot_be_read_tells_nothing(job: Job) -> None:
    (job.folder.cue_folder(only(job).id) / "map.toml").write_bytes(b"tempo = [")
    assert only(job).version == "v1"


def test_words_are_no_version() -> None:
    with pytest.raises(InputError, match="is no version"):
        next_version("final")
