"""Dissolves: for a while the picture is a mixture of two shots."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.likeness import flattened, unlikeness
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

Levels = NDArray[np.float32]

SPANS_FRAMES = (6, 9, 13, 18, 26, 36, 52, 72)
QUARTERS = (0.25, 0.5, 0.75)
BATCH = 2048
PURE = 0.04
SMALL_AREA = 0.4
"""Where less of the picture than this changes, something was laid over it: mostly a title."""
SAME_PICTURE = 0.62


@dataclass(frozen=True, slots=True)
class DissolveSettings:
    """How unlike the two shots must be, and how well a mixture must explain what lies between."""

    least_change: float = field(
        default=0.24, metadata={"help": "how unlike the shots before and after must be"}
    )
    most_unexplained: float = field(
        default=0.2, metadata={"help": "share of the picture between that no mixture explains"}
    )
    shares_off: float = field(
        default=0.14, metadata={"help": "how far the mixture may stray from an even progress"}
    )


@dataclass(frozen=True, slots=True)
class _Mix:
    """A stretch that looks mixed, from its last pure frame to the next one."""

    first: int
    last: int
    unexplained: float
    change: float


def find_dissolves(footage: Footage, settings: DissolveSettings) -> tuple[Moment, ...]:
    """Each dissolve, at its middle."""
    picture = footage.picture
    cuts = np.cumsum(picture.change > 0.2, dtype=np.intp)
    found: list[_Mix] = []
    for span in SPANS_FRAMES:
        found += _mixed(picture, cuts, span, settings)
    found = [mix for mix in found if _changes_picture(picture, mix) or _lays_over(picture, mix)]
    return tuple(_moment(picture, _trimmed(picture, mix)) for mix in _apart(found))


def _mixed(
    picture: PictureIndex, cuts: NDArray[np.intp], span: int, settings: DissolveSettings
) -> list[_Mix]:
    """Stretches of `span` frames that are mixtures of their two ends."""
    count = len(picture) - span
    if count <= 0:
        return []
    starts = np.arange(count)
    ends = starts + span
    spread = picture.spread
    usable = (cuts[ends] == cuts[starts]) & (spread[starts] > 8) & (spread[ends] > 8)
    starts, ends = starts[usable], ends[usable]
    straight = np.concatenate(
        [
            _is_mixture(picture.signatures, starts[part], ends[part], settings)
            for part in _parts(len(starts))
        ]
    )
    starts, ends = starts[straight], ends[straight]
    if not len(starts):
        return []
    places = np.concatenate((starts, ends))
    kept = flattened(picture.signatures[places])
    numbers = np.arange(len(starts))
    change = unlikeness(kept, numbers, numbers + len(starts))
    unexplained = np.max(
        [_unexplained(picture.signatures, starts, ends, part)[1] for part in QUARTERS], axis=0
    )
    return [
        _Mix(int(first), int(last), float(rest), float(unlike))
        for first, last, rest, unlike in zip(starts, ends, unexplained, change, strict=True)
        if unlike >= settings.least_change
    ]


def _parts(count: int) -> list[slice]:
    return [slice(start, start + BATCH) for start in range(0, max(count, 1), BATCH)]


def _is_mixture(
    signatures: NDArray[np.uint8],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    settings: DissolveSettings,
) -> NDArray[np.bool_]:
    right = np.zeros(len(starts), dtype=np.bool_)
    places = np.arange(len(starts))
    for quarter in (0.5, 0.25, 0.75):
        share, rest = _unexplained(signatures, starts[places], ends[places], quarter)
        even = np.abs(share - quarter) < settings.shares_off
        places = places[even & (rest < settings.most_unexplained)]
    right[places] = True
    return right


def _unexplained(
    signatures: NDArray[np.uint8],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    quarter: float,
) -> tuple[Levels, Levels]:
    """At a part of the way: the share of the later shot (least squares), and what it leaves."""
    old = signatures[starts].astype(np.float32)
    way = signatures[ends].astype(np.float32) - old
    length = np.maximum((way * way).sum(axis=(1, 2)), 1.0)
    places = starts + np.floor(quarter * (ends - starts) + 0.5).astype(np.intp)
    moved = signatures[places].astype(np.float32) - old
    share = (moved * way).sum(axis=(1, 2)) / length
    rest = moved - share[:, None, None] * way
    return share, np.sqrt((rest * rest).sum(axis=(1, 2)) / length)


def _apart(found: list[_Mix]) -> list[_Mix]:
    """The best explained of those that overlap: unlike shots, little left over."""
    kept: list[_Mix] = []
    for mix in sorted(found, key=lambda mix: (mix.unexplained - mix.change, mix.first)):
        if all(mix.last <= other.first or other.last <= mix.first for other in kept):
            kept.append(mix)
    return sorted(kept, key=lambda mix: mix.first)


def _changes_picture(picture: PictureIndex, mix: _Mix) -> bool:
    """Whether the ends are two pictures, and not one that moved or changed its light."""
    return _alike(picture, mix) < SAME_PICTURE


def _lays_over(picture: PictureIndex, mix: _Mix) -> bool:
    """Whether the picture stays and only a part of it is covered, as by a title."""
    return mix.unexplained < 0.12 and _changed_area(picture, mix) < SMALL_AREA


def _alike(picture: PictureIndex, mix: _Mix) -> float:
    """The correlation of the two ends' light: 1 the same picture, about 0 another."""
    ends = (picture.signatures[i].astype(np.float64) for i in (mix.first, mix.last))
    before, after = (end - end.mean() for end in ends)
    return float((before * after).sum() / np.sqrt((before**2).sum() * (after**2).sum() + 1e-9))


def _trimmed(picture: PictureIndex, mix: _Mix) -> _Mix:
    """The same stretch without the pure frames at its ends."""
    stretch = picture.signatures[mix.first : mix.last + 1].astype(np.float32)
    way = stretch[-1] - stretch[0]
    shares = ((stretch - stretch[0]) * way).sum(axis=(1, 2)) / max(float((way * way).sum()), 1.0)
    old = np.flatnonzero(shares < PURE)
    new = np.flatnonzero(shares > 1 - PURE)
    first = int(old[old < len(shares) // 2].max(initial=0))
    last = int(new[new > len(shares) // 2].min(initial=len(shares) - 1))
    return _Mix(mix.first + first, mix.first + last, mix.unexplained, mix.change)


def _moment(picture: PictureIndex, mix: _Mix) -> Moment:
    middle = (mix.first + mix.last + 1) // 2
    area = _changed_area(picture, mix)
    lettered = float(picture.strokes[mix.last] - picture.strokes[mix.first])
    kind, words, at_index = MomentKind.DISSOLVE, "dissolve", middle
    strength = 0.4 + 0.4 * rising(mix.change, 0.2, 0.7)
    laid_over = not _changes_picture(picture, mix)
    if laid_over and lettered > 0.002:
        kind, words, at_index = MomentKind.TITLE, "title appears", mix.first
    elif laid_over:
        words, strength = "title goes" if lettered < -0.002 else "part of the picture goes", 0.2
    at, number = picture.at(at_index), picture.frame(at_index)
    evidence = (
        Evidence("the picture differs before and after", mix.change, "of its contrast", number, at),
        Evidence("a mixture leaves over", mix.unexplained, "of the difference", number, at),
        Evidence("over", mix.last - mix.first, "frames", number, at),
        Evidence("area that changes", area, "of the picture", number, at),
    )
    sure = 0.5 * rising(mix.unexplained, 0.25, 0.08) + 0.5 * rising(mix.change, 0.15, 0.4)
    return Moment(
        kind,
        at,
        picture.range_of(mix.first, mix.last + 1),
        round(strength, 4),
        round(sure, 4),
        words,
        evidence,
    )


def _changed_area(picture: PictureIndex, mix: _Mix) -> float:
    """The share of the picture that the two ends do not have in common."""
    before, after = (picture.signatures[i].astype(np.float32) for i in (mix.first, mix.last))
    apart = np.abs(after - before)
    return float((apart > 0.2 * apart.max()).mean())


DETECTOR = Detector("dissolves", "dissolves from shot to shot", DissolveSettings, find_dissolves)
