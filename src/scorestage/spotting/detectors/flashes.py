"""Flashes: light that bursts for a few frames and is gone (lightning, a gun, a camera)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.likeness import flattened, unlikeness
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.picture import PictureIndex

SAME_OUTLINES = 0.5
"""From this correlation on a bright picture is the one before it under more light."""
STANDING_FRAMES = 5
"""A burst as long as this moves: its light comes and goes."""
EMPTY_SPREAD = 5.0
"""Below this spread of luma (of 255) there is only light."""


@dataclass(frozen=True, slots=True)
class FlashSettings:
    """How bright and how short a flash is."""

    least_rise: float = field(
        default=24.0, metadata={"help": "rise of the mean light (of 255) within two frames"}
    )
    longest_seconds: float = field(
        default=0.5, metadata={"help": "time within which half of the rise must be gone"}
    )


def find_flashes(footage: Footage, settings: FlashSettings) -> tuple[Moment, ...]:
    """Each flash, at its first bright frame; a flicker of several bursts is one."""
    picture = footage.picture
    light = picture.light
    if len(picture) < 4:
        return ()
    rise = np.zeros(len(light))
    rise[1:] = light[1:] - light[:-1]
    rise[2:] = np.maximum(rise[2:], light[2:] - light[:-2])
    reach = picture.frames_in(settings.longest_seconds)
    moments: list[Moment] = []
    free = 0
    for frame in np.flatnonzero(rise >= settings.least_rise).tolist():
        if frame < free:
            continue
        first = frame if light[frame] - light[frame - 1] >= rise[frame] / 2 else frame - 1
        end = _gone(picture, first, reach) if _bursts(picture, first, settings) else None
        if end is not None:
            moments.append(_moment(picture, first, end))
            free = end + reach // 2
    return tuple(moments)


def _bursts(picture: PictureIndex, first: int, settings: FlashSettings) -> bool:
    """Whether light jumps here, and was not climbing already as in a fade to white."""
    light = picture.light
    before, start = float(light[first - 1]), float(light[max(first - 5, 0)])
    jump = float(light[first : first + 2].max()) - before
    peak = float(light[first : first + picture.frames_in(settings.longest_seconds)].max()) - before
    return jump >= max(settings.least_rise, 0.5 * peak) and before - start < 0.5 * jump


def _gone(picture: PictureIndex, first: int, reach: int) -> int | None:
    """The first frame after the flash; None where the light stays, or a bright shot is cut in."""
    light = picture.light
    before = float(light[first - 1])
    stretch = light[first : min(first + reach + 1, len(light))]
    peak = float(stretch.max())
    if peak - before < 1:
        return None
    at_peak = int(stretch.argmax())
    dark = np.flatnonzero(stretch[at_peak:] <= before + (peak - before) / 2)
    if not len(dark):
        return None
    end = first + at_peak + int(dark[0])
    if _stands(picture, first, end):
        return None
    whitened = _whitened(picture, first - 1, first + at_peak)
    return end if whitened or _came_back(picture, first - 1, end, reach) else None


def _stands(picture: PictureIndex, first: int, end: int) -> bool:
    """Whether the light stays up for some frames over a picture: a bright shot, no burst."""
    light = picture.light[first:end].astype(np.float64)
    if len(light) < STANDING_FRAMES:
        return False
    before = float(picture.light[first - 1])
    lowest, highest = float(light[1:-1].min()) - before, float(light.max()) - before
    pictured = float(np.median(picture.spread[first:end])) > EMPTY_SPREAD
    if lowest <= 0.6 * highest or not pictured:
        return False
    shapes = flattened(picture.signatures[[first - 1, (first + end) // 2]])
    return float((shapes[0] * shapes[1]).mean()) < SAME_OUTLINES


def _whitened(picture: PictureIndex, before: int, brightest: int) -> bool:
    """Whether the light drowns the picture rather than being a bright shot of its own."""
    light, spread = float(picture.light[brightest]), float(picture.spread[brightest])
    return bool(spread < 0.6 * picture.spread[before] or (light > 140 and spread < 0.2 * light))


def _came_back(picture: PictureIndex, before: int, end: int, reach: int) -> bool:
    """Whether the shot before the flash goes on after it."""
    last = min(end + reach, len(picture))
    shapes = flattened(picture.signatures[before:last])
    later = np.arange(end - before, last - before)
    back = unlikeness(shapes, np.zeros(len(later), dtype=np.intp), later)
    return bool((back < 0.18).any())


def _moment(picture: PictureIndex, first: int, end: int) -> Moment:
    before = float(picture.light[first - 1])
    peak = float(picture.light[first:end].max())
    at, number = picture.at(first), picture.frame(first)
    evidence = (
        Evidence("light bursts by", peak - before, "of 255", number, at),
        Evidence("for", end - first, "frames", number, at),
    )
    return Moment(
        MomentKind.FLASH,
        at,
        picture.range_of(first, end),
        round(0.5 + 0.5 * rising(peak - before, 20, 110), 4),
        round(0.5 + 0.5 * rising(peak - before, 20, 60), 4),
        "white flash" if peak > 200 else "flash of light",
        evidence,
    )


DETECTOR = Detector("flashes", "flashes of light", FlashSettings, find_flashes)
