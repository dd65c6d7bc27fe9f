"""Many files of a project changed together: all of them or none, and all taken back again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorestage.adapters.store.atomic import drop_unfinished, sha256_of, write_bytes
from scorestage.adapters.store.lock import writing
from scorestage.errors import ProjectError, Where

UNDO = "undo"
"""Folder of the project that keeps what was there before each change, numbered from 0001."""
_RECORD = "record.json"
_JOURNAL = "journal.json"
_STAGE = ".stage"
_TEXTS = (".toml", ".musicxml", ".jsonl", ".json", ".otio", ".csv", ".txt")
_PLACES = ("pictures", "themes", "songs", "cues", "library", "shots")


@dataclass(frozen=True, slots=True)
class Kept:
    """A change of many files that can be taken back: its number, what it was, the files."""

    number: str
    words: str
    files: tuple[str, ...]


@contextmanager
def changing_together(root: Path, words: str) -> Iterator[Path]:
    """A copy of the project's own texts to work in; what differs in it at the end becomes so.

    The files before and after are kept below `undo/`, with a journal: whoever dies in the middle
    leaves a journal that the next to open the project carries out (`finish_changes`), so that the
    project is the old one or the new one, whole. Where the work raises, nothing has changed.
    """
    with writing(root):
        _finish(root)
        stage = root / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        copy_texts(root, stage)
        try:
            yield stage
            _commit(root, stage, words)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def copy_texts(root: Path, target: Path) -> None:
    """Put a copy of the project's own texts into another folder, to try something out there."""
    target.mkdir(parents=True, exist_ok=True)
    for path in _own_texts(root):
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def finish_changes(root: Path) -> bool:
    """Carry out what a program that died had begun; whether there was anything to do.

    The copy it worked in goes too, unless somebody is at work in it now.
    """
    if not (root / UNDO / _JOURNAL).exists():
        _sweep_stage(root)
        return False
    with writing(root):
        return _finish(root)


def _sweep_stage(root: Path) -> None:
    """Remove the working copy of a program that was killed; one in use is left."""
    if not (root / _STAGE).exists():
        return
    with suppress(ProjectError, OSError), writing(root):
        shutil.rmtree(root / _STAGE, ignore_errors=True)


def kept_changes(root: Path) -> tuple[Kept, ...]:
    """The changes that can be taken back, the last one last."""
    found = []
    for path in sorted((root / UNDO).glob(f"[0-9][0-9][0-9][0-9]/{_RECORD}")):
        record = json.loads(path.read_text(encoding="utf-8"))
        names = tuple(one["path"] for one in record["files"])
        found.append(Kept(path.parent.name, record["words"], names))
    return tuple(found)


def take_back(root: Path) -> Kept:
    """Undo the last change: every file gets the bytes it had before, new ones go.

    Raises `ProjectError` where there is nothing to undo, or where a file was changed since.
    """
    with writing(root):
        _finish(root)
        changes = kept_changes(root)
        if not changes:
            raise ProjectError("there is nothing to undo", Where(file=root))
        last = changes[-1]
        folder = root / UNDO / last.number
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        for one in record["files"]:
            path = root / one["path"]
            now = sha256_of(path) if path.is_file() else None
            if now != one["after"]:
                raise ProjectError(
                    f"{one['path']} was changed since",
                    Where(file=path),
                    "put it back as it was after the change, or undo by your version control",
                )
        _journal(root, {"folder": last.number, "to": "before", "files": record["files"]})
        _finish(root)
        return last


def _own_texts(root: Path) -> Iterator[Path]:
    """The project's own texts: no media, nothing that was built, issued or kept for undoing."""
    for path in sorted(root.iterdir()):
        if path.is_file() and path.suffix in _TEXTS:
            yield path
    for place in _PLACES:
        for path in sorted((root / place).rglob("*")):
            if path.is_file() and path.suffix in _TEXTS and not path.name.startswith("."):
                yield path


def _commit(root: Path, stage: Path, words: str) -> None:
    """Keep what differs, before and after, then carry it out."""
    old = {path.relative_to(root).as_posix(): path for path in _own_texts(root)}
    new = {path.relative_to(stage).as_posix(): path for path in stage.rglob("*") if path.is_file()}
    new = {name: path for name, path in new.items() if path.suffix in _TEXTS}
    files: list[dict[str, Any]] = []
    number = f"{len(kept_changes(root)) + 1:04}"
    folder = root / UNDO / number
    shutil.rmtree(folder, ignore_errors=True)
    for name in sorted({*old, *new}):
        before = sha256_of(old[name]) if name in old else None
        after = sha256_of(new[name]) if name in new else None
        if before == after:
            continue
        files.append({"path": name, "before": before, "after": after})
        if name in old:
            write_bytes(folder / "before" / name, old[name].read_bytes())
        if name in new:
            write_bytes(folder / "after" / name, new[name].read_bytes())
    if not files:
        return
    record = json.dumps({"words": words, "files": files}, indent=1, ensure_ascii=False)
    write_bytes(folder / _RECORD, record.encode("utf-8"))
    _journal(root, {"folder": number, "to": "after", "files": files})
    _finish(root)


def _journal(root: Path, content: dict[str, Any]) -> None:
    write_bytes(root / UNDO / _JOURNAL, json.dumps(content).encode("utf-8"))


def _finish(root: Path) -> bool:
    """Carry out the journal, if there is one; safe to be done again at any point."""
    journal = root / UNDO / _JOURNAL
    if not journal.exists():
        return False
    told = json.loads(journal.read_text(encoding="utf-8"))
    shutil.rmtree(root / _STAGE, ignore_errors=True)
    folder = root / UNDO / told["folder"]
    for one in told["files"]:
        target = root / one["path"]
        drop_unfinished(target)
        if one[told["to"]] is None:
            target.unlink(missing_ok=True)
            continue
        write_bytes(target, (folder / told["to"] / one["path"]).read_bytes())
    if told["to"] == "before":
        (folder / _RECORD).unlink(missing_ok=True)
    journal.unlink()
    if told["to"] == "before":
        shutil.rmtree(folder, ignore_errors=True)
        _drop_empty(root, told["files"])
    return True


def _drop_empty(root: Path, files: list[dict[str, Any]]) -> None:
    """Folders that a change had made and that hold nothing any more."""
    for one in files:
        if one["before"] is not None:
            continue
        parent = (root / one["path"]).parent
        while parent not in (root, *(root / place for place in _PLACES)):
            if not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
            parent = parent.parent
