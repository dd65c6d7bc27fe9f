"""Changes of shot as a network marks them, frame by frame, made moments like any others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.likeness import flattened, unlikeness
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

MARKED = 0.5
"""How likely a frame must be a change to be marked: the limit the network was trained with."""
_SEAMS = (MomentKind.CUT, MomentKind.DISSOLVE, MomentKind.WIPE)
_FADES = (MomentKind.FADE_IN, MomentKind.FADE_OUT)


@dataclass(frozen=True, slots=True, eq=False)
class ShotMarks:
    """What a network says of each frame of a film, 0 to 1, and the network's name.

    `joint` is how likely the shot changes after a frame; `gradual` how likely a frame lies in a
    change, its last frame of the old shot included, its first whole frame of the new one not.
    """

    by: str
    joint: NDArray[np.float32]
    gradual: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.joint)


@dataclass(frozen=True, slots=True)
class Marked:
    """A change: its first frame, the first one after it (indices), how likely it is."""

    first: int
    end: int
    likely: float


def marked(marks: ShotMarks) -> tuple[Marked, ...]:
    """Each change the marks tell; a hard cut is one frame long, the first of the new shot.

    >>> joint = np.array([0, 0, 0.9, 0, 0, 0, 0, 0.8, 0, 0], dtype=np.float32)
    >>> gradual = np.array([0, 0, 0.2, 0, 0, 0.7, 0.8, 0.9, 0, 0], dtype=np.float32)
    >>> [(one.first, one.end) for one in marked(ShotMarks("it", joint, gradual))]
    [(3, 4), (6, 8)]
    """
    told = (marks.joint > MARKED) | (marks.gradual > MARKED)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], told.astype(np.int8), [0]))))
    found = []
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end >= len(marks):
            continue
        likely = float(max(marks.joint[first:end].max(), marks.gradual[first:end].max()))
        found.append(Marked(first + 1, max(end, first + 2), likely))
    return tuple(found)


def by_marks(
    found: Sequence[Moment], picture: PictureIndex, marks: ShotMarks
) -> tuple[Moment, ...]:
    """The moments found, with the network's changes of shot in place of the cuts and dissolves.

    The network tells no kinds: where a wipe was found in what it marks, the wipe stays, and what
    it marks inside a fade is the fade. Flashes, titles and sounds are left as they are.
    """
    kept = [one for one in found if one.kind not in _SEAMS]
    fades = [one for one in found if one.kind in _FADES]
    wipes = [one for one in found if one.kind is MomentKind.WIPE]
    for change in marked(marks):
        moment = _moment(picture, change, marks)
        if any(one.span.start <= moment.at <= one.span.end for one in fades):
            continue
        same = [one for one in wipes if change.end - change.first > 1 and _meet(one, moment)]
        kept.append(same[0] if same else moment)
    return tuple(dict.fromkeys(kept))


def _meet(wipe: Moment, change: Moment) -> bool:
    return wipe.span.start <= change.at <= wipe.span.end


def _moment(picture: PictureIndex, change: Marked, marks: ShotMarks) -> Moment:
    first, end = change.first, change.end
    after = min(end if end - first > 1 else first, len(picture) - 1)
    shapes = flattened(picture.signatures[[first - 1, after]])
    apart = float(unlikeness(shapes, np.array([0]), np.array([1]))[0])
    sharp = end - first == 1
    index = first if sharp else (first + end) // 2
    at, number = picture.at(index), picture.frame(index)
    evidence = (
        Evidence(f"{marks.by} sees the shot change", change.likely, "likely", number, at),
        Evidence("the picture differs before and after", apart, "of its contrast", number, at),
    )
    return Moment(
        MomentKind.CUT if sharp else MomentKind.DISSOLVE,
        at,
        picture.range_of(first, end),
        round(0.5 * rising(apart, 0.2, 0.8) + (0.25 if sharp else 0.3), 4),
        round(change.likely, 4),
        "cut" if sharp else "dissolve",
        evidence,
    )
