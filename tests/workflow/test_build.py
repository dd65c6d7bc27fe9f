"""From a film to everything, and again: only what an edit touches is made anew."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.small_film import small_film

from scorestage.adapters.formats.wav import read_wav
from scorestage.adapters.machines.film import read_sound
from scorestage.adapters.machines.pages import page_words
from scorestage.production import CueTiming, HitKind
from scorestage.timebase import FilmTime
from scorestage.workflow.build import KINDS, BuildOutcome, build_project
from scorestage.workflow.cues import add_cue, add_hit, change_cue, drop_hit
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, BuildOutcome]]:
    """A 15-second film with one cue for solo piano and two hits, built in this process."""
    room = tmp_path_factory.mktemp("build")
    film = small_film(room / "film.mp4")
    root = room / "project"
    job = new_project(root, Beginning(picture=film, ensemble="piano-solo", style="tender", seed=3))
    cue = add_cue(job, FilmTime(1), FilmTime(13), title="Opening")
    job = Job.open(root)
    add_hit(job, cue.number, FilmTime("15/2"), words="slam", kind=HitKind.ACCENT, weight=5)
    add_hit(Job.open(root), cue.number, FilmTime(11), words="green")
    yield root, build_project(root, workers=1)


def rebuilt(outcome: BuildOutcome) -> set[str]:
    return {result.product.kind for result in outcome.report.rebuilt}


def test_every_kind_that_is_built_can_be_asked_for(built: tuple[Path, BuildOutcome]) -> None:
    _, outcome = built
    without_songs = set(KINDS) - {"stop clock", "lead sheet", "piano-vocal", "playback"}
    assert {result.product.kind for result in outcome.report.results} == without_songs


def test_everything_named_is_there(built: tuple[Path, BuildOutcome]) -> None:
    root, outcome = built
    assert not outcome.report.failures
    manifest = json.loads((root / "build/manifest.json").read_text())
    kinds = {one["kind"] for one in manifest["products"]}
    assert kinds >= {
        *("score", "part", "sketch", "MusicXML", "MusicXML part", "MIDI", "click track"),
        *("mock-up", "stem", "stage film", "review film", "timing notes", "cue sheet", "report"),
    }
    for one in manifest["products"]:
        assert (root / "build" / one["path"]).stat().st_size > 0
        assert one["state"] == "rebuilt" and len(one["sha256"]) == 64


def test_the_report_holds_everything_and_points_nowhere_outside(
    built: tuple[Path, BuildOutcome],
) -> None:
    root, _ = built
    page = (root / "build/report.html").read_text(encoding="utf-8")
    assert "Opening" in page and "slam" in page and "data:audio/mp4" in page
    assert "data:image/png" in page and "data:image/jpeg" in page
    assert "http://" not in page and "https://" not in page
    for link in page.split('href="')[1:]:
        target = link.split('"')[0]
        assert target.startswith("#") or (root / "build" / target).exists(), target


def test_all_sound_of_a_cue_shares_start_and_length_and_stems_sum(
    built: tuple[Path, BuildOutcome],
) -> None:
    root, _ = built
    audio = root / "build/cues/1m01/audio"
    click, head = read_wav(next(audio.glob("*click*.wav")))
    mix, mix_head = read_wav(next(audio.glob("*mockup*.wav")))
    stems = [read_wav(path) for path in sorted(audio.glob("stems/*.wav"))]
    assert {head.length_samples, mix_head.length_samples} == {
        stem_head.length_samples for _, stem_head in stems
    }
    starts = {
        one.stamp.start_samples for one in (head, mix_head, *(h for _, h in stems)) if one.stamp
    }
    assert len(starts) == 1 and len(click) == len(mix)
    total = np.sum([sound for sound, _ in stems], axis=0)
    assert np.abs(total - mix).max() < 2**-22
    assert 0.05 < np.abs(mix).max() <= 10 ** (-3 / 20) + 1e-3


def test_the_second_build_keeps_everything(built: tuple[Path, BuildOutcome]) -> None:
    root, _ = built
    again = build_project(root, workers=1)
    assert rebuilt(again) == set()
    assert {str(one.state) for one in again.sources} == {"kept"}


def test_a_title_touches_paper_and_not_the_sound(built: tuple[Path, BuildOutcome]) -> None:
    root, _ = built
    change_cue(Job.open(root), "1m01", title="Morning")
    touched = rebuilt(build_project(root, workers=1))
    assert {"score and parts", "timing notes", "report", "cue sheet"} <= touched
    assert not touched & {"mock-up", "click track"}


def test_a_dropped_hit_keeps_the_map_and_changes_the_music(
    built: tuple[Path, BuildOutcome],
) -> None:
    root, _ = built
    job = Job.open(root)
    cue = job.cue("1m01")
    before = (job.folder.cue_folder(cue.id) / "map.toml").read_bytes()
    drop_hit(job, "1m01", cue.hits[1].id)
    touched = rebuilt(build_project(root, workers=1))
    assert "mock-up" in touched
    assert (job.folder.cue_folder(cue.id) / "map.toml").read_bytes() == before


def test_a_sketch_changed_by_hand_is_never_written_over(built: tuple[Path, BuildOutcome]) -> None:
    root, _ = built
    job = Job.open(root)
    cue = job.cue("1m01")
    sketch = job.folder.cue_folder(cue.id) / "sketch.musicxml"
    text = sketch.read_text(encoding="utf-8").replace("Sketch", "My sketch", 1)
    sketch.write_text(text, encoding="utf-8")
    change_cue(job, "1m01", tone=("grief",))
    outcome = build_project(root, workers=1)
    assert sketch.read_text(encoding="utf-8") == text
    states = {one.file: str(one.state) for one in outcome.sources}
    assert states["sketch.musicxml"] == "by hand"


def test_a_production_without_cues_or_picture_builds(tmp_path: Path) -> None:
    job = new_project(tmp_path / "empty", Beginning(title="Nothing yet"))
    outcome = build_project(job.folder.root, workers=1)
    assert not outcome.report.failures
    page = (job.folder.build / "report.html").read_text(encoding="utf-8")
    assert "no cues yet" in page


def test_a_cue_without_picture_or_length_builds(tmp_path: Path) -> None:
    job = new_project(tmp_path / "song", Beginning(ensemble="piano-solo", style="tender"))
    add_cue(job, None, None, title="Overture", length_seconds=None)
    outcome = build_project(job.folder.root, only=("mock-up", "MIDI"), workers=1)
    assert not outcome.report.failures
    assert list(job.folder.build.glob("cues/1m01/audio/*mockup*.wav"))


def test_a_cue_of_its_own_seed_is_reproducible(tmp_path: Path) -> None:
    sketches = []
    for name in ("one", "two"):
        job = new_project(tmp_path / name, Beginning(title="Same", seed=11, style="suspense"))
        add_cue(job, None, None, title="Same", length_seconds=FilmTime(9).seconds)
        build_project(job.folder.root, only=("click",), workers=1)
        folder = job.folder.cue_folder("cue001")
        sketches.append((folder / "sketch.musicxml").read_bytes())
    assert sketches[0] == sketches[1]
    other = replace(Job.open(tmp_path / "two").production, seed=12)
    Job.open(tmp_path / "two").save(other)
    build_project(tmp_path / "two", only=("click",), workers=1)
    assert (tmp_path / "two/cues/cue001/sketch.musicxml").read_bytes() != sketches[0]


def test_a_fault_in_one_cue_stops_only_that_cue(tmp_path: Path) -> None:
    job = new_project(tmp_path / "two", Beginning(ensemble="piano-solo", style="tender"))
    add_cue(job, None, None, title="Good", length_seconds=FilmTime(8).seconds)
    add_cue(Job.open(job.folder.root), None, None, title="Bad", length_seconds=FilmTime(8).seconds)
    bad = job.folder.cue_folder("cue002")
    (bad / "hits.toml").write_text('[[hit]]\nid = "h1"\nat = "99"\nlocked = true\n')
    outcome = build_project(job.folder.root, only=("click track",), workers=1)
    failed = [one for one in outcome.sources if one.exit_status]
    assert [one.cue for one in failed] == ["1m02"]
    assert failed[0].exit_status == 2
    assert list(job.folder.build.glob("cues/1m01/audio/*click*.wav"))


def test_a_cue_in_free_timing_has_its_own_papers(built: tuple[Path, BuildOutcome]) -> None:
    root, _ = built
    change_cue(Job.open(root), "1m01", timing=CueTiming.FREE)
    wanted = ("score and parts", "stage film", "stop clock")
    outcome = build_project(root, only=wanted, workers=1)
    assert not outcome.report.failures
    assert {"score and parts", "stage film", "stop clock"} <= rebuilt(outcome)
    (score,) = (root / "build/cues/1m01").glob("*_score.pdf")
    words = " ".join(page_words(score))
    assert " beats in :0" in words and "=" not in words
    (table,) = (root / "build/cues/1m01").glob("*_stop-clock.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["CLOCK"] == "0:00.0" and rows[0]["WHAT"].startswith("DOWNBEAT")
    assert "green streamer" in rows[0]["WHAT"] and rows[-1]["BAR"] == "end"
    (film,) = (root / "build/cues/1m01").glob("*_stage.mov")
    click = read_sound(film, 48_000, 1, track=0)[:, 0]
    loud = np.flatnonzero(np.abs(click) > 0.05)
    clicks = 1 + int((np.diff(loud) > 2400).sum())
    assert clicks == 8
