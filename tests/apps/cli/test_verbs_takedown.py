"""`takedown`, `playthrough` and `export --sketch` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.workflow.test_takedown import BASS, TUNE, midi
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError

run = CliRunner()


def test_a_file_is_taken_down_and_told(tmp_path: Path) -> None:
    source, target = tmp_path / "mock.mid", tmp_path / "out.musicxml"
    source.write_bytes(midi(("Flute", TUNE), ("Violins pizz", BASS)))
    said = run.invoke(app, ["takedown", str(source), "-o", str(target)])
    assert said.exit_code == 0 and target.exists() and "Flute" in said.output
    answer = json.loads(run.invoke(app, ["takedown", str(source), "--json"]).output)
    assert answer["click"] == "file" and answer["bars"] == 4 and len(answer["players"]) == 2
    dry = tmp_path / "dry.musicxml"
    assert run.invoke(app, ["takedown", str(source), "-o", str(dry), "--dry-run"]).exit_code == 0
    assert not dry.exists()


def test_a_file_is_never_written_over_itself(tmp_path: Path) -> None:
    source = tmp_path / "mock.mid"
    source.write_bytes(midi(("Flute", TUNE)))
    with pytest.raises(InputError):
        run.invoke(app, ["takedown", str(source), "-o", str(source)], catch_exceptions=False)


def test_a_score_is_played_through(tmp_path: Path) -> None:
    source, target = tmp_path / "mock.mid", tmp_path / "piano.musicxml"
    source.write_bytes(midi(("Flute", TUNE), ("Cello", BASS), scatter=0.0))
    said = run.invoke(app, ["playthrough", str(source), "-o", str(target)])
    assert said.exit_code == 0 and target.exists() and "0 faults" in said.output
    told = run.invoke(app, ["playthrough", str(source), "--json"])
    assert json.loads(told.output)["faults"] == []
