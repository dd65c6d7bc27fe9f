"""`recut`, `lay` and `track` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workflow.test_recut import edit, map_file
from typer.testing import CliRunner

from scorestage.apps.cli.main import app


def words(tmp_path: Path, *more: str) -> list[str]:
    scene, music = edit(tmp_path / "scene.edl"), map_file(tmp_path / "map.toml")
    return ["recut", "--edit", str(scene), "--map", str(music), "--rate", "24", *more]


def test_a_landing_is_made_told_and_written(tmp_path: Path) -> None:
    out = tmp_path / "new.otio"
    asked = words(tmp_path, "--handles", "24", "--land", "cut 3 = bar 3", "-o", str(out), "--json")
    told = json.loads(CliRunner().invoke(app, asked).stdout)
    landing = told["ways"][0]["landings"][0]
    assert landing["met"] and landing["off_frames_exact"] == "0"
    assert landing["off_frames_before_exact"] == "-16"
    assert out.is_file() and told["written"][0]["path"] == str(out)
    shown = CliRunner().invoke(app, asked[:-1])
    assert shown.exit_code == 0 and "cut 3 falls on bar 3 (was 16.0 late)" in shown.stdout


def test_what_cannot_be_had_ends_with_status_2_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "new.otio"
    asked = words(tmp_path, "--land", "cut 3 = bar 7", "-o", str(out))
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 2 and not out.exists()
    assert "cannot fall on bar 7" in shown.stdout and "no handle" in shown.stdout


def test_shots_are_laid_on_music(tmp_path: Path) -> None:
    scene, music = edit(tmp_path / "scene.edl"), map_file(tmp_path / "map.toml")
    asked = ["lay", str(scene), "--map", str(music), "--rate", "24", "--handles", "48", "--json"]
    told = json.loads(CliRunner().invoke(app, asked).stdout)
    assert len(told["cards"]) == 6 and told["cards"][0]["on"] == "bar 1"
