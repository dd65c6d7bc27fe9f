"""Every clone gets the same versions, and the repository names no registry."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _pinned() -> set[tuple[str, str]]:
    uv = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]
    pins = set()
    for pin in uv["constraint-dependencies"]:
        name, version = pin.split(";")[0].strip().split("==")
        pins.add((name, version))
    return pins


def test_what_uv_resolves_is_what_is_pinned() -> None:
    lock = ROOT / "uv.lock"
    if not lock.exists():
        pytest.skip("no uv.lock here: installed with plain pip")
    packages = tomllib.loads(lock.read_text())["package"]
    resolved = {
        (package["name"], package["version"])
        for package in packages
        if "registry" in package["source"]
    }
    assert resolved == _pinned(), "run: uv run python tools/pin_versions.py"


def test_every_requirement_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=;\s]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= {name for name, _ in _pinned()}


def test_no_registry_address_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert "uv.lock" not in listed.stdout.split()
    for name in listed.stdout.split("\n"):
        path = ROOT / name
        if path.suffix in (".toml", ".cfg", ".txt", ".json", ".yaml", ".yml") and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"index-?url|registry\s*=|https?://\S+/simple\b", text), name
