"""Themes looked for in files, as the command line does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.small_project import map_of_bars
from tests.thematics.recognition.scores import moved, score_of, wandering
from tests.thematics.tunes import ODE_TO_JOY
from typer.testing import CliRunner

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.thematics import CATALOGUE, of_notes
from scorestage.timebase import FilmTime, Meter
from scorestage.workflow.theme_search import find_in_file
from scorestage.workflow.themes import theme_file

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy", title="Joy")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A theme and a score that has it a third higher, as MusicXML and MIDI."""
    score = score_of(
        12, flute=wandering(12, 1, 70, 90), viola=moved(JOY.notes, 8, 3),
        bass=wandering(12, 2, 36, 50),
    )  # fmt: skip
    tempo_map = map_of_bars(FilmTime(0), 12)
    (tmp_path / "joy.musicxml").write_bytes(theme_file(JOY))
    (tmp_path / "score.musicxml").write_bytes(write_score(score, tempo_map))
    (tmp_path / "score.mid").write_bytes(write_midi(score, tempo_map))
    return tmp_path


def _told(*words: str) -> dict:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize("name", ["score.musicxml", "score.mid"])
def test_find_tells_player_place_and_what_was_done(files: Path, name: str) -> None:
    told = _told("theme", "find", str(files / "joy.musicxml"), str(files / name), "--json")
    (one,) = told["occurrences"]
    assert one["name"].lower().startswith("viola")
    assert (one["bar"], one["bar_index"], one["beat"]) == ("3", 2, "1")
    assert (one["start_quarters"], one["end_quarters"]) == ("8", "40")
    assert one["transformation"] == "transposed (real)"
    assert one["likeness"] > 0.99
    assert one["notes"][0] == [8.0, 69]


def test_discover_gives_notes_of_every_appearance(files: Path) -> None:
    told = _told("theme", "discover", str(files / "score.musicxml"), "--json")
    for pattern in told["patterns"]:
        assert len(pattern["occurrences"]) > 1
        for one in pattern["occurrences"]:
            assert {"player", "bar", "bar_index", "beat", "start_quarters"} <= set(one)
            assert all(len(note) == 2 for note in one["notes"])


def test_vary_show_combine_row_and_compare(files: Path) -> None:
    joy = str(files / "joy.musicxml")
    target = files / "v.musicxml"
    told = _told("theme", "vary", joy, "--operation", "invert", "-o", str(target), "--json")
    assert told["variants"][0]["undone_by"] == "invert"
    found = find_in_file(joy, target).found
    assert [str(one.transformation) for one in found] == ["inverted"]
    assert len(_told("theme", "vary", joy, "--count", "4", "--json")["variants"]) == 4
    assert _told("theme", "show", joy, "--json")["invariants"]["begins_on_step"] == 3
    assert _told("theme", "combine", joy, joy, "--json")["counterpoints"]
    assert len(_told("theme", "row", "0 1 2 3 4 5 6 7 8 9 t e", "--json")["matrix"]) == 12
    assert _told("theme", "compare", joy, joy, "--json")["likeness"] > 0.99
    assert len(_told("theme", "operations", "--json")["operations"]) == len(CATALOGUE)


def test_what_is_not_there_is_said(files: Path) -> None:
    with pytest.raises(InputError, match="no such score"):
        find_in_file(str(files / "joy.musicxml"), files / "nothing.mid")
    with pytest.raises(InputError, match="no such theme file"):
        find_in_file("nothing.musicxml", files / "score.mid")
