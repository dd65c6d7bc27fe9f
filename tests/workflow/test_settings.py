"""What is decided once for the film, changed by a verb."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.breakdown.scripts import ALL
from tests.small_project import again, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.workflow.script import cue_in_scenes, import_script
from scorestage.workflow.script_answers import scenes_words
from scorestage.workflow.settings import ProductionChange, change_production
from scorestage.workflow.watching import subtitles_of

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nWho?\n"


def test_what_is_said_is_changed_and_nothing_else(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    (tmp_path / "t.vtt").write_text(VTT, encoding="utf-8")
    words = ["--subtitles", str(tmp_path / "t.vtt"), "--seed", "4", "--ensemble", "jazz-combo"]
    said = CliRunner().invoke(
        app, ["--project", str(job.folder.root), "production", *words, "--json"]
    )
    told = json.loads(said.stdout)
    assert (told["seed"], told["ensemble"], told["subtitles"]) == (4, "jazz-combo", "../t.vtt")
    assert told["title"] == job.production.title and told["style"] == job.production.style
    assert [one.words for one in subtitles_of(again(job))] == ["Who?"]


@pytest.mark.parametrize(
    "change",
    [
        ProductionChange(ensemble="kazoo-choir"),
        ProductionChange(style="nonsense"),
        ProductionChange(picture="v9"),
        ProductionChange(subtitles=Path("not-there.srt")),
        ProductionChange(temp=(Path("not-there.wav"),)),
    ],
)
def test_what_cannot_be_changes_nothing(tmp_path: Path, change: ProductionChange) -> None:
    job = small_project(tmp_path / "p")
    with pytest.raises(InputError):
        change_production(job, change)
    assert again(job).production == job.production


def test_faulty_subtitles_are_told_before_they_are_taken(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    (tmp_path / "t.srt").write_text("no titles here\n", encoding="utf-8")
    with pytest.raises(InputError):
        change_production(job, ProductionChange(subtitles=tmp_path / "t.srt"))
    assert again(job).production.subtitles == ""


def test_a_cue_tells_its_scenes_and_how_long_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "wick.fountain"
    path.write_text("\n\n".join(ALL), encoding="utf-8")
    job = import_script(small_project(tmp_path / "p"), path).job
    cue = cue_in_scenes(job, ("2",))
    told = scenes_words(again(job), cue)
    assert told.startswith("of scene 2  EXT. BEACH - DAY; between 0:0") and "long" in told
