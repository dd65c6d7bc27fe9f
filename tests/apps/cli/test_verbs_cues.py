"""`cue change` and `cue show` on the command line: what a cue asks of its scoring."""

from __future__ import annotations

import json
from pathlib import Path

from tests.small_project import cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of

RUN = CliRunner()


def said(root: Path, *words: str) -> str:
    done = RUN.invoke(app, ["--project", str(root), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def test_what_a_cue_asks_of_its_scoring_is_kept_and_taken_back(tmp_path: Path) -> None:
    root = tmp_path / "wick"
    cue = cue_in(small_project(root)).number
    asked = ("--groove", "swing", "--no-added-notes", "--not-everyone")
    told = json.loads(said(root, "cue", "change", cue, *asked, "--json"))
    assert (told["groove"], told["added_notes"], told["everyone"]) == ("swing", False, False)
    shown = said(root, "cue", "show", cue)
    assert "groove: swing" in shown and "without added notes" in shown
    said(root, "cue", "change", cue, "--title", "The Lamp")
    told = json.loads(said(root, "cue", "show", cue, "--json"))
    assert (told["groove"], told["added_notes"], told["everyone"]) == ("swing", False, False)
    asked = ("--groove", "auto", "--added-notes", "--everyone")
    told = json.loads(said(root, "cue", "change", cue, *asked, "--json"))
    assert (told["groove"], told["added_notes"], told["everyone"]) == ("auto", True, True)
    assert "scored" not in said(root, "cue", "show", cue)


def test_a_cue_may_use_fewer_players_than_the_production_has(tmp_path: Path) -> None:
    root = tmp_path / "wick"
    cue = cue_in(small_project(root), ensemble="studio-orchestra").number
    told = json.loads(said(root, "cue", "change", cue, "--players", "strings,hp,-db", "--json"))
    assert told["players"] == ["strings", "hp", "-db"]
    assert "played by: strings, hp, -db" in said(root, "cue", "show", cue)
    job = Job.open(root)
    ids = [player.id for player in ensemble_of(job, job.cue(cue)).players]
    assert ids == ["hp", "vn1", "vn2", "va", "vc"]
    told = json.loads(said(root, "cue", "change", cue, "--players", "", "--json"))
    assert told["players"] == []
