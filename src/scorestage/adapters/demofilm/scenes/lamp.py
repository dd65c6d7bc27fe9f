"""The lamp in the storm: the switch that does nothing, and the light."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from scorestage.adapters.demofilm.cast.acting import dazzled, switching
from scorestage.adapters.demofilm.cast.figures import put_wick
from scorestage.adapters.demofilm.drawing.light import halo, pool, pool_at, ray, shine
from scorestage.adapters.demofilm.drawing.motion import (
    ease,
    keys,
    on_twos,
    settle,
    shake,
    wobble,
)
from scorestage.adapters.demofilm.drawing.paper import Stage, lay
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Path, box, oval, rgb, stroke
from scorestage.adapters.demofilm.scenes.room import (
    lamp_room,
    lay_front,
    lay_lens,
    light_room,
    room_stage,
)
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import STORM

_WICK_PX = 270
_GRIP_PX = 62 * 1.52


def switch() -> Draw:
    """Wick throws the great switch: nothing; again: nothing; he pleads with the lamp."""
    room = lamp_room(STORM, 66, stormy=True, near=1.15)
    first, second = beat_of("switch", "switch"), beat_of("switch", "again")

    def draw(n: int) -> Stage:
        t = on_twos(n)
        rattle = shake(n, first, 5, 4) if n < second else shake(n, second, 7, 5)
        pan = -6 + 14 * ease(n, 0, 80)
        stage = room_stage(room, n, pan + rattle[0])
        thrown = keys(n, (first - 4, 0.0), (first, 1.0), (20, 1.0), (23, 0.0), (second, 1.0))
        at = (742 - pan, 262.0)
        jolt = settle(n, first, 4, 3) + settle(n, second, 4, 4)
        _knife_switch(stage, *at, thrown, jolt)
        wick = keys(t, (0, 640), (8, 672), (30, 672), (44, 590)) - pan
        leap = 24 * max(0.0, wobble(t, 24)) if t < 12 else 0.0
        hop = 10 * max(0.0, sin(pi * (t - 20) / 6)) if 20 <= t < second else 0.0
        feet = room.floor_px + 34 - leap - hop
        knob = at[1] + _GRIP_PX * sin((-74 + 148 * thrown) * pi / 180)
        grip = ((at[0] - wick) * 100 / _WICK_PX, (knob - feet) * 100 / _WICK_PX)
        light_room(stage, wick, 300, 0.62, (1.3, 1.15, 1.0), 340)
        put_wick(stage, switching(t, n, grip, first, second), wick, feet, _WICK_PX)
        for blow in (first, second):
            _sparks(stage, n - blow, at[0], at[1] + 70, blow)
        lay_front(stage, room, pan)
        return stage

    return draw


def _knife_switch(stage: Stage, x: float, y: float, thrown: float, jolt: float) -> None:
    """The great switch on its board; `thrown` 0 is up, 1 is down."""
    pen = Pen((180, 260), (90, 130))
    pen.fill(box(-58, -112, 58, 112, 10), rgb("#3a2f45"))
    pen.fill(box(-50, -104, 50, 104, 8), rgb("#5b4a5e"))
    for cx, cy in ((-42, -96), (42, -96), (-42, 96), (42, 96)):
        pen.fill(oval(cx, cy, 4, 4, 12), rgb("#c9984d"))
    for end in (-70, 70):
        for side in (-20, 20):
            pen.fill(box(side - 6, end - 15, side + 6, end + 15, 3), rgb("#c9984d"))
    pen.fill(box(-30, -9, 30, 9, 4), rgb("#86602f"))
    foot = 62 * sin((-74 + 148 * thrown + 3 * jolt) * pi / 180)
    for side in (-20, 20):
        pen.fill(stroke([(side, 0), (side, foot)], 8), rgb("#e0b56a"))
    pen.fill(box(-30, foot - 7, 30, foot + 7, 4), rgb("#e0b56a"))
    grip = foot * 1.52
    pen.fill(stroke([(0, foot), (0, grip)], 9), rgb("#86602f"))
    pen.fill(oval(0, grip, 13, 13, 24), rgb("#d8483f"))
    lay(stage, pen.as_sheet(0.5), x, y)


def _sparks(stage: Stage, age: int, x: float, y: float, seed: int) -> None:
    if not 0 <= age < 12:
        return
    rng = np.random.default_rng(seed)
    shine(stage, halo(90, rgb("#bcd4ff"), 0.8), x, y, max(0.0, 1 - age / 4))
    bits: list[tuple[Path, float]] = []
    for _ in range(22):
        angle, pace = rng.uniform(-2.9, -0.2), rng.uniform(3, 15)
        px, py = x + cos(angle) * pace * age, y + sin(angle) * pace * age + 1.1 * age**2
        tail = (px - cos(angle) * 8, py - sin(angle) * 8)
        bits.append((stroke([(px, py), tail], 4.5, 2), 1.0 - age / 12))
    ray(stage, bits, rgb("#fff0c0"), 2)


def lit() -> Draw:
    """The room is full of gold: after all these years the lamp is burning."""
    room = lamp_room(STORM, 66, stormy=True)

    def draw(n: int) -> Stage:
        pan = 10 - 16 * ease(n, 0, 60)
        rattle = shake(n, 0, 7, 5)
        burning = 0.72 + 0.28 * ease(n, 0, 10) + 0.03 * wobble(n, 7)
        stage = room_stage(room, n, pan + rattle[0], burning, n / 90)
        x, y = room.lens_at[0] - pan, room.lens_at[1]
        pool_at(stage, pool(520, (1.15, 0.92, 0.74), (2.5, 1.95, 1.2)), x, y)
        lay_lens(stage, room, pan)
        _spokes(stage, n, x, y - 6, burning)
        put_wick(stage, dazzled(on_twos(n)), 640 - pan, room.floor_px + 24, 222)
        shine(stage, halo(200, rgb("#e0a04a"), 0.3), x, y - 6, 0.55 * burning)
        return stage

    return draw


def _spokes(stage: Stage, n: int, x: float, y: float, strength: float) -> None:
    """Rays that turn about the burning lens."""
    beams: list[tuple[Path, float]] = []
    for k in range(9):
        angle = 2 * pi * (k / 9 + n / 420)
        wide = 0.07 + 0.03 * (k % 3)
        ends = [(x + 1100 * cos(angle + w), y + 1100 * sin(angle + w)) for w in (-wide, wide)]
        beams.append(([(x, y), *ends], (0.2 + 0.07 * (k % 2)) * strength))
    ray(stage, beams, rgb("#e8b765"), 14)
