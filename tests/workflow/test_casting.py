"""`orchestrate --propose`: three line-ups from a small project, and one taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from typer.testing import CliRunner

from scorestage.adapters.catalogue import ensemble_text, load_ensemble, names
from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.timebase import FilmTime
from scorestage.workflow.casting import choose, cues_tried, lineup_answer, proposed, words_of
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme


def _composed(root: Path) -> Job:
    job = small_project(root)
    cue = cue_in(job, tone=("tender",))
    with pytest.raises(InputError, match="no cue has a sketch"):
        cues_tried(again(job), again(job).cues())
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    refresh(job, cue, COMPOSE)
    return again(job)


def test_three_are_offered_within_the_number_and_one_becomes_the_productions(
    tmp_path: Path,
) -> None:
    job = _composed(tmp_path / "wick")
    cues = cues_tried(job, job.cues())
    assert "tender" in words_of(job, cues)
    found = proposed(job, cues, 30)
    assert len(found) == 3 and all(one.ensemble.head_count <= 30 for one in found)
    answer = lineup_answer(1, found[0])
    costs = answer["costs"]
    assert isinstance(costs, dict) and costs["players"] == found[0].ensemble.head_count
    assert not (job.folder.cue_folder(cues[0].id) / SCORE).exists()
    made = next((one for one in found if one.ensemble is not one.source), found[0])
    job, path = choose(job, (), made)
    assert job.production.ensemble == made.ensemble.id
    assert (path is not None) is (made.ensemble is not made.source)
    assert ensemble_of(job, cues[0]) == made.ensemble
    _, again_there = choose(job, job.cues(), made)
    assert again_there == path


def test_a_persons_changed_ensemble_is_never_written_over(tmp_path: Path) -> None:
    job = _composed(tmp_path / "wick")
    found = proposed(job, cues_tried(job, job.cues()), 30)
    made = next(one for one in found if one.ensemble is not one.source)
    _, path = choose(job, (), made)
    assert path is not None
    path.write_text(path.read_text().replace('name = "', 'name = "My ', 1))
    with pytest.raises(InputError, match="says something else"):
        choose(job, (), made)


def test_every_ensemble_is_written_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "ensembles").mkdir()
    for name in names("ensembles"):
        whole = load_ensemble(name)
        (tmp_path / "ensembles" / f"{name}.toml").write_text(ensemble_text(whole), "utf-8")
        assert load_ensemble(name, tmp_path) == whole


def test_the_command_line_proposes_and_chooses(tmp_path: Path) -> None:
    root = tmp_path / "wick"
    _composed(root)
    run = CliRunner()
    asked = ["--project", str(root), "orchestrate", "--propose", "--players", "12"]
    told = run.invoke(app, asked)
    assert told.exit_code == 0, told.output
    assert "gains:" in told.stdout and "costs:" in told.stdout and "--choose" in told.stdout
    done = run.invoke(app, [*asked, "--choose", "3", "--json"])
    answer = json.loads(done.stdout)
    assert [one["number"] for one in answer["lineups"]] == [1, 2, 3]
    assert Job.open(root).production.ensemble == answer["chosen"]
    refused = run.invoke(app, ["--project", str(root), "orchestrate", "--choose", "1"])
    assert refused.exit_code != 0
