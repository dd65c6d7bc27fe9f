"""Hard cuts: one frame belongs to one shot, the next to another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.likeness import flattened, unlikeness
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

Curve = NDArray[np.float32]

SAME_OUTLINES = 0.5
"""From this correlation on a bright picture is the same one under more light."""

STILL_CHANGE = 0.02
"""What a still picture changes by its grain alone."""


@dataclass(frozen=True, slots=True)
class HardCutSettings:
    """How much a picture must change, and how much more than around it, to be a cut."""

    least_change: float = field(
        default=0.13, metadata={"help": "smallest change that can be a cut (0 none, 0.6 total)"}
    )
    plain_change: float = field(
        default=0.2, metadata={"help": "change from which a cut is plain to see"}
    )
    times_surroundings: float = field(
        default=1.6, metadata={"help": "how many times the change around it a plain cut must be"}
    )
    times_if_faint: float = field(
        default=1.9, metadata={"help": "how many times the change around it a faint cut must be"}
    )
    wild_change: float = field(
        default=0.35,
        metadata={"help": "change from which a cut beside wild movement shows"},
    )
    times_wild: float = field(
        default=1.15, metadata={"help": "how many times the change on its wild side that must be"}
    )
    times_calm: float = field(
        default=3.0, metadata={"help": "how many times the change on its calm side that must be"}
    )
    around_frames: int = field(default=3, metadata={"help": "frames compared on either side"})
    flash_seconds: float = field(
        default=0.4, metadata={"help": "a picture that comes back within this was a flash"}
    )


@dataclass(frozen=True, slots=True)
class _Join:
    """A place where the picture may be cut: its frame, its change, and the change around it."""

    frame: int
    change: float
    around: float


def find_hard_cuts(footage: Footage, settings: HardCutSettings) -> tuple[Moment, ...]:
    """Each hard cut, at the first frame of the new shot."""
    picture = footage.picture
    joins = _apart([*_sharp(picture, settings), *_blended(picture, settings)])
    kept = [
        join
        for join in joins
        if not _is_fade(picture, join.frame) and not _comes_back(picture, join, settings)
    ]
    return tuple(_moment(picture, join) for join in sorted(kept, key=lambda join: join.frame))


def _apart(joins: list[_Join]) -> list[_Join]:
    """The stronger of two that lie on neighbouring frames: both see the same cut."""
    kept: list[_Join] = []
    for join in sorted(joins, key=lambda join: (-join.change, join.frame)):
        if all(abs(join.frame - other.frame) > 1 for other in kept):
            kept.append(join)
    return kept


def _sharp(picture: PictureIndex, settings: HardCutSettings) -> list[_Join]:
    """Frames that change far more than each frame around them."""
    change = picture.change
    reach = settings.around_frames
    joins = []
    for frame in np.flatnonzero(change >= settings.least_change).tolist():
        before = _most(change, frame - reach, frame)
        after = _most(change, frame + 1, frame + 1 + reach)
        around = max(before, after)
        plain = change[frame] >= settings.plain_change
        times = settings.times_surroundings if plain else settings.times_if_faint
        wild = (
            change[frame] >= settings.wild_change
            and change[frame] >= settings.times_wild * (around + STILL_CHANGE)
            and change[frame] >= settings.times_calm * (min(before, after) + STILL_CHANGE)
        )
        if wild or change[frame] >= times * (around + STILL_CHANGE):
            joins.append(_Join(frame, float(change[frame]), around))
    return joins


def _blended(picture: PictureIndex, settings: HardCutSettings) -> list[_Join]:
    """Cuts smeared over two frames by a change of frame rate: the frame between is a mixture."""
    change = picture.change
    reach = settings.around_frames
    joins = []
    halves = np.minimum(change[1:-1], change[2:]) if len(change) > 2 else change[:0]
    for frame in (np.flatnonzero(halves >= settings.plain_change / 2) + 1).tolist():
        before, after = frame - 1, frame + 1
        shapes = flattened(picture.signatures[before : after + 1])
        whole = float(unlikeness(shapes, np.array([0]), np.array([2]))[0])
        around = max(
            _most(change, before - reach + 1, frame), _most(change, after + 1, after + 1 + reach)
        )
        if whole < settings.plain_change * 1.2 or whole < 2 * (around + STILL_CHANGE):
            continue
        share, apart = _mixture(picture, before, frame, after)
        if 0.15 < share < 0.85 and apart < 0.25:
            joins.append(_Join(frame if share >= 0.5 else after, whole, around))
    return joins


def _mixture(picture: PictureIndex, before: int, frame: int, after: int) -> tuple[float, float]:
    """The share of `after` in `frame`, and how badly the mixture explains it (0 well, 1 not)."""
    old, mixed, new = (picture.signatures[i].astype(np.float32) for i in (before, frame, after))
    way = new - old
    length = float((way * way).sum())
    if length < 1:
        return 0.0, 1.0
    share = float(((mixed - old) * way).sum()) / length
    rest = mixed - old - share * way
    return share, float(np.sqrt((rest * rest).sum() / length))


def _is_fade(picture: PictureIndex, frame: int) -> bool:
    """Whether the picture here only grows out of, or sinks into, an even field."""
    spread = picture.spread
    later = min(frame + 4, len(picture) - 1)
    earlier = max(frame - 5, 0)
    grows = spread[frame - 1] < 4 and spread[frame] < 0.5 * spread[later]
    sinks = spread[frame] < 4 and spread[frame - 1] < 0.5 * spread[earlier]
    return bool(grows or sinks)


def _comes_back(picture: PictureIndex, join: _Join, settings: HardCutSettings) -> bool:
    """Whether a flash of light begins or ends here: the picture before it is there again after."""
    reach = picture.frames_in(settings.flash_seconds)
    start, end = join.frame, min(join.frame + reach, len(picture))
    light = picture.light
    shapes = flattened(picture.signatures[max(0, start - reach) : end + 1])
    offset = max(0, start - reach)
    brighter = float(light[start] - light[start - 1]) > 12
    if brighter and end > start + 1:
        later = np.arange(start + 1, end) - offset
        back = unlikeness(shapes, np.full(len(later), start - 1 - offset), later)
        returns = np.flatnonzero(back < _same(join.change))
        if len(returns) and _lit_up(picture, start - 1, start, start + 1 + int(returns[0])):
            return True
    darker = float(light[start - 1] - light[start]) > 12
    if darker and start - 1 > offset:
        earlier = np.arange(offset, start - 1) - offset
        back = unlikeness(shapes, earlier, np.full(len(earlier), start - offset))
        returns = np.flatnonzero(back < _same(join.change))
        if len(returns):
            return _lit_up(picture, start, offset + int(returns[-1]) + 1, start)
    return False


def _lit_up(picture: PictureIndex, quiet: int, first: int, end: int) -> bool:
    """Whether frames `first` to `end` are the picture of frame `quiet` in a burst of light.

    Light washes a picture out or leaves its outlines; another shot has outlines of its own.
    """
    if end <= first:
        return False
    brightest = first + int(np.argmax(picture.light[first:end]))
    light, spread = float(picture.light[brightest]), float(picture.spread[brightest])
    if spread < 0.6 * float(picture.spread[quiet]) or (light > 140 and spread < 0.2 * light):
        return True
    shapes = flattened(picture.signatures[[quiet, brightest]])
    return float((shapes[0] * shapes[1]).mean()) > SAME_OUTLINES


def _same(change: float) -> float:
    return min(0.16, 0.45 * change)


def _most(curve: Curve, start: int, end: int) -> float:
    part = curve[max(start, 1) : max(end, 1)]
    return float(part.max()) if len(part) else 0.0


def _moment(picture: PictureIndex, join: _Join) -> Moment:
    frame, change = join.frame, join.change
    at = picture.at(frame)
    number = picture.frame(frame)
    ratio = change / (join.around + STILL_CHANGE)
    step = float(picture.light[frame] - picture.light[frame - 1])
    evidence = (
        Evidence("the picture changes", change, "of its contrast", number, at),
        Evidence("against the frames around it", ratio, "times", number, at),
        Evidence("light steps", step, "of 255", number, at),
    )
    sure = rising(ratio, 1.0, 3.5) * 0.5 + rising(change, 0.1, 0.4) * 0.5
    strength = 0.5 * rising(change, 0.2, 0.8) + 0.5 * rising(abs(step), 0, 90)
    return Moment(
        MomentKind.CUT,
        at,
        picture.range_of(frame, frame + 1),
        round(strength, 4),
        round(sure, 4),
        _words(picture, frame),
        evidence,
    )


def _words(picture: PictureIndex, frame: int) -> str:
    if picture.spread[frame - 1] < 4 and picture.light[frame - 1] < 40:
        return "cut out of black"
    if picture.spread[frame] < 4 and picture.light[frame] < 40:
        return "cut to black"
    step = float(picture.light[frame] - picture.light[frame - 1])
    if step > 40:
        return "cut into the light"
    return "cut into the dark" if step < -40 else "cut"


DETECTOR = Detector("hard-cuts", "hard cuts, frame-exact", HardCutSettings, find_hard_cuts)
