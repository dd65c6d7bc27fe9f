"""From moments to shots, and from shots to how much of a scene change each seam is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex, picture_area
from scorestage.timebase import FilmRange, FilmTime

EMPTY_SPREAD: Final = 5.0
"""Below this spread of luma (of 255) there is no picture, only an even field."""
LOOK_BACK_SHOTS: Final = 4
LOOK_SECONDS: Final = 45.0
LETTERED_SHARE: Final = 0.001

_SHARP: Final = (MomentKind.CUT, MomentKind.TITLE)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A shot: frames `first` up to, not including, `end` (indices), and what it is like.

    `begins` are the moments that make its first seam. `light` is mean luma (0 to 255), `stir` the
    mean movement, `look` how its light and colour are spread (sums to 1). `empty` is a stretch of
    black or white with no picture.
    """

    first: int
    end: int
    range: FilmRange
    begins: tuple[Moment, ...]
    light: float
    stir: float
    look: NDArray[np.float32]
    empty: bool

    @property
    def seconds(self) -> float:
        """Its rounded length."""
        return float(self.range.span.seconds)


@dataclass(frozen=True, slots=True)
class Seam:
    """Where one shot gives way to the next, and how far it is a change of scene (0 to 1)."""

    at: FilmTime
    index: int
    scene: float
    moments: tuple[Moment, ...]
    evidence: Evidence


def shots_of(picture: PictureIndex, moments: tuple[Moment, ...]) -> tuple[Shot, ...]:
    """The film's shots in order; together they cover every frame."""
    begins: dict[int, list[Moment]] = {0: []}
    for moment in moments:
        place = _seam_index(picture, moment)
        if place is not None and 0 <= place < len(picture):
            begins.setdefault(place, []).append(moment)
    if not len(picture):
        return ()
    merged = _merged(begins)
    places = [*sorted(merged), len(picture)]
    return tuple(
        _shot(picture, first, end, tuple(merged[first])) for first, end in pairwise(places)
    )


def _merged(begins: dict[int, list[Moment]]) -> dict[int, list[Moment]]:
    """Seams up to three frames apart are one, at the sharpest of them."""
    merged: dict[int, list[Moment]] = {}
    last: int | None = None
    for place in sorted(begins):
        if last is None or last == 0 or place - last > 3:
            merged[place] = list(begins[place])
            last = place
            continue
        held = merged.pop(last)
        sharp = any(moment.kind in _SHARP for moment in begins[place])
        held_sharp = any(moment.kind in _SHARP for moment in held)
        last = place if sharp and not held_sharp else last
        merged[last] = held + begins[place]
    return merged


def seams_of(picture: PictureIndex, shots: tuple[Shot, ...]) -> tuple[Seam, ...]:
    """Every seam between two shots, with how far it is a change of scene.

    Shots are compared by look over a few seams, so that a conversation in shot and reverse shot
    is one scene; fades, dissolves and stretches of black count as what they are.
    """
    return tuple(_seam(picture, shots, number) for number in range(1, len(shots)))


def _seam_index(picture: PictureIndex, moment: Moment) -> int | None:
    if moment.kind in (MomentKind.CUT, MomentKind.DISSOLVE, MomentKind.WIPE):
        if moment.words.endswith(" goes"):
            return None
        return picture.index_at(moment.at)
    if moment.kind is MomentKind.FADE_IN:
        return picture.index_at(moment.span.start)
    if moment.kind is MomentKind.FADE_OUT:
        return picture.index_at(moment.span.end)
    if moment.kind is MomentKind.TITLE and "card" in moment.words:
        return picture.index_at(moment.at)
    return None


def _shot(picture: PictureIndex, first: int, end: int, begins: tuple[Moment, ...]) -> Shot:
    part = slice(first, end)
    stir = picture.stir[first + 1 : end]
    return Shot(
        first,
        end,
        picture.range_of(first, end),
        begins,
        float(picture.light[part].mean()),
        float(np.median(stir)) if len(stir) else 0.0,
        _look(picture, first, end),
        bool(
            np.median(picture.spread[part]) < EMPTY_SPREAD
            and np.median(picture.strokes[part]) < LETTERED_SHARE
        ),
    )


def _look(picture: PictureIndex, first: int, end: int) -> NDArray[np.float32]:
    """Shares of 12 steps of light and 7 x 7 of colour, from a dozen frames of the shot."""
    chosen = first + np.unique(np.linspace(0, end - 1 - first, 12).round().astype(np.intp))
    area = picture_area(picture.signatures[chosen])
    light = picture.signatures[chosen][(slice(None), *area)].ravel()
    tints = picture.tints[chosen].reshape(-1, 2).astype(np.int32)
    steps = np.bincount(np.minimum(light // 22, 11), minlength=12).astype(np.float64)
    bins = np.clip((tints + 56) // 16, 0, 6)
    colours = np.bincount(bins[:, 0] * 7 + bins[:, 1], minlength=49).astype(np.float64)
    shares = np.concatenate((steps / max(1, steps.sum()), colours / max(1, colours.sum()))) / 2
    return np.asarray(shares, dtype=np.float32)


def _seam(picture: PictureIndex, shots: tuple[Shot, ...], number: int) -> Seam:
    after = shots[number]
    apart = _apart(shots, number)
    scene = 0.9 * rising(apart, 0.15, 0.6)
    for moment in after.begins:
        if moment.kind in (MomentKind.FADE_IN, MomentKind.FADE_OUT):
            scene = max(scene, 0.9)
        elif moment.kind in (MomentKind.DISSOLVE, MomentKind.WIPE):
            scene = max(scene, 0.6)
        elif moment.kind is MomentKind.TITLE:
            scene = max(scene, 0.7)
    if after.empty or shots[number - 1].empty:
        scene = max(scene, 0.85)
    at, index = after.range.start, after.first
    evidence = Evidence(
        "the look changes", apart, "of all light and colour", picture.frame(index), at
    )
    return Seam(at, index, round(scene, 4), after.begins, evidence)


def _apart(shots: tuple[Shot, ...], number: int) -> float:
    """The least difference of look between the last shots before a seam and the next after it."""
    at = float(shots[number].range.start.seconds)
    before = [
        shot
        for shot in shots[max(0, number - LOOK_BACK_SHOTS) : number]
        if at - float(shot.range.end.seconds) < LOOK_SECONDS and not shot.empty
    ]
    after = [
        shot
        for shot in shots[number : number + LOOK_BACK_SHOTS - 1]
        if float(shot.range.start.seconds) - at < LOOK_SECONDS and not shot.empty
    ]
    if not before or not after:
        return 1.0
    return min(float(np.abs(old.look - new.look).sum()) / 2 for old in before for new in after)
