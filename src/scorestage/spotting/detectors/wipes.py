"""Wipes: an edge runs over the picture; behind it stands the new shot, before it the old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.mixing import EIGHTHS, Limits, Mix, mixes
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

LEAST_LEVELS = 6.0
"""Places where old and new differ by less than this (of 255) tell nothing."""
LEAST_AREA = 0.3
PAUSE_FRAMES = 2
LEAST_GROWTH = 0.008
MOST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class WipeSettings:
    """How plainly each place must show either the old or the new shot."""

    most_doubt: float = field(
        default=0.35,
        metadata={"help": "places that show neither, return, or change out of turn, together"},
    )
    most_at_once: float = field(
        default=0.5, metadata={"help": "share of the picture that may change with one frame"}
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """What the places show that differ: plainly old or new, back to old, most at one frame."""

    plain: float
    back: float
    at_once: float


def find_wipes(footage: Footage, settings: WipeSettings) -> tuple[Moment, ...]:
    """Each wipe, at its middle; its span is the frames that show both pictures."""
    picture = footage.picture
    limits = Limits(0.35, 0.16, 0.15, 0.7)
    runs: dict[Mix, _Run] = {}

    def usable(mix: Mix) -> bool:
        run = _run(picture, mix, [round(eighth * (mix.last - mix.first) / 8) for eighth in _ORDER])
        if run is None or _doubt(mix, run) >= settings.most_doubt:
            return False
        runs[mix] = run
        return True

    def worth(mix: Mix) -> float:
        return 0.5 * mix.apart - _doubt(mix, runs[mix])

    found = [
        (mix, *_ends(picture, _grown(picture, mix)))
        for mix in mixes(picture, limits, MOST_ALIKE, usable, worth)
        if _step_by_step(picture, mix, settings)
    ]
    return tuple(_moment(picture, mix, runs[mix], first, end) for mix, first, end in _joined(found))


_ORDER = sorted(EIGHTHS)


def _joined(found: list[tuple[Mix, int, int]]) -> Iterator[tuple[Mix, int, int]]:
    """Pieces that follow one another without a pause are one wipe; the later piece tells it."""
    held: tuple[Mix, int, int] | None = None
    for mix, first, end in found:
        if held is not None and first - held[2] > 2:
            yield held
            held = None
        held = (mix, held[1] if held is not None else first, end)
    if held is not None:
        yield held


def _doubt(mix: Mix, run: _Run) -> float:
    """How little a stretch is like a wipe: 0 not at all, from about 0.4 it is none."""
    return 1 - run.plain + run.back + mix.uneven + 0.5 * max(mix.alike, 0.0)


def _step_by_step(picture: PictureIndex, mix: Mix, settings: WipeSettings) -> bool:
    """Whether no frame changes most of the picture at once, as a cut does."""
    run = _run(picture, mix, list(range(1, mix.last - mix.first)))
    return run is not None and run.at_once <= settings.most_at_once


def _run(picture: PictureIndex, mix: Mix, steps: list[int]) -> _Run | None:
    new, near = _places(picture, mix, steps)
    if new is None or near is None:
        return None
    turned = np.concatenate(([0.0], new.mean(axis=1), [1.0]))
    return _Run(
        float((near < 0.3).mean()),
        float((new[:-1] & ~new[1:]).any(axis=0).mean()),
        float(np.diff(turned).max()),
    )


def _places(
    picture: PictureIndex, mix: Mix, steps: list[int]
) -> tuple[NDArray[np.bool_], NDArray[np.float32]] | tuple[None, None]:
    """Frame by frame, for each place that differs: whether it shows the new shot, how far off."""
    ends = picture.signatures[[mix.first, mix.last]].astype(np.float32)
    way = ends[1] - ends[0]
    least = max(LEAST_LEVELS, 0.4 * float(np.sqrt((way**2).mean())))
    differs = np.abs(way) > least
    if differs.mean() < LEAST_AREA:
        return None, None
    between = picture.signatures[[mix.first + step for step in steps]].astype(np.float32)
    share = (between[:, differs] - ends[0][differs]) / way[differs]
    near = np.minimum(np.abs(share), np.abs(share - 1))
    return share > 0.5, near


def _grown(picture: PictureIndex, mix: Mix) -> Mix:
    """The stretch made longer at either end as long as more of the picture is found to change."""
    for early in (True, False):
        pauses, best = 0, mix
        reach = mix.last - mix.first
        for step in range(1, reach + 1):
            first, last = (mix.first - step, mix.last) if early else (mix.first, mix.last + step)
            if first < 0 or last >= len(picture) or pauses > PAUSE_FRAMES:
                break
            longer = replace(mix, first=first, last=last)
            more = _differing(picture, longer) > _differing(picture, best) + LEAST_GROWTH
            if more and _holds(picture, longer):
                best, pauses = longer, 0
            else:
                pauses += 1
        mix = best
    return mix


def _differing(picture: PictureIndex, mix: Mix) -> float:
    """The share of places where the two ends are plainly apart."""
    ends = picture.signatures[[mix.first, mix.last]].astype(np.float32)
    contrast = float(picture.spread[mix.first] + picture.spread[mix.last]) / 2
    return float((np.abs(ends[1] - ends[0]) > max(LEAST_LEVELS, 0.5 * contrast)).mean())


def _holds(picture: PictureIndex, mix: Mix) -> bool:
    """Whether places still change one after the other, from old to new and not back."""
    run = _run(picture, mix, list(range(1, mix.last - mix.first)))
    return run is not None and run.plain > 0.7 and run.back < 0.15 and run.at_once < 0.4


def _ends(picture: PictureIndex, mix: Mix) -> tuple[int, int]:
    """The first frame of the wipe, and the first after it: where a line through its run begins."""
    steps = list(range(1, mix.last - mix.first))
    new, _ = _places(picture, mix, steps)
    first, end = mix.first + 1, mix.last
    if new is None:
        return first, end
    share = new.mean(axis=1)
    middle = np.flatnonzero((share > 0.12) & (share < 0.88))
    if len(middle) < 3:
        return first, end
    slope, base = np.polyfit(middle + 1.0, share[middle], 1)
    if slope <= 0:
        return first, end
    begun = mix.first + int(np.floor(-base / slope)) + 1
    over = mix.first + int(np.ceil((1 - base) / slope))
    return max(first, begun), min(end, max(over, begun + 3))


def _moment(picture: PictureIndex, mix: Mix, run: _Run, first: int, end: int) -> Moment:
    middle = (first + end) // 2
    at, number = picture.at(middle), picture.frame(middle)
    evidence = (
        Evidence("shows plainly the old or the new shot", run.plain, "of places", number, at),
        Evidence("changes with one frame at most", run.at_once, "of the picture", number, at),
        Evidence("over", end - first, "frames", number, at),
    )
    return Moment(
        MomentKind.WIPE,
        at,
        picture.range_of(first, end),
        round(0.5 + 0.3 * rising(mix.apart, 0.8, 1.5), 4),
        round(0.3 + 0.7 * rising(_doubt(mix, run), 0.4, 0.1), 4),
        "wipe",
        evidence,
    )


DETECTOR = Detector("wipes", "wipes from shot to shot", WipeSettings, find_wipes)
