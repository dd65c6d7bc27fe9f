"""What anybody can see on a streamer film: lines on their way to the right edge, and flashes.

Nothing here knows how the film was drawn: a streamer is a column of one pure colour, a flash a
disc of one pure colour in the middle of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
ABOVE = 0.75
"""Lines are looked for above the clocks."""
FAR = 45


@dataclass(slots=True)
class Watched:
    """A film: for each colour the right end of its rightmost line by frame (share of the width),
    and the frames that flash."""

    width_px: int = 0
    height_px: int = 0
    pictures: list[NDArray[np.uint8]] = field(default_factory=list)
    lines: dict[str, dict[int, float]] = field(default_factory=dict)
    flashes: dict[str, list[int]] = field(default_factory=dict)
    timecode: str = ""

    def arrivals(self, colour: str) -> list[int]:
        """The frames in which a line of this colour touches the right edge."""
        return sorted(frame for frame, end in self.lines[colour].items() if end == 1.0)


def watch(path: Path) -> Watched:
    """Every frame of a film as it is shown, in order."""
    seen = Watched(lines={name: {} for name in COLOURS}, flashes={name: [] for name in COLOURS})
    with av.open(str(path)) as film:
        told = {**film.metadata, **film.streams.video[0].metadata}
        seen.timecode = str(told.get("timecode", ""))
        for number, frame in enumerate(film.decode(video=0)):
            pixels = frame.to_ndarray(format="rgb24")
            seen.height_px, seen.width_px = pixels.shape[:2]
            seen.pictures.append(pixels)
            for name, colour in COLOURS.items():
                _look(seen, number, name, np.array(colour), pixels)
    return seen


def _look(
    seen: Watched, number: int, name: str, colour: NDArray[np.int64], pixels: NDArray[np.uint8]
) -> None:
    rows = round(len(pixels) * ABOVE)
    every = pixels[:rows:4].astype(np.int16)
    line = np.abs(every - colour.astype(np.int16)).max(axis=2) < FAR
    columns = np.flatnonzero(line.mean(axis=0) > 0.9)
    if len(columns):
        seen.lines[name][number] = (int(columns[-1]) + 1) / pixels.shape[1]
    middle, around = rows * 11 // 20, pixels.shape[1] // 2
    reach = max(2, len(pixels) // 40)
    spot = pixels[middle - reach : middle + reach, around - reach : around + reach].astype(int)
    away = len(pixels) // 5
    beside = pixels[middle, [around - away, around + away]].astype(int)
    lit = np.abs(spot - colour).max(axis=2) < FAR
    if lit.mean() > 0.9 and np.abs(beside - colour).max() >= FAR:
        seen.flashes[name].append(number)
