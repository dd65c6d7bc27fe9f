"""`hit` and `cue` on the command line: every field said, shown and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.small_project import cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import ScorestageError

RUN = CliRunner()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A cue from 20 to 32 s; the film's first frame bears 01:00:00:00."""
    job = small_project(tmp_path / "wick")
    cue_in(job)
    return job.folder.root


def said(project: Path, *words: str) -> str:
    done = RUN.invoke(app, ["--project", str(project), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.output)


def hits(project: Path, *words: str) -> list[dict[str, Any]]:
    return list(json.loads(said(project, "hit", *words, "--json"))["hits"])


def test_a_hit_with_everything(project: Path) -> None:
    words = ("--kind", "stop", "--weight", "5", "--want", "strong", "--early", "20ms", "--lock")
    told = hits(project, "add", "1m01", "0:24", "door", *words, "--late", "2", "--aim", "-1")[0]
    assert (told["kind"], told["weight"], told["want"]) == ("stop", 5, "strong beat")
    assert (told["early_frames"], told["early_frames_exact"]) == (0.48, "12/25")
    assert (told["late_frames"], told["aim_frames"]) == (2.0, -1.0)
    assert told["locked"] and not told["streamer"] and told["status"] == "kept"
    table = said(project, "hit", "list", "1m01")
    assert "-0.48 +2" in table and "locked aim -1" in table and "strong beat" in table


def test_a_hit_moved_weighed_locked_dropped_and_kept(project: Path) -> None:
    hits(project, "add", "1m01", "01:00:24:00", "door")
    assert hits(project, "move", "1m01", "h1", "25")[0]["at_seconds"] == "25"
    assert hits(project, "move", "1m01", "h1", "--by=-12f")[0]["at_seconds"] == "49/2"
    assert hits(project, "weigh", "1m01", "h1", "1")[0]["weight"] == 1
    assert hits(project, "lock", "1m01", "h1")[0]["locked"]
    assert not hits(project, "unlock", "1m01", "h1")[0]["locked"]
    assert hits(project, "drop", "1m01", "h1")[0]["status"] == "dropped"
    assert hits(project, "keep", "1m01", "h1")[0]["status"] == "kept"
    changed = hits(project, "change", "1m01", "h1", "--want", "half_beat", "--streamer")[0]
    assert (changed["want"], changed["streamer"], changed["words"]) == ("half-beat", True, "door")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("hit", "move", "1m01", "h1"), "say where"),
        (("hit", "move", "1m01", "h1", "25", "--by", "1"), "say where"),
        (("hit", "move", "1m01", "h1", "40"), "outside the cue"),
        (("hit", "change", "1m01", "h1", "--early", "some"), "no number"),
        (("hit", "change", "1m01", "h1", "--early=-1"), "cannot be negative"),
        (("hit", "change", "1m01", "h1", "--want", "middle"), "none of"),
        (("hit", "lock", "1m01", "h9"), "no hit 'h9'"),
        (("cue", "move", "1m01"), "say where"),
        (("cue", "move", "1m01", "--by", "some"), "no moment"),
        (("cue", "merge", "1m01", "1m01"), "with itself"),
        (("cue", "restore", "1m01"), "not omitted"),
        (("cue", "tempo", "1m01", "--steady", "9"), "no span"),
        (("cue", "tempo", "1m01", "--bpm", "140:60"), "swap the two"),
    ],
)
def test_what_cannot_be_is_refused(project: Path, words: tuple[str, ...], told: str) -> None:
    hits(project, "add", "1m01", "24")
    before = {path: path.read_bytes() for path in project.rglob("*.toml")}
    with pytest.raises(ScorestageError, match=told):
        said(project, *words)
    assert before == {path: path.read_bytes() for path in project.rglob("*.toml")}


def test_a_cue_moves_merges_and_is_numbered(project: Path) -> None:
    said(project, "cue", "add", "40", "50", "--title", "Dawn")
    moved = json.loads(said(project, "cue", "move", "1m02", "--to", "36", "--json"))
    assert (moved["start_seconds"], moved["end_seconds"]) == ("36", "46")
    merged = json.loads(said(project, "cue", "merge", "1m01", "1m02", "--json"))
    assert (merged["number"], merged["end_seconds"]) == ("1m01", "46")
    assert "spotted" in said(project, "cue", "restore", "1m02")
    said(project, "cue", "change", "1m02", "--number", "1m09", "--timing", "free")
    assert said(project, "cue", "renumber") == "1m09 is now 1m02\n"
    assert "in order" in said(project, "cue", "renumber")


def test_wishes_for_the_tempo(project: Path) -> None:
    words = ("--bpm", "70:120", "--wish", "100", "--breath", "0.02", "--no-ramps", "--free-bars")
    said(project, "cue", "tempo", "1m01", *words, "--steady", "21-22", "--steady", "25-26")
    asked = json.loads(said(project, "cue", "tempo", "1m01", "--json"))["asked"]
    assert (asked["lowest_bpm"], asked["wish_bpm"], asked["breath_percent"]) == (70, 100, 2)
    assert (asked["ramps"], asked["fermatas"], asked["free_bars"]) == (False, False, True)
    assert [span["start_seconds"] for span in asked["steady"]] == ["21", "25"]
    assert "steps of 2 % at most" in said(project, "cue", "tempo", "1m01")
    said(project, "cue", "tempo", "1m01", "--anew")
    assert "steady" not in (project / "cues/cue001/cue.toml").read_text()
