"""Pulls in a project and of files: everything moves in one step, and back."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.small_film import small_film
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.wav import BroadcastStamp, read_wav, write_wav
from scorestage.adapters.session import Marker, Session
from scorestage.adapters.store import ProjectFolder
from scorestage.errors import FormatError, InputError
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_25,
    BarGrid,
    FilmClock,
    FilmTime,
    Meter,
    Tempo,
    TempoMap,
)
from scorestage.timebase.pull import DOWN, UP, Pull
from scorestage.workflow.check import check_production
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.cues import add_cue, add_hit
from scorestage.workflow.exchange import bring, put
from scorestage.workflow.fit import FIT
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.pull import pull_cues, pull_to_picture, read_pull, tell_pull
from scorestage.workflow.pull_files import pull_file
from scorestage.workflow.rates import doubt_lines, project_doubts, tell_evidence
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.themes import ensure_theme

CLOCK = FilmClock(FRAMES_24)


def files_of(job: Job) -> dict[str, bytes]:
    return {
        path.relative_to(job.folder.root).as_posix(): path.read_bytes()
        for path in sorted((job.folder.root / "cues").rglob("*.toml"))
    }


def test_a_cue_its_hits_and_its_map_move_together_and_back(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    add_hit(again(job), cue.number, FilmTime(26), words="slam")
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    before = again(job).production
    told = tell_pull(pull_cues(again(job), (cue.number,), DOWN))
    moved = again(job)
    assert moved.cue(cue.number).start == FilmTime(Fraction(20 * 1001, 1000))
    assert moved.cue(cue.number).hits[0].at == FilmTime(Fraction(26 * 1001, 1000))
    tempo_map = moved.folder.map(cue.id, moved.clock)
    assert tempo_map is not None and tempo_map.end == FilmTime(Fraction(32 * 1001, 1000))
    assert told["cues"][0]["map"]["bpm"] == pytest.approx(119.880120, abs=1e-6)
    pull_cues(moved, (cue.number,), UP)
    assert again(job).production == before
    back = again(job).folder.map(cue.id, job.clock)
    assert back == map_of_bars(FilmTime(20))


def test_music_that_was_made_is_not_made_anew_by_a_pull(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    refresh(again(job), cue, FIT)
    pull_cues(again(job), (cue.number,), DOWN)
    assert refresh(again(job), again(job).cue(cue.number), FIT).state is SourceState.KEPT


def test_a_pull_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = small_project(tmp_path / "wick")
    for start in (20, 60):
        cue = cue_in(job, start, start + 12)
        write_map(again(job), cue, map_of_bars(FilmTime(start)))
    before = files_of(job)
    calls: list[int] = []
    real = ProjectFolder.map_text

    def failing(self: ProjectFolder, *args: object) -> str:
        calls.append(1)
        if len(calls) > 1:
            raise OSError("the disk is full")
        return real(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ProjectFolder, "map_text", failing)
    with pytest.raises(OSError, match="full"):
        pull_cues(again(job), (), DOWN)
    assert files_of(job) == before


def test_a_pull_to_a_picture_that_fails_leaves_no_picture_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = small_film(tmp_path / "cut24.mov", FRAMES_24, 240)
    pulled = small_film(tmp_path / "cut23.mov", FRAMES_23_976, 240)
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    cue = add_cue(job, FRAMES_24.time_of(24), FRAMES_24.time_of(216))
    write_map(again(job), cue, map_of_bars(FRAMES_24.time_of(24)))
    root = job.folder.root

    def all_files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in root.rglob("*.toml")}

    def failing(self: ProjectFolder, *args: object) -> str:
        raise OSError("the disk is full")

    before = all_files()
    monkeypatch.setattr(ProjectFolder, "map_text", failing)
    with pytest.raises(OSError, match="full"):
        pull_to_picture(again(job), pulled)
    assert all_files() == before
    assert again(job).production.rate == FRAMES_24


def test_the_tempo_marks_of_a_sketch_are_those_of_the_pulled_map(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    ensure_theme(again(job))
    for source in (FIT, COMPOSE):
        refresh(again(job), again(job).cue(cue.number), source)
    sketch = job.folder.cue_folder(cue.id) / "sketch.musicxml"
    before = sketch.read_bytes()
    pull_cues(again(job), (cue.number,), Pull(Fraction(9, 10)))
    moved = again(job)
    tempo_map = moved.folder.map(cue.id, moved.clock)
    assert tempo_map is not None
    marked = re.findall(rb"<per-minute>([0-9.]+)</per-minute>", sketch.read_bytes())
    was = re.findall(rb"<per-minute>([0-9.]+)</per-minute>", before)
    assert marked and float(marked[0]) == pytest.approx(float(was[0]) * 0.9, abs=0.6)
    assert refresh(moved, moved.cue(cue.number), COMPOSE).state is SourceState.KEPT
    pull_cues(moved, (cue.number,), Pull(Fraction(10, 9)))
    assert sketch.read_bytes() == before


def test_the_same_film_at_another_rate_takes_the_cues_with_it(tmp_path: Path) -> None:
    film = small_film(tmp_path / "cut24.mov", FRAMES_24, 240)
    pulled = small_film(tmp_path / "cut23.mov", FRAMES_23_976, 240)
    other = small_film(tmp_path / "other.mov", FRAMES_25, 200)
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    cue = add_cue(job, FRAMES_24.time_of(24), FRAMES_24.time_of(216))
    label = again(job).clock.label(FRAMES_24.time_of(24))
    with pytest.raises(InputError, match="another cut"):
        pull_to_picture(again(job), other)
    assert any(one.kind == "project" for one in _doubts_with(again(job), pulled)) is False
    pull_to_picture(again(job), pulled)
    moved = again(job)
    assert moved.production.rate == FRAMES_23_976
    start = moved.cue(cue.number).start
    assert start == FRAMES_23_976.time_of(24) and moved.clock.label(start) == label
    assert moved.cue(cue.number).written_to == moved.production.picture == "v2"
    assert project_doubts(moved) == ()


def _doubts_with(job: Job, film: Path) -> tuple[object, ...]:
    return tuple(one for one in project_doubts(job) if one.what == film.name)


def test_a_project_of_another_rate_than_its_film_is_told_by_check(tmp_path: Path) -> None:
    film = small_film(tmp_path / "cut.mov", FRAMES_23_976, 600)
    job = new_project(tmp_path / "wick", Beginning(picture=film))
    assert project_doubts(job) == ()
    add_cue(job, FilmTime(1), FilmTime(20))
    path = job.folder.root / "production.toml"
    path.write_text(path.read_text().replace('rate = "23.976"', 'rate = "25"'))
    faults = [one for one in check_production(again(job)) if "frame rate" in one["what"]]
    assert [one["severity"] for one in faults] == ["error", "error"]
    assert {one["cue"] for one in faults} == {"", "1m01"}
    assert "frames at the end" in faults[0]["what"]
    assert doubt_lines(project_doubts(again(job)))
    assert tell_evidence(film)["measured"] == "23.976"


def test_temp_sound_stamped_at_another_speed_is_told(tmp_path: Path) -> None:
    film = small_film(tmp_path / "cut.mov", FRAMES_24, 48)
    temp = tmp_path / "temp.wav"
    write_wav(temp, np.zeros((480, 1), np.float32), 48_000, stamp=BroadcastStamp(172_972_800))
    job = new_project(tmp_path / "wick", Beginning(picture=film, temp=(temp,)))
    (doubt,) = project_doubts(job)
    assert doubt.kind == "stamp" and round(float(doubt.cost_frames), 1) == 86.4


def test_sound_is_as_much_longer_and_lower_and_comes_back(tmp_path: Path) -> None:
    rate = 48_000
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(2 * rate) / rate)
    path = tmp_path / "take.wav"
    write_wav(path, tone.astype(np.float32), rate, stamp=BroadcastStamp(10 * rate))
    down = pull_file(path, DOWN, CLOCK).path
    sound, header = read_wav(down)
    assert len(sound) == round(2 * rate * 1.001) and header.rate_hz == rate
    assert header.stamp is not None and header.stamp.start_samples == 480_480
    spectrum = np.abs(np.fft.rfft(sound[:96_000, 0] * np.hanning(96_000)))
    assert np.argmax(spectrum) / 2 == pytest.approx(1000 / 1.001, abs=0.5)
    up, _ = read_wav(pull_file(down, UP, CLOCK, tmp_path / "back.wav").path)
    inner = slice(2000, -2000)
    assert np.abs(up[: len(tone), 0][inner] - tone[inner]).max() < 2e-3


def test_a_list_of_hits_moves_and_keeps_its_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "hits.csv"
    path.write_text("id,at,weight\na,24,5\nb,01:00:00:12,3\n")
    clock = FilmClock(FRAMES_24, 86400)
    found = pull_file(path, Pull.of_rates(FRAMES_24, FRAMES_25), clock).path
    assert found.read_text() == "id,at,weight\na,576/25,5\nb,12/25,3\n"


def test_a_map_keeps_its_labels_and_its_markers(tmp_path: Path) -> None:
    """Bar 1 at 01:00:10:00 of a film at 24; at 23.976 the same label comes 10.01 s in."""
    grid = BarGrid.regular(4, Meter(4, 4))
    steady = TempoMap.steady(FilmTime(10), Tempo(120), grid)
    clock = FilmClock(FRAMES_24, 86400)
    source = tmp_path / "cue.mid"
    marker, last = Marker(FilmTime(14), "door"), Marker(FilmTime(18), "out")
    put(Session("cue", clock, FilmTime(10), steady, (marker, last)), source, "")
    made = pull_file(source, DOWN, clock)
    slow = FilmClock(FRAMES_23_976, 86400)
    found = bring(made.path, slow).found
    assert found.tempo_map is not None and slow.label(found.tempo_map.start) == "01:00:10:00"
    assert abs(float(found.markers[0].at.seconds) - 14.014) < 1e-6
    assert "23.976" in made.remarks[0]
    back = bring(pull_file(made.path, UP, slow, tmp_path / "back.mid").path, clock).found
    assert back.tempo_map is not None and back.tempo_map.start == steady.start
    fast = pull_file(source, Pull.of_rates(FRAMES_24, FRAMES_25), clock, tmp_path / "25.rpp")
    told = bring(fast.path, FilmClock(FRAMES_25, 90000)).found.tempo_map
    assert told is not None and told.start == FilmTime("48/5") and len(told.grid.bars) == 4
    assert "01:00:00:00" in fast.remarks[0]


def test_files_that_cannot_be_pulled_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,weight\na,1\n")
    with pytest.raises(FormatError, match="no column"):
        pull_file(path, DOWN, CLOCK)
    with pytest.raises(InputError, match="over its own source"):
        pull_file(path, DOWN, CLOCK, path)
    with pytest.raises(InputError, match="no such file"):
        pull_file(tmp_path / "gone.wav", DOWN, CLOCK)


def test_options_that_contradict_each_other_are_refused() -> None:
    assert read_pull(True, False, "", "", "") == DOWN
    assert read_pull(False, False, "24", "25", "") == Pull("25/24")
    assert read_pull(False, False, "", "", "") is None
    for wrong in ((True, True, "", "", ""), (False, False, "24", "", "")):
        with pytest.raises(InputError):
            read_pull(*wrong)
