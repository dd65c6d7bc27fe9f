"""Files that are either the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole: written beside it, flushed, then renamed over it."""
    with replacing(path) as unfinished:
        unfinished.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path` whole, as UTF-8 with plain line ends."""
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; renamed over it at the end, removed if anything fails.

    The unfinished file keeps the suffix of `path`, for writers that go by it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f".{path.stem}.", suffix=f".unfinished{path.suffix}", dir=path.parent
    )
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o644)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def drop_unfinished(path: Path) -> None:
    """Remove what a writer of `path` that was killed left beside it; nobody may be writing it."""
    for leftover in path.parent.glob(f".{escape(path.stem)}.*.unfinished{escape(path.suffix)}"):
        leftover.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
