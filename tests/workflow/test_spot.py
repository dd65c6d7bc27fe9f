"""Spotting twice: what a person changed stays changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from tests.small_film import small_film
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.store import BarPrints
from scorestage.adapters.store.form_file import FORM
from scorestage.music.barprints import BY_HAND
from scorestage.production import Cue, CueStatus, HitStatus, Layer, WayOut
from scorestage.spotting import SpottingProposal
from scorestage.timebase import FilmTime
from scorestage.workflow.compose import request_of
from scorestage.workflow.cues import add_cue, change_cue, drop_hit, omit_cue
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.sources import Written, keep
from scorestage.workflow.spot import is_persons, settle, spot_film
from scorestage.workflow.themes import ensure_theme
from scorestage.workflow.to_write import cues_to_write


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


def proposal_of(*cues: Cue) -> SpottingProposal:
    """A proposal of these cues, as far as settling reads it."""
    return cast(SpottingProposal, SimpleNamespace(cues=cues))


def proposed_cue(number: int, start: int, end: int, layer: Layer = Layer.SCORE) -> Cue:
    own = f"1ms{number:02}" if layer is Layer.SOURCE else f"1m{number:02}"
    return Cue(f"c{number:02}", own, start=FilmTime(start), end=FilmTime(end), layer=layer)


def test_a_proposed_segue_names_the_cue_as_it_is_called_in_the_project(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    mine = [cue_in(job, start, start + 8) for start in (100, 120)]
    first = replace(proposed_cue(1, 20, 32), way_out=WayOut.SEGUE, segue_to="c02")
    proposal = proposal_of(first, proposed_cue(2, 32, 47))
    job = settle(again(job), proposal).job
    one, two = (cue for cue in job.cues() if cue.id not in {own.id for own in mine})
    assert one.segue_to == two.id != "c02"
    for cue in (one, two):
        assert cue.start is not None
        write_map(job, cue, map_of_bars(cue.start, 6))
    job = ensure_theme(again(job))
    assert request_of(job, job.cue(one.id)).segue_to == two.number


def test_a_segue_to_a_cue_that_was_not_proposed_names_none(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    own = cue_in(job, 32, 47)
    first = replace(proposed_cue(1, 20, 32), way_out=WayOut.SEGUE, segue_to="c02")
    outcome = settle(again(job), proposal_of(first, proposed_cue(2, 33, 46)))
    assert outcome.job.cue(outcome.proposed[0]).segue_to == ""
    assert outcome.kept == (own.number,)


def test_music_of_the_scene_is_never_taken_for_the_score(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    first = settle(job, proposal_of(proposed_cue(1, 20, 40)))
    source = proposed_cue(1, 20, 40, Layer.SOURCE)
    outcome = settle(first.job, proposal_of(source))
    assert outcome.withdrawn == first.proposed
    assert outcome.proposed != first.proposed
    (heard,) = outcome.job.cues()
    assert heard.layer is Layer.SOURCE


def test_a_scene_with_music_beside_a_persons_cue_is_still_told(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job, 20, 40)
    sources = [proposed_cue(1, 38, 60, Layer.SOURCE), proposed_cue(2, 20, 39, Layer.SOURCE)]
    outcome = settle(again(job), proposal_of(*sources))
    (number,) = outcome.proposed
    assert outcome.job.cue(number).start == FilmTime(38)
    score = settle(again(job), proposal_of(proposed_cue(1, 38, 60)))
    assert score.proposed == ()


def test_nothing_is_written_for_music_of_the_scene_unless_it_is_named(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    score, source = proposed_cue(1, 20, 40), proposed_cue(2, 60, 80, Layer.SOURCE)
    outcome = settle(job, proposal_of(score, source))
    job, (one, two) = outcome.job, outcome.proposed
    cues, (told,) = cues_to_write(job)
    assert ([cue.number for cue in cues], told.cue) == ([one], two)
    assert two in told.remarks[0]
    assert [cue.number for cue in cues_to_write(job, (two,))[0]] == [two]
    sketch = job.folder.cue_folder(job.cue(two).id) / "sketch.musicxml"
    sketch.write_text("<score-partwise/>", encoding="utf-8")
    assert [cue.number for cue in cues_to_write(job)[0]] == [one, two]


def _section(job: Job, folder: Path) -> None:
    (folder / FORM).write_text('[[section]]\nbar = "1"\ntexture = "drone"\n', encoding="utf-8")


def _pins(job: Job, folder: Path) -> None:
    text = 'pinned = ["1"]\n'
    keep(folder, FORM, "form", "", Written(text.encode()))


def _bars(job: Job, folder: Path) -> None:
    prints = (BarPrints("sketch.musicxml", "melody", ("1234", BY_HAND)),)
    keep(folder, "sketch.musicxml", "compose", "", Written(b"<score-partwise/>", prints=prints))


@pytest.mark.parametrize("change", [_section, _pins, _bars])
def test_form_and_bars_of_a_person_make_a_cue_theirs(
    job: Job, change: Callable[[Job, Path], None]
) -> None:
    spotted = spot_film(job).job
    cue = spotted.cues()[0]
    folder = spotted.folder.cue_folder(cue.id)
    ours = Written(b"<score-partwise/>", prints=(BarPrints("sketch.musicxml", "melody", ("1",)),))
    keep(folder, "sketch.musicxml", "compose", "", ours)
    assert not is_persons(spotted, cue)
    change(spotted, folder)
    assert is_persons(spotted, cue)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    outcome = spot_film(Job.open(job.folder.root), "none")
    assert outcome.kept == (cue.number,) and not set(outcome.withdrawn) & {cue.number}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
