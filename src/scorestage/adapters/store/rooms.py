"""Rooms to work in: folders that vanish when left, or soon after whoever was in them was killed."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scorestage.adapters.store.lock import held, taken

ROOMS = ".work"
"""Where the rooms of a build are, in its folder."""


@contextmanager
def room_in(folder: Path) -> Iterator[Path]:
    """An empty folder of one's own below `folder`, removed on leaving.

    A lock file beside it is held as long; `sweep` tells by it whether anyone is still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    room, lock = folder / name, folder / f"{name}.lock"
    try:
        with held(lock):
            room.mkdir()
            yield room
            shutil.rmtree(room, ignore_errors=True)
    finally:
        shutil.rmtree(room, ignore_errors=True)
        lock.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextmanager
def passing_room() -> Iterator[Path]:
    """A room outside any project, in the system's folder for what passes."""
    folder = _own_folder()
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="scorestage-") as room:
            yield Path(room)
        return
    sweep(folder)
    with room_in(folder) as own:
        yield own


def sweep(folder: Path) -> tuple[str, ...]:
    """Remove the rooms in `folder` whose owners are gone; returns their names."""
    gone = []
    for lock in sorted(folder.glob("*.lock")):
        if taken(lock):
            continue
        room = lock.with_suffix("")
        shutil.rmtree(room, ignore_errors=True)
        lock.unlink(missing_ok=True)
        gone.append(room.name)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return tuple(gone)


def _own_folder() -> Path | None:
    """A folder for this user's rooms; None where another has put something in its place."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir()) / "scorestage"
    folder = Path(tempfile.gettempdir()) / f"scorestage-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.lstat()
    except OSError:
        return None
    return folder if facts.st_uid == os.getuid() and not folder.is_symlink() else None
