"""Short clips whose every cut, fade and sound is known, drawn for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmWriter, Sound, SoundTrack
from scorestage.timebase import FRAMES_24, FrameRate, Timecode

Frame = NDArray[np.uint8]
Draw = Callable[[int], Frame]

WIDTH_PX, HEIGHT_PX = 128, 72


def scene(number: int, width: int = WIDTH_PX, height: int = HEIGHT_PX, grey: bool = False) -> Draw:
    """A shot of its own look: soft blobs on a ground, drifting a little from frame to frame."""
    rng = np.random.default_rng(1000 + number)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float64)
    rows, columns = rows / height, columns / width
    blobs = [
        (*rng.uniform(0.1, 0.9, 2), *rng.uniform(0.08, 0.3, 2), rng.uniform(-110, 110, 3))
        for _ in range(9)
    ]
    ground = rng.uniform(50, 190, 3)
    drift = rng.uniform(-0.004, 0.004, 2)

    def draw(frame: int) -> Frame:
        picture = np.broadcast_to(ground, (height, width, 3)).copy()
        for y, x, tall, wide, colour in blobs:
            away = ((rows - y - drift[0] * frame) / tall) ** 2
            away = away + ((columns - x - drift[1] * frame) / wide) ** 2
            picture += np.exp(-away)[..., None] * colour
        if grey:
            picture[:] = picture.mean(axis=2, keepdims=True)
        return np.clip(picture, 0, 255).astype(np.uint8)

    return draw


def cut(*shots: tuple[Draw, int]) -> list[Frame]:
    """Shots of the given lengths in frames, one cut after the other."""
    return [draw(frame) for draw, frames in shots for frame in range(frames)]


def mixed(before: Sequence[Frame], after: Sequence[Frame]) -> list[Frame]:
    """A dissolve as long as both stretches, from the first to the second."""
    count = len(before)
    return [
        blend(old, new, (number + 1) / (count + 1))
        for number, (old, new) in enumerate(zip(before, after, strict=True))
    ]


def blend(old: Frame, new: Frame, share: float) -> Frame:
    """`share` of the new frame over the old one."""
    return np.rint(old * (1 - share) + new * share).astype(np.uint8)


def flat(level: int, width: int = WIDTH_PX, height: int = HEIGHT_PX) -> Frame:
    """An even field."""
    return np.full((height, width, 3), level, dtype=np.uint8)


def film_of(
    path: Path,
    frames: Sequence[Frame],
    rate: FrameRate = FRAMES_24,
    sound: Sound | None = None,
    start: Timecode | None = None,
    crf: int = 12,
) -> Path:
    """The frames as a film file, with one sound track where sound is given (48 kHz)."""
    height, width = frames[0].shape[:2]
    tracks = [] if sound is None else [SoundTrack("sound", channels=sound.shape[1])]
    with FilmWriter(path, width, height, rate, tracks, start, crf) as film:
        if sound is not None:
            film.write_sound(0, sound)
        for frame in frames:
            film.write_frame(frame)
    return path
