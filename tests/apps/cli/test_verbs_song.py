"""`song` on the command line: what is told, what is written, and what ends with a status."""

import json
from pathlib import Path

import pytest
from tests.song_material import KEEPER
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError


def said(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


@pytest.fixture
def words(tmp_path: Path) -> str:
    path = tmp_path / "keeper.txt"
    path.write_text(KEEPER, encoding="utf-8")
    return str(path)


def test_words_are_shown_in_syllables(words: str) -> None:
    assert "The LAMP GOES ROUND at EVE-ning," in said("song", "divide", words)
    told = json.loads(said("song", "divide", words, "--json"))
    assert [one["notes"] for one in told["stanzas"][1]["lines"]] == [8, 10]


def test_a_song_is_told_with_its_keys(words: str) -> None:
    told = json.loads(said("song", "show", words, "--style", "tender", "--for", "alto", "--json"))
    assert told["singer"] == "alto" and len(told["keys"]) == 12
    assert [one["name"] for one in told["parts"]][:2] == ["Intro", "Verse 1–2"]


def test_a_line_that_is_too_long_ends_with_a_status(words: str, tmp_path: Path) -> None:
    tune = tmp_path / "tune.musicxml"
    short = tmp_path / "short.txt"
    short.write_text("la la la", encoding="utf-8")
    said("song", "lead-sheet", str(short), "-o", str(tune))
    long = tmp_path / "long.txt"
    long.write_text("won-der-ful la la la", encoding="utf-8")
    assert "too many" in said("song", "check", str(tune), "--words", str(long), status=1)


def test_nothing_is_written_over_its_source(words: str, tmp_path: Path) -> None:
    tune = tmp_path / "tune.musicxml"
    said("song", "lead-sheet", words, "-o", str(tune))
    result = CliRunner().invoke(app, ["song", "lead-sheet", str(tune), "-o", str(tune)])
    assert isinstance(result.exception, InputError)
