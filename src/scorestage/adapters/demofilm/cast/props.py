"""What Wick has: the lighthouse, the paper boat, the firefly."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

import numpy as np

from scorestage.adapters.demofilm.drawing.light import halo, shine
from scorestage.adapters.demofilm.drawing.paper import (
    Sheet,
    Stage,
    lay,
)
from scorestage.adapters.demofilm.drawing.pen import WHITE, Pen, turned
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
    Point,
    box,
    mix,
    oval,
    rgb,
    smooth,
    stroke,
)

EMBER = rgb("#ffd873")
_CREAM, _CREAM_DARK = rgb("#e9d9bd"), rgb("#b99f8c")
_RED, _RED_DARK = rgb("#b5483f"), rgb("#85353a")
_IRON, _IRON_DARK = rgb("#3a3a55"), rgb("#26263a")
_PAPER, _PAPER_SHADE, _PAPER_DARK = rgb("#f6ecd6"), rgb("#d9c9ae"), rgb("#b7a58d")


def _tower(x: float, y: float) -> Point:
    """A point of the tower by its place across (-1..1) and its height (0..1)."""
    half = 40 - 15 * y + 6 * (1 - y) ** 4
    return x * half, -210 * y


def lighthouse(unit_px: float, light: Colour = WHITE, burning: float = 0.0) -> Sheet:
    """The tower, 300 units from rock to rod, its foot in the middle of the origin."""
    pen = Pen((150 * unit_px, 330 * unit_px), (75 * unit_px, 320 * unit_px), unit_px, light)
    heights = [k / 24 for k in range(25)]

    def band(low: float, high: float, left: float, right: float) -> list[Point]:
        run = [low + (high - low) * k / 8 for k in range(9)]
        return [_tower(left, y) for y in run] + [_tower(right, y) for y in reversed(run)]

    pen.fill([_tower(-1, y) for y in heights] + [_tower(1, y) for y in heights[::-1]], _CREAM)
    for low, high in ((0.12, 0.33), (0.54, 0.75)):
        pen.fill(band(low, high, -1, 1), _RED)
    for side, deep in ((0.30, 0.35), (0.68, 0.8)):
        pen.fill(band(0, 1, side, 1), mix(_CREAM, _CREAM_DARK, deep))
        for low, high in ((0.12, 0.33), (0.54, 0.75)):
            pen.fill(band(low, high, side, 1), mix(_RED, _RED_DARK, deep))
    pen.fill(box(-11, -27, 11, 0, 11), _IRON_DARK)
    pen.fill(box(-8.5, -24.5, 8.5, 0, 9), mix(_RED_DARK, _IRON_DARK, 0.4))
    for x, y in ((-8, -88), (6, -138), (-6, -183)):
        pen.fill(box(x - 6, y - 10, x + 6, y + 7, 6), mix(_CREAM_DARK, _IRON, 0.4))
        pen.fill(box(x - 4, y - 8, x + 4, y + 5, 4), EMBER if y == -138 else _IRON_DARK, y == -138)
    _lamp_house(pen, burning)
    return pen.as_sheet()


def _lamp_house(pen: Pen, burning: float) -> None:
    pen.fill([(-25, -206), (25, -206), (36, -218), (-36, -218)], _IRON)
    pen.fill(box(-37, -222, 37, -217, 2), _IRON_DARK)
    glass = mix(rgb("#3c4a6e"), rgb("#fff0b8"), burning)
    pen.fill(box(-20, -258, 20, -221), glass, burning > 0)
    pen.fill(oval(0, -239, 9, 13, 24), mix(rgb("#5d6d8c"), WHITE, burning), burning > 0)
    for x in (-20, -10, 0, 10, 20):
        pen.fill(box(x - 0.8, -258, x + 0.8, -221), _IRON_DARK)
    for x in range(-36, 37, 9):
        pen.fill(box(x - 0.6, -236, x + 0.6, -221), _IRON_DARK)
    pen.fill(box(-37, -237, 37, -235.2, 0.5), _IRON_DARK)
    pen.fill(smooth([(-24, -257), (-19, -270), (0, -280), (19, -270), (24, -257)], 8), _RED_DARK)
    pen.fill(box(-25, -260, 25, -256, 2), _IRON_DARK)
    pen.fill(oval(0, -281, 4, 4, 20), _IRON)
    pen.fill(box(-0.9, -312, 0.9, -280), _IRON)


def draw_boat(length_px: float, tilt: float, light: Colour = WHITE, lamp: float = 0.0) -> Sheet:
    """The paper boat seen from the side, its waterline in the middle of the origin.

    `tilt` is in degrees, to the half where the boat is large; `lamp` is how much the firefly at
    the mast lights the paper from within, to the eighth.
    """
    fine = 2 if length_px > 200 else 1
    return _boat(round(length_px), round(tilt * fine) / fine, light, round(lamp * 8) / 8)


@lru_cache(maxsize=128)
def _boat(length_px: int, tilt: float, light: Colour, lamp: float) -> Sheet:
    unit = length_px / 100
    pen = Pen((130 * unit, 110 * unit), (65 * unit, 75 * unit), unit, light)
    inner = mix(_PAPER, EMBER, 0.55 * lamp)
    shapes: list[tuple[Path, Colour]] = [
        ([(-13, -14), (4, -58), (22, -14)], _PAPER_SHADE),
        ([(-13, -14), (4, -58), (6, -14)], inner),
        ([(-50, -26), (-30, 6), (30, 6), (50, -26), (0, -12)], _PAPER_SHADE),
        ([(-50, -26), (-30, 6), (4, 6), (0, -12)], mix(_PAPER, EMBER, 0.25 * lamp)),
        ([(50, -26), (30, 6), (4, 6), (0, -12)], mix(_PAPER_SHADE, EMBER, 0.2 * lamp)),
        ([(-50, -26), (-44.5, -17), (0, -6.5), (0, -12)], mix(_PAPER_SHADE, EMBER, 0.3 * lamp)),
        ([(50, -26), (44.5, -17), (0, -6.5), (0, -12)], mix(_PAPER_DARK, EMBER, 0.2 * lamp)),
    ]
    for path, colour in shapes:
        pen.fill(turned(path, (0, 0), tilt), colour)
    return pen.as_sheet(0.3)


def mast_top(tilt: float, length_px: float) -> Point:
    """Where the firefly sits on a boat with this tilt, from the boat's origin (px)."""
    (x, y), *_ = turned([(4 * length_px / 100, -62 * length_px / 100)], (0, 0), tilt)
    return x, y


@lru_cache(maxsize=64)
def _mote(size: float, beat: int, way: int, face: bool) -> Sheet:
    """The firefly's body: `size` px long, wings at one of four beats, flying left or right."""
    unit = size / 20
    pen = Pen((64 * unit, 56 * unit), (32 * unit, 30 * unit), unit, finer=4)
    lift = (34, 12, -16, 12)[beat]
    for spread, tone in ((1.0, 0.55), (0.72, 0.8)):
        wing = oval(-10 * spread * way - 2 * way, -10, 9, 4.6, 24)
        angle = (18 + lift * spread) * way
        pen.fill(turned(wing, (0, -5), angle), mix(rgb("#7f93c8"), WHITE, tone * 0.7), True)
    pen.fill(
        smooth([(-way * 13, 5), (-way * 6, -2), (0, -3), (0, 7), (-way * 6, 9)], 8),
        rgb("#fff6c4"),
        True,
    )
    pen.fill(
        smooth([(-way * 5, -3), (way * 4, -5), (way * 6, 3), (-way * 4, 8)], 8),
        rgb("#5b3a3f"),
        True,
    )
    pen.fill(oval(way * 6, -3.5, 5.6, 5.4, 24), rgb("#6e4446"), True)
    for bend in (2.0, 5.5):
        feeler = [(way * 7, -8), (way * (8 + bend * 0.5), -13), (way * (9 + bend), -15)]
        pen.fill(stroke(smooth(feeler, 6, False), 0.9), rgb("#5b3a3f"), True)
    if face:
        for eye in (4.2, 9.0):
            pen.fill(oval(way * eye, -4.2, 1.7, 2.3, 20), rgb("#fff4da"), True)
            pen.fill(oval(way * (eye + 0.3), -4.6, 1.0, 1.4, 16), rgb("#231d22"), True)
        smile = smooth([(way * 5, -0.6), (way * 6.8, 0.3), (way * 8.4, -0.8)], 6, False)
        pen.fill(stroke(smile, 0.7), rgb("#2b1a1d"), True)
    return pen.as_sheet(0.0, 0.6)


def firefly(
    stage: Stage, x: float, y: float, size_px: float, frame: int, glow: float = 1.0, way: int = 1
) -> None:
    """Draw the firefly at (x, y): a halo that breathes, a small body, wings on every frame."""
    breath = 0.88 + 0.12 * sin(frame * 2 * pi / 31)
    shine(stage, halo(round(size_px * 7), rgb("#c8863a")), x, y, 0.62 * glow * breath)
    shine(stage, halo(round(size_px * 2.4), EMBER, 0.5), x, y, 0.9 * glow * breath)
    if size_px >= 7:
        lay(stage, _mote(size_px, frame % 4, way, size_px >= 30), x, y)
    tail = (x - way * size_px * 0.36, y + size_px * 0.14)
    shine(stage, halo(round(size_px * 0.9) + 2, rgb("#fff3c0"), 0.9), *tail, glow)


def flight(turns: float, wide: float, high: float) -> Point:
    """The firefly's idle loop, by how often she has gone round."""
    return wide * cos(turns * 2 * pi), high * sin(turns * 4 * pi + 0.6)


def rock(wide: int, high: int, tones: tuple[Colour, Colour], seed: int, peak: float = 0.5) -> Sheet:
    """A rock in facets, its highest point `peak` of the way across; `tones` of the water about it.

    The water's tone is given far and near.
    """
    rng = np.random.default_rng(seed)
    far, near = tones
    base, lit = mix(near, (40, 34, 58), 0.5), mix(far, near, 0.35)
    pen = Pen((wide + 20, high + 20), (10, 10))
    line = [(0.0, high * 1.0)]
    for k in range(1, 12):
        s = k / 12
        rise = 1 - abs(s - peak) / (peak if s < peak else 1 - peak)
        flat = min(1.0, rise * 1.9)
        line.append((wide * s, high * (1 - flat * (0.86 + 0.14 * rng.random()))))
    outline = [*line, (float(wide), float(high)), (float(wide), high + 10.0), (0.0, high + 10.0)]
    pen.fill(outline, base)
    for k in range(2, 10, 2):
        (x0, y0), (x1, y1) = line[k], line[k + 1]
        foot = (x1 + wide * 0.05 * rng.uniform(-1, 1), y1 + (high - y1) * rng.uniform(0.35, 0.8))
        pen.fill([(x0, y0), (x1, y1), foot], mix(base, lit, 0.75))
        pen.fill([(x1, y1), foot, line[min(k + 2, 11)]], mix(base, lit, 0.32))
    return pen.as_sheet(0.35)
