"""The one door to quality: format, lint, strict types and import direction are tests too."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(tool, path=str(Path(sys.executable).parent)) or shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed: sync the dev group")
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_format() -> None:
    _run("ruff", "format", "--check", ".")


def test_lint() -> None:
    _run("ruff", "check", ".")


def test_strict_types() -> None:
    _run("mypy")


def test_imports_run_only_downward() -> None:
    _run("lint-imports")


def test_the_import_contracts_have_no_exceptions() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    names = [name for name in contracts.sections() if name.startswith("importlinter:contract:")]
    assert {"layers", "values", "engines", "formats", "film"} == {
        name.rsplit(":", 1)[1] for name in names
    }
    assert not any(contracts.has_option(name, "ignore_imports") for name in names)
