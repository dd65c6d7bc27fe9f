"""`conform --apply` killed in the middle of its writing: the project is the old or the new one."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest
from tests.conform.known_changes import recut
from tests.conform_killer import applied, texts, write_changes
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.timebase import FilmTime
from scorestage.workflow.conform_apply import undo
from scorestage.workflow.job import Job


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_between_any_two_files_the_project_is_whole(tmp_path: Path) -> None:
    job = small_project(tmp_path / "old")
    cue = cue_in(job, 20, 32)
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    changes = write_changes(tmp_path / "changes.json", recut((600, 48, 0)))
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    before = texts(tmp_path / "old")
    assert applied(tmp_path / "new", changes) == 0
    after = texts(tmp_path / "new")
    assert after != before
    seen = set()
    for number, moment in enumerate((8, 18)):
        root = tmp_path / str(number)
        shutil.copytree(tmp_path / "old", root)
        died = applied(root, changes, moment) == -signal.SIGKILL
        opened = Job.open(root)
        assert not (root / ".stage").exists()
        now = texts(root)
        assert now in (before, after), moment
        seen.add((died, now == after))
        if now == after:
            undo(opened)
            assert texts(root) == before
    assert (True, False) in seen
