"""The stage film of a cue as it is wished: with a click or free, seen and heard in the film."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.judging.streamer_eyes import watch
from tests.small_film import small_film
from tests.small_project import again, map_of_bars, write_map
from typer.testing import CliRunner

from scorestage.adapters.machines.film import probe, read_sound
from scorestage.apps.cli.main import app
from scorestage.production import CueTiming, Hit
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_cue, change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.stage_wish import StageWish
from scorestage.workflow.staging import stage_film_of, tell_cue_film

HIT = Hit("slam", FilmTime("7.5"), "slam", streamer=True)


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    room = tmp_path_factory.mktemp("staging")
    film = small_film(room / "film.mp4")
    beginning = Beginning(picture=film, ensemble="piano-solo", style="tender")
    job = new_project(room / "project", beginning)
    cue = add_cue(job, FilmTime(5), FilmTime(13), title="Storm", hits=(HIT,))
    write_map(again(job), cue, map_of_bars(FilmTime("5.5"), bars=3))
    return again(job)


def _clicks(path: Path) -> int:
    heard = read_sound(path, 48_000, 1, track=0)[:, 0]
    loud = np.flatnonzero(np.abs(heard) > 0.05)
    return 1 + int((np.diff(loud) > 2400).sum())


def _run(job: Job, *words: str) -> str:
    done = CliRunner().invoke(
        app, ["--project", str(job.folder.root), "streamers", *words], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_film_as_wished_from_the_command_line(job: Job, tmp_path: Path) -> None:
    out = tmp_path / "free.mp4"
    words = ("1m01", "--free", "--flutters", "bars", "--punches", "3", "-o", str(out), "--json")
    answer = json.loads(_run(job, *words))
    assert (answer["cue"], answer["timing"], answer["film"]) == ("1m01", "free", str(out))
    seen, first = watch(out), answer["first_frame"]
    assert len(seen.pictures) == answer["frames"] == answer["frames_written"]
    for one in answer["streamers"]:
        if one["colour"] != "white" or one["id"] == "slam":
            assert one["hits_frame"] - first in seen.arrivals(one["colour"]), one["id"]
    flutters = [frame - first for one in answer["flutters"] for frame in one["frames"]]
    assert [one["marks"] for one in answer["flutters"]] == ["bar 3"]
    assert set(flutters) < set(seen.flashes["white"])
    assert _clicks(out) == 8
    assert probe(out).track_titles == ("Click", "Production sound")


def test_the_flutter_of_bar_two_gives_way_to_the_slam_and_is_told(job: Job) -> None:
    film = stage_film_of(job, job.cues()[0], StageWish(free=True, flutters="bars"))
    slam = next(one for one in film.plan.streamers if one.id == "slam")
    assert slam.hit_frame == 180  # the beat of bar 2
    assert [one.marks for one in film.plan.flutters] == ["bar 3"]


def test_cue_and_house_decide_where_nothing_is_wished(job: Job) -> None:
    cue = job.cues()[0]
    assert tell_cue_film(job, cue, stage_film_of(job, cue), StageWish())["timing"] == "click"
    assert len(stage_film_of(job, cue).strokes) > 8
    change_cue(job, "1m01", timing=CueTiming.FREE)
    free = again(job)
    film = stage_film_of(free, free.cues()[0])
    assert len(film.strokes) == 8 and all(stroke.warning for stroke in film.strokes)
    assert film.clock.readings(132).stop_clock == "0:00.0"
    change_cue(free, "1m01", timing=CueTiming.HOUSE)


def test_with_a_click_the_clock_is_that_of_the_timing_notes(job: Job) -> None:
    film = stage_film_of(again(job), again(job).cues()[0])
    assert film.clock.readings(120).stop_clock == "0:00.0"
    assert film.clock.readings(132).stop_clock == "0:00.5"


def test_plans_of_all_cues_without_a_film(job: Job) -> None:
    told = json.loads(_run(job, "--plan-only", "--json", "--length", "3 1/3"))
    assert [one["length"] for one in told["streamers"]] == ["3 1/3 s"] * 4
    assert "slam" in _run(job, "1m01", "--plan-only")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("1m01", "--free"), "add -o FILM"),
        (("1m09", "--plan-only"), "no cue '1m09'"),
        (("--hits", "hits.csv"), "add --picture FILM"),
        (("1m01", "--picture", "film.mp4"), "cues belong to a project"),
        (("--picture", "film.mp4"), "where shall the film go"),
        (("1m01", "--punches", "4", "--plan-only"), "3, 5 or 7"),
    ],
)
def test_what_does_not_go_together_is_refused(job: Job, words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(app, ["--project", str(job.folder.root), "streamers", *words])
    assert told in str(done.exception)
