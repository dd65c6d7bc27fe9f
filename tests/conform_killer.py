"""`conform --apply` and `undo` killed at a moment of their writing, and what is left looked at."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from scorestage.conform import ChangeList
from scorestage.workflow.compare import Comparison, tell_comparison
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform, undo
from scorestage.workflow.conform_cut import read_new_cut
from scorestage.workflow.job import Job

_PROGRAM = """
import sys
from tests.conform_killer import dies_before
dies_before(int(sys.argv[1]))
from scorestage.apps.cli.main import app
app(sys.argv[2:], standalone_mode=True)
"""
_WRITES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "os.link")
_OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def write_changes(path: Path, changes: ChangeList) -> Path:
    """A change list as `compare --json` tells it."""
    told = tell_comparison(Comparison("v1", "v2", changes))
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def dies_before(moment: int) -> list[int]:
    """From now on this process counts what it does to files, and is killed before the n-th.

    What counts: a file made or opened to be written, put in place, removed, a folder made or
    removed. -1: never. Gives the count, as a list of one number that goes up.
    """
    seen = [0]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        opened = event == "open" and isinstance(arguments[2], int)
        if event not in _WRITES and not (opened and int(str(arguments[2])) & _OPENED_TO_WRITE):
            return
        if seen[0] == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        seen[0] += 1

    sys.addaudithook(watch)
    return seen


def applied(root: Path, changes: Path, moment: int = -1) -> int:
    """Run `conform CHANGES --apply` in a project as a program, killed at that moment.

    Gives the exit status: negative where it was killed, as `subprocess` tells it.
    """
    arguments = ["--project", str(root), "conform", str(changes), "--apply"]
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(moment), *arguments],
        capture_output=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
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


def killed_at_every_moment(old: Path, changes: Path, room: Path, every: int = 1) -> dict[str, int]:
    """Apply and undo in copies of a project, killed at each `every`-th moment; what was found.

    Afterwards the project is opened, as the next verb would, and held byte for byte against the
    old and the new one; what is new must still be taken back, what was taken back be the old one.
    The repairs are looked for once; a copy of this process, which dies, writes them.
    """
    job = Job.open(old)
    cut = read_new_cut(job, changes)
    found = conform(job, cut.changes, workers=1)
    new = room / "new"
    shutil.copytree(old, new)
    apply_conform(Job.open(new), found, cut)
    before, after = texts(old), texts(new)
    counts: Counter[str] = Counter()

    def applies(root: Path) -> None:
        apply_conform(Job.open(root), found, cut)

    def takes_back(root: Path) -> None:
        undo(Job.open(root))

    for verb, start, work in (("apply", old, applies), ("undo", new, takes_back)):
        moment, died = 0, True
        while died:
            root = room / "tried"
            shutil.copytree(start, root)
            died = _dies(work, root, moment)
            counts[f"{verb} killed"] += died
            counts[f"{verb}: {_found(root, before, after)}"] += 1
            shutil.rmtree(root)
            moment += every
    return dict(counts)


def _found(root: Path, before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """What is left of a project whose writer died: the old or the new one, or neither."""
    opened = Job.open(root)
    now = texts(root)
    if now == before:
        return "old"
    if now != after:
        return "torn"
    undo(opened)
    return "new" if texts(root) == before else "new, not taken back"


def _dies(work: Callable[[Path], None], root: Path, moment: int) -> bool:
    """Do the work in a copy of this process; whether it was killed before it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            dies_before(moment)
            work(root)
        except BaseException:  # noqa: BLE001 - the copy must not go on with its parent's work
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


if __name__ == "__main__":
    print(json.dumps(killed_at_every_moment(*map(Path, sys.argv[1:4]), every=int(sys.argv[4]))))
