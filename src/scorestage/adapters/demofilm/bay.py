"""The bay: the opening, the tower on its rock, the storm front, the beam, the dawn."""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sin

import numpy as np

from scorestage.adapters.demofilm.figures import put_wick
from scorestage.adapters.demofilm.lettering import Writing, strokes
from scorestage.adapters.demofilm.light import dim, halo, ray, shine
from scorestage.adapters.demofilm.motion import ease, keys, on_twos, settle, wobble
from scorestage.adapters.demofilm.paper import (
    WIDTH_PX,
    Path,
    Point,
    Sheet,
    Stage,
    moved,
    hang,
    lay,
    mix,
    rgb,
    smooth,
)  # fmt: skip
from scorestage.adapters.demofilm.pen import Pen
from scorestage.adapters.demofilm.props import draw_boat, firefly, lighthouse, mast_top
from scorestage.adapters.demofilm.sea import (
    DAWN,
    DUSK,
    NIGHT,
    STORM,
    Weather,
    cloud,
    cloud_bank,
    cloud_front,
    flow,
    moon,
    rain,
    rain_sheet,
    sky,
    waters,
)  # fmt: skip
from scorestage.adapters.demofilm.wick import Pose

Draw = Callable[[int], Stage]

_LETTER = rgb("#fff1d6")


def rock(wide: int, high: int, weather: Weather, seed: int, peak: float = 0.5) -> Sheet:
    """A rock of three facets, its highest point `peak` of the way across, its foot level."""
    rng = np.random.default_rng(seed)
    base, lit = mix(weather.near, (40, 34, 58), 0.5), mix(weather.far, weather.near, 0.35)
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
    made = pen.as_sheet(0.35)
    return made


def gull(stage: Stage, x: float, y: float, size: float, flap: float, tone: tuple[float, float, float]) -> None:
    pen = Pen((size * 4, size * 3), (size * 2, size * 1.5), size)
    lift = 0.55 * flap
    for way in (-1, 1):
        tip = (way * 1.5, -0.15 - lift * 1.2)
        wing = smooth([(0, 0.05), (way * 0.7, -0.32 - lift * 0.6), tip, (way * 0.7, -0.12 - lift * 0.5)], 6)
        pen.fill(wing, tone)
    pen.fill(smooth([(-0.22, 0), (0, -0.1), (0.22, 0), (0, 0.2)], 6), tone)
    lay(stage, pen.as_sheet(0.0, 0.3), x, y)


def title() -> Draw:
    """Dusk; the camera comes down from the stars while the light writes the title."""
    back = sky(DUSK, 362, 230, 4)
    glow = hang(back) * 0
    shine(glow, halo(420, rgb("#a05a3c")), 330, 380)
    back[:, 40 : 40 + WIDTH_PX] += glow
    np.minimum(back, 255, out=back)
    back = np.concatenate([np.repeat(back[:1], 60, axis=0), back])
    water = waters(DUSK, 5, 362, 40, [5, 9, 16, 26, 36], [70, 110, 170, 260, 380], 0.45)
    tower, foot = lighthouse(0.5, DUSK.light), rock(260, 84, DUSK, 8, 0.45)
    clouds = [cloud(330, 120, DUSK.cloud, 5), cloud(430, 130, DUSK.cloud, 9), cloud(180, 60, DUSK.cloud, 2)]
    small = Writing(strokes("THE", 21, (404, 124)), 2.8, _LETTER)
    large = Writing(strokes("LITTLE LIGHT", 54, (404, 184)), 4.8, _LETTER)

    def draw(n: int) -> Stage:
        down = 78 * (1 - ease(n, -40, 118))
        stage = hang(back, 40 + n * 0.06, 60 - down * 0.7)
        for k, (x, y, pace) in enumerate(((40, 236, 0.16), (560, 262, 0.24), (300, 300, 0.1))):
            lay(stage, clouds[k], x - n * pace, y + down * (0.8 + 0.04 * k))
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, 690, 350 + down * 1.2)
                lay(stage, tower, 812, 366 + down * 1.2)
            drift = wobble(n, 150 - 12 * k, 0.21 * k) * (5 + 5 * k)
            lay(stage, piece, drift, down * (1 + 0.16 * k) + wobble(n, 90, 0.3 * k) * (1 + k * 0.5))
        small.lay(stage, ease(n, 34, 56))
        large.lay(stage, ease(n, 56, 112))
        firefly(stage, *_title_light(n, small, large), 4.5, n, 0.95)
        return stage

    return draw


def _title_light(n: int, small: Writing, large: Writing) -> Point:
    if n < 34:
        x, y = small.pen(0.0)
        s = ease(n, 2, 34)
        return x - 350 * (1 - s), y + 190 * (1 - s) - 60 * sin(pi * s)
    if n < 56:
        return small.pen(ease(n, 34, 54))
    if n <= 112:
        return large.pen(ease(n, 56, 112))
    x, y = large.pen(1.0)
    s = ease(n, 114, 166)
    return x + (836 - x) * s + 60 * sin(pi * s), y + (236 - y) * s + 60 * sin(pi * s)


def lighthouse_rock() -> Draw:
    """The tower near by, one window lit, gulls about it going home."""
    back = sky(DUSK, 430, 120, 14)
    glow = halo(420, rgb("#8a4030"))
    far = [cloud(460, 140, DUSK.cloud, 21), cloud(300, 90, DUSK.cloud, 25)]
    water = waters(DUSK, 4, 440, 60, [6, 12, 22, 30], [90, 150, 260, 380], 0.45)
    tower, foot, near = lighthouse(1.28, DUSK.light), rock(560, 150, DUSK, 18, 0.55), rock(420, 110, DUSK, 28, 0.3)

    def draw(n: int) -> Stage:
        slide = 34 * ease(n, -40, 120) - 14
        stage = hang(back, 60 + slide * 0.1)
        shine(stage, glow, 250 - slide * 0.1, 440)
        lay(stage, far[0], 30 - slide * 0.25 - n * 0.1, 300)
        lay(stage, far[1], 690 - slide * 0.3 - n * 0.12, 230)
        lay(stage, water[0], -slide * 0.4 + wobble(n, 130) * 5)
        t = on_twos(n)
        for k in range(3):
            x = 180 + 90 * k + n * (1.5 + 0.25 * k)
            y = 150 + 44 * k + 16 * wobble(n, 70, 0.3 * k)
            gull(stage, x, y, 24 - 4 * k, wobble(t, 15 + 2 * k, 0.2 * k), rgb("#3a3565"))
        lay(stage, water[1], -slide * 0.6 + wobble(n, 110, 0.3) * 8)
        lay(stage, foot, 330 - slide, 372)
        lay(stage, tower, 640 - slide, 396)
        shine(stage, halo(70, rgb("#c98a3c")), 648 - slide, 396 - 138 * 1.28, 0.6 + 0.06 * wobble(n, 9))
        lay(stage, water[2], -slide * 1.1 + wobble(n, 100, 0.6) * 11, 4 + 2 * wobble(n, 80))
        lay(stage, near, -110 - slide * 1.5, 446)
        lay(stage, water[3], -slide * 1.6 + wobble(n, 90, 0.1) * 14, 12 + 3 * wobble(n, 66, 0.5))
        return stage

    return draw


def front() -> Draw:
    """Black cloud rolls in over the stars; the little light is far out."""
    back = sky(NIGHT, 350, 240, 31)
    moon(back, 300, 96, 28, rgb("#f3e6cf"))
    black = [cloud_front(1700, 330, (mix(STORM.cloud[0], NIGHT.cloud[1], 0.3), STORM.cloud[1]), 41),
             cloud_front(1800, 270, (rgb("#27333f"), rgb("#10161f")), 42)]  # fmt: skip
    weather = Weather(NIGHT.sky, mix(NIGHT.far, STORM.far, 0.5), STORM.near, STORM.crest, STORM.cloud, STORM.light)
    water = waters(weather, 5, 352, 160, [10, 16, 26, 40, 56], [90, 140, 200, 290, 400], 0.6)
    tower, foot = lighthouse(0.5, rgb("#8d9bc4")), rock(260, 84, NIGHT, 8, 0.45)

    def draw(n: int) -> Stage:
        come = ease(n, -20, 76)
        stage = hang(back, 60 + n * 0.2)
        lay(stage, black[0], 620 - 1060 * come, -60 + 16 * come)
        for first, x, y in ((18, 640, 120), (46, 420, 90)):
            lit = max(0.0, 1 - abs(n - first - 3) / 6) * (0.6 + 0.4 * (n % 2))
            shine(stage, halo(260, rgb("#6d86a8")), x, y, 0.55 * lit)
        lay(stage, black[1], 860 - 1240 * come, -70 + 10 * come)
        rough = 0.4 + 0.6 * come
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, -60 - n * 0.12, 346)
                lay(stage, tower, 66 - n * 0.12, 362)
            if k == 3:
                x, y = 640 + n * 0.9, 412 + wobble(n, 30) * 7 * rough
                boat = draw_boat(46, 12 * rough * wobble(n, 34, 0.2), rgb("#a9b9e6"), 0.9)
                lay(stage, boat, x, y)
                mx, my = mast_top(12 * rough * wobble(n, 34, 0.2), 46)
                firefly(stage, x + mx, y + my, 8, n, 1.0)
            flow(stage, piece, -n * (0.8 + 0.7 * k) * rough, wobble(n, 44 - 4 * k, 0.23 * k) * (3 + 2.4 * k) * rough + 3 * k)
        dim(stage, 1 - 0.22 * come)
        return stage

    return draw


def beam() -> Draw:
    """The beam walks over the sea, once around, and finds the boat."""
    back = sky(STORM, 330, 0, 32)
    bank = cloud_bank(1400, 210, STORM.cloud, 43, 6)
    water = waters(STORM, 5, 336, 180, [14, 22, 34, 50, 66], [100, 150, 220, 310, 420], 0.7)
    tower, foot = lighthouse(0.62, rgb("#a5b4b6"), 1.0), rock(300, 96, STORM, 8, 0.45)
    drops = rain_sheet(10, 700, 44, 0.6, 80)
    lamp = (158.0, 366 - 239 * 0.62)

    def draw(n: int) -> Stage:
        slide = 40 * ease(n, 10, 110)
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -40), -n * 1.2)
        turn = keys(n, (0, -0.42), (26, 0.16), (54, 0.0))
        found = ease(n, 50, 58)
        lx, ly = lamp[0] - slide * 0.6, lamp[1]
        x, y = 742 - slide, 430 + wobble(n, 40) * 9
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, 20 - slide * 0.6, 346)
                lay(stage, tower, 158 - slide * 0.6, 366)
                shine(stage, halo(150, rgb("#ffcf7a"), 0.6), lx, ly, 0.95)
            if k == 4:
                tilt = round(2 * 11 * wobble(n, 42, 0.2)) / 2
                boat = draw_boat(62, tilt, mix(STORM.light, rgb("#fff2d2"), found), 0.3 + 0.5 * found)
                lay(stage, boat, x, y)
                mx, my = mast_top(tilt, 62)
                firefly(stage, x + mx, y + my, 10, n, 0.18 + 0.85 * found)
                shine(stage, halo(230, rgb("#d9a24e")), x, y - 14, 0.7 * found + 0.25 * settle(n, 54, 200, 8))
            flow(stage, piece, -n * (1.2 + 0.7 * k), wobble(n, 48 - 4 * k, 0.23 * k) * (3 + 2.6 * k) + 4 * k)
        _beam(stage, lx, ly, turn, x, y)
        rain(stage, drops, n, 44, 0.6, 0.8)
        return stage

    return draw


def _beam(stage: Stage, lx: float, ly: float, turn: float, x: float, y: float) -> None:
    """The lamp's beam as it turns: 0 points at the boat, ± a half away from us."""
    angle = 2 * pi * turn
    reach = np.cos(angle / 2) if abs(turn) < 0.5 else 0.0
    tx, ty = lx + (x - lx) * np.cos(angle) * 1.5, ly + (y - ly) * (1.5 + 2.6 * np.sin(angle))
    wide = 34 + 70 * max(0.0, float(reach)) ** 2
    across = (ty - ly, -(tx - lx))
    long = max(1.0, float(np.hypot(*across)))
    ux, uy = across[0] / long * wide, across[1] / long * wide
    cones: list[tuple[Path, float]] = []
    for spread, level in ((1.0, 0.3), (0.6, 0.52)):
        for k in range(12, 0, -1):
            s = k / 12
            px, py = lx + (tx - lx) * s, ly + (ty - ly) * s
            sx, sy = ux * spread * s, uy * spread * s
            fade = level * (1 - 0.62 * s)
            cones.append(([(lx, ly - 3), (lx, ly + 3), (px - sx, py - sy), (px + sx, py + sy)], fade))
    ray(stage, cones, rgb("#f2cf8c"), 10)


def dawn() -> Draw:
    """Calm; the lamp still turns; small lights come home over the water."""
    back = sky(DAWN, 362, 0, 33)
    shine(back[:, 120 : 120 + WIDTH_PX], halo(460, rgb("#8a5a34")), 330, 372)
    clouds = [cloud(360, 120, DAWN.cloud, 5), cloud(470, 130, DAWN.cloud, 9), cloud(200, 64, DAWN.cloud, 2)]
    water = waters(DAWN, 5, 362, 40, [5, 9, 16, 26, 36], [70, 110, 170, 260, 380], 0.45)
    tower, foot = lighthouse(0.5, DAWN.light, 1.0), rock(260, 84, DAWN, 8, 0.45)
    words = Writing(strokes("THE END", 40, (400, 170)), 4.2, rgb("#fffaf0"))

    def draw(n: int) -> Stage:
        up = 40 * ease(n, 20, 170)
        stage = hang(back, 60 + n * 0.06)
        for k, (x, y, pace) in enumerate(((60, 226, 0.16), (570, 262, 0.22), (330, 300, 0.1))):
            lay(stage, clouds[k], x - n * pace, y + up * (0.6 + 0.05 * k))
        t = on_twos(n)
        for k in range(4):
            gull(stage, 560 + 70 * k + n * (0.9 + 0.15 * k), 84 + 30 * k + 14 * wobble(n, 66, 0.3 * k) + up, 12 - 2 * k, wobble(t, 14 + 2 * k, 0.3 * k), rgb("#4f6f86"))
        for k, piece in enumerate(water):
            low = up * (0.9 + 0.14 * k)
            if k == 2:
                lay(stage, foot, 712, 350 + low)
                lay(stage, tower, 836, 366 + low)
                shine(stage, halo(60, rgb("#d9a45e"), 0.4), 836, 247 + low, 0.5 + 0.3 * wobble(n, 70, 0.35))
                wave = Pose(
                    right_hand=(33 + 5 * wobble(t, 13), -74), tilt=-5, look=(-1, 0), smile=1, lids=0.9, turn=-0.3,
                    glow=1.0, wind=0.3, phase=t / 30, light=DAWN.light,
                )  # fmt: skip
                put_wick(stage, wave, 776, 371 + low, 46)
            for size, first, lane, pace, seat in _FLEET:
                if lane == k:
                    _coming_home(stage, n, size, first + n * pace, low + seat)
            drift = wobble(n, 150 - 12 * k, 0.21 * k) * (5 + 5 * k)
            lay(stage, piece, drift, low + wobble(n, 90, 0.3 * k) * (1 + k * 0.5))
        words.lay(stage, ease(n, 44, 84))
        firefly(stage, *_end_light(n, words), 4.5, n, 0.9)
        return stage

    return draw


# size px, first place x, before which strip of water, pace px a frame, height y
_FLEET = (
    (26, 470, 1, 0.22, 372), (30, 160, 1, 0.26, 374), (40, 320, 2, 0.36, 398), (44, 20, 2, 0.4, 400),
    (58, 530, 3, 0.42, 442), (60, 190, 3, 0.5, 444), (84, -10, 4, 0.66, 498), (88, 380, 4, 0.6, 500),
)  # fmt: skip


def _coming_home(stage: Stage, n: int, size: int, x: float, y: float) -> None:
    tilt = round(6 * wobble(n, 60 + size * 0.4, size * 0.37)) / 2
    rise = 2 * wobble(n, 50, size * 0.21)
    boat = draw_boat(size, tilt, DAWN.light, 0.6)
    lay(stage, boat, x, y + rise)
    mx, my = mast_top(tilt, size)
    firefly(stage, x + mx, y + rise + my, max(4.0, size * 0.15), n + size, 0.8)


def _end_light(n: int, words: Writing) -> Point:
    if n < 44:
        x, y = words.pen(0.0)
        s = ease(n, 0, 44)
        return 836 + (x - 836) * s, 236 + (y - 236) * s - 50 * sin(pi * s)
    if n <= 84:
        return words.pen(ease(n, 44, 84))
    x, y = words.pen(1.0)
    return x + 22 + 5 * wobble(n - 84, 40), y - 44 * ease(n, 84, 110) + 4 * wobble(n - 84, 27)
