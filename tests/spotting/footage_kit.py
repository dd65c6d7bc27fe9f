"""Footage out of drawn frames and made sound, and the names of what is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.drawn_clips import Frame
from tests.shared_material import shared

from scorestage.adapters.machines.film import probe, read_frames, sound_chunks
from scorestage.spotting import (
    SOUND_RATE_HZ,
    WORKING_SIZE_PX,
    Detector,
    Footage,
    Moment,
    PictureIndex,
    PictureIndexBuilder,
    SoundIndex,
    SoundIndexBuilder,
    Speech,
)
from scorestage.spotting.detectors import (
    dissolves,
    fades,
    flashes,
    hard_cuts,
    silences,
    sound_events,
    title_cards,
    wipes,
)
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime, FrameRate

DETECTORS: dict[str, Detector[Any]] = {
    detector.name: detector
    for detector in (
        dissolves.DETECTOR,
        fades.DETECTOR,
        flashes.DETECTOR,
        hard_cuts.DETECTOR,
        silences.DETECTOR,
        sound_events.DETECTOR,
        title_cards.DETECTOR,
        wipes.DETECTOR,
    )
}

TRAILER_CUTS = (334, 396, 404, 420, 571, 621, 658, 672, 1163, 1220)
"""Hard cuts of the Sintel trailer, seen frame by frame (404 joins two blows of a fight)."""

BUNNY_CUTS = (
    *(285, 378, 553, 1145, 1346, 1456, 1531, 1666, 1711, 1763, 1813, 1919),
    *(2154, 2194, 2394, 2494, 2704, 2831, 2901, 2963, 3045, 3513, 3578),
)
"""Hard cuts of the opening of Big Buck Bunny, seen frame by frame."""


def watched(frames: Sequence[Frame], rate: FrameRate = FRAMES_24) -> PictureIndex:
    """The index of frames at a rate."""
    builder = PictureIndexBuilder(rate)
    for number, frame in enumerate(frames):
        builder.add(rate.time_of(number), frame)
    return builder.finish()


def heard(samples: NDArray[np.floating]) -> SoundIndex:
    """The index of mono sound at 24 kHz, (samples,)."""
    builder = SoundIndexBuilder()
    builder.add(np.asarray(samples, dtype=np.float32).reshape(-1, 1))
    return builder.finish()


def frames_of(moments: Sequence[Moment], kind: str = "", rate: FrameRate = FRAMES_24) -> list[int]:
    """The frames of moments, of one kind or of all."""
    return [rate.nearest_frame(one.at) for one in moments if not kind or one.kind == kind]


def spoken(*lines: tuple[int, int], rate: FrameRate = FRAMES_24) -> tuple[Speech, ...]:
    """Lines from frame to frame."""
    return tuple(Speech(FilmRange(rate.time_of(a), rate.time_of(b))) for a, b in lines)


def real_frames(name: str) -> list[Frame]:
    """A real film at working size; skips where it is absent."""
    path = shared(f"films/{name}.mp4")
    return [picture for _, _, picture in read_frames(path, WORKING_SIZE_PX)]


def real_footage(name: str) -> Footage:
    """A real film watched and heard; skips where it is absent."""
    return _real_footage(shared(f"films/{name}.mp4"))


@cache
def _real_footage(path: Path) -> Footage:
    facts = probe(path)
    picture = PictureIndexBuilder(facts.rate)
    for _, at, pixels in read_frames(path, WORKING_SIZE_PX, facts=facts):
        picture.add(at, pixels)
    sound = SoundIndexBuilder()
    for chunk in sound_chunks(path, SOUND_RATE_HZ, 1, facts=facts):
        sound.add(chunk)
    return Footage(picture.finish(), sound.finish())


def seconds(count: float) -> int:
    """Samples at 24 kHz."""
    return round(count * SOUND_RATE_HZ)


def graded(how: str) -> Callable[[Sequence[Frame]], list[Frame]]:
    """The same film as another print: black and white, dark, faded, worn."""
    rng = np.random.default_rng(5)

    def grey(frame: Frame) -> NDArray[np.float64]:
        return frame @ np.array([0.299, 0.587, 0.114])

    def worn(frame: Frame) -> NDArray[np.float64]:
        flicker = 1 + 0.08 * rng.normal()
        down, across = rng.uniform(0, 0.6, 2)
        woven = grey(frame)
        woven = np.roll(woven, 1, 0) * down + woven * (1 - down)
        woven = np.roll(woven, 1, 1) * across + woven * (1 - across)
        return woven * flicker * 0.8 + 20 + rng.normal(0, 5, woven.shape)

    ways: dict[str, Callable[[Frame], NDArray[Any]]] = {
        "as shot": lambda frame: frame,
        "black and white": grey,
        "dark": lambda frame: frame * 0.25,
        "faded": lambda frame: grey(frame) * 0.35 + 110,
        "negative": lambda frame: 255 - frame,
        "worn": worn,
    }
    way = ways[how]
    return lambda frames: [np.clip(way(frame), 0, 255).astype(np.uint8) for frame in frames]


def at_frame(number: int, rate: FrameRate = FRAMES_24) -> FilmTime:
    """When a frame starts."""
    return rate.time_of(number)
