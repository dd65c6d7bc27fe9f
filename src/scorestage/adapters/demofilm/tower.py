"""The tower cut open, with Wick on the stairs; and the tower struck."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from scorestage.adapters.demofilm.bay import rock
from scorestage.adapters.demofilm.figures import put_wick
from scorestage.adapters.demofilm.light import dim, halo, pool, pool_at, ray, shine, wash
from scorestage.adapters.demofilm.motion import ease, on_twos, shake, wobble
from scorestage.adapters.demofilm.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Cut,
    Path,
    Point,
    Sheet,
    Stage,
    moved,
    box,
    glued,
    hang,
    lay,
    mix,
    oval,
    plate,
    rgb,
    sheet,
    stroke,
)  # fmt: skip
from scorestage.adapters.demofilm.pen import Pen
from scorestage.adapters.demofilm.props import lighthouse
from scorestage.adapters.demofilm.scene import Draw
from scorestage.adapters.demofilm.sea import STORM, cloud_bank, flow, rain, rain_sheet, sky, waters
from scorestage.adapters.demofilm.wick import Pose

_STONE, _STONE_DARK = rgb("#6f5a5f"), rgb("#4d3f4c")
_TALL = 1300
_STEP = (15.0, 13.0)
_FLIGHT = 20


def _shaft() -> Sheet:
    """The inside of the tower, 1300 px tall: courses of stone, small windows."""
    rng = np.random.default_rng(12)
    paths: list[Path] = [box(230, 0, 730, _TALL)]
    inside = sheet(paths, [(0, mix(_STONE_DARK, (20, 20, 40), 0.3)), (1, _STONE_DARK)], (WIDTH_PX, _TALL), 55, Cut(shadow=0, rim=0))
    stones: list[Path] = []
    for row in range(0, _TALL // 36):
        x = 232.0 - (row % 2) * 30
        while x < 728:
            wide = rng.uniform(48, 84)
            if rng.random() < 0.55:
                stones.append(box(max(x, 234), row * 36 + 2, min(x + wide - 4, 726), row * 36 + 33, 5))
            x += wide
    panes = [box(456, y, 504, y + 84, 24) for y in (150, 560, 970)]
    tone = sheet(stones, [(0, mix(_STONE, _STONE_DARK, 0.72)), (1, mix(_STONE, _STONE_DARK, 0.5))], (WIDTH_PX, _TALL), 56, Cut(shadow=0, rim=0.1))
    frames = sheet([box(446, y - 10, 514, y + 94, 30) for y in (150, 560, 970)], [(0, _STONE), (1, _STONE)], (WIDTH_PX, _TALL), 57, Cut(shadow_px=4))
    whole = glued(glued(inside, tone), frames)
    glass = sheet(panes, [(0, rgb("#26384a")), (1, rgb("#3c5666"))], (WIDTH_PX, _TALL), 58, Cut(shadow=0, rim=0))
    return glued(whole, glass)


def _walls() -> Sheet:
    """The cut edges of the tower's wall, left and right, and the dark outside."""
    left = [(0.0, 0.0), (236.0, 0.0), (226.0, float(_TALL)), (0.0, float(_TALL))]
    right = [(724.0, 0.0), (960.0, 0.0), (960.0, float(_TALL)), (734.0, float(_TALL))]
    edge = sheet([[(200, 0), (236, 0), (226, _TALL), (188, _TALL)], [(724, 0), (760, 0), (772, _TALL), (734, _TALL)]],
                 [(0, rgb("#b99f8c")), (1, rgb("#a58a80"))], (WIDTH_PX, _TALL), 60, Cut(shadow_px=10, shadow=0.6))  # fmt: skip
    night = sheet([[(0, 0), (200, 0), (188, _TALL), (0, _TALL)], [(760, 0), (960, 0), (960, _TALL), (772, _TALL)]],
                  [(0, rgb("#141d28")), (1, rgb("#1d2a34"))], (WIDTH_PX, _TALL), 61, Cut(shadow=0.4))  # fmt: skip
    del left, right
    return glued(edge, night)


def _stair(step: int) -> Point:
    """Where a step of the zigzag lies: every flight runs the other way."""
    flight, k = divmod(step, _FLIGHT)
    x = 320 + k * _STEP[0] if flight % 2 == 0 else 320 + (_FLIGHT - k) * _STEP[0]
    return x, _TALL - 70 - step * _STEP[1]


def _stairs(back: bool) -> Sheet:
    pen = Pen((WIDTH_PX, _TALL), (0, 0), finer=2)
    count = 4 * _FLIGHT
    tone = mix(rgb("#c9984d"), _STONE_DARK, 0.45 if back else 0.1)
    for flight in range(4):
        if (flight % 2 == 1) != back:
            continue
        steps = [_stair(flight * _FLIGHT + k) for k in range(_FLIGHT + 1)]
        pen.fill(stroke([(x, y + 16) for x, y in steps], 9), mix(tone, (20, 16, 34), 0.5))
        for x, y in steps[:-1]:
            pen.fill(box(x - 12, y, x + 12, y + 7, 1.5), tone)
        rail = [(x, y - 40) for x, y in steps]
        pen.fill(stroke(rail, 3.4), mix(tone, (20, 16, 34), 0.35))
        for x, y in steps[::2]:
            pen.fill(box(x - 1, y - 40, x + 1, y), mix(tone, (20, 16, 34), 0.35))
    for landing in range(1, 5):
        x, y = _stair(landing * _FLIGHT)
        if back == (landing % 2 == 0):
            side = 1 if landing % 2 else -1
            pen.fill(box(x - 10 if side > 0 else x - 70, y, x + 70 if side > 0 else x + 10, y + 9, 2), tone)
    del count
    return pen.as_sheet(0.45)


def stairs() -> Draw:
    """The door slams; Wick runs round and round and up, the camera after him."""
    outside = plate([(0, rgb("#141d28")), (1, rgb("#1d2a34"))], (WIDTH_PX, HEIGHT_PX), 62)
    shaft, walls, behind, before = _shaft(), _walls(), _stairs(True), _stairs(False)
    drops = rain_sheet(13, 700, 48, 0.5, 80)

    def draw(n: int) -> Stage:
        t = on_twos(n)
        run = 66 * ease(n, 8, 92) * 1.22 if n >= 8 else 0.0
        run = max(0.0, (n - 9) * 0.98)
        held = max(0.0, (t - 9) * 0.98)
        rattle = shake(n, 0, 16, 6)
        x, y = _along(run)
        camera = min(_TALL - HEIGHT_PX, max(0.0, y - 330))
        camera += rattle[1]
        stage = hang(outside)
        lay(stage, shaft, rattle[0], -camera)
        lay(stage, behind, rattle[0], -camera)
        way = -1 if int(run) // _FLIGHT % 2 else 1
        if way < 0:
            _runner(stage, t, held, x + rattle[0], y - camera, way)
            lay(stage, before, rattle[0], -camera)
        else:
            lay(stage, before, rattle[0], -camera)
            _runner(stage, t, held, x + rattle[0], y - camera, way)
        _door(stage, n, rattle[0], _TALL - 66 - camera)
        pool_at(stage, pool(240, (0.5, 0.52, 0.66), (1.6, 1.36, 1.0)), x, y - camera - 70)
        lay(stage, walls, rattle[0], -camera)
        _rain_outside(stage, drops, n)
        return stage

    return draw


def _rain_outside(stage: Stage, drops: np.ndarray, n: int) -> None:
    inside = stage[:, 188:772].copy()
    rain(stage, drops, n, 48, 0.5)
    stage[:, 188:772] = inside


def _along(run: float) -> Point:
    k = int(run)
    (x0, y0), (x1, y1) = _stair(k), _stair(k + 1)
    s = run - k
    return x0 + (x1 - x0) * s, y0 + (y1 - y0) * s


def _runner(stage: Stage, t: int, run: float, x: float, y: float, way: int) -> None:
    going = 1.0 if run > 0 else 0.0
    stride = run * pi * 0.62
    pose = Pose(
        lean=way * (3 + 9 * going), tilt=way * 5 * going, look=(way * 1.0, -0.5), turn=way * 0.6, brows=0.8,
        mouth=0.3 * going, smile=-0.4, left_foot=(-7 + going * 12 * sin(stride), going * -5 * max(0.0, cos(stride))),
        right_foot=(7 - going * 12 * sin(stride), going * -5 * max(0.0, -cos(stride))),
        left_hand=(-22 - 14 * going * sin(stride), -32 + 8 * going * cos(stride)), right_hand=(22 - 14 * going * sin(stride), -32 - 8 * going * cos(stride)),
        wind=-way * 0.9 * going - 0.1, phase=t / 9, glow=0.6, light=rgb("#d8c8c0"),
    )  # fmt: skip
    put_wick(stage, pose, x, y - abs(sin(stride)) * 5 * going, 104)


def _door(stage: Stage, n: int, x: float, y: float) -> None:
    shut = 1.0 if n >= 0 else 0.0
    pen = Pen((130, 190), (110, 180))
    pen.fill(box(-74, -150, 4, 4, 30), rgb("#2b2230"))
    pen.fill(box(-66, -142, 0, 2, 26), mix(rgb("#8d4a3c"), (0, 0, 0), 0.1 * shut))
    for k in range(3):
        pen.fill(box(-52 + k * 18, -136, -50 + k * 18, 2), rgb("#5f2f30"))
    for k in (-112, -36):
        pen.fill(box(-66, k, -10, k + 8, 2), rgb("#2b2c3f"))
    pen.fill(oval(-14, -68, 5, 5, 20), rgb("#d9a650"))
    lay(stage, pen.as_sheet(0.5), 310 + x, y)
    if n < 12:
        bars: list[tuple[Path, float]] = []
        rng = np.random.default_rng(3)
        for _ in range(18):
            angle, pace = rng.uniform(-1.2, 0.5), rng.uniform(4, 14)
            px, py = 306 + cos(angle) * pace * n, y - 60 + sin(angle) * pace * n + 0.5 * n * n
            bars.append((oval(px, py, 4, 3, 8), 0.5 * (1 - n / 12)))
        ray(stage, bars, rgb("#d8c8b0"), 3)


def _bolt(seed: int, top: Point, end: Point) -> list[Path]:
    """A bolt of lightning: a ragged trunk and its branches."""
    rng = np.random.default_rng(seed)
    paths: list[Path] = []

    def grow(first: Point, last: Point, thick: float, depth: int) -> None:
        count = 9
        line = [first]
        for k in range(1, count):
            s = k / count
            off = (1 - abs(2 * s - 1)) * 60 / (depth + 1)
            line.append((first[0] + (last[0] - first[0]) * s + rng.uniform(-off, off), first[1] + (last[1] - first[1]) * s + rng.uniform(-8, 8)))
        line.append(last)
        paths.append(stroke(line, thick, thick * 0.5))
        if depth < 2:
            for k in (2, 4, 6):
                x, y = line[k]
                grow((x, y), (x + rng.uniform(-190, 190) / (depth + 1), y + rng.uniform(60, 150) / (depth + 1)), thick * 0.42, depth + 1)

    grow(top, end, 9, 0)
    return paths


def strike() -> Draw:
    """The tower in the storm; stillness; then lightning takes the rod."""
    back = sky(STORM, 470, 0, 44)
    banks = [cloud_bank(1400, 170, STORM.cloud, 45, 7), cloud_bank(1500, 110, (rgb("#222f39"), rgb("#10171f")), 46, 8)]
    water = waters(STORM, 4, 462, 280, [14, 26, 40, 50], [110, 180, 280, 400], 0.7)
    dark, lit = lighthouse(1.08, rgb("#7f919c")), lighthouse(1.08, rgb("#a5b0b2"), 1.0)
    white = lighthouse(1.08, rgb("#d5e4ee"), 0.0)
    foot = rock(620, 130, STORM, 18, 0.52)
    drops = rain_sheet(14, 900, 50, 0.6, 95)
    tip, lamp = (480.0, 462 - 312 * 1.08), (480.0, 462 - 239 * 1.08)
    bolt = _bolt(5, (640.0, -30.0), tip)
    hit = 26

    def draw(n: int) -> Stage:
        age = n - hit
        rattle = shake(n, hit, 15, 7)
        hush = ease(n, 2, 22) * (1 - ease(n, hit, hit + 6))
        near = -10 * ease(n, -10, 40)
        stage = hang(back, 100 + rattle[0])
        for k, piece in enumerate(banks):
            flow(stage, moved(piece, 0, -36), -n * (0.8 + 0.7 * k) + rattle[0], rattle[1] - 4 * k)
        if 0 <= age < 14:
            _sky_lit(stage, bolt, age)
        flow(stage, water[0], -n * 1.4, rattle[1])
        flow(stage, water[1], -n * 2.0, 4 + 3 * wobble(n, 40) + rattle[1])
        lay(stage, moved(foot, 170, 444), rattle[0], rattle[1] + near * 0.2)
        burning = ease(n, hit + 5, hit + 12)
        lay(stage, white if 0 <= age < 5 else lit if burning > 0.1 else dark, 480 + rattle[0], 462 + rattle[1])
        if burning:
            shine(stage, halo(330, rgb("#d98f3a"), 0.2), lamp[0], lamp[1], burning * (0.85 + 0.15 * wobble(n, 5)))
            for way in (-1, 1):
                spread = 60 + 190 * burning
                cone = [(lamp[0], lamp[1] - 5), (lamp[0], lamp[1] + 5), (480 + way * 620, lamp[1] + spread), (480 + way * 620, lamp[1] - spread * 0.5)]
                ray(stage, [(cone, 0.34 * burning)], rgb("#f2c877"), 14)
        if age < 0:
            _spark(stage, n, tip, hush)
        for k in (2, 3):
            flow(stage, water[k], -n * (1.8 + 0.9 * k) + 60, 16 + 5 * wobble(n, 36, 0.3 * k) + rattle[1])
        rain(stage, drops, n, 50, 0.6, 1 - 0.55 * hush)
        dim(stage, 1 - 0.4 * hush)
        if 0 <= age < 6:
            wash(stage, (244, 248, 255), (0.97, 0.9, 0.55, 0.72, 0.4, 0.2)[age])
        return stage

    return draw


def _spark(stage: Stage, n: int, tip: Point, hush: float) -> None:
    if n % 5 < 3:
        shine(stage, halo(26 + 9 * (n % 3), rgb("#a9c4ff"), 0.7), tip[0], tip[1] + 3, 0.9 * hush)


def _sky_lit(stage: Stage, bolt: list[Path], age: int) -> None:
    level = (1.0, 1.0, 0.9, 1.0, 0.8, 0.65, 0.5, 0.6, 0.4, 0.3, 0.22, 0.15, 0.1, 0.05)[age]
    shine(stage, halo(520, rgb("#7f97b8")), 560, 60, level)
    ray(stage, [(path, 0.55 * level) for path in bolt], rgb("#9fb8ff"), 16)
    pen = Pen((WIDTH_PX, 340), (0, 40), finer=2)
    for path in bolt:
        pen.fill(path, rgb("#f6f9ff"), True)
    if age < 9:
        lay(stage, pen.as_sheet(0.0, 0.0))
