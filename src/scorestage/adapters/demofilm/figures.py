"""Putting the figures on the stage."""

from __future__ import annotations

from scorestage.adapters.demofilm.light import halo, shine
from scorestage.adapters.demofilm.paper import Point, Stage, lay, rgb
from scorestage.adapters.demofilm.wick import Pose, draw_wick


def put_wick(stage: Stage, pose: Pose, x: float, y: float, height_px: float) -> Point:
    """Wick with his feet at (x, y), his face shining; returns where his face is (px)."""
    unit = height_px / 100
    face = (x + pose.lean * 0.55 * unit + pose.tilt * 0.35 * unit, y - 72 * unit)
    lay(stage, draw_wick(pose, height_px), x, y)
    shine(stage, halo(round(62 * unit), rgb("#c07a30")), *face, 0.42 * pose.glow + 0.06)
    return face
