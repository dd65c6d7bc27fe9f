"""The guide to clicks shows what the program really prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scorestage.apps.cli.main import app

PAGE = Path(__file__).resolve().parents[1] / "docs/clicks.md"
SHOWN = re.compile(r"```sh\nscorestage ([^\n]+)\n```\n\n```text\n(.*?)```", re.DOTALL)
EXAMPLES = SHOWN.findall(PAGE.read_text(encoding="utf-8"))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(("line", "printed"), EXAMPLES)
def test_what_is_printed(line: str, printed: str) -> None:
    result = CliRunner().invoke(app, shlex.split(line))
    assert result.exit_code == 0
    assert result.stdout == printed


def test_every_documented_line_of_the_calculator_answers() -> None:
    lines = re.findall(r"^scorestage (calc .+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for line in lines:
        result = CliRunner().invoke(app, shlex.split(line))
        assert result.exit_code == 0 and result.stdout, line
