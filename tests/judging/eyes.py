"""What can be seen on a stage film: lines that stand at the right edge, and its tracks."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

COLOURS = {
    "yellow": (242, 208, 36),
    "green": (47, 191, 91),
    "white": (244, 244, 240),
    "red": (224, 52, 44),
}
"""What the stages agree on; no film is quite so pure from top to bottom."""
EDGE_PX = 4
UPPER = 0.8
"""Streamers are looked for above the strip of clocks."""


@dataclass(slots=True)
class Seen:
    """A stage film: where streamers arrive (frame of the film, colour), and the sound tracks."""

    first_frame: int
    frames: int = 0
    arrivals: list[tuple[int, str]] = field(default_factory=list)
    sounds: list[NDArray[np.float32]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def watch(path: Path, rate: Fraction, start_frames: int) -> Seen:
    """Every frame of a stage film: which colour the right edge has, all the way down."""
    with av.open(str(path)) as film:
        label = str(film.metadata.get("timecode") or film.streams.video[0].metadata["timecode"])
        seen = Seen(_frame_of(label, rate, start_frames))
        seen.titles = [str(one.metadata.get("handler_name", "")) for one in film.streams.audio]
        for number, picture in enumerate(film.decode(video=0)):
            seen.frames += 1
            colour = _edge(picture.to_ndarray(format="rgb24"))
            if colour:
                seen.arrivals.append((seen.first_frame + number, colour))
    for track in range(len(seen.titles)):
        with av.open(str(path)) as film:
            pieces = [sound.to_ndarray() for sound in film.decode(audio=track)]
            planar = film.streams.audio[track].codec_context.format.is_planar
            channels = film.streams.audio[track].codec_context.channels
        whole = np.concatenate(pieces, axis=1)
        shaped = whole.T if planar else whole.reshape(-1, channels)
        full = np.iinfo(shaped.dtype).max if shaped.dtype.kind == "i" else 1.0
        seen.sounds.append((shaped / full).astype(np.float32))
    return seen


def _edge(pixels: NDArray[np.uint8]) -> str:
    """The streamer's colour where it fills the last columns above the clocks, or nothing."""
    strip = pixels[: round(len(pixels) * UPPER), -EDGE_PX:].astype(np.int32)
    for name, colour in COLOURS.items():
        away = np.abs(strip - np.array(colour)).max(axis=2)
        if np.mean(away < 40) > 0.9 and strip.std(axis=(0, 1)).max() < 16:
            return name
    return ""


def _frame_of(label: str, rate: Fraction, start_frames: int) -> int:
    nominal = -(-rate.numerator // rate.denominator)
    hours, minutes, seconds, frames = (int(part) for part in label.replace(";", ":").split(":"))
    count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames - start_frames
    day = 24 * 3600 * nominal
    return (count + day // 2) % day - day // 2
