"""The history of the picture: what changed from each version to the one it was conformed from."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.store import write_bytes
from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.through import through
from scorestage.errors import FormatError, Where
from scorestage.timebase import FrameRate
from scorestage.workflow.job import Job

_SUFFIX = ".changes.json"


def keep_changes(root: Path, picture: str, before: str, changes: ChangeList) -> None:
    """Keep beside a new picture version what changed since the one `before` it."""
    told = {
        "from": before,
        "old_frames": changes.old_frames,
        "new_frames": changes.new_frames,
        "changes": [_told(one) for one in changes.changes],
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    write_bytes(root / "pictures" / f"{picture}{_SUFFIX}", text.encode("utf-8"))


def changes_between(job: Job, old: str, new: str) -> ChangeList | None:
    """What changed from one picture version to another by the history kept; None: it is not known.

    Each change on the way is followed; the other way round they are mirrored.
    """
    way = _way_back(job, new, old)
    if way is not None:
        return _together(way)
    back = _way_back(job, old, new)
    return None if back is None else _together(back).mirrored()


def _together(way: list[ChangeList]) -> ChangeList:
    found = way[0]
    for one in way[1:]:
        found = through(found, one)
    return found


def _way_back(job: Job, late: str, early: str) -> list[ChangeList] | None:
    """The changes from `early` on to `late`, in their order."""
    found: list[ChangeList] = []
    seen = {late}
    at = late
    while at != early:
        step = _read(job, at)
        if step is None or step[0] in seen:
            return None
        at = step[0]
        seen.add(at)
        found.append(step[1])
    return found[::-1] or None


def _read(job: Job, picture: str) -> tuple[str, ChangeList] | None:
    path = job.folder.root / "pictures" / f"{picture}{_SUFFIX}"
    if not path.is_file():
        return None
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rate = job.production.rate
        return str(told["from"]), made_list(
            [_change(one) for one in told["changes"]],
            int(told["old_frames"]),
            int(told["new_frames"]),
            rate,
            rate,
            _start(job, str(told["from"])),
            _start(job, picture),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise FormatError(f"this is no history of changes: {fault}", Where(file=path)) from None


def _start(job: Job, picture: str) -> int:
    known = (one.start_frames for one in job.production.pictures if one.id == picture)
    return next(known, 0)


def _told(one: Change) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "old_in_frames": one.old_in_frames,
        "old_out_frames": one.old_out_frames,
        "new_in_frames": one.new_in_frames,
        "new_out_frames": one.new_out_frames,
        "speed_exact": str(one.speed),
        "confidence": one.confidence,
        "words": one.words,
    }


def _change(told: dict[str, Any]) -> Change:
    return Change(
        ChangeKind(told["kind"]),
        int(told["old_in_frames"]),
        int(told["old_out_frames"]),
        int(told["new_in_frames"]),
        int(told["new_out_frames"]),
        Fraction(str(told.get("speed_exact", told.get("speed", 1)))),
        float(told.get("confidence", 1.0)),
        str(told.get("words", "")),
    )


def read_changes(source: Path, rate: FrameRate, start_frames: int) -> ChangeList:
    """A change list as `compare --json` told it, of films at one rate."""
    try:
        told: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
        found = [_change(one) for one in told["changes"]]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as fault:
        raise FormatError(
            f"this is no change list: {fault}", Where(file=source), "give what compare --json told"
        ) from None
    old_frames = max((one.old_out_frames for one in found), default=0)
    new_frames = max((one.new_out_frames for one in found), default=0)
    return made_list(found, old_frames, new_frames, rate, rate, start_frames, start_frames)
