"""`conform --apply` killed at every file it writes: is the project the old one or the new, whole?

A written project is conformed in a program of its own that dies before it puts the n-th file in
place, for every n there is; then the project is opened, compared byte by byte with the old and the
new one, and taken back by `undo` where it is the new one.

Run: `uv run python -m benchmarks.killed_conform [--every N]`
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.conform.known_changes import recut
from tests.conform_killer import applied, texts, write_changes
from tests.written_project import written_project

from scorestage.workflow.conform_apply import undo
from scorestage.workflow.job import Job

MOST_FILES = 400


def main() -> None:
    """Print how often it was killed, and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only before each N-th file")
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = written_project(folder / "old")
        changes = write_changes(folder / "changes.json", recut((820, 14, 0), (1500, 0, 20)))
        shutil.copytree(old, folder / "new")
        applied(folder / "new", changes)
        before, after = texts(old), texts(folder / "new")
        counts = {"old": 0, "new": 0, "torn": 0, "not taken back": 0}
        for moment in range(0, MOST_FILES, every):
            root = folder / "tried"
            shutil.copytree(old, root)
            status = applied(root, changes, moment)
            opened = Job.open(root)
            now = texts(root)
            kind = "old" if now == before else "new" if now == after else "torn"
            counts[kind] += 1
            if kind == "new":
                undo(opened)
                counts["not taken back"] += texts(root) != before
            shutil.rmtree(root)
            if status == 0:
                print(f"files put in place: at most {moment}")
                break
        print("killed before each of them, then opened:", counts)


if __name__ == "__main__":
    main()
