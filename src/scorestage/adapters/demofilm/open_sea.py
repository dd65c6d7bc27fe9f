"""The scenes on the water: the launch, the call, the paper boat in the storm."""

from __future__ import annotations

from math import cos, sin

import numpy as np

from scorestage.adapters.demofilm.figures import put_wick
from scorestage.adapters.demofilm.light import dim, ray
from scorestage.adapters.demofilm.motion import blink, ease, keys, on_twos, pop, settle, wobble
from scorestage.adapters.demofilm.paper import (
    Path,
    Point,
    Sheet,
    Stage,
    moved,
    box,
    hang,
    lay,
    mix,
    oval,
    rgb,
    smooth,
    stroke,
)  # fmt: skip
from scorestage.adapters.demofilm.pen import Pen
from scorestage.adapters.demofilm.props import draw_boat, firefly, mast_top
from scorestage.adapters.demofilm.scene import Draw, keys_point, talk
from scorestage.adapters.demofilm.sea import NIGHT, STORM, Weather, cloud_bank, flow, moon, rain, rain_sheet, sky, waters
from scorestage.adapters.demofilm.wick import Pose


def _landing(weather: Weather, seed: int) -> Sheet:
    """The flat rock of the landing, coming in from the left."""
    pen = Pen((560, 330), (20, 40))
    base = mix(mix(weather.near, weather.far, 0.35), (66, 54, 78), 0.6)
    lit = mix(base, weather.crest, 0.3)
    edge = [(-20, -4), (60, -10), (150, -2), (236, -6), (322, 2), (392, 18)]
    inner = [(404, 44), (318, 26), (240, 14), (160, 22), (76, 10), (-20, 18)]
    pen.fill([*edge, (424, 66), (452, 300), (-20, 300)], base)
    pen.fill([*edge, *inner], lit)
    for path, share in (
        ([(76, 10), (160, 22), (140, 74), (112, 150), (70, 60)], 0.34),
        ([(240, 14), (318, 26), (330, 96), (286, 130), (262, 60)], 0.3),
        ([(404, 44), (424, 66), (440, 190), (396, 150), (378, 84)], 0.22),
        ([(-20, 18), (30, 14), (44, 120), (-20, 160)], 0.26),
    ):
        pen.fill(path, mix(base, lit, share))
    for path in ([(160, 22), (150, 70), (172, 150)], [(330, 30), (348, 90), (340, 150)]):
        pen.fill(stroke(path, 3, 1), mix(base, (10, 10, 26), 0.4))
    return pen.as_sheet(0.5)


def _boat(stage: Stage, n: int, x: float, y: float, long: float, tilt: float, glow: float, weather: Weather, way: int = 1, size: float = 0.0) -> Point:
    """The boat with its captain; returns where she sits."""
    lay(stage, draw_boat(long, tilt, weather.light, min(1.0, glow)), x, y)
    mx, my = mast_top(tilt, long)
    firefly(stage, x + mx, y + my, size or max(6.0, long * 0.16), n, glow, way)
    return x + mx, y + my


def _glitter(stage: Stage, n: int, x: float, y: float, long: float, strength: float) -> None:
    """Her light on the water: short bars that come and go."""
    bars = []
    for k in range(7):
        wide = long * (0.34 + 0.05 * k) * (0.6 + 0.4 * wobble(n, 23 + 4 * k, 0.31 * k))
        top = y + long * 0.12 + k * long * 0.105
        off = long * 0.08 * wobble(n, 31, 0.23 * k)
        bars.append((box(x + off - wide / 2, top, x + off + wide / 2, top + long * 0.035), strength * (1 - k / 8)))
    ray(stage, bars, rgb("#d99a4e"), 4)


def launch() -> Draw:
    """Wick sets the boat on the water; it leaves him with its very small light."""
    back = sky(NIGHT, 300, 220, 21)
    moon(back, 860, 108, 34, rgb("#f3e6cf"))
    water = waters(NIGHT, 5, 300, 140, [6, 9, 12, 18, 24], [80, 120, 170, 240, 330], 0.3)
    land = _landing(NIGHT, 3)
    touch = 40

    def draw(n: int) -> Stage:
        t = on_twos(n)
        pan = 44 * ease(n, 30, 150)
        stage = hang(back, 80 + pan * 0.15)
        afloat = ease(n, touch - 14, touch)
        x = 402 + 250 * ease(n, touch + 4, 190)
        y = keys(n, (0, 352), (touch - 16, 346), (touch, 424)) + (wobble(n, 44) * 4 + 8 * settle(n, touch, 14, 10)) * afloat
        tilt = keys(n, (0, -4), (touch, 0)) + (3 * wobble(n, 52, 0.2) + 6 * settle(n, touch, 16, 12)) * afloat
        for k in (0, 1, 2):
            lay(stage, water[k], -pan * (0.2 + 0.15 * k) + wobble(n, 120, k * 0.3) * 8, wobble(n, 70, k * 0.2) * 1.5)
        _moonlight(stage, n, 640 - pan * 0.2)
        lay(stage, moved(land, 0, 372), -pan * 0.8 - 24)
        if n >= touch:
            _ripples(stage, n - touch, 402 - pan, 432)
        wave = ease(t, 88, 98)
        hold = ((x - 32 - pan - (300 - pan * 0.8)) / 1.9, (y - 14 - 394) / 1.9)
        pose = Pose(
            lean=keys(t, (0, 9), (touch, 12), (58, 3), (122, 2)), tilt=keys(t, (0, 10), (touch, 13), (60, 2), (92, -5)),
            squash=keys(t, (0, 0.2), (touch, 0.8), (56, 0.0)), look=keys_point(t, ((0, (0.8, 0.6)), (touch, (0.9, 0.9)), (60, (1, 0.3)), (120, (1, 0.1)))),
            right_hand=hold if t < touch + 4 else keys_point(t, ((touch + 4, (hold[0], hold[1])), (64, (26, -26)), (86, (28, -28)), (97, (34 + 5 * sin(t / 2.2) * wave, -74)))),
            left_hand=keys_point(t, ((0, (16, -36)), (touch, (20, -16)), (64, (-20, -24)))),
            mouth=talk("launch", n, 2), smile=0.9, lids=blink(t, 20, 54, 106), brows=keys(t, (60, 0), (92, 0.3)), turn=0.35,
            wind=-0.22 - 0.08 * wobble(t, 44), phase=t / 38, glow=0.62, light=rgb("#aab6e6"),
        )  # fmt: skip
        put_wick(stage, pose, 300 - pan * 0.8, 394, 190)
        _boat(stage, n, x - pan, y, 92, tilt, 1.0, NIGHT)
        if n > touch - 14:
            _glitter(stage, n, x - pan, y, 92, 0.55 * afloat)
        for k in (3, 4):
            lay(stage, water[k], -pan * (0.3 + 0.3 * k) + wobble(n, 90, k * 0.27) * 12, 12 + wobble(n, 60, k * 0.3) * 3)
        return stage

    return draw


def _moonlight(stage: Stage, n: int, x: float) -> None:
    bars: list[tuple[Path, float]] = []
    for k in range(9):
        wide = (26 + 15 * k) * (0.7 + 0.3 * wobble(n, 37 + 3 * k, 0.37 * k))
        off = 10 * wobble(n, 53, 0.29 * k)
        bars.append((box(x + off - wide / 2, 306 + 12 * k, x + off + wide / 2, 309 + 12 * k + k * 0.3), 0.42 - 0.03 * k))
    ray(stage, bars, rgb("#d9dcf0"), 3)


def _ripples(stage: Stage, age: int, x: float, y: float) -> None:
    rings: list[tuple[Path, float]] = []
    for k in range(3):
        grown = age - 7 * k
        if 0 < grown < 46:
            outer, inner = 16 + grown * 2.4, 13 + grown * 2.4
            ring = oval(x, y, outer, outer * 0.2, 50)
            hole = oval(x, y, inner, inner * 0.17, 50)
            rings.append(([*ring, ring[0], hole[0], *hole[::-1]], 0.5 * (1 - grown / 46)))
    if rings:
        ray(stage, rings, rgb("#bcd2f4"), 3)


def calling() -> Draw:
    """Wick at the edge of the rock, calling against the wind."""
    back = sky(STORM, 330, 0, 22)
    bank = [cloud_bank(1300, 190, STORM.cloud, 33, 7), cloud_bank(1400, 130, (mix(STORM.cloud[0], (0, 0, 0), 0.2), STORM.cloud[1]), 34, 9)]
    water = waters(STORM, 4, 340, 240, [16, 26, 40, 60], [110, 170, 260, 380], 0.7)
    land, drops = _landing(STORM, 3), rain_sheet(5, 700, 46, 0.9, 80)

    def draw(n: int) -> Stage:
        t = on_twos(n)
        push = ease(n, -10, 80) * 26
        stage = hang(back, 100 - push * 0.2)
        for k, piece in enumerate(bank):
            flow(stage, moved(piece, 0, -40), -n * (1.2 + 0.9 * k), -6 * k)
        for k in (0, 1):
            flow(stage, water[k], -n * (1.6 + k), wobble(n, 34, k * 0.3) * (5 + 3 * k))
        lay(stage, moved(land, -20, 394), -push * 0.4)
        gust = 0.82 + 0.16 * wobble(t, 19) + 0.05 * wobble(t, 7)
        cry = talk("calling", n, 4)
        pose = Pose(
            lean=keys(t, (0, 2), (8, 9), (22, 7), (28, 12), (66, 10)) + 1.2 * wobble(t, 11), tilt=keys(t, (0, 0), (8, -6), (22, -2), (28, -9)),
            look=(1.0, -0.1), brows=1.0, mouth=cry, smile=-0.7, turn=0.45, lids=0.12 + blink(t, 48),
            right_hand=keys_point(t, ((0, (20, -40)), (8, (25, -64)), (22, (25, -64)), (28, (45, -62)), (66, (47, -58)))),
            left_hand=keys_point(t, ((0, (-20, -26)), (8, (5, -62)), (22, (5, -62)), (30, (-16, -34)))),
            wind=-gust, phase=t / 11, glow=0.5 + 0.1 * cry, light=rgb("#8fa3ad"), left_foot=(-12, 0), right_foot=(11, 0),
        )  # fmt: skip
        put_wick(stage, pose, 318 - push * 0.4, 414, 300)
        _spray(stage, n, 426 - push * 0.4, 470)
        for k in (2, 3):
            flow(stage, water[k], -n * (2.6 + 1.4 * k), 24 + wobble(n, 30, k * 0.31) * (6 + 4 * k))
        rain(stage, drops, n, 46, 0.9)
        return stage

    return draw


def _spray(stage: Stage, n: int, x: float, y: float) -> None:
    """A burst of drops where the sea meets the rock, every second or so."""
    age = (n + 6) % 27
    rng = np.random.default_rng((n + 6) // 27 + 50)
    drops: list[tuple[Path, float]] = []
    for _ in range(26):
        angle, pace = rng.uniform(-2.4, -0.7), rng.uniform(5, 13)
        px = x + cos(angle) * pace * age * 0.8 - age * 2
        py = y + sin(angle) * pace * age + 0.52 * age**2
        size = rng.uniform(2.5, 6.5) * max(0.0, 1 - age / 27)
        drops.append((oval(px, py, size, size, 10), 0.75))
    ray(stage, drops, rgb("#cfe3e0"), 3)


def _stormy(seed: int, horizon: int, heights: list[float]) -> list[Sheet]:
    lengths = [120.0, 190.0, 280.0, 400.0, 520.0][: len(heights)]
    return waters(STORM, len(heights), horizon, seed, heights, lengths, 0.75)


def tossed() -> Draw:
    """The boat climbs a wave and drops behind it."""
    back = sky(STORM, 300, 0, 23)
    bank = cloud_bank(1300, 200, STORM.cloud, 35, 6)
    water = _stormy(260, 280, [20, 36, 56, 90, 110])
    drops = rain_sheet(6, 900, 50, 0.7, 95)

    def draw(n: int) -> Stage:
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -50), -n * 2.2)
        for k in (0, 1):
            flow(stage, water[k], -n * (2 + 1.5 * k), wobble(n, 40, 0.2 * k) * (8 + 8 * k))
        climb = keys(n, (0, 0.0), (22, 1.0), (36, 0.1), (48, -0.6), (58, -0.2))
        tilt = keys(n, (0, -8), (14, -24), (26, 6), (38, 27), (50, 4), (58, -10))
        x, y = keys(n, (0, 330), (56, 560)), 404 - 120 * climb
        flow(stage, water[2], -n * 6, 20 + wobble(n, 46, 0.35) * 34 - 26 * climb)
        gap = 0.55 + 0.3 * wobble(n, 5.7) * (n > 34)
        _boat(stage, n, x, y, 96, tilt, gap + 0.25, STORM)
        _glitter(stage, n, x, y, 90, 0.3 * gap)
        for k in (3, 4):
            flow(stage, water[k], -n * (5 + 2.5 * k) + 130, 26 - 16 * (k == 4) + wobble(n, 44, 0.12 + 0.3 * k) * (22 + 10 * (k - 3)))
        rain(stage, drops, n, 52, 0.7)
        return stage

    return draw


def _great_wave() -> Sheet:
    """A wave as tall as a house, its crest curling over to the right in paper claws."""
    wide, high = 1100, 700
    pen = Pen((wide, high), (0, 0), finer=2)
    deep, mid, pale = rgb("#12303a"), rgb("#2a5460"), rgb("#cfe3dc")
    back = [(-20, 700), (-20, 420), (90, 330), (200, 214), (300, 110), (400, 46), (500, 26), (590, 52), (646, 104), (664, 160)]
    face = [(640, 150), (586, 128), (530, 140), (494, 190), (492, 270), (540, 370), (640, 470), (790, 560), (960, 620), (1120, 650), (1120, 700)]
    pen.fill([*smooth(back, 10, False), *smooth(face, 10, False)], deep)
    for k in range(7):
        s = k / 6
        line = [(20 + 46 * k, 700), (110 + 52 * k, 470 - 22 * k), (220 + 44 * k, 290 - 14 * k), (330 + 30 * k, 150 + 2 * k), (440 + 10 * k, 84 + 12 * k)]
        pen.fill(stroke(smooth(line, 10, False), 22 - 12 * s, 5), mix(deep, mid, 0.45 + 0.5 * s))
    lip = smooth([(200, 214), (300, 110), (400, 46), (500, 26), (590, 52), (646, 104), (664, 160)], 10, False)
    pen.fill(stroke(lip, 4, 30), pale)
    rng = np.random.default_rng(7)
    for k in range(5, len(lip) - 1):
        x, y = lip[k]
        s = k / len(lip)
        along, down = lip[k + 1][0] - lip[k - 1][0], lip[k + 1][1] - lip[k - 1][1]
        long = max(1e-6, (along**2 + down**2) ** 0.5)
        ax, ay = along / long, down / long
        size = 5 + 15 * s + rng.uniform(-2, 3)
        pen.fill(oval(x + ay * 4, y - ax * 4, size, size * 0.9, 24), pale)
        if k % 3 == 0 and s > 0.2:
            reach = (16 + 44 * s) * rng.uniform(0.8, 1.15)
            hook = [(0.0, 0.0), (0.35, 0.55), (0.95, 0.75), (1.25, 1.25)]
            claw = [(x + (ax * u - ay * v) * reach * 0.8, y + (ay * u + ax * v) * reach * 0.8) for u, v in hook]
            pen.fill(stroke(smooth(claw, 8, False), 10 + 14 * s, 2), pale)
    for _ in range(34):
        x, y = rng.uniform(560, 800), rng.uniform(60, 330)
        pen.fill(oval(x, y, (size := rng.uniform(1.5, 5)), size, 10), pale)
    return pen.as_sheet(0.6)


def wave() -> Draw:
    """A wave as tall as a house rises behind the boat."""
    back = sky(STORM, 420, 0, 24)
    bank = cloud_bank(1300, 150, STORM.cloud, 36, 8)
    great = _great_wave()
    water = _stormy(270, 380, [20, 40, 60, 70])
    drops = rain_sheet(8, 900, 50, 0.7, 95)

    def draw(n: int) -> Stage:
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -50), -n * 2.2)
        flow(stage, water[0], -n * 2.0)
        rise = ease(n, -6, 44)
        lay(stage, great, -210 + 96 * rise + n * 0.8, 300 - 262 * rise + 3 * wobble(n, 9))
        x, y = 716 - 34 * rise, 446 + 9 * wobble(n, 24)
        flow(stage, water[2], -n * 5 - 80, 4 + wobble(n, 30) * 10)
        _boat(stage, n, x, y, 88, 10 + 9 * wobble(n, 22, 0.1), 0.5 + 0.2 * wobble(n, 5.3), STORM)
        flow(stage, water[3], -n * 8 + 60, 10 + wobble(n, 26, 0.3) * 12)
        rain(stage, drops, n, 52, 0.7)
        return stage

    return draw


def flicker() -> Draw:
    """Close on the firefly: nearly out, and everything holds its breath."""
    back = sky(STORM, 460, 0, 25)
    water = _stormy(280, 420, [16, 30, 46])
    drops = rain_sheet(9, 300, 40, 0.5, 60)

    def draw(n: int) -> Stage:
        stage = hang(back, 90)
        flow(stage, water[0], -n * 0.7)
        sway = wobble(n, 58, 0.1)
        still = 1 - ease(n, 4, 34)
        glow = keys(n, (0, 0.55), (6, 0.2), (10, 0.5), (17, 0.12), (22, 0.34), (32, 0.07), (45, 0.05))
        flow(stage, water[1], -n * 1.0 + 200, 6 + 4 * sway)
        boat = draw_boat(330, -5 + 4 * sway, rgb("#7d9199"), min(0.4, glow))
        x, y = 470 - 0.2 * n, 448 + 6 * sway
        lay(stage, boat, x, y)
        mx, my = mast_top(-5 + 4 * sway, 330)
        droop = 10 * ease(n, 8, 34)
        firefly(stage, x + mx, y + my + droop * 0.4, 46, n if glow > 0.15 else 2 * (n // 9), glow)
        flow(stage, water[2], -n * 1.4 + 90, 26 - 6 * sway)
        rain(stage, drops, n, 40, 0.5, 0.25 + 0.75 * still)
        dim(stage, 0.62 + 0.38 * still)
        return stage

    return draw


def rise() -> Draw:
    """The beam is on her: she looks up, brightens and lets go of the boat."""
    back = sky(STORM, 460, 0, 25)
    water = _stormy(280, 420, [16, 30, 46])
    drops = rain_sheet(9, 300, 40, 0.5, 60)

    def draw(n: int) -> Stage:
        stage = hang(back, 90)
        sway = wobble(n, 58, 0.6)
        flow(stage, water[0], -n * 0.7)
        warm = 0.75 + 0.1 * wobble(n, 33)
        ray(stage, [([(-40, 40), (-40, 150), (1000, 560), (1000, 250)], 0.5 * warm), ([(-40, 70), (-40, 120), (1000, 480), (1000, 330)], 0.35 * warm)], rgb("#ffdf9a"), 24)
        flow(stage, water[1], -n * 1.0 + 200, 6 + 4 * sway)
        x, y = 470 + 0.3 * n, 448 + 6 * sway
        boat = draw_boat(330, 2 + 4 * sway, rgb("#ffeccd"), 0.75)
        lay(stage, boat, x, y)
        mx, my = mast_top(2 + 4 * sway, 330)
        glow = keys(n, (0, 0.3), (14, 1.05), (22, 0.95))
        away = ease(n, 30, 66)
        fx = x + mx - 12 * ease(n, 24, 32) - 620 * away**1.5
        fy = y + my - 26 * pop(n, 20, 12) - 250 * away + 16 * sin(n / 3) * away
        firefly(stage, fx, fy, 46, n, glow, -1 if n > 12 else 1)
        flow(stage, water[2], -n * 1.4 + 90, 26 - 6 * sway)
        rain(stage, drops, n, 40, 0.5, 0.5)
        return stage

    return draw
