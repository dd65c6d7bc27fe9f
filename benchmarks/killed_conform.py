"""`conform --apply` and `undo` killed at every step of their writing: old or new project, whole?

A written project is conformed by a process that is killed before it makes, writes, renames or
removes the n-th file or folder, for every n there is; then the project is opened, compared byte by
byte with the old and the new one, and taken back by `undo` where it is the new one. The same of
`undo`. Some are programs begun anew, with all that `conform --apply` does (reports too); the others
are copies of a process that has found the repairs already.

Run: `uv run python -m benchmarks.killed_conform [--every N] [--programs N]`
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from tests.conform.known_changes import recut
from tests.conform_killer import applied, killed_at_every_moment, texts, write_changes
from tests.written_project import written_project

from scorestage.workflow.job import Job


def main() -> None:
    """Print how often it was killed, and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only at each N-th moment")
    parser.add_argument("--programs", type=int, default=8, help="so many whole programs killed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = written_project(folder / "old")
        changes = write_changes(folder / "changes.json", recut((820, 14, 0), (1500, 0, 20)))
        found = killed_at_every_moment(old, changes, folder, asked.every)
        for words, times in sorted(found.items()):
            print(f"{words:16} {times}")
        print("whole programs:", _programs(folder, changes, asked.programs))


def _programs(folder: Path, changes: Path, wanted: int) -> dict[str, int]:
    """`conform --apply` from the command line, killed at moments that lie ever closer together."""
    counts: Counter[str] = Counter()
    before, after = texts(folder / "old"), texts(folder / "new")
    low, high = 0, 4096
    for _ in range(wanted):
        root, moment = folder / "tried", (low + high) // 2
        shutil.copytree(folder / "old", root)
        died = applied(root, changes, moment) != 0
        now = _opened(root)
        kind = "old" if now == before else "new" if now == after else "torn"
        counts[f"{'killed' if died else 'ended'}: {kind}"] += 1
        low, high = (moment, high) if kind == "old" else (low, moment)
        shutil.rmtree(root)
    return dict(counts)


def _opened(root: Path) -> dict[str, bytes]:
    """The project's files after the next verb opened it."""
    Job.open(root)
    return texts(root)


if __name__ == "__main__":
    main()
