"""Putting the cast on the stage: Wick, the boat with its captain, gulls."""

from __future__ import annotations

from functools import lru_cache

from scorestage.adapters.demofilm.cast.props import draw_boat, firefly, mast_top
from scorestage.adapters.demofilm.cast.wick import Pose, draw_wick
from scorestage.adapters.demofilm.drawing.light import halo, ray, shine
from scorestage.adapters.demofilm.drawing.motion import wobble
from scorestage.adapters.demofilm.drawing.paper import Sheet, Stage, lay
from scorestage.adapters.demofilm.drawing.pen import WHITE, Pen
from scorestage.adapters.demofilm.drawing.shapes import Colour, Path, Point, box, rgb, smooth


def put_wick(stage: Stage, pose: Pose, x: float, y: float, height_px: float) -> Point:
    """Wick with his feet at (x, y), his face shining; returns where his face is (px)."""
    unit = height_px / 100
    face = (x + pose.lean * 0.55 * unit + pose.tilt * 0.35 * unit, y - 72 * unit)
    lay(stage, draw_wick(pose, height_px), x, y)
    shine(stage, halo(round(62 * unit), rgb("#c07a30")), *face, 0.42 * pose.glow + 0.06)
    return face


def put_boat(
    stage: Stage,
    n: int,
    at: Point,
    long_px: float,
    tilt: float,
    glow: float = 1.0,
    light: Colour = WHITE,
) -> Point:
    """The boat afloat at a point with its captain at the mast; returns where she sits."""
    lay(stage, draw_boat(long_px, tilt, light, min(1.0, glow)), *at)
    mx, my = mast_top(tilt, long_px)
    firefly(stage, at[0] + mx, at[1] + my, max(4.0, long_px * 0.16), n, glow)
    return at[0] + mx, at[1] + my


def put_glitter(stage: Stage, n: int, at: Point, long_px: float, strength: float) -> None:
    """Her light on the water before the boat: short bars that come and go."""
    x, y = at
    bars: list[tuple[Path, float]] = []
    for k in range(7):
        half = long_px * (0.17 + 0.025 * k) * (0.6 + 0.4 * wobble(n, 23 + 4 * k, 0.31 * k))
        top = y + long_px * (0.12 + 0.105 * k)
        middle = x + long_px * 0.08 * wobble(n, 31, 0.23 * k)
        bar = box(middle - half, top, middle + half, top + long_px * 0.035)
        bars.append((bar, strength * (1 - k / 8)))
    ray(stage, bars, rgb("#d99a4e"), 4)


def put_gull(stage: Stage, x: float, y: float, size_px: int, flap: float, tone: Colour) -> None:
    """A gull far off, its wings at -1 (down) to 1 (up)."""
    lay(stage, _gull(size_px, round(flap * 6) / 6, tone), x, y)


@lru_cache(maxsize=128)
def _gull(size_px: int, flap: float, tone: Colour) -> Sheet:
    pen = Pen((size_px * 4, size_px * 3), (size_px * 2, size_px * 1.5), size_px)
    lift = 0.55 * flap
    for way in (-1, 1):
        tip = (way * 1.5, -0.15 - lift * 1.2)
        over, under = (way * 0.7, -0.32 - lift * 0.6), (way * 0.7, -0.12 - lift * 0.5)
        pen.fill(smooth([(0, 0.05), over, tip, under], 6), tone)
    pen.fill(smooth([(-0.22, 0), (0, -0.1), (0.22, 0), (0, 0.2)], 6), tone)
    return pen.as_sheet(0.0, 0.3)
