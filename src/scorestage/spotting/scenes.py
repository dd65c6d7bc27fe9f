"""Scenes: shots that belong together, between places where the film goes somewhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.moments import Evidence, Moment, MomentKind
from scorestage.spotting.picture import PictureIndex
from scorestage.spotting.shots import Seam, Shot
from scorestage.timebase import FilmRange

SCENE: Final = 0.4
"""A seam that is a change of scene to this extent parts two scenes."""
SHORTEST_SECONDS: Final = 4.0
"""A shorter stretch belongs to the scene before it, unless it is black."""
WARM: Final = 3.0
COLOURLESS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene: its shots (numbers from 0, the last not included) and what it looks like.

    `light` is mean luma (0 to 255), `warmth` red less blue (colour difference, above 0 warm),
    `colour` the mean strength of colour. `empty` is a stretch of black or white; `evidence` is
    what parts it from the scene before.
    """

    first_shot: int
    end_shot: int
    range: FilmRange
    light: float
    warmth: float
    colour: float
    cuts_per_minute: float
    titled: bool
    empty: bool
    evidence: Evidence

    @property
    def words(self) -> str:
        """What it looks like, in a few words.

        >>> from scorestage.timebase import FilmTime
        >>> span = FilmRange(FilmTime(0), FilmTime(5))
        >>> proof = Evidence("the film begins", 0, "", 0, FilmTime(0))
        >>> Scene(0, 2, span, 30.0, 8.0, 12.0, 12.0, False, False, proof).words
        'dark, warm'
        """
        if self.empty:
            return "white" if self.light > 128 else "black"
        shade = "dark" if self.light < 45 else "bright" if self.light > 125 else "half light"
        if self.colour < COLOURLESS:
            hue = "without colour"
        else:
            hue = "warm" if self.warmth > WARM else "cold" if self.warmth < -WARM else ""
        return ", ".join(filter(None, (shade, hue, "titles" if self.titled else "")))


def scenes_of(
    picture: PictureIndex,
    shots: tuple[Shot, ...],
    seams: tuple[Seam, ...],
    moments: tuple[Moment, ...],
) -> tuple[Scene, ...]:
    """The film's scenes in order; together they cover it."""
    if not shots:
        return ()
    starts = [0]
    for number, seam in enumerate(seams, 1):
        if seam.scene >= SCENE and _stands_alone(shots, starts[-1], number):
            starts.append(number)
    if len(starts) > 1 and not _stands_alone(shots, starts[-1], len(shots)):
        starts.pop()
    cuts = np.array([float(m.at.seconds) for m in moments if m.kind is MomentKind.CUT])
    titles = tuple(m.span for m in moments if m.kind is MomentKind.TITLE)
    ends = [*starts[1:], len(shots)]
    return tuple(
        _scene(picture, shots, seams, cuts, titles, first, end)
        for first, end in zip(starts, ends, strict=True)
    )


def _stands_alone(shots: tuple[Shot, ...], first: int, end: int) -> bool:
    """Whether these shots are long enough for a scene, or a stretch of black."""
    seconds = sum(shot.seconds for shot in shots[first:end])
    return seconds >= SHORTEST_SECONDS or (
        all(shot.empty for shot in shots[first:end]) and seconds >= 1
    )


def _scene(
    picture: PictureIndex,
    shots: tuple[Shot, ...],
    seams: tuple[Seam, ...],
    cuts: NDArray[np.float64],
    titles: tuple[FilmRange, ...],
    first: int,
    end: int,
) -> Scene:
    span = FilmRange(shots[first].range.start, shots[end - 1].range.end)
    part = slice(shots[first].first, shots[end - 1].end)
    tints = picture.tints[part].reshape(-1, 2).astype(np.float64)
    low, high = float(span.start.seconds), float(span.end.seconds)
    inside = int(((cuts > low) & (cuts < high)).sum())
    opens = Evidence(
        "the film begins", float(picture.light[0]), "of 255", picture.frame(0), span.start
    )
    return Scene(
        first,
        end,
        span,
        round(float(picture.light[part].mean()), 1),
        round(float((tints[:, 1] - tints[:, 0]).mean()), 2),
        round(float(np.hypot(tints[:, 0], tints[:, 1]).mean()), 2),
        round(inside * 60 / (high - low), 2),
        any(one.overlaps(span) for one in titles),
        all(shot.empty for shot in shots[first:end]),
        seams[first - 1].evidence if first else opens,
    )
