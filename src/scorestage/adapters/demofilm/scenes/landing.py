"""The landing: the launch of the paper boat, and the call after it."""

from __future__ import annotations

from math import cos, sin

import numpy as np

from scorestage.adapters.demofilm.cast.acting import calling_out, launching
from scorestage.adapters.demofilm.cast.figures import put_boat, put_glitter, put_wick
from scorestage.adapters.demofilm.drawing.light import ray
from scorestage.adapters.demofilm.drawing.motion import ease, keys, on_twos, settle, wobble
from scorestage.adapters.demofilm.drawing.paper import Sheet, Stage, hang, lay, moved
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Path, box, mix, oval, rgb, stroke
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import (
    NIGHT,
    STORM,
    Weather,
    cloud_bank,
    flow,
    moon,
    rain,
    rain_sheet,
    sky,
    waters,
)


def _landing(weather: Weather) -> Sheet:
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


def launch() -> Draw:
    """Wick sets the boat on the water; it leaves him with its very small light."""
    back = sky(NIGHT, 300, 220, 21)
    moon(back, 860, 108, 34, rgb("#f3e6cf"))
    water = waters(NIGHT, 5, 300, 140, [6, 9, 12, 18, 24], [80, 120, 170, 240, 330], 0.3)
    land = _landing(NIGHT)
    touch = beat_of("launch", "touch")

    def draw(n: int) -> Stage:
        pan = 44 * ease(n, 30, 150)
        afloat = ease(n, touch - 14, touch)
        stage = hang(back, 80 + pan * 0.15)
        x = 402 + 250 * ease(n, touch + 4, 190) - pan
        y = keys(n, (0, 352), (touch - 16, 346), (touch, 424))
        y += (wobble(n, 44) * 4 + 8 * settle(n, touch, 14, 10)) * afloat
        tilt = keys(n, (0, -4), (touch, 0))
        tilt += (3 * wobble(n, 52, 0.2) + 6 * settle(n, touch, 16, 12)) * afloat
        for k in (0, 1, 2):
            shift = -pan * (0.2 + 0.15 * k) + wobble(n, 120, k * 0.3) * 8
            lay(stage, water[k], shift, wobble(n, 70, k * 0.2) * 1.5)
        _moonlight(stage, n, 640 - pan * 0.2)
        lay(stage, moved(land, 0, 372), -pan * 0.8 - 24)
        if n >= touch:
            _ripples(stage, n - touch, 402 - pan, 432)
        wick = 300 - pan * 0.8
        hold = ((x - 32 - wick) / 1.9, (y - 14 - 394) / 1.9)
        put_wick(stage, launching(on_twos(n), n, hold), wick, 394, 190)
        put_boat(stage, n, (x, y), 92, tilt, 1.0, NIGHT.light)
        if n > touch - 14:
            put_glitter(stage, n, (x, y), 92, 0.55 * afloat)
        for k in (3, 4):
            shift = -pan * (0.3 + 0.3 * k) + wobble(n, 90, k * 0.27) * 12
            lay(stage, water[k], shift, 12 + wobble(n, 60, k * 0.3) * 3)
        return stage

    return draw


def _moonlight(stage: Stage, n: int, x: float) -> None:
    bars: list[tuple[Path, float]] = []
    for k in range(9):
        half = (13 + 7.5 * k) * (0.7 + 0.3 * wobble(n, 37 + 3 * k, 0.37 * k))
        middle, top = x + 10 * wobble(n, 53, 0.29 * k), 306 + 12 * k
        bars.append((box(middle - half, top, middle + half, top + 3 + k * 0.3), 0.42 - 0.03 * k))
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
    ray(stage, rings, rgb("#bcd2f4"), 3)


def calling() -> Draw:
    """Wick at the edge of the rock, calling against the wind."""
    back = sky(STORM, 330, 0, 22)
    bank = [
        cloud_bank(1300, 190, STORM.cloud, 33, 7),
        cloud_bank(1400, 130, (mix(STORM.cloud[0], (0, 0, 0), 0.2), STORM.cloud[1]), 34, 9),
    ]
    water = waters(STORM, 4, 340, 240, [16, 26, 40, 60], [110, 170, 260, 380], 0.7)
    land, drops = _landing(STORM), rain_sheet(5, 700, 46, 0.9, 80)

    def draw(n: int) -> Stage:
        push = ease(n, -10, 80) * 26
        stage = hang(back, 100 - push * 0.2)
        for k, piece in enumerate(bank):
            flow(stage, moved(piece, 0, -40), -n * (1.2 + 0.9 * k), -6 * k)
        for k in (0, 1):
            flow(stage, water[k], -n * (1.6 + k), wobble(n, 34, k * 0.3) * (5 + 3 * k))
        lay(stage, moved(land, -20, 394), -push * 0.4)
        put_wick(stage, calling_out(on_twos(n), n), 318 - push * 0.4, 414, 300)
        _spray(stage, n, 426 - push * 0.4, 470)
        for k in (2, 3):
            bob = 24 + wobble(n, 30, k * 0.31) * (6 + 4 * k)
            flow(stage, water[k], -n * (2.6 + 1.4 * k), bob)
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
