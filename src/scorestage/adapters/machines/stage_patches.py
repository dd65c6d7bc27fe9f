"""Small pieces of light laid over a frame: only what they cover is touched.

A patch is a colour with coverage per pixel. It can be laid on RGB pixels or on a decoded frame's
own planes (BT.709 studio levels, chroma at half size), so that nothing else is converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.machines.film import Picture, Planes
from scorestage.adapters.machines.fonts import sans

Coverage = NDArray[np.float32]
"""Height x width, 0 nothing to 1 fully covered."""

OPAQUE = 256
_SUPERSAMPLED = 4
_RUNS = re.compile(r"\d|\D+")


@dataclass(frozen=True, slots=True)
class Patch:
    """A colour (red, green, blue; 0 to 255) and where it covers; even sizes, to fit the chroma."""

    colour: tuple[int, int, int]
    coverage: Coverage
    _full: NDArray[np.int32] = field(init=False, repr=False, compare=False)
    _half: NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows, columns = self.coverage.shape
        covered = np.pad(self.coverage, ((0, rows % 2), (0, columns % 2)))
        halves = covered.reshape(covered.shape[0] // 2, 2, covered.shape[1] // 2, 2).mean((1, 3))
        object.__setattr__(self, "coverage", covered)
        object.__setattr__(self, "_full", np.rint(covered * OPAQUE).astype(np.int32))
        object.__setattr__(self, "_half", np.rint(halves * OPAQUE).astype(np.int32))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.coverage.shape[1], self.coverage.shape[0]

    def on_planes(self, planes: Planes, left: int, top: int) -> None:
        """Lay it on a frame's planes, chroma to the nearest pair; what hangs out is cut."""
        luma, blue, red = studio_colour(self.colour)
        _lay(planes.luma, self._full, luma, left, top)
        _lay(planes.blue, self._half, blue, left // 2, top // 2)
        _lay(planes.red, self._half, red, left // 2, top // 2)

    def on_pixels(self, pixels: Picture, left: int, top: int) -> None:
        """Lay it on height x width x 3 pixels."""
        for channel, level in enumerate(self.colour):
            _lay(pixels[..., channel], self._full, level, left, top)


def _lay(
    plane: NDArray[np.uint8], coverage: NDArray[np.int32], level: int, left: int, top: int
) -> None:
    rows, columns = plane.shape
    height, width = coverage.shape
    first_row, first_column = max(0, -top), max(0, -left)
    last_row, last_column = min(height, rows - top), min(width, columns - left)
    if first_row >= last_row or first_column >= last_column:
        return
    part = coverage[first_row:last_row, first_column:last_column]
    under = plane[top + first_row : top + last_row, left + first_column : left + last_column]
    under[...] = (under * (OPAQUE - part) + level * part + OPAQUE // 2) >> 8


def studio_colour(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """Luma and chroma (blue, red) of a colour in BT.709 studio levels.

    >>> studio_colour((255, 255, 255)), studio_colour((0, 0, 0)), studio_colour((255, 0, 0))
    ((235, 128, 128), (16, 128, 128), (63, 102, 240))
    """
    red, green, blue = (level / 255 for level in colour)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    chroma = (blue - luma) / 1.8556, (red - luma) / 1.5748
    return round(16 + 219 * luma), round(128 + 224 * chroma[0]), round(128 + 224 * chroma[1])


def colour_of(text: str) -> tuple[int, int, int]:
    """A house's colour, `#rrggbb`.

    >>> colour_of("#f2d024")
    (242, 208, 36)
    """
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def disc(radius_px: int, colour: tuple[int, int, int]) -> Patch:
    """A round punch with a smooth edge."""
    side = 2 * radius_px
    size = side * _SUPERSAMPLED
    image = Image.new("L", (size, size))
    ImageDraw.Draw(image).ellipse((0, 0, size - 1, size - 1), fill=255)
    smooth = image.resize((side, side), Image.Resampling.BOX)
    return Patch(colour, np.asarray(smooth, dtype=np.float32) / np.float32(255))


def streamer(
    width_px: int, tail_px: int, height_px: int, colour: tuple[int, int, int]
) -> tuple[Patch, Patch]:
    """A vertical line with a soft tail on its left, and the dark edge that parts it from the sky.

    Both are `tail_px + width_px` wide; the line is the last `width_px`.
    """
    tail = 0.5 * np.linspace(0, 1, tail_px, endpoint=False) ** 2
    line = np.concatenate([tail, np.ones(width_px)]).astype(np.float32)
    edge = np.zeros(tail_px + width_px, dtype=np.float32)
    edge[tail_px - max(2, width_px // 5) : tail_px] = 0.55
    rows = np.ones((height_px, 1), dtype=np.float32)
    return Patch(colour, rows * line), Patch((0, 0, 0), rows * edge)


class Lettering:
    """Text of one size, each piece made once; digits are all of one width, so nothing jumps."""

    def __init__(self, height_px: int, colour: tuple[int, int, int], *, bold: bool = False) -> None:
        self._font = ImageFont.truetype(str(sans(bold=bold)), height_px)
        ascent, descent = self._font.getmetrics()
        self.line_px = ascent + descent
        self._digit_px = max(round(self._font.getlength(digit)) for digit in "0123456789")
        self._colour = colour
        self._made: dict[str, Patch] = {}

    def width(self, text: str) -> int:
        """How wide `text` is set, in pixels."""
        return sum(self._advance(run) for run in _RUNS.findall(text))

    def letters(self, text: str) -> list[tuple[int, Patch]]:
        """Single digits and whole runs between them, each with its distance from the left end."""
        found, left = [], 0
        for run in _RUNS.findall(text):
            if not run.isspace():
                found.append((left, self._patch(run)))
            left += self._advance(run)
        return found

    def _advance(self, run: str) -> int:
        return self._digit_px if run.isdigit() else round(self._font.getlength(run))

    def _patch(self, run: str) -> Patch:
        if run not in self._made:
            advance = self._advance(run)
            image = Image.new("L", (advance + 2, self.line_px))
            inside = (advance - self._font.getlength(run)) / 2
            ImageDraw.Draw(image).text((inside, 0), run, fill=255, font=self._font)
            covered = np.asarray(image, dtype=np.float32) / np.float32(255)
            self._made[run] = Patch(self._colour, covered)
        return self._made[run]
