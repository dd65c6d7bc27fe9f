"""The documentation: every command in it exists, every link and picture leads somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
import typer.main

from scorestage.apps.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)")


def commands() -> list[tuple[str, str]]:
    """Every scorestage command that the pages tell a person to type."""
    found = []
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                words = line.split("&&")[-1].strip().removeprefix("uv run ")
                if words.startswith("scorestage "):
                    found.append((page.name, words))
    return found


def test_there_are_commands_to_check() -> None:
    assert len(commands()) > 20


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_is_one_that_the_program_takes(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    command = typer.main.get_command(app)
    while True:
        context = command.make_context(command.name, words)
        if not hasattr(command, "resolve_command"):
            break
        rest = [*context._protected_args, *context.args]
        _, command, words = command.resolve_command(context, rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers)) and all(number.isdigit() for number in numbers)


def test_the_examples_of_the_library_page_are_true() -> None:
    found = doctest.testfile(str(ROOT / "docs/library.md"), module_relative=False)
    assert found.attempted > 25 and not found.failed
