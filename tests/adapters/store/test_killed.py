"""A program that changes many files is killed, really, at moments drawn at random."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scorestage.adapters.store.together import finish_changes, take_back

FILES = 120
_WORK = """
import sys, time
from pathlib import Path
from scorestage.adapters.store.together import changing_together
root = Path(sys.argv[1])
with changing_together(root, "a new cut") as stage:
    for path in sorted(stage.rglob("cue.toml")):
        path.write_text("new " * 4000, encoding="utf-8")
    print("ready", flush=True)
print("done", flush=True)
"""


def told(root: Path) -> set[bytes]:
    return {path.read_bytes()[:3] for path in (root / "cues").rglob("cue.toml")}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_moment_the_project_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(36)
    for number in range(10):
        root = tmp_path / str(number)
        (root / "production.toml").parent.mkdir(parents=True)
        (root / "production.toml").write_text("title = 'a'\n", encoding="utf-8")
        for cue in range(FILES):
            path = root / "cues" / f"{cue:03}" / "cue.toml"
            path.parent.mkdir(parents=True)
            path.write_text("old " * 4000, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-c", _WORK, str(root)], stdout=subprocess.PIPE
        ) as work:
            assert work.stdout is not None
            assert work.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.0, 0.12))
            work.send_signal(signal.SIGKILL)
        finish_changes(root)
        now = told(root)
        assert now in ({b"old"}, {b"new"})
        if now == {b"new"}:
            take_back(root)
            assert told(root) == {b"old"}
