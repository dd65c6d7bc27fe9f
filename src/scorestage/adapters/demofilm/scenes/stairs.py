"""The tower cut open: Wick on the stairs, the camera after him."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from scorestage.adapters.demofilm.cast.acting import running
from scorestage.adapters.demofilm.cast.figures import put_wick
from scorestage.adapters.demofilm.drawing.light import pool, pool_at, ray
from scorestage.adapters.demofilm.drawing.motion import on_twos, shake
from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Cut,
    Sheet,
    Stage,
    Stop,
    glued,
    hang,
    lay,
    plate,
    sheet,
)
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Path, Point, box, mix, oval, rgb, stroke
from scorestage.adapters.demofilm.scenes.scene import Draw
from scorestage.adapters.demofilm.scenes.sea import rain, rain_sheet

_STONE, _STONE_DARK, _IRON_DARK = rgb("#6f5a5f"), rgb("#4d3f4c"), (20.0, 16.0, 34.0)
_NIGHT: tuple[Stop, ...] = ((0, rgb("#141d28")), (1, rgb("#1d2a34")))
_TALL = 1300
_STEP: Point = (15.0, 13.0)
_FLIGHT = 20
_WINDOWS = (150, 560, 970)
_STEPS_A_FRAME = 0.98
_STARTS = 9


def _tall(paths: list[Path], stops: tuple[Stop, ...], seed: int, cut: Cut) -> Sheet:
    return sheet(paths, stops, (WIDTH_PX, _TALL), seed, cut)


def _shaft() -> Sheet:
    """The inside of the tower, 1300 px tall: courses of stone, small windows."""
    rng = np.random.default_rng(12)
    stones: list[Path] = []
    for row in range(0, _TALL // 36):
        x = 232.0 - (row % 2) * 30
        while x < 728:
            wide = rng.uniform(48, 84)
            if rng.random() < 0.55:
                left, right = max(x, 234), min(x + wide - 4, 726)
                stones.append(box(left, row * 36 + 2, right, row * 36 + 33, 5))
            x += wide
    dusk = mix(_STONE_DARK, (20, 20, 40), 0.3)
    inside = _tall([box(230, 0, 730, _TALL)], ((0, dusk), (1, _STONE_DARK)), 55, Cut(0, 0, rim=0))
    tones = ((0, mix(_STONE, _STONE_DARK, 0.72)), (1, mix(_STONE, _STONE_DARK, 0.5)))
    courses = _tall(stones, tones, 56, Cut(0, 0, rim=0.1))
    sills: list[Path] = [box(446, y - 10, 514, y + 94, 30) for y in _WINDOWS]
    panes: list[Path] = [box(456, y, 504, y + 84, 24) for y in _WINDOWS]
    frames = _tall(sills, ((0, _STONE), (1, _STONE)), 57, Cut(shadow_px=4))
    glass = _tall(panes, ((0, rgb("#26384a")), (1, rgb("#3c5666"))), 58, Cut(0, 0, rim=0))
    return glued(glued(glued(inside, courses), frames), glass)


def _walls() -> Sheet:
    """The cut edges of the tower's wall, left and right, and the dark outside."""
    left, right = (200, 236, 226, 188), (724, 760, 772, 734)
    edges: list[Path] = [[(a, 0), (b, 0), (c, _TALL), (d, _TALL)] for a, b, c, d in (left, right)]
    plaster = ((0, rgb("#b99f8c")), (1, rgb("#a58a80")))
    edge = _tall(edges, plaster, 60, Cut(shadow_px=10, shadow=0.6))
    dark: list[Path] = [
        [(0, 0), (200, 0), (188, _TALL), (0, _TALL)],
        [(760, 0), (960, 0), (960, _TALL), (772, _TALL)],
    ]
    return glued(edge, _tall(dark, _NIGHT, 61, Cut(shadow=0.4)))


def _stair(step: int) -> Point:
    """Where a step of the zigzag lies: every flight runs the other way."""
    flight, k = divmod(step, _FLIGHT)
    x = 320 + (k if flight % 2 == 0 else _FLIGHT - k) * _STEP[0]
    return x, _TALL - 70 - step * _STEP[1]


def _flights(back: bool) -> Sheet:
    """The flights that run behind (to the left) or before (to the right), with their landings."""
    pen = Pen((WIDTH_PX, _TALL), (0, 0), finer=2)
    tone = mix(rgb("#c9984d"), _STONE_DARK, 0.45 if back else 0.1)
    rail = mix(tone, _IRON_DARK, 0.35)
    for flight in (1, 3) if back else (0, 2):
        steps = [_stair(flight * _FLIGHT + k) for k in range(_FLIGHT + 1)]
        pen.fill(stroke([(x, y + 16) for x, y in steps], 9), mix(tone, _IRON_DARK, 0.5))
        for x, y in steps[:-1]:
            pen.fill(box(x - 12, y, x + 12, y + 7, 1.5), tone)
        pen.fill(stroke([(x, y - 40) for x, y in steps], 3.4), rail)
        for x, y in steps[::2]:
            pen.fill(box(x - 1, y - 40, x + 1, y), rail)
    for landing in (2, 4) if back else (1, 3):
        x, y = _stair(landing * _FLIGHT)
        pen.fill(box(x - (70 if back else 10), y, x + (10 if back else 70), y + 9, 2), tone)
    return pen.as_sheet(0.45)


def stairs() -> Draw:
    """The door slams; Wick runs round and round and up, the camera after him."""
    outside = plate(_NIGHT, (WIDTH_PX, HEIGHT_PX), 62)
    shaft, walls, behind, before = _shaft(), _walls(), _flights(True), _flights(False)
    drops = rain_sheet(13, 700, 48, 0.5, 80)

    def draw(n: int) -> Stage:
        run = max(0.0, (n - _STARTS) * _STEPS_A_FRAME)
        dx, dy = shake(n, 0, 16, 6)
        x, y = _along(run)
        up = dy + min(_TALL - HEIGHT_PX, max(0.0, y - 330))
        stage = hang(outside)
        lay(stage, shaft, dx, -up)
        lay(stage, behind, dx, -up)
        if int(run) // _FLIGHT % 2:
            _runner(stage, n, x + dx, y - up, -1)
            lay(stage, before, dx, -up)
        else:
            lay(stage, before, dx, -up)
            _runner(stage, n, x + dx, y - up, 1)
        _door(stage, n, dx, _TALL - 66 - up)
        pool_at(stage, pool(240, (0.5, 0.52, 0.66), (1.6, 1.36, 1.0)), x, y - up - 70)
        lay(stage, walls, dx, -up)
        inside = stage[:, 188:772].copy()
        rain(stage, drops, n, 48, 0.5)
        stage[:, 188:772] = inside
        return stage

    return draw


def _along(run: float) -> Point:
    k = int(run)
    (x0, y0), (x1, y1) = _stair(k), _stair(k + 1)
    return x0 + (x1 - x0) * (run - k), y0 + (y1 - y0) * (run - k)


def _runner(stage: Stage, n: int, x: float, y: float, way: int) -> None:
    t = on_twos(n)
    going = 1.0 if t > _STARTS else 0.0
    stride = max(0.0, t - _STARTS) * pi / 3.27
    put_wick(stage, running(t, stride, going, way), x, y - abs(sin(stride)) * 5 * going, 104)


def _door(stage: Stage, n: int, x: float, y: float) -> None:
    """The door at the foot of the stairs, with the dust that its slam raises."""
    pen = Pen((130, 190), (110, 180))
    pen.fill(box(-74, -150, 4, 4, 30), rgb("#2b2230"))
    pen.fill(box(-66, -142, 0, 2, 26), rgb("#7f4336"))
    for k in range(3):
        pen.fill(box(-52 + k * 18, -136, -50 + k * 18, 2), rgb("#5f2f30"))
    for k in (-112, -36):
        pen.fill(box(-66, k, -10, k + 8, 2), rgb("#2b2c3f"))
    pen.fill(oval(-14, -68, 5, 5, 20), rgb("#d9a650"))
    lay(stage, pen.as_sheet(0.5), 310 + x, y)
    if n < 12:
        dust: list[tuple[Path, float]] = []
        rng = np.random.default_rng(3)
        for _ in range(18):
            angle, pace = rng.uniform(-1.2, 0.5), rng.uniform(4, 14)
            px, py = 306 + cos(angle) * pace * n, y - 60 + sin(angle) * pace * n + 0.5 * n * n
            dust.append((oval(px, py, 4, 3, 8), 0.5 * (1 - n / 12)))
        ray(stage, dust, rgb("#d8c8b0"), 3)
