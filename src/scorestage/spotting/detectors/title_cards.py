"""Title cards: lettering that stands still on an even ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.likeness import SIGNATURE_COLUMNS, SIGNATURE_ROWS
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

BATCH = 4096
EVEN_LEVELS = 4
"""How far luma (of 255) may stray on an even ground."""


@dataclass(frozen=True, slots=True)
class TitleSettings:
    """How even the ground, how still and how long the lettering."""

    even_share: float = field(
        default=0.62, metadata={"help": "share of the picture that must be even ground"}
    )
    least_strokes: float = field(
        default=0.001, metadata={"help": "share of pixels on a hard edge, at least"}
    )
    most_stir: float = field(default=0.03, metadata={"help": "most movement from frame to frame"})
    shortest_seconds: float = field(default=0.7, metadata={"help": "shortest time it stands"})


def find_title_cards(footage: Footage, settings: TitleSettings) -> tuple[Moment, ...]:
    """Each card, at the first frame on which it can be seen."""
    picture = footage.picture
    if not len(picture):
        return ()
    carded = _carded(picture, settings)
    shortest = picture.frames_in(settings.shortest_seconds)
    return tuple(
        _moment(picture, start, end)
        for start, end in _runs(picture, carded, settings)
        if end - start >= shortest
    )


def _carded(picture: PictureIndex, settings: TitleSettings) -> NDArray[np.bool_]:
    """The frames that are an even ground with something drawn on it."""
    even = np.zeros(len(picture), dtype=np.float32)
    for start in range(0, len(picture), BATCH):
        part = slice(start, start + BATCH)
        flat = picture.signatures[part].reshape(-1, SIGNATURE_ROWS * SIGNATURE_COLUMNS)
        levels = flat.astype(np.float32)
        ground = np.median(levels, axis=1, keepdims=True)
        even[part] = (np.abs(levels - ground) < EVEN_LEVELS).mean(axis=1)
    return np.asarray((even >= settings.even_share) & (picture.strokes >= settings.least_strokes))


def _runs(
    picture: PictureIndex, carded: NDArray[np.bool_], settings: TitleSettings
) -> Iterator[tuple[int, int]]:
    """Stretches of frames with one and the same card, a slow fade of it included."""
    start: int | None = None
    for frame in range(len(picture) + 1):
        held = (
            frame < len(picture)
            and carded[frame]
            and (start is None or picture.stir[frame] <= settings.most_stir)
        )
        if start is not None and not held:
            yield start, frame
            start = frame if frame < len(picture) and carded[frame] else None
        elif held and start is None:
            start = frame


def _moment(picture: PictureIndex, start: int, end: int) -> Moment:
    at, number = picture.at(start), picture.frame(start)
    middle = (start + end) // 2
    strokes = float(picture.strokes[start:end].max())
    light = float(np.median(picture.signatures[middle]))
    ground = "black" if light < 40 else "white" if light > 200 else "an even ground"
    seconds = float(picture.range_of(start, end).span.seconds)
    evidence = (
        Evidence("lettering covers", 100 * strokes, "% of the picture's edges", number, at),
        Evidence("it stands for", seconds, "s", number, at),
        Evidence("light of the ground", light, "of 255", picture.frame(middle), picture.at(middle)),
    )
    return Moment(
        MomentKind.TITLE,
        at,
        picture.range_of(start, end),
        round(0.6 + 0.4 * rising(strokes, 0.002, 0.02), 4),
        round(0.5 * rising(seconds, 0.3, 1.5) + 0.5 * rising(strokes, 0.0, 0.006), 4),
        f"title card on {ground}",
        evidence,
    )


DETECTOR = Detector("title-cards", "title cards", TitleSettings, find_title_cards)
