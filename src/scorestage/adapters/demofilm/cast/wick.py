"""Wick, who keeps the lamp: a storm lantern in a sailor's coat, drawn pose by pose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin
from typing import TypeAlias

import numpy as np

from scorestage.adapters.demofilm.drawing.paper import (
    Sheet,
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

COAT, COAT_DARK = rgb("#2f4a6d"), rgb("#22365a")
IRON, IRON_LIT = rgb("#2b2c3f"), rgb("#54546e")
BRASS, BOOT = rgb("#d9a650"), rgb("#20222f")
SCARF, SCARF_DARK = rgb("#d8483f"), rgb("#a9323a")
GLASS_DIM, GLASS_LIT = rgb("#a08257"), rgb("#ffe6a8")
SOOT, MITTEN = rgb("#231d22"), rgb("#e9d3b0")

GLASS_EDGE = rgb("#6b3f2c")

_GLASS_EDGE: list[Point] = [(14, -4), (19.5, -12), (21, -24), (17.5, -39)]

_Place: TypeAlias = Callable[[Path], list[Point]]


@dataclass(frozen=True, slots=True)
class Pose:
    """How Wick stands: body units are hundredths of his height, angles in degrees.

    Eyes: `look` is where the pupils point (-1..1 each way), `lids` how far closed (0..1),
    `brows` their tilt (positive = worried). `mouth` opens 0..1, `smile` -1..1.
    Hands are where they are, from his feet (y down, so -50 is shoulder height).
    `wind` blows the scarf (-1 left .. 1 right), `phase` is where it flutters (turns).
    """

    lean: float = 0.0
    tilt: float = 0.0
    squash: float = 0.0
    look: Point = (0.0, 0.0)
    lids: float = 0.0
    brows: float = 0.0
    mouth: float = 0.0
    smile: float = 0.2
    left_hand: Point = (-24.0, -22.0)
    right_hand: Point = (24.0, -22.0)
    left_foot: Point = (-8.0, 0.0)
    right_foot: Point = (8.0, 0.0)
    wind: float = 0.15
    phase: float = 0.0
    glow: float = 0.35
    turn: float = 0.0
    light: Colour = WHITE


@lru_cache(maxsize=4)
def draw_wick(pose: Pose, height_px: float) -> Sheet:
    """Wick in this pose, `height_px` tall, his feet at the origin."""
    unit = height_px / 100
    finer = 3 if height_px < 240 else 2
    room = (124 * unit, 130 * unit)
    pen = Pen(room, (62 * unit, 121 * unit), unit, pose.light, finer)
    neck = (pose.lean * 0.55, -52.0 + pose.squash * 6)
    _scarf_tail(pen, pose, neck)
    _arm(pen, pose, neck, -1, behind=True)
    _legs(pen, pose)
    _coat(pen, pose, neck)
    _head(pen, pose, neck)
    _scarf(pen, pose, neck)
    _arm(pen, pose, neck, 1, behind=False)
    return pen.as_sheet()


def _legs(pen: Pen, pose: Pose) -> None:
    for foot, hip in ((pose.left_foot, -7.0), (pose.right_foot, 7.0)):
        x, y = foot
        knee = ((hip + x) / 2 + 1.5, (-16 + y) / 2 - 3)
        pen.fill(stroke(smooth([(hip, -20), knee, (x, y - 4)], 8, False), 8, 7), COAT_DARK)
        pen.fill(
            smooth([(x - 5, y), (x - 5, y - 6), (x + 2, y - 7), (x + 8, y - 2.5), (x + 8, y)], 6),
            BOOT,
        )


def _coat(pen: Pen, pose: Pose, neck: Point) -> None:
    nx, ny = neck
    hem = 1.5 * sin(pose.phase * 2 * pi) * abs(pose.wind)
    back = [(nx - 11, ny), (nx + 11, ny), (17, -32), (21 + hem + pose.wind * 3, -13)]
    back += [(0, -10.5), (-21 + hem + pose.wind * 3, -13), (-17, -32)]
    pen.fill(smooth(back, 8), COAT)
    shade = [
        (nx - 11, ny),
        (nx - 3, ny),
        (-8, -30),
        (-9, -11.5),
        (-20.5 + hem + pose.wind * 3, -13),
    ]
    pen.fill(smooth([*shade, (-16.6, -32)], 8), mix(COAT, COAT_DARK, 0.75))
    pen.fill(stroke([(nx * 0.8 + 2, ny + 6), (3, -30), (3, -11.5)], 1.0), COAT_DARK)
    for height in (-38.0, -27.0):
        x = 8 + nx * (-height - 13) / 52
        pen.fill(oval(x, height, 2.1, 2.1, 20), BRASS)


def _arm(pen: Pen, pose: Pose, neck: Point, side: int, behind: bool) -> None:
    hand = pose.left_hand if side < 0 else pose.right_hand
    shoulder = (neck[0] + side * 10.5, neck[1] + 7)
    reach = hypot(hand[0] - shoulder[0], hand[1] - shoulder[1])
    sag = max(0.0, 34 - reach) * 0.5 + 2
    elbow = (
        (shoulder[0] + hand[0]) / 2 + side * sag * 0.7,
        (shoulder[1] + hand[1]) / 2 + sag * 0.6,
    )
    line = smooth([shoulder, elbow, hand], 10, False)
    pen.fill(stroke(line, 10.5, 8.0), COAT_DARK if behind else mix(COAT, (255, 255, 255), 0.07))
    cuff = line[-4:]
    pen.fill(stroke(cuff, 9.5, 9.0), COAT_DARK)
    pen.fill(oval(*hand, 5.0, 4.8, 24), MITTEN)
    pen.fill(oval(hand[0] - side * 3.6, hand[1] - 3.0, 2.2, 2.6, 16), MITTEN)


def _scarf_tail(pen: Pen, pose: Pose, neck: Point) -> None:
    nx, ny = neck
    blow = pose.wind
    steps = np.linspace(0, 1, 12)
    wave = [3.2 * sin(2 * pi * (pose.phase - 1.1 * s)) * s * (0.35 + abs(blow)) for s in steps]
    lift = min(1.0, abs(blow))
    way = 1 if blow >= 0 else -1
    for length, drop, colour in ((32, 1.5, SCARF_DARK), (42, 0.0, SCARF)):
        line = [
            (
                nx + way * 5 + way * s * length * (0.25 + 0.8 * lift),
                ny + 1 + drop * 3 + s * length * (0.9 - 0.85 * lift) + w * (1 if drop else 1.25),
            )
            for s, w in zip(steps, wave, strict=True)
        ]
        pen.fill(stroke(line, 6.5, 8.5), colour)


def _scarf(pen: Pen, pose: Pose, neck: Point) -> None:
    nx, ny = neck
    wrap = smooth(
        [
            (nx - 13, ny - 3.5),
            (nx, ny - 5),
            (nx + 13, ny - 3.5),
            (nx + 13.5, ny + 3),
            (nx, ny + 6),
            (nx - 13.5, ny + 3),
        ],
        8,
    )
    pen.fill(turned([(x, y + 1.4) for x, y in wrap], neck, pose.tilt * 0.4), SCARF_DARK)
    pen.fill(turned(wrap, neck, pose.tilt * 0.4), SCARF)
    fold = smooth([(nx - 11, ny - 1), (nx, ny + 1.2), (nx + 11, ny - 1)], 8, False)
    pen.fill(turned(stroke(fold, 0.9), neck, pose.tilt * 0.4), SCARF_DARK)


def _head(pen: Pen, pose: Pose, neck: Point) -> None:
    nx, ny = neck
    tall, wide = 1 - 0.10 * pose.squash, 1 + 0.08 * pose.squash

    def at(path: Path) -> list[Point]:
        moved = [(nx + x * wide, ny + y * tall) for x, y in path]
        return turned(moved, neck, pose.tilt)

    ring = [(8.5 * cos(a), -51.5 + 8.5 * sin(a)) for a in np.linspace(0.9 * pi, 2.1 * pi, 18)]
    pen.fill(at(stroke(ring, 1.6)), IRON_LIT)
    pen.fill(at(box(-6.5, -50, 6.5, -43, 2.5)), IRON)
    _glass(pen, pose, at)
    _face(pen, pose, at)
    for side in (-1, 1):
        wire = smooth([(side * x, y) for x, y in _GLASS_EDGE], 6, False)
        pen.fill(at(stroke(wire, 1.7)), IRON)
    pen.fill(at(box(-18.5, -44.5, 18.5, -38, 2.8)), IRON)
    pen.fill(at(box(-17, -44, 17, -42.6, 0.6)), IRON_LIT)
    pen.fill(at(smooth([(-13, -44), (-8, -48.5), (8, -48.5), (13, -44)], 6)), IRON)
    pen.fill(at(box(-17, -6, 17, -0.5, 2.6)), IRON)
    pen.fill(at(box(-15.5, -5.6, 15.5, -4.4, 0.5)), IRON_LIT)


def _glass(pen: Pen, pose: Pose, at: _Place) -> None:
    right = smooth(_GLASS_EDGE, 8, False)
    glass = [(-x, y) for x, y in right] + right[::-1]
    warm = mix(GLASS_DIM, GLASS_LIT, pose.glow)
    edge = mix(warm, GLASS_EDGE, 0.5)
    pen.fill(at(glass), edge, own_light=True)
    for step in range(1, 10):
        size = 1 - 0.07 * step
        inner = [(x * size, -20 + (y + 20) * size) for x, y in glass]
        pen.fill(at(inner), mix(edge, warm, min(1.0, step / 8)), own_light=True)
    streak = smooth([(-17.4, -28), (-18.0, -22), (-16.9, -14)], 6, False)
    pen.fill(at(stroke(streak, 2.0, 1.2)), mix(warm, (255, 255, 255), 0.5), own_light=True)


def _face(pen: Pen, pose: Pose, at: _Place) -> None:
    shift = pose.turn * 5
    lx, ly = pose.look
    for side in (-1, 1):
        near = 1 + 0.12 * pose.turn * -side
        _eye(
            pen,
            pose,
            at,
            (side * 8.6 * (1 - 0.12 * abs(pose.turn)) + shift + lx, -21 + ly * 1.6),
            near,
        )
        x, y = side * 8.8 + shift + lx, -30.5 - 1.4 * max(0.0, -pose.smile * 0.3) + ly
        y -= 2.2 * max(0.0, -pose.brows)
        slope = max(0.0, pose.brows) * 1.9
        brow = [(x - side * 3.4, y + 0.7 - slope), (x, y - 0.5), (x + side * 3.4, y + 0.7 + slope)]
        if abs(pose.brows) > 0.05:
            pen.fill(at(stroke(smooth(brow, 6, False), 1.5)), SOOT)
    mx, my = shift * 1.15 + lx * 1.2, -12.6 + ly * 1.2
    if pose.mouth > 0.08:
        wide = 3.4 - 1.0 * pose.mouth
        pen.fill(at(oval(mx, my, wide, 0.9 + 3.0 * pose.mouth, 24)), SOOT)
        if pose.mouth > 0.35:
            pen.fill(
                at(oval(mx, my + 0.5 + 1.8 * pose.mouth, wide * 0.6, 1.1 * pose.mouth, 16)),
                SCARF_DARK,
            )
        return
    curl = pose.smile * 1.7
    curve = smooth([(mx - 3.6, my - curl), (mx, my + curl), (mx + 3.6, my - curl)], 8, False)
    pen.fill(at(stroke(curve, 1.4)), SOOT)


def _eye(pen: Pen, pose: Pose, at: _Place, where: Point, size: float) -> None:
    x, y = where
    lx, ly = pose.look
    open_share = 1 - pose.lids
    if open_share < 0.2:
        bow = 2.0 if pose.smile > 0.3 else -1.5
        lid = smooth([(x - 4, y + bow * 0.6), (x, y - bow), (x + 4, y + bow * 0.6)], 8, False)
        pen.fill(at(stroke(lid, 1.7)), SOOT)
        return
    tall = 5.6 * open_share * size
    pen.fill(at(oval(x, y, 4.1 * size, tall, 28)), SOOT)
    if open_share > 0.4:
        spark = (x + 1.3 + lx * 0.9, y - tall * 0.4 + ly * 0.7)
        pen.fill(at(oval(*spark, 1.5 * size, 1.7 * size, 14)), (255, 250, 235), True)
        pen.fill(at(oval(x - 1.5 + lx * 0.5, y + tall * 0.42, 0.8, 0.8, 10)), (224, 190, 140), True)
