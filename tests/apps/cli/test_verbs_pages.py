"""`engrave` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.apps.test_cli import scorestage

from scorestage.music import Note, Pitch, Theme
from scorestage.timebase import Beat, Beats, Meter
from scorestage.workflow.themes import theme_file


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    note = Note("n", Beat(0), Beats(4), (Pitch.parse("C5"),))
    path = tmp_path / "tune.musicxml"
    path.write_bytes(theme_file(Theme("tune", "A Tune", (note,), Meter(4, 4))))
    return path


def test_a_file_is_printed_into_a_folder(tune: Path, tmp_path: Path) -> None:
    done = scorestage("engrave", tune, "-o", tmp_path / "pages", "--engraver", "lilypond")
    assert done.returncode == 0, done.stderr
    assert "pages engraved by LilyPond 2.24.3" in done.stdout
    assert [file.name for file in (tmp_path / "pages").iterdir()] == ["tune-Score.pdf"]
    answer = json.loads(scorestage("engrave", tune, "-o", tmp_path / "more", "--json").stdout)
    assert answer["files"] == [str(tmp_path / "more" / "tune-Score.pdf")]
    assert answer["maker"] and answer["notes"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("missing.musicxml",), "there is no such file"),
        (("one.mid", "two.mid"), "one score file at a time"),
        (("1m01", "-o", "pages"), "name the file first"),
        (("tune.musicxml", "--engraver", "quill"), "one of automatic, lilypond, verovio"),
        (("tune.musicxml", "--house", "nowhere"), "nowhere"),
    ],
)
def test_what_is_wrong_is_one_line_and_status_2(
    tune: Path, words: tuple[str, ...], told: str
) -> None:
    done = scorestage("engrave", *words, cwd=tune.parent)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [file.name for file in tune.parent.iterdir()] == ["tune.musicxml"]
