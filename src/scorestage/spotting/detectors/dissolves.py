"""Dissolves: for a while the picture is a mixture of two shots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.likeness import flattened, unlikeness
from scorestage.spotting.mixing import SAME_PICTURE, Limits, Mix, drifts, mixes, trimmed
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

SMALL_AREA = 0.4
"""Where less of the picture than this changes, something was laid over it: mostly a title."""
ALIKE_SHOTS, PLAIN_REST, PLAIN_UNEVEN = 0.85, 0.1, 0.04
ALIKE_COSTS = 0.2
"""The more alike the two shots are, the better a mixture must explain what lies between."""


@dataclass(frozen=True, slots=True)
class DissolveSettings:
    """How unlike the two shots must be, and how well a mixture must explain what lies between."""

    least_change: float = field(
        default=0.24, metadata={"help": "how unlike the shots before and after must be"}
    )
    most_doubt: float = field(
        default=0.28,
        metadata={"help": "share no mixture explains, unevenness and likeness taken together"},
    )
    shares_off: float = field(
        default=0.25, metadata={"help": "how far the mixture may stray from an even progress"}
    )


def find_dissolves(footage: Footage, settings: DissolveSettings) -> tuple[Moment, ...]:
    """Each dissolve, at its middle; its span is the frames that show both pictures."""
    picture = footage.picture
    limits = Limits(settings.shares_off, 0.12, 0.0, 0.3)
    found = [
        mix
        for mix in mixes(picture, limits, most_alike=1.0, usable=_usable(settings))
        if _between_shots(mix) or _changed_area(picture, mix) < SMALL_AREA
    ]
    return tuple(
        _moment(picture, mix, change)
        for mix in (trimmed(picture, mix) if _between_shots(mix) else mix for mix in found)
        if not drifts(picture, mix) and (change := _change(picture, mix)) >= settings.least_change
    )


def _usable(settings: DissolveSettings) -> Callable[[Mix], bool]:
    def usable(mix: Mix) -> bool:
        if _between_shots(mix):
            return doubt(mix) < settings.most_doubt
        return mix.rest < 0.12 and mix.apart > 0.2

    return usable


def doubt(mix: Mix) -> float:
    """How little a stretch is like a dissolve: 0 not at all, from about 0.3 it is none."""
    return mix.rest + mix.uneven + ALIKE_COSTS * mix.alike


def _between_shots(mix: Mix) -> bool:
    """Whether the ends are two pictures, and not one that moved or changed its light.

    Shots that look alike may dissolve, too; then the mixture must be plain.
    """
    return mix.alike < SAME_PICTURE or (
        mix.alike < ALIKE_SHOTS and mix.rest < PLAIN_REST and mix.uneven < PLAIN_UNEVEN
    )


def _change(picture: PictureIndex, mix: Mix) -> float:
    shapes = flattened(picture.signatures[[mix.first, mix.last]])
    return float(unlikeness(shapes, np.array([0]), np.array([1]))[0])


def _moment(picture: PictureIndex, mix: Mix, change: float) -> Moment:
    first, end = mix.first + 1, mix.last
    area = _changed_area(picture, mix)
    lettered = float(picture.strokes[mix.last] - picture.strokes[mix.first])
    kind, words, at_index = MomentKind.DISSOLVE, "dissolve", (first + end) // 2
    strength = 0.4 + 0.4 * rising(change, 0.2, 0.7)
    laid_over = not _between_shots(mix) or (mix.alike >= SAME_PICTURE and area < SMALL_AREA)
    if laid_over and lettered > 0.002:
        kind, words, at_index = MomentKind.TITLE, "title appears", first
    elif laid_over:
        words, strength = "title goes" if lettered < -0.002 else "part of the picture goes", 0.2
    at, number = picture.at(at_index), picture.frame(at_index)
    evidence = (
        Evidence("the picture differs before and after", change, "of its contrast", number, at),
        Evidence("a mixture leaves over", mix.rest, "of the difference", number, at),
        Evidence("over", end - first, "frames", number, at),
        Evidence("area that changes", area, "of the picture", number, at),
    )
    sure = 0.6 * rising(doubt(mix), 0.32, 0.05) + 0.4 * rising(change, 0.15, 0.4)
    return Moment(
        kind,
        at,
        picture.range_of(first, end),
        round(strength, 4),
        round(sure, 4),
        words,
        evidence,
    )


def _changed_area(picture: PictureIndex, mix: Mix) -> float:
    """The share of the picture that the two ends do not have in common."""
    before, after = (picture.signatures[i].astype(np.float32) for i in (mix.first, mix.last))
    apart = np.abs(after - before)
    return float((apart > 0.2 * apart.max()).mean())


DETECTOR = Detector("dissolves", "dissolves from shot to shot", DissolveSettings, find_dissolves)
