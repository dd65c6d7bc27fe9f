"""How the command line speaks: columns that line up, a progress line that knows its place."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction

import pytest

from scorestage.apps.cli import say
from scorestage.timebase import FilmTime
from scorestage.workflow.tell import tell_moment


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        return True


def test_columns_line_up_and_numbers_stand_flush_right(capsys: pytest.CaptureFixture[str]) -> None:
    say.table(("cue", "bars", "off"), [("1m01", 9, "+0.31"), ("12m101", 112, "-11")], indent=2)
    assert capsys.readouterr().out == (
        "  cue     bars    off\n"
        "  ──────  ────  ─────\n"
        "  1m01       9  +0.31\n"
        "  12m101   112    -11\n"
    )


def test_a_column_with_one_word_in_it_is_words(capsys: pytest.CaptureFixture[str]) -> None:
    say.table(("length",), [("12",), ("free",)])
    assert capsys.readouterr().out.splitlines()[2:] == ["12", "free"]
    say.table(("a", "b"), [])
    assert capsys.readouterr().out == "a  b\n─  ─\n"


def test_an_answer_is_json_in_any_script(capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"title": "Überfahrt ♩", **tell_moment("at", FilmTime("19/8"))}
    say.as_json(answer)
    out = capsys.readouterr().out
    assert json.loads(out) == answer and "Überfahrt ♩" in out
    assert tell_moment("end", None) == {"end_seconds": None, "end_seconds_float": None}
    assert tell_moment("length", Fraction(1, 3))["length_seconds"] == "1/3"


def test_a_fault_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say.fault("no film")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "scorestage: no film\n")


def test_a_bar_fills_up_and_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with say.progress("build") as line:
        line(0.5, "1m01 score")
        line(0.5001, "too soon to be shown")
        line(1.0, "x" * 200)
    shown = screen.getvalue().split("\r")
    assert shown[1].count("█") == 14 and " 50%  1m01 score" in shown[1]
    assert shown[2].count("█") == 28 and "100%" in shown[2] and "too soon" not in "".join(shown)
    assert shown[3].strip() == "" and len(shown[3]) >= max(map(len, shown[1:3]))
    assert shown[-1] == "" and len({len(one) for one in shown[1:3]}) == 1


def test_the_bar_is_wiped_when_things_go_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with pytest.raises(RuntimeError), say.progress("build") as line:
        line(0.5, "1m01")
        raise RuntimeError
    assert screen.getvalue().endswith(" \r")


def test_where_nobody_looks_a_line_is_said_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in the first five seconds, then a line for each new thing five seconds apart."""
    now = [1000.0]
    monkeypatch.setattr(say.time, "monotonic", lambda: now[0])
    with say.progress("build") as line:
        for seconds, name in ((1, "a"), (6, "b"), (8, "c"), (12, "b"), (13, "c"), (14, "")):
            now[0] = 1000.0 + seconds
            line(seconds / 20, name)
    assert capsys.readouterr().err == "build:  30%  b\nbuild:  65%  c\n"


def test_a_paragraph_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    words = "tempo " + "bar 12 ♩ 100.25 · " * 20
    say.paragraph(words, indent=4, hang=7)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 2 and all(len(line) <= 98 for line in lines)
    assert lines[0].startswith("    tempo") and all(line[:11].isspace() for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == " ".join(words.split())
