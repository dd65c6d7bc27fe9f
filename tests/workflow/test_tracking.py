"""`track`: earlier cues are found, one is fitted to the scene, and taken back again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in
from tests.written_project import written_project

from scorestage.adapters.store import is_by_hand, read_provenance
from scorestage.errors import InputError
from scorestage.production import Cue, Hit
from scorestage.tempofit.judge import land
from scorestage.timebase import FilmTime
from scorestage.workflow.build import SOURCES
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.compose_options import vary_bars
from scorestage.workflow.conform_apply import undo
from scorestage.workflow.earlier_cues import share_cue
from scorestage.workflow.form import pin
from scorestage.workflow.job import Job
from scorestage.workflow.sources import refresh
from scorestage.workflow.tracking import (
    candidates,
    fit_to,
    is_met,
    write_tracked,
)
from scorestage.workflow.tracking_answers import tell_candidates, tell_ways


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_project(tmp_path_factory.mktemp("tracking") / "wick")


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees, or fills, the library of whoever runs it."""
    folder = tmp_path / "library"
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(folder))
    return folder


@pytest.fixture
def project(written: Path, tmp_path: Path) -> Job:
    import shutil

    shutil.copytree(written, tmp_path / "wick")
    return Job.open(tmp_path / "wick")


def scene(job: Job, start: int = 60, end: int = 76) -> tuple[Job, Cue]:
    """A new cue, as long as the second, with one hit."""
    cue = cue_in(job, start, end, title="Sea again")
    hit = Hit("n1", FilmTime(start + 6), "cut to sea", weight=4)
    again(job).save_cue(replace(cue, hits=(hit,)))
    now = again(job)
    return now, now.cue(cue.id)


def test_the_cues_of_the_film_are_ranked_with_reasons(project: Job) -> None:
    job, cue = scene(project)
    found = candidates(job, cue)
    assert len(found) == 2
    assert found[0].serves.share >= found[1].serves.share
    told = tell_candidates(found)
    first = next(one for one in told if one["cue"] == job.production.cues[0].number)
    assert any("sea" in reason for reason in first["reasons"])


def test_one_is_fitted_written_and_taken_back(project: Job) -> None:
    job, cue = scene(project)
    found = candidates(job, cue)
    tracked = fit_to(job, cue, found[0])
    way = tracked.ways[0]
    assert way.tempo_map.time_at(way.tempo_map.grid.starts[0]) >= FilmTime(60)
    assert abs((way.tempo_map.end - FilmTime(76)).seconds) < 2
    assert tell_ways(tracked)[0]["hits"][0]["id"] == "n1"
    now = write_tracked(job, cue, tracked, 1, over=False)
    sketch = read_sketch(now, now.cue(cue.id))
    assert sketch.grid == way.tempo_map.grid
    folder = now.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    assert provenance.origins
    assert all(one.origin.startswith("tracked: Wick") for one in provenance.origins)
    assert is_by_hand(folder, SKETCH, provenance)
    content = (folder / SKETCH).read_bytes()
    for source in SOURCES:
        refresh(again(now), again(now).cue(cue.id), source)
    assert (folder / SKETCH).read_bytes() == content
    assert now.folder.map(cue.id, now.clock) == way.tempo_map


def test_undo_brings_back_every_byte(project: Job) -> None:
    job, cue = scene(project)
    texts = [path for path in job.folder.root.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in texts if ".lock" not in path.name}
    tracked = fit_to(job, cue, candidates(job, cue)[0])
    write_tracked(job, cue, tracked, 1, over=False)
    undo(Job.open(job.folder.root))
    assert all(path.read_bytes() == content for path, content in before.items())
    assert not (job.folder.cue_folder(cue.id) / SKETCH).exists()


def test_music_of_a_person_is_not_written_over_unless_said(project: Job) -> None:
    job = project
    cue = job.production.cues[1]
    path = job.folder.cue_folder(cue.id) / SKETCH
    path.write_bytes(
        path.read_bytes().replace(b"</score-partwise>", b"<!-- mine --></score-partwise>")
    )
    tracked = fit_to(job, cue, candidates(job, cue)[0])
    with pytest.raises(InputError, match="person"):
        write_tracked(job, cue, tracked, 1, over=False)
    write_tracked(job, cue, tracked, 1, over=True)


@pytest.mark.parametrize("way", ["varied", "pinned"])
def test_bars_of_a_person_are_not_written_over_unless_said(project: Job, way: str) -> None:
    job = project
    cue = job.production.cues[1]
    if way == "varied":
        vary_bars(job, cue, "2-3")
    else:
        pin(job, cue, ("2-3",))
    path = job.folder.cue_folder(cue.id) / SKETCH
    assert not is_by_hand(path.parent, SKETCH, read_provenance(path.parent))
    before = path.read_bytes()
    tracked = fit_to(job, cue, candidates(job, cue)[0])
    with pytest.raises(InputError, match="person"):
        write_tracked(job, cue, tracked, 1, over=False)
    assert path.read_bytes() == before
    write_tracked(job, cue, tracked, 1, over=True)


def test_a_hit_as_far_in_as_before_is_met_by_the_same_music(project: Job) -> None:
    """The scene is the first cue's own, moved: everything falls as it fell."""
    first = project.production.cues[0]
    cue = cue_in(project, 120, 144)
    hits = tuple(
        replace(one, id=f"n{n}", at=FilmTime(one.at.seconds + 100))
        for n, one in enumerate(first.live_hits)
    )
    again(project).save_cue(replace(again(project).cue(cue.id), hits=hits))
    job = again(project)
    cue = job.cue(cue.id)
    found = next(one for one in candidates(job, cue) if one.earlier.number == first.number)
    tracked = fit_to(job, cue, found)
    old = job.folder.map(first.id, job.clock)
    assert old is not None
    rate = job.production.rate
    as_it_was = sum(is_met(land(one, old, rate)) for one in first.live_hits)
    assert sum(is_met(one) for one in tracked.landed[0]) >= as_it_was > 0


def test_a_series_shares_its_cues(project: Job, tmp_path: Path) -> None:
    share_cue(project, project.production.cues[0].number)
    from tests.small_project import small_project

    other = small_project(tmp_path / "second")
    other = other.save(replace(other.production, title="Wick II"))
    job, cue = scene(other)
    (found,) = candidates(job, cue)
    assert found.earlier.film == "Wick" and found.earlier.scene.seconds is not None
    tracked = fit_to(job, cue, found)
    now = write_tracked(job, cue, tracked, 1, over=False)
    assert read_sketch(now, now.cue(cue.id)).strands
    empty = cue_in(now, 90, 99)
    with pytest.raises(InputError, match="no music to share"):
        share_cue(again(now), empty.number)


def test_a_broken_shared_cue_is_told(project: Job) -> None:
    path = share_cue(project, project.production.cues[0].number)
    path.write_text("{}")
    job, cue = scene(project)
    with pytest.raises(InputError, match="shared cue"):
        candidates(job, cue)


@pytest.mark.parametrize(
    "wrong",
    [
        {"file": "../../outside.txt"},
        {"file": "/etc/x"},
        {"words": 3},
        {"title": []},
        {"bpm": "1/0"},
    ],
)
def test_a_shared_cue_names_no_file_of_its_own(project: Job, wrong: dict[str, object]) -> None:
    path = share_cue(project, project.production.cues[0].number)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | wrong))
    job, cue = scene(project)
    with pytest.raises(InputError, match="shared cue"):
        candidates(job, cue)
