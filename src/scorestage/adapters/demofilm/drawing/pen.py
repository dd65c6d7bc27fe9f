"""The pen for figures and props: flat shapes in their own units, finished as cut paper."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from scorestage.adapters.demofilm.drawing.paper import (
    Sheet,
    tooth,
)
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
    Point,
)

WHITE: Colour = (255.0, 255.0, 255.0)


class Pen:
    """Draws shapes of `unit_px` px a unit about an origin, three times finer than the result."""

    def __init__(
        self,
        size_px: tuple[float, float],
        origin_px: Point,
        unit_px: float = 1.0,
        light: Colour = WHITE,
        finer: int = 3,
    ) -> None:
        self.finer = finer
        self.unit = unit_px * finer
        self.origin_px = origin_px
        self.light = light
        # CMYK is Pillow's plain four-band picture: drawing and reducing leave the bands alone,
        # so what comes out is premultiplied.
        size = (round(size_px[0]) * finer, round(size_px[1]) * finer)
        self.picture = Image.new("CMYK", size)
        self._draw = ImageDraw.Draw(self.picture)

    def _place(self, path: Path) -> list[Point]:
        ox, oy = self.origin_px[0] * self.finer, self.origin_px[1] * self.finer
        return [(ox + x * self.unit, oy + y * self.unit) for x, y in path]

    def fill(self, path: Path, colour: Colour, own_light: bool = False) -> None:
        """Fill a shape; one with its own light is not tinted by the scene's."""
        lamp = WHITE if own_light else self.light
        paint = tuple(min(255, round(c * k / 255)) for c, k in zip(colour, lamp, strict=True))
        self._draw.polygon(self._place(path), fill=(*paint, 255))

    def cut_out(self, path: Path) -> None:
        """A hole through everything drawn so far."""
        self._draw.polygon(self._place(path), fill=(0, 0, 0, 0))

    def as_sheet(self, shadow: float = 0.4, edge: float = 1.0) -> Sheet:
        """The figure as a sheet whose origin rests at (0, 0): tooth, lit edge and shadow added."""
        fine, around = self.finer, 14 if shadow else 2
        left, top, right, foot = self.picture.getbbox() or (0, 0, 1, 1)
        left, top = max(left // fine - around, 0), max(top // fine - around, 0)
        right, foot = -(-right // fine) + around, -(-foot // fine) + around
        small = self.picture.crop((left * fine, top * fine, right * fine, foot * fine)).reduce(fine)
        ox, oy = self.origin_px
        return as_sheet(
            _papered(small, self.light, shadow, edge), left - round(ox), top - round(oy)
        )


def as_sheet(picture: Image.Image, x: int, y: int) -> Sheet:
    """A premultiplied four-band picture (red, green, blue, cover) as a sheet resting at (x, y)."""
    bits = np.asarray(picture)
    colour = bits[:, :, :3].astype(np.uint16)
    clear = np.uint16(256) - bits[:, :, 3] - (bits[:, :, 3] >> 7)
    through = np.empty_like(colour)
    for k in range(3):
        through[:, :, k] = clear
    return Sheet(colour, through, x, y)


@lru_cache(maxsize=512)
def level_table(share: float) -> list[int]:
    """The look-up table that keeps so much (0..1) of a band.

    >>> level_table(0.5)[255]
    127
    """
    return [int(v * share) for v in range(256)]


def slipped(picture: Image.Image, right_px: int, down_px: int) -> Image.Image:
    """The picture moved right and down, nothing coming in from behind."""
    moved = Image.new(picture.mode, picture.size)
    moved.paste(picture, (right_px, down_px))
    return moved


def turned(path: Path, about: Point, degrees: float) -> list[Point]:
    """The path turned clockwise about a point.

    >>> [(round(x), round(y)) for x, y in turned([(1, 0)], (0, 0), 90)]
    [(0, 1)]
    """
    c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
    ax, ay = about
    return [(ax + (x - ax) * c - (y - ay) * s, ay + (x - ax) * s + (y - ay) * c) for x, y in path]


@lru_cache(maxsize=24)
def _tooth(wide: int, high: int) -> Image.Image:
    grain = np.clip(245 + 4 * tooth(wide, high, 5), 200, 255).astype(np.uint8)
    whole = np.full_like(grain, 255)
    return Image.merge("CMYK", [Image.fromarray(part) for part in (grain, grain, grain, whole)])


def _papered(picture: Image.Image, light: Colour, shadow: float, edge: float) -> Image.Image:
    picture = ImageChops.multiply(picture, _tooth(*picture.size))
    cover = picture.getchannel(3)
    bands = picture.split()[:3]
    if edge:
        rim = ImageChops.subtract(cover, slipped(cover, 1, 2))
        lit = [min(255, round(0.45 * c + 40)) * edge for c in light]
        bands = tuple(
            ImageChops.darker(ImageChops.add(band, rim.point(level_table(level / 1100))), cover)
            for band, level in zip(bands, lit, strict=True)
        )
    if shadow:
        soft = cover.reduce(2).filter(ImageFilter.GaussianBlur(3)).resize(cover.size)
        thrown = slipped(soft, 2, 5).point(level_table(shadow))
        cover = ImageChops.screen(cover, thrown)
    return Image.merge("CMYK", (*bands, cover))
