"""Change lists made on purpose: picture out and in at known frames."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.timebase import FRAMES_24

LENGTH = 4800


def recut(*edits: tuple[int, int, int]) -> ChangeList:
    """A film of 200 seconds with changes: at an old frame, so many out, so many in."""
    return recut_of(edits, LENGTH)


def recut_of(edits: Sequence[tuple[int, int, int]], frames: int) -> ChangeList:
    """The same of a cut of so many frames; edits beyond its end, or within another, are left."""
    found, old, new = [], 0, 0
    for at, gone, came in edits:
        if at + gone >= frames or at < old:
            continue
        found.append(Change(ChangeKind.KEPT, old, at, new, new + at - old))
        new, old = new + at - old, at
        if gone:
            found.append(Change(ChangeKind.REMOVED, old, old + gone, new, new))
            old += gone
        if came:
            found.append(Change(ChangeKind.INSERTED, old, old, new, new + came))
            new += came
    found.append(Change(ChangeKind.KEPT, old, frames, new, new + frames - old))
    return made_list(found, frames, new + frames - old, FRAMES_24, FRAMES_24)
