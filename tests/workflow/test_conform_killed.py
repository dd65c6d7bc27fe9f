"""`conform --apply` and `undo` killed while they write: the project is the old or the new one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conform.known_changes import recut
from tests.conform_killer import applied, texts, write_changes
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job

ROOT = Path(__file__).resolve().parents[2]
no_kill = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    job = small_project(tmp_path / "old")
    cue = cue_in(job, 20, 32)
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    return tmp_path / "old"


@no_kill
def test_killed_at_any_moment_the_project_is_whole(old: Path, tmp_path: Path) -> None:
    """In a program of its own, since it makes copies of itself."""
    changes = write_changes(tmp_path / "changes.json", recut((600, 48, 0)))
    told = subprocess.run(
        [sys.executable, "-m", "tests.conform_killer", str(old), str(changes), str(tmp_path), "4"],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(told.stdout)
    kinds = {words for words in found if "killed" not in words}
    assert kinds == {"apply: old", "apply: new", "undo: old", "undo: new"}
    assert found["apply killed"] > 20 and found["undo killed"] > 5


@no_kill
def test_a_program_that_is_killed_leaves_the_old_project(old: Path, tmp_path: Path) -> None:
    changes = write_changes(tmp_path / "changes.json", recut((600, 48, 0)))
    before = texts(old)
    assert applied(old, changes, 30) == -signal.SIGKILL
    Job.open(old)
    assert not (old / ".stage").exists()
    assert texts(old) == before
