"""One writer at a time in a project folder; the lock falls when its holder dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scorestage.errors import ProjectError, Where


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the project at `root` for writing; raises `ProjectError` if another program has it."""
    path = root / ".scorestage.lock"
    with path.open("a+") as file:
        try:
            _lock(file)
        except OSError:
            raise ProjectError(
                "another scorestage is writing to this project",
                Where(file=root),
                "wait for it, or stop it",
            ) from None
        yield


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file `path`, which is made where it is missing, until leaving or dying.

    Raises `OSError` where another process holds it.
    """
    with path.open("a+") as file:
        _lock(file)
        yield


def taken(path: Path) -> bool:
    """Whether a living process holds the file `path`."""
    try:
        with path.open("r+") as file:
            _lock(file)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
