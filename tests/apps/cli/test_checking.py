"""`check` on a score file: player by player, as JSON, with filters and exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.orchestration.checking.passages import solo
from tests.sketches import FOUR
from typer.testing import CliRunner

from scorestage.adapters.formats.musicxml import write_score
from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.music import Score
from scorestage.timebase import BarGrid, FilmTime, Tempo, TempoMap


@pytest.fixture
def score(tmp_path: Path) -> Path:
    grid = BarGrid.regular(2, FOUR)
    oboe = solo("oboe", "C5:2 A3:1", name="Oboe 1")
    harp = solo("harp", "D4:1/4 D#4:1/4 D4:1/4 D#4:1/4", "r:4", name="Harp")
    path = tmp_path / "tune.musicxml"
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(120), grid)
    path.write_bytes(write_score(Score(grid, (oboe, harp)), tempo_map, title="tune"))
    return path


def told(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, words)])
    if isinstance(result.exception, InputError):
        raise result.exception
    return result.exit_code, result.stdout


def test_faults_stand_under_their_players_with_repairs(score: Path) -> None:
    status, text = told(score)
    assert status == 1
    assert "Oboe 1: 1 error\n" in text
    assert "bar 1 beat 3: A3 is not on the Oboe" in text
    assert "-> write it an octave higher (A4)" in text
    assert text.splitlines()[-1].startswith("tune.musicxml: 1 error, 1 warning")


def test_filters_choose_and_decide_the_status(score: Path) -> None:
    status, text = told(score, "--kind", "pedals")
    assert (status, "Oboe" in text) == (0, False)
    assert "write D#4 as Eb4" in text
    assert told(score, "--severity", "error")[1].count(" -> ") == 1


def test_json_has_what_programs_need(score: Path) -> None:
    _, text = told(score, "--json")
    answer = json.loads(text)
    fault = answer["faults"][0]
    assert list(fault) == [
        "player", "bar", "bar_index", "beat", "kind", "severity", "message", "repair",
    ]  # fmt: skip
    assert (fault["bar"], fault["bar_index"], fault["beat"]) == ("1", 0, "3")
    assert answer["counts"] == {"error": 1, "warning": 1, "advice": 0}


def test_words_that_are_no_kind_or_severity_are_refused(score: Path) -> None:
    with pytest.raises(InputError, match="no kind of fault"):
        told(score, "--kind", "nonsense")
    with pytest.raises(InputError, match="no severity"):
        told(score, "--severity", "wrong")
