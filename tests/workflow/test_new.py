"""A project begins, and cuts arrive: measures taken from the film, nothing written in vain."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_film import small_film
from tests.small_project import again

from scorestage.errors import FilmError, InputError, ProjectError
from scorestage.production import PictureVersion, Reel
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, add_picture, new_project


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "the_lost-lamp.v3.mp4", frames=48)


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "longer.mp4", frames=60)


def version_of(job: Job) -> PictureVersion:
    version = job.production.current_picture
    assert version is not None
    return version


def test_a_film_is_measured(tmp_path: Path, film: Path) -> None:
    """48 frames at 24, 160 x 90, with sound, and the timecode of one hour."""
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    version = version_of(job)
    assert (version.rate, version.frames, version.end) == (FRAMES_24, 48, FilmTime(2))
    assert (version.width, version.height, version.has_sound) == (160, 90, True)
    assert version.start_frames == 86_400
    assert version.sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert job.film() == film.resolve() and version.id == "v1"
    assert job.production.reels == (Reel(1, 0, 47, 86_400),)
    assert job.production.title == "The lost lamp v3"
    assert again(job) == job


def test_everything_may_be_left_out(tmp_path: Path) -> None:
    job = new_project(tmp_path / "night-song", Beginning())
    assert job.production.title == "Night song" and job.production.rate == FRAMES_24
    assert job.production.current_picture is None and job.production.reels == ()


def test_what_is_said_is_written(tmp_path: Path) -> None:
    for name in ("script.fountain", "talk.srt", "temp.wav"):
        (tmp_path / name).write_text("x")
    beginning = Beginning(
        title="Wick",
        rate=FRAMES_29_97_DROP,
        script=tmp_path / "script.fountain",
        subtitles=tmp_path / "talk.srt",
        temp=(tmp_path / "temp.wav",),
        ensemble="jazz-combo",
        style="suspense",
        house="los-angeles",
        seed=9,
    )
    production = new_project(tmp_path / "wick", beginning).production
    assert (production.script, production.subtitles) == ("script/draft1.fountain", "../talk.srt")
    assert production.temp == ("../temp.wav",) and production.rate == FRAMES_29_97_DROP
    assert (production.ensemble, production.style, production.seed) == (
        *("jazz-combo", "suspense"),
        9,
    )


def test_nothing_is_written_before_everything_was_looked_at(tmp_path: Path, film: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film.read_bytes()[:900])
    cases = (
        (Beginning(picture=tmp_path / "missing.mp4"), FilmError),
        (Beginning(picture=broken), FilmError),
        (Beginning(picture=film, script=tmp_path / "missing.fountain"), InputError),
        (Beginning(picture=film, temp=(tmp_path / "missing.wav",)), InputError),
        (Beginning(picture=film, rate=FRAMES_25), InputError),
    )
    for beginning, fault in cases:
        with pytest.raises(fault):
            new_project(tmp_path / "wick", beginning)
        assert not (tmp_path / "wick").exists()


def test_a_project_is_not_made_twice(tmp_path: Path) -> None:
    new_project(tmp_path / "wick", Beginning(title="First"))
    with pytest.raises(ProjectError, match="there is a project already"):
        new_project(tmp_path / "wick", Beginning(title="Second"))
    assert Job.open(tmp_path / "wick").production.title == "First"


def test_a_new_cut_is_the_one_in_force(tmp_path: Path, film: Path, longer: Path) -> None:
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    job = add_picture(job, longer, "cut 4")
    assert (version_of(job).id, version_of(job).label, version_of(job).frames) == (
        "v2",
        "cut 4",
        60,
    )
    assert [version.id for version in job.production.pictures] == ["v1", "v2"]
    assert job.production.reels == (Reel(1, 0, 59, 86_400),)  # one reel is the whole film


def test_reels_a_person_has_laid_out_stay(tmp_path: Path, film: Path, longer: Path) -> None:
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    reels = (Reel(1, 0, 23, 86_400), Reel(2, 24, 47, 172_800))
    job = job.save(replace(job.production, reels=reels))
    assert add_picture(job, longer).production.reels == reels


def test_a_version_never_takes_the_place_of_another(
    tmp_path: Path, film: Path, longer: Path
) -> None:
    job = add_picture(new_project(tmp_path / "wick", Beginning(picture=film)), longer)
    (job.folder.root / "pictures" / "v1.toml").unlink()
    job = add_picture(again(job), film, "back again")
    assert {one.id: one.label for one in job.production.pictures} == {
        "v1": "back again",
        "v2": "longer",
    }


def test_a_cut_at_another_rate_is_refused(tmp_path: Path, film: Path) -> None:
    other = small_film(tmp_path / "pal.mp4", FRAMES_25, frames=25)
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    with pytest.raises(InputError, match=r"runs at 25, the project at 24: 1.0 frames"):
        add_picture(job, other)
    assert again(job) == job
    empty = new_project(tmp_path / "song", Beginning())
    assert add_picture(empty, other).production.rate == FRAMES_25
    assert version_of(again(empty)).end == FilmTime(Fraction(1))
