"""The film's own lettering: capitals as single strokes, written by a point of light."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, pi, sin

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from scorestage.adapters.demofilm.drawing.paper import (
    Sheet,
    Stage,
    lay,
)
from scorestage.adapters.demofilm.drawing.pen import as_sheet, level_table, slipped
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
    Point,
)

_FINER = 3
_GAP = 0.34


def _arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> list[Point]:
    """Part of an ellipse, angles in turns clockwise from three o'clock."""
    turns = np.linspace(start, end, 18)
    return [(x + wide * cos(2 * pi * t), y + high * sin(2 * pi * t)) for t in turns]


# Each letter: its width, then its strokes; the cap height is 1, y runs down from the top.
_LETTERS: dict[str, tuple[float, tuple[Path, ...]]] = {
    " ": (0.34, ()),
    "D": (
        0.72,
        (
            [(0.04, 1), (0.04, 0)],
            [(0.04, 0), (0.2, 0), *_arc(0.2, 0.5, 0.5, 0.5, -0.25, 0.25), (0.04, 1)],
        ),
    ),
    "E": (0.52, ([(0.52, 0), (0.04, 0), (0.04, 1), (0.52, 1)], [(0.04, 0.49), (0.44, 0.49)])),
    "G": (0.86, ([*_arc(0.47, 0.5, 0.45, 0.5, -0.1, -0.96), (0.92, 0.56), (0.58, 0.56)],)),
    "H": (0.68, ([(0.04, 0), (0.04, 1)], [(0.64, 0), (0.64, 1)], [(0.04, 0.49), (0.64, 0.49)])),
    "I": (0.08, ([(0.04, 0), (0.04, 1)],)),
    "L": (0.48, ([(0.04, 0), (0.04, 1), (0.48, 1)],)),
    "N": (0.72, ([(0.04, 1), (0.04, 0), (0.68, 1), (0.68, 0)],)),
    "T": (0.64, ([(0, 0), (0.64, 0)], [(0.32, 0), (0.32, 1)])),
}


def strokes(words: str, height_px: float, centre_px: Point) -> list[list[Point]]:
    """The pen's strokes for the words in capitals, set wide about a centre, in writing order."""
    width = sum(_LETTERS[c][0] + _GAP for c in words) - _GAP
    x, top = centre_px[0] - width * height_px / 2, centre_px[1] - height_px / 2
    lines = []
    for letter in words:
        wide, paths = _LETTERS[letter]
        lines += [[(x + u * height_px, top + v * height_px) for u, v in path] for path in paths]
        x += (wide + _GAP) * height_px
    return lines


class Writing:
    """Words being written: how they stand at any share of the writing, and where the pen is."""

    def __init__(self, lines: list[list[Point]], pen_px: float, colour: Colour) -> None:
        self.lines = lines
        self.pen_px = pen_px
        self.colour = colour
        self._long = [_length(line) for line in lines]
        self._whole = sum(self._long)
        xs = [x for line in lines for x, _ in line]
        ys = [y for line in lines for _, y in line]
        self._written: tuple[float, float, Sheet] | None = None
        self._left, self._top = round(min(xs)) - 24, round(min(ys)) - 24
        self._size = (round(max(xs)) + 24 - self._left, round(max(ys)) + 24 - self._top)

    def pen(self, share: float) -> Point:
        """Where the pen stands when so much (0..1) has been written."""
        return self._until(share)[1]

    def _until(self, share: float) -> tuple[list[list[Point]], Point]:
        left = share * self._whole
        done: list[list[Point]] = []
        last = self.lines[0][0]
        for line, long in zip(self.lines, self._long, strict=True):
            if left <= 0:
                break
            part = line if left >= long else _first_part(line, left)
            done.append(part)
            last = part[-1]
            left -= long
        return done, last

    def lay(self, stage: Stage, share: float, level: float = 1.0) -> None:
        """Lay the words, written so far, on the stage: paper letters with a soft glow."""
        if self._written and self._written[:2] == (share, level):
            lay(stage, self._written[2])
            return
        done, _ = self._until(share)
        if not done or level <= 0:
            return
        wide, high = self._size
        ink = Image.new("L", (wide * _FINER, high * _FINER))
        draw = ImageDraw.Draw(ink)
        thick = self.pen_px * _FINER
        for line in done:
            points = [((x - self._left) * _FINER, (y - self._top) * _FINER) for x, y in line]
            draw.line(points, fill=255, width=round(thick), joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        small = ink.reduce(_FINER)
        thrown = slipped(small.filter(ImageFilter.GaussianBlur(4)), 1, 3)
        cover = ImageChops.screen(small, thrown.point(level_table(0.55)))
        bands = [small.point(level_table(c / 255 * level)) for c in self.colour]
        cover = cover.point(level_table(level))
        self._written = (
            share,
            level,
            as_sheet(Image.merge("CMYK", (*bands, cover)), self._left, self._top),
        )
        lay(stage, self._written[2])


def _length(line: Path) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))


def _first_part(line: Path, long_px: float) -> list[Point]:
    part = [line[0]]
    for a, b in pairwise(line):
        step = hypot(b[0] - a[0], b[1] - a[1])
        if step >= long_px:
            s = long_px / max(step, 1e-9)
            return [*part, (a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s)]
        part.append(b)
        long_px -= step
    return part
