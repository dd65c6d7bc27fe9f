"""Small pieces of light laid over a frame: only what they cover is touched.

A patch is a colour with coverage per pixel. It can be laid on RGB pixels or on a decoded frame's
own planes (BT.709 studio levels, chroma at half size), so that nothing else is converted. All
arithmetic is in 16 bits: what was there times `keep`, plus the colour's share, over 256.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.machines.film import Picture, Planes
from scorestage.adapters.machines.fonts import sans

Coverage = NDArray[np.float32]
"""Height x width, 0 nothing to 1 fully covered."""

Rgb = tuple[int, int, int]
OPAQUE = 256
BLACK = (0, 0, 0)
WINDOW_RGB = (8, 9, 10)
ROUND = OPAQUE // 2
_SUPERSAMPLED = 4
_RUNS = re.compile(r"\d|\D+")


@dataclass(frozen=True, slots=True)
class Wash:
    """What is kept of a plane and what is added, per pixel, in 256ths."""

    keep: NDArray[np.uint16]
    add: NDArray[np.uint16]

    @classmethod
    def of(cls, covered: NDArray[np.uint16], level: int) -> Wash:
        """`level` laid on with coverage 0 to 256."""
        return cls(OPAQUE - covered, covered * np.uint16(level) + np.uint16(ROUND))

    def under(self, upper: Wash) -> Wash:
        """This, and `upper` over it, laid in one go."""
        above = upper.keep.astype(np.uint32)
        keep = (self.keep * above + ROUND) >> 8
        add = ((self.add - np.uint16(ROUND)) * above >> 8) + upper.add
        return Wash(keep.astype(np.uint16), add.astype(np.uint16))

    def lay(self, plane: NDArray[np.uint8], left: int, top: int) -> None:
        """Lay it on a plane; what hangs out is cut."""
        rows, columns = plane.shape
        height, width = self.keep.shape
        first_row, first_column = max(0, -top), max(0, -left)
        last_row, last_column = min(height, rows - top), min(width, columns - left)
        if first_row >= last_row or first_column >= last_column:
            return
        part = np.s_[first_row:last_row, first_column:last_column]
        under = plane[top + first_row : top + last_row, left + first_column : left + last_column]
        _washed(under, self.keep[part], self.add[part])

    def lay_down(self, plane: NDArray[np.uint8], left: int) -> None:
        """Lay its one row on every row of a plane, from `left` on."""
        first, last = max(0, -left), min(self.keep.shape[1], plane.shape[1] - left)
        if first < last:
            under = plane[:, left + first : left + last]
            _washed(under, self.keep[:, first:last], self.add[:, first:last])


def _washed(under: NDArray[np.uint8], keep: NDArray[np.uint16], add: NDArray[np.uint16]) -> None:
    mixed = np.multiply(under, keep, dtype=np.uint16)
    mixed += add
    mixed >>= np.uint16(8)
    under[...] = mixed


@dataclass(frozen=True, slots=True)
class Patch:
    """A colour (red, green, blue; 0 to 255) and where it covers (0 to 256); even sizes.

    `shadow` is where it is black beneath (0 to 256), as large as `covered`.
    """

    colour: Rgb
    covered: NDArray[np.uint16]
    shadow: NDArray[np.uint16] | None = None
    _planes: tuple[Wash, Wash, Wash] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows, columns = self.covered.shape
        odd = (0, rows % 2), (0, columns % 2)
        full = np.pad(self.covered, odd)
        planes = [_on_planes(self.colour, full, halved(full))]
        if self.shadow is not None:
            dark = np.pad(self.shadow, odd)
            planes.insert(0, _on_planes(BLACK, dark, halved(dark)))
            object.__setattr__(self, "shadow", dark)
        object.__setattr__(self, "covered", full)
        object.__setattr__(self, "_planes", _merged(planes))

    @classmethod
    def of(cls, colour: Rgb, coverage: Coverage) -> Patch:
        """A patch from coverage 0 to 1."""
        return cls(colour, np.rint(coverage * OPAQUE).astype(np.uint16))

    @property
    def washes(self) -> tuple[Wash, Wash, Wash]:
        """What it does to luma and chroma."""
        return self._planes

    @property
    def coverage(self) -> Coverage:
        """Where it covers, 0 to 1."""
        return self.covered.astype(np.float32) / np.float32(OPAQUE)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.covered.shape[1], self.covered.shape[0]

    def on_planes(self, planes: Planes, left: int, top: int) -> None:
        """Lay it on a frame's planes, chroma to the nearest pair; what hangs out is cut."""
        luma, blue, red = self._planes
        luma.lay(planes.luma, left, top)
        blue.lay(planes.blue, left // 2, top // 2)
        red.lay(planes.red, left // 2, top // 2)

    def on_pixels(self, pixels: Picture, left: int, top: int) -> None:
        """Lay it on height x width x 3 pixels."""
        for channel, level in enumerate(self.colour):
            wash = Wash.of(self.covered, level)
            if self.shadow is not None:
                wash = Wash.of(self.shadow, 0).under(wash)
            wash.lay(pixels[..., channel], left, top)


@dataclass(frozen=True, slots=True)
class Line:
    """Patches of one height side by side, such as the letters of a line, laid in one go."""

    patches: tuple[Patch, ...]
    _planes: tuple[Wash, Wash, Wash] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        luma, blue, red = zip(*(patch.washes for patch in self.patches), strict=True)
        object.__setattr__(self, "_planes", (_joined(luma), _joined(blue), _joined(red)))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return sum(patch.size[0] for patch in self.patches), self.patches[0].size[1]

    def on_planes(self, planes: Planes, left: int, top: int) -> None:
        """Lay it on a frame's planes."""
        luma, blue, red = self._planes
        luma.lay(planes.luma, left, top)
        blue.lay(planes.blue, left // 2, top // 2)
        red.lay(planes.red, left // 2, top // 2)

    def on_pixels(self, pixels: Picture, left: int, top: int) -> None:
        """Lay it on height x width x 3 pixels."""
        for patch in self.patches:
            patch.on_pixels(pixels, left, top)
            left += patch.size[0]


def _joined(washes: Sequence[Wash]) -> Wash:
    keep = np.concatenate([wash.keep for wash in washes], axis=1)
    return Wash(keep, np.concatenate([wash.add for wash in washes], axis=1))


@dataclass(frozen=True, slots=True)
class Band:
    """A vertical line over the whole height, in layers of colour, the lowest first.

    Each layer is its colour and the coverage of one row (0 to 1); all of one even width.
    """

    layers: tuple[tuple[Rgb, Coverage], ...]
    width_px: int = field(init=False)
    _planes: tuple[Wash, Wash, Wash] = field(init=False, repr=False, compare=False)
    _channels: tuple[Wash, Wash, Wash] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = [
            (colour, np.rint(row[None, :] * OPAQUE).astype(np.uint16))
            for colour, row in self.layers
        ]
        planes = [_on_planes(colour, row, _pairs(row)) for colour, row in found]
        channels = [_on_channels(colour, row) for colour, row in found]
        object.__setattr__(self, "width_px", found[0][1].shape[1])
        object.__setattr__(self, "_planes", _merged(planes))
        object.__setattr__(self, "_channels", _merged(channels))

    def on_planes(self, planes: Planes, left: int) -> None:
        """Lay it on a frame's planes."""
        luma, blue, red = self._planes
        luma.lay_down(planes.luma, left)
        blue.lay_down(planes.blue, left // 2)
        red.lay_down(planes.red, left // 2)

    def on_pixels(self, pixels: Picture, left: int) -> None:
        """Lay it on height x width x 3 pixels."""
        for channel, wash in enumerate(self._channels):
            wash.lay_down(pixels[..., channel], left)


@dataclass(frozen=True, slots=True)
class Window:
    """A dark box that clocks are read on; it hides what is beneath. Edges in pixels, even."""

    left: int
    top: int
    right: int
    bottom: int

    def on_planes(self, planes: Planes) -> None:
        """Lay it on a frame's planes."""
        luma, blue, red = WINDOW_LEVELS
        planes.luma[self.top : self.bottom, self.left : self.right] = luma
        half = np.s_[self.top // 2 : self.bottom // 2, self.left // 2 : self.right // 2]
        planes.blue[half] = blue
        planes.red[half] = red

    def on_pixels(self, pixels: Picture) -> None:
        """Lay it on height x width x 3 pixels."""
        pixels[self.top : self.bottom, self.left : self.right] = WINDOW_RGB


def _on_planes(
    colour: Rgb, full: NDArray[np.uint16], half: NDArray[np.uint16]
) -> tuple[Wash, Wash, Wash]:
    luma, blue, red = studio_colour(colour)
    return Wash.of(full, luma), Wash.of(half, blue), Wash.of(half, red)


def _on_channels(colour: Rgb, full: NDArray[np.uint16]) -> tuple[Wash, Wash, Wash]:
    red, green, blue = colour
    return Wash.of(full, red), Wash.of(full, green), Wash.of(full, blue)


def _merged(layers: Sequence[tuple[Wash, Wash, Wash]]) -> tuple[Wash, Wash, Wash]:
    first, second, third = layers[0]
    for upper in layers[1:]:
        first, second, third = (
            first.under(upper[0]),
            second.under(upper[1]),
            third.under(upper[2]),
        )
    return first, second, third


def halved(full: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Coverage at half size: the mean of each four."""
    fours = full[::2, ::2] + full[::2, 1::2] + full[1::2, ::2] + full[1::2, 1::2]
    mean: NDArray[np.uint16] = np.right_shift(fours + np.uint16(2), np.uint16(2))
    return mean


def _pairs(row: NDArray[np.uint16]) -> NDArray[np.uint16]:
    twos = row[:, ::2] + row[:, 1::2]
    mean: NDArray[np.uint16] = np.right_shift(twos + np.uint16(1), np.uint16(1))
    return mean


def studio_colour(colour: Rgb) -> tuple[int, int, int]:
    """Luma and chroma (blue, red) of a colour in BT.709 studio levels.

    >>> studio_colour((255, 255, 255)), studio_colour((0, 0, 0)), studio_colour((255, 0, 0))
    ((235, 128, 128), (16, 128, 128), (63, 102, 240))
    """
    red, green, blue = (level / 255 for level in colour)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    chroma = (blue - luma) / 1.8556, (red - luma) / 1.5748
    return round(16 + 219 * luma), round(128 + 224 * chroma[0]), round(128 + 224 * chroma[1])


def colour_of(text: str) -> Rgb:
    """A house's colour, `#rrggbb`.

    >>> colour_of("#f2d024")
    (242, 208, 36)
    """
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


WINDOW_LEVELS = studio_colour(WINDOW_RGB)


def disc(radius_px: int, colour: Rgb) -> Patch:
    """A round punch with a smooth edge."""
    side = 2 * radius_px
    size = side * _SUPERSAMPLED
    image = Image.new("L", (size, size))
    ImageDraw.Draw(image).ellipse((0, 0, size - 1, size - 1), fill=255)
    smooth = image.resize((side, side), Image.Resampling.BOX)
    return Patch.of(colour, np.asarray(smooth, dtype=np.float32) / np.float32(255))


def streamer(width_px: int, tail_px: int, colour: Rgb) -> Band:
    """A vertical line with a soft tail on its left, and the dark edge that parts it from the sky.

    It is `tail_px + width_px` wide; the line is the last `width_px`.
    """
    tail = 0.5 * np.linspace(0, 1, tail_px, endpoint=False) ** 2
    line = np.concatenate([tail, np.ones(width_px)]).astype(np.float32)
    edge = np.zeros(tail_px + width_px, dtype=np.float32)
    edge[tail_px - max(2, width_px // 5) : tail_px] = 0.55
    return Band((((0, 0, 0), edge), (colour, line)))


def _spread(covered: NDArray[np.uint16], by_px: int) -> NDArray[np.uint16]:
    """Coverage grown by some pixels on all sides."""
    for axis in (0, 1):
        grown = covered.copy()
        for step in (by_px, (by_px + 1) // 2):
            ahead, behind = [slice(None)] * 2, [slice(None)] * 2
            ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
            for to, of in ((ahead, behind), (behind, ahead)):
                np.maximum(grown[tuple(to)], covered[tuple(of)], out=grown[tuple(to)])
        covered = grown
    return covered


class Lettering:
    """Text of one size, each sign made once; digits are all of one width, so nothing jumps.

    Every letter has a thin dark edge, so that a streamer passing behind does not swallow it.
    """

    LINES_KEPT = 128

    def __init__(self, height_px: int, colour: Rgb, *, bold: bool = False) -> None:
        self._font = ImageFont.truetype(str(sans(bold=bold)), height_px)
        ascent, descent = self._font.getmetrics()
        self.line_px = ascent + descent + (ascent + descent) % 2
        self._digit_px = max(2, *(_even(self._font.getlength(digit)) for digit in "0123456789"))
        self._colour = colour
        self._edge_px = max(1, height_px // 18)
        self._made: dict[str, Patch] = {}
        self._advances: dict[str, int] = {}
        self._lines: dict[str, Line] = {}

    def width(self, text: str) -> int:
        """How wide `text` is set, in pixels."""
        return sum(self._advance(run) for run in _RUNS.findall(text))

    def line(self, text: str) -> Line:
        """A line of text; the last ones are kept, since clocks show them again."""
        found = self._lines.get(text)
        if found is None:
            if len(self._lines) >= self.LINES_KEPT:
                self._lines.pop(next(iter(self._lines)))
            found = Line(tuple(self._piece(run) for run in _RUNS.findall(text)))
            self._lines[text] = found
        return found

    def _advance(self, run: str) -> int:
        """Even, so that letters stand on whole pairs of chroma."""
        if run.isdigit():
            return self._digit_px
        if run not in self._advances:
            self._advances[run] = max(2, _even(self._font.getlength(run)))
        return self._advances[run]

    def _piece(self, run: str) -> Patch:
        if run not in self._made:
            advance = self._advance(run)
            image = Image.new("L", (advance, self.line_px))
            inside = (advance - self._font.getlength(run)) / 2
            ImageDraw.Draw(image).text((inside, 0), run, fill=255, font=self._font)
            covered = np.asarray(image, dtype=np.float32) * np.float32(OPAQUE / 255)
            full = np.rint(covered).astype(np.uint16)
            self._made[run] = Patch(self._colour, full, _spread(full, self._edge_px))
        return self._made[run]


def _even(length_px: float) -> int:
    return 2 * round(length_px / 2)
