"""`conform --apply` as a program of its own that dies at a moment of its writing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scorestage.conform import ChangeList
from scorestage.workflow.compare import Comparison, tell_comparison

_PROGRAM = """
import os, signal, sys
left, real = int(sys.argv[1]), os.replace

def replace(*names, **places):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(*names, **places)

os.replace = replace
from scorestage.apps.cli.main import app
app(sys.argv[2:], standalone_mode=True)
"""


def write_changes(path: Path, changes: ChangeList) -> Path:
    """A change list as `compare --json` tells it."""
    told = tell_comparison(Comparison("v1", "v2", changes))
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def applied(root: Path, changes: Path, dies_before_file: int = -1) -> int:
    """Run `conform CHANGES --apply` in a project; killed before it puts that file in place.

    Gives the exit status: negative where it was killed, as `subprocess` tells it.
    """
    arguments = ["--project", str(root), "conform", str(changes), "--apply"]
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(dies_before_file), *arguments],
        capture_output=True,
        check=False,
        cwd=root,
    )
    return told.returncode


def texts(root: Path) -> dict[str, bytes]:
    """The project's own files: not what is built, staged or kept for undoing."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and not {"undo", "build", ".stage"} & set(path.relative_to(root).parts)
        and path.name != ".scorestage.lock"
    }
