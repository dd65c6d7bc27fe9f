"""Fades: the picture sinks into, or grows out of, an even field of black or white."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FadeSettings:
    """What counts as an even field, and how a fade must run."""

    even_levels: float = field(
        default=5.0, metadata={"help": "spread of luma (of 255) below which a picture is empty"}
    )
    least_levels: float = field(
        default=9.0, metadata={"help": "spread the picture must have at the full end of the fade"}
    )
    shortest_frames: int = field(default=4, metadata={"help": "fewest frames of a fade"})


@dataclass(frozen=True, slots=True)
class _Fade:
    """A fade-out from its last full frame to its first even one (indices)."""

    full: int
    even: int


def find_fades(footage: Footage, settings: FadeSettings) -> tuple[Moment, ...]:
    """Each fade-out and fade-in, from the first frame that moves to the last."""
    picture = footage.picture
    if len(picture) < 2:
        return ()
    spread = picture.spread.astype(np.float64)
    light = picture.light.astype(np.float64)
    cuts = picture.change > 0.2
    moments = [
        _moment(picture, MomentKind.FADE_OUT, fade.full, fade.even)
        for fade in _sinking(spread, light, cuts, settings)
    ]
    last = len(picture) - 1
    backwards = np.concatenate(([False], cuts[1:][::-1]))
    moments += [
        _moment(picture, MomentKind.FADE_IN, last - fade.even, last - fade.full)
        for fade in _sinking(spread[::-1], light[::-1], backwards, settings)
    ]
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _sinking(
    spread: Curve, light: Curve, cuts: NDArray[np.bool_], settings: FadeSettings
) -> Iterator[_Fade]:
    """Where the picture's spread falls steadily until an even field begins."""
    even = spread < settings.even_levels
    starts = np.flatnonzero(even[1:] & ~even[:-1]) + 1
    for start in starts.tolist():
        full = _easing(spread, _top(spread, cuts, start), start)
        lowest = float(spread[start : start + 12].min())
        if start - full < settings.shortest_frames or spread[full] < settings.least_levels:
            continue
        if spread[full] < 2.5 * max(lowest, 1.0):
            continue
        yield _Fade(full, _settled(spread, light, even, start))


def _settled(spread: Curve, light: Curve, even: NDArray[np.bool_], start: int) -> int:
    """The first frame of the even field that no longer moves."""
    end = start
    onward = np.sign(light[min(start + 2, len(light) - 1)] - light[start])
    while end + 1 < len(spread) and even[end + 1]:
        sinks = spread[end + 1] < spread[end] - 0.15
        moves = (light[end + 1] - light[end]) * onward > 0.15
        if not (sinks or moves):
            break
        end += 1
    return end


def _easing(spread: Curve, top: int, start: int) -> int:
    """The frame after `top` where the fall really begins: what is slower is the scene's own."""
    steps = spread[top:start] - spread[top + 1 : start + 1]
    if len(steps) < 8:
        return top
    pace = np.convolve(steps, np.ones(6) / 6, mode="valid")
    slow = np.flatnonzero(pace < 0.4 * pace.max())
    before_fastest = slow[slow < int(pace.argmax())]
    return top + (int(before_fastest[-1]) + 3 if len(before_fastest) else 0)


def _top(spread: Curve, cuts: NDArray[np.bool_], start: int) -> int:
    """The frame from which the spread falls without a pause of more than three frames."""
    top = start
    pause = 0
    for frame in range(start - 1, -1, -1):
        if cuts[frame + 1] and spread[frame] > 2 * spread[frame + 1] + 4:
            break
        if spread[frame] > spread[top] * 1.01:
            top, pause = frame, 0
        else:
            pause += 1
            if pause > 3:
                break
    return top


def _moment(picture: PictureIndex, kind: MomentKind, first: int, last: int) -> Moment:
    empty, full = (last, first) if kind is MomentKind.FADE_OUT else (first, last)
    light = float(picture.light[empty])
    field_name = "black" if light < 40 else "white" if light > 140 else "grey"
    at, number = picture.at(first + 1), picture.frame(first + 1)
    lost = float(picture.spread[full] - picture.spread[empty])
    steps = np.diff(picture.spread[first : last + 1].astype(np.float64))
    way = -steps if kind is MomentKind.FADE_OUT else steps
    steady = float((way > -0.3).mean())
    out = kind is MomentKind.FADE_OUT
    evidence = (
        Evidence("the picture sinks" if out else "the picture grows", lost, "of 255", number, at),
        Evidence("over", last - first, "frames", number, at),
        Evidence(
            "the even field's light", light, "of 255", picture.frame(empty), picture.at(empty)
        ),
    )
    strength = 0.5 + 0.5 * rising(lost, 5, 50)
    return Moment(
        kind,
        at,
        picture.range_of(first + 1, max(last, first + 2)),
        round(strength, 4),
        round(0.4 * rising(lost, 3, 20) + 0.6 * rising(steady, 0.6, 0.95), 4),
        f"fade {'to' if out else 'in from'} {field_name}",
        evidence,
    )


DETECTOR = Detector("fades", "fades to and from black or white", FadeSettings, find_fades)
