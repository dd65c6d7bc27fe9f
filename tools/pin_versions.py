"""Write the versions that uv resolves today into pyproject.toml, without any registry's address.

    uv run python tools/pin_versions.py

`uv.lock` holds download addresses and is therefore not kept in the repository; these two lists
make every clone resolve to the same versions. `tests/test_pins.py` fails when they differ.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import tomlkit

ROOT = Path(__file__).resolve().parents[1]
BUILD = ("hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers")


def resolved(*arguments: str) -> list[str]:
    """Pinned requirements as `uv` prints them, comments left out."""
    command = ["uv", *arguments, "--no-annotate", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    lines = (line.strip() for line in done.stdout.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def main() -> int:
    """Resolve afresh and write."""
    path = ROOT / "pyproject.toml"
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    uv = document["tool"].setdefault("uv", tomlkit.table())
    for key in ("constraint-dependencies", "build-constraint-dependencies"):
        uv.pop(key, None)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    (ROOT / "uv.lock").unlink(missing_ok=True)
    pins = resolved(
        *("export", "--all-groups", "--all-extras", "--no-hashes", "--no-emit-project"),
        *("--format", "requirements.txt"),
    )
    build = ROOT / ".build-requirements.in"
    build.write_text("hatchling>=1.27\n", encoding="utf-8")
    try:
        build_pins = resolved(
            "pip", "compile", build.name, "--universal", "--python-version", "3.11"
        )
    finally:
        build.unlink()
    uv["constraint-dependencies"] = tomlkit.array(_listed(pins)).multiline(True)
    uv["build-constraint-dependencies"] = tomlkit.array(_listed(build_pins)).multiline(True)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    subprocess.run(["uv", "lock", "--quiet"], cwd=ROOT, check=True)
    return 0


def _listed(pins: list[str]) -> str:
    return "[" + ",".join('"' + re.sub(r"\s+;\s+", "; ", pin) + '"' for pin in pins) + "]"


if __name__ == "__main__":
    sys.exit(main())
