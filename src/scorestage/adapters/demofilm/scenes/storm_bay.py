"""The bay in the storm: the front that comes in, the beam that goes out."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, pi, sin

from scorestage.adapters.demofilm.cast.figures import put_boat
from scorestage.adapters.demofilm.cast.props import lighthouse, rock
from scorestage.adapters.demofilm.drawing.light import dim, halo, ray, shine
from scorestage.adapters.demofilm.drawing.motion import ease, keys, settle, wobble
from scorestage.adapters.demofilm.drawing.paper import Stage, hang, lay, moved
from scorestage.adapters.demofilm.drawing.shapes import Path, Point, mix, rgb
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import (
    NIGHT,
    STORM,
    cloud_bank,
    cloud_front,
    flow,
    moon,
    rain,
    rain_sheet,
    sky,
    waters,
)


def front() -> Draw:
    """Black cloud rolls in over the stars; the little light is far out."""
    back = sky(NIGHT, 350, 240, 31)
    moon(back, 300, 96, 28, rgb("#f3e6cf"))
    black = [
        cloud_front(1700, 330, (rgb("#46587a"), rgb("#1d2740")), 41),
        cloud_front(1800, 270, (rgb("#33425c"), rgb("#121a2c")), 42),
    ]
    weather = replace(STORM, far=mix(NIGHT.far, STORM.far, 0.5))
    water = waters(weather, 5, 352, 160, [10, 16, 26, 40, 56], [90, 140, 200, 290, 400], 0.6)
    tower, foot = lighthouse(0.5, rgb("#8d9bc4")), rock(260, 84, NIGHT.tones, 8, 0.45)

    def draw(n: int) -> Stage:
        come = ease(n, -20, 76)
        rough = 0.4 + 0.6 * come
        stage = hang(back, 60 + n * 0.2)
        lay(stage, black[0], 620 - 1060 * come, -60 + 16 * come)
        for first, x, y in ((18, 640, 120), (46, 420, 90)):
            lit = max(0.0, 1 - abs(n - first - 3) / 6) * (0.6 + 0.4 * (n % 2))
            shine(stage, halo(260, rgb("#6d86a8")), x, y, 0.55 * lit)
        lay(stage, black[1], 860 - 1240 * come, -70 + 10 * come)
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, -60 - n * 0.12, 346)
                lay(stage, tower, 66 - n * 0.12, 362)
            if k == 3:
                at = (640 + n * 0.9, 412 + wobble(n, 30) * 7 * rough)
                put_boat(stage, n, at, 46, 12 * rough * wobble(n, 34, 0.2), 1.0, NIGHT.light)
            bob = wobble(n, 44 - 4 * k, 0.23 * k) * (3 + 2.4 * k) * rough + 3 * k
            flow(stage, piece, -n * (0.8 + 0.7 * k) * rough, bob)
        dim(stage, 1 - 0.1 * come)
        return stage

    return draw


def beam() -> Draw:
    """The beam walks over the sea, once around, and finds the boat."""
    back = sky(STORM, 330, 0, 32)
    bank = cloud_bank(1400, 210, STORM.cloud, 43, 6)
    water = waters(STORM, 5, 336, 180, [14, 22, 34, 50, 66], [100, 150, 220, 310, 420], 0.7)
    tower, foot = lighthouse(0.62, rgb("#a5b4b6"), 1.0), rock(300, 96, STORM.tones, 8, 0.45)
    drops = rain_sheet(10, 700, 44, 0.6, 80)
    finds = beat_of("beam", "found")

    def draw(n: int) -> Stage:
        slide = 40 * ease(n, 10, 110)
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -40), -n * 1.2)
        found = ease(n, finds - 4, finds + 4)
        lamp = (158 - slide * 0.6, 366 - 239 * 0.62)
        boat = (742 - slide, 430 + wobble(n, 40) * 9)
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, 20 - slide * 0.6, 346)
                lay(stage, tower, 158 - slide * 0.6, 366)
                shine(stage, halo(150, rgb("#ffcf7a"), 0.6), *lamp, 0.95)
            if k == 4:
                _found_boat(stage, n, boat, found, finds)
            bob = wobble(n, 48 - 4 * k, 0.23 * k) * (3 + 2.6 * k) + 4 * k
            flow(stage, piece, -n * (1.2 + 0.7 * k), bob)
        _beam(stage, lamp, boat, keys(n, (0, -0.42), (26, 0.16), (finds, 0.0)))
        rain(stage, drops, n, 44, 0.6, 0.8)
        return stage

    return draw


def _found_boat(stage: Stage, n: int, at: Point, found: float, finds: int) -> None:
    light = mix(STORM.light, rgb("#fff2d2"), round(found * 8) / 8)
    put_boat(stage, n, at, 62, 11 * wobble(n, 42, 0.2), 0.2 + 0.8 * found, light)
    strength = 0.7 * found + 0.25 * settle(n, finds, 200, 8)
    shine(stage, halo(230, rgb("#d9a24e")), at[0], at[1] - 14, strength)


def _beam(stage: Stage, lamp: Point, boat: Point, turn: float) -> None:
    """The lamp's beam as it turns: 0 points at the boat, a half away from us."""
    (lx, ly), (x, y) = lamp, boat
    angle = 2 * pi * turn
    tx, ty = lx + (x - lx) * cos(angle) * 1.5, ly + (y - ly) * (1.5 + 2.6 * sin(angle))
    wide = 34 + 70 * max(0.0, cos(angle / 2)) ** 2
    long = max(1.0, hypot(tx - lx, ty - ly))
    ux, uy = (ty - ly) / long * wide, -(tx - lx) / long * wide
    cones: list[tuple[Path, float]] = []
    for spread, level in ((1.0, 0.3), (0.6, 0.52)):
        for k in range(12, 0, -1):
            s = k / 12
            px, py, sx, sy = (
                lx + (tx - lx) * s,
                ly + (ty - ly) * s,
                ux * spread * s,
                uy * spread * s,
            )
            cone = [(lx, ly - 3), (lx, ly + 3), (px - sx, py - sy), (px + sx, py + sy)]
            cones.append((cone, level * (1 - 0.62 * s)))
    ray(stage, cones, rgb("#f2cf8c"), 10)
