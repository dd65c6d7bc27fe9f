"""The scenes in the lamp room: polishing, the glimmer, the meeting, the switch, light, home."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from scorestage.adapters.demofilm.figures import put_wick
from scorestage.adapters.demofilm.light import halo, pool, pool_at, ray, shine
from scorestage.adapters.demofilm.motion import blink, ease, keys, on_twos, pop, settle, shake, wobble
from scorestage.adapters.demofilm.paper import Path, Point, Stage, box, hang, lay, mix, oval, rgb, stroke
from scorestage.adapters.demofilm.pen import Pen
from scorestage.adapters.demofilm.props import firefly
from scorestage.adapters.demofilm.room import lamp_room, lay_front, light_room, room_stage
from scorestage.adapters.demofilm.scene import Draw, keys_point, talk
from scorestage.adapters.demofilm.sea import NIGHT, STORM, moon, sky
from scorestage.adapters.demofilm.wick import Pose


def polish() -> Draw:
    """Wick rubs the dead lamp with his sleeve, and sighs."""
    room = lamp_room(NIGHT, 61)
    moon(room.outside, 734, 96, 30, rgb("#f3e6cf"))

    def draw(n: int) -> Stage:
        pan = 26 * ease(n, -30, 140) - 13
        stage = room_stage(room, n, pan)
        t = on_twos(n)
        busy = 1 - ease(t, 50, 58)
        circle = 2 * pi * t / 13
        sigh = keys(t, (80, 0.0), (88, -0.7), (100, 1.0), (111, 0.8))
        pose = Pose(
            lean=-7 * busy + 2.5 * sigh, tilt=-6 * busy + keys(t, (54, 0), (62, -4), (84, -4), (98, 9)),
            squash=0.25 * sigh + 0.06 * busy * sin(circle * 2), look=(-0.9, keys(t, (50, -0.2), (60, -0.7), (88, -0.5), (98, 0.7))),
            lids=max(0.3 * ease(t, 84, 98), blink(t, 22, 74)), brows=0.75 * ease(t, 52, 62),
            mouth=talk("polish", n, 0), smile=-0.5 * ease(t, 50, 60),
            left_hand=(keys(t, (50, -40), (66, -30)) + 6 * busy * cos(circle), keys(t, (50, -56), (66, -24)) + 6 * busy * sin(circle)),
            right_hand=(keys(t, (50, 20), (60, 26)), keys(t, (50, -28), (60, -20))),
            wind=0.1 + 0.1 * wobble(t, 48), phase=t / 40, glow=0.32 + 0.05 * wobble(t, 37) - 0.1 * ease(t, 84, 100), light=rgb("#b9c0e8"),
        )  # fmt: skip
        light_room(stage, 560 - pan, 330, 0.66, (1.3, 1.16, 1.0), 380)
        put_wick(stage, pose, 528 - pan, room.floor_px + 24, 218)
        lay_front(stage, room, pan)
        return stage

    return draw


def glimmer() -> Draw:
    """Close on his face: a light that is not his own walks across it."""
    back = sky(NIGHT, 520, 60, 12)
    dark = Pen((1000, 560), (0, 0), finer=1)
    for x in (120.0, 700.0):
        dark.fill(box(x, 0, x + 34, 560), rgb("#1b2450"))
    dark.fill(box(0, 420, 1000, 560), rgb("#161d42"))
    frame = dark.as_sheet(0.5)

    def draw(n: int) -> Stage:
        stage = hang(back, 100 + n * 0.25)
        lay(stage, frame, -30 - n * 0.4, 0)
        t = on_twos(n)
        s = ease(t, 10, 58)
        x = 1060 - 900 * s
        y = 250 - 120 * sin(pi * s) + 26 * sin(t / 5)
        away = (x - 470) / 480
        near = max(0.0, 1 - abs(away))
        pose = Pose(
            tilt=keys(t, (6, -3), (18, 3), (40, -5), (60, -8)), look=(max(-1.0, min(1.0, away * 1.6)), keys(t, (6, 0.5), (16, -0.5), (58, -0.6))),
            turn=max(-0.6, min(0.6, away * 0.7)) * ease(t, 8, 16), lids=max(0.28 * (1 - ease(t, 8, 14)), blink(t, 36)),
            brows=-0.25 * ease(t, 10, 18) , smile=keys(t, (10, -0.4), (24, 0.0), (60, 0.9)),
            mouth=0.55 * pop(t, 16, 8) * (1 - ease(t, 40, 48)), squash=-0.25 * pop(t, 10, 10) + 0.25 * ease(t, 20, 30),
            glow=0.3 + 0.35 * near * ease(t, 10, 20), wind=0.12, phase=t / 40, light=mix(rgb("#98a3d8"), rgb("#ffe2b0"), 0.55 * near),
        )  # fmt: skip
        put_wick(stage, pose, 470 + n * 0.12, 706, 560)
        pool_at(stage, pool(330, (0.62, 0.66, 0.85), (1.5, 1.28, 0.95)), x, y)
        firefly(stage, x, y, 26, n, 1.0, -1)
        return stage

    return draw


def _loop(n: float) -> Point:
    """Her way from the window round the lens to Wick's hand, landing at frame 56."""
    x = keys(n, (0, 990), (18, 600), (28, 220), (37, 130), (46, 430), (56, 674))
    y = keys(n, (0, 70), (12, 150), (24, 70), (36, 190), (46, 350), (56, 322))
    return x, y + 7 * sin(n / 2.3) * (1 - ease(n, 48, 56))


def meeting() -> Draw:
    """She comes in by the window, goes round the lamp and lands on his hand."""
    room = lamp_room(NIGHT, 61, near=1.5)
    moon(room.outside, 790, 150, 38, rgb("#f3e6cf"))

    def draw(n: int) -> Stage:
        pan = -16 + 34 * ease(n, 20, 150)
        stage = room_stage(room, n, pan)
        t = on_twos(n)
        x, y = _loop(n)
        sit = ease(n, 54, 58)
        y += sit * (3 * settle(n, 56, 11, 8) - 6)
        pose = Pose(
            lean=keys(t, (0, -2), (30, -4), (46, 3), (60, 2)), tilt=keys(t, (0, 6), (18, -4), (34, -10), (50, 4), (62, 7)),
            look=(max(-1.0, min(1.0, (x - 540) / 160)), max(-0.8, min(0.7, (y - 340) / 160))), lids=blink(t, 34, 62, 104),
            brows=keys(t, (0, -0.2), (52, -0.3), (64, 0.35), (90, 0.1)), smile=keys(t, (0, 0.1), (30, 0.5), (60, 1.0)),
            mouth=max(talk("meeting", n, 1), 0.45 * ease(t, 4, 10) * (1 - ease(t, 40, 46))),
            turn=keys(t, (0, 0.5), (18, 0), (34, -0.6), (50, 0.3)),
            right_hand=keys_point(t, ((0, (24, -24)), (36, (24, -26)), (52, (38, -62)), (126, (37, -63)))),
            left_hand=keys_point(t, ((0, (-24, -22)), (64, (-24, -22)), (74, (-12, -42)), (126, (-13, -43)))),
            squash=0.14 * settle(t, 56, 12, 8), wind=0.12, phase=t / 36, glow=0.35 + 0.4 * ease(t, 44, 70), light=mix(rgb("#b3bbe6"), rgb("#ffe6bd"), 0.6 * ease(t, 36, 60)),
        )  # fmt: skip
        pool_at(stage, pool(300, (0.6, 0.64, 0.78), (1.5, 1.3, 1.0)), x - pan, y)
        put_wick(stage, pose, 540 - pan, room.floor_px + 66, 350)
        firefly(stage, x - pan, y, 22, n, 1.0, 1 if n < 0 or 38 < n < 56 else -1)
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
    angle = -74 + 148 * thrown + 3 * jolt
    foot = 62 * sin(angle * pi / 180)
    for side in (-20, 20):
        pen.fill(stroke([(side, 0), (side, foot)], 8), rgb("#e0b56a"))
    pen.fill(box(-30, foot - 7, 30, foot + 7, 4), rgb("#e0b56a"))
    grip = foot * 1.52
    pen.fill(stroke([(0, foot), (0, grip)], 9), rgb("#86602f"))
    pen.fill(oval(0, grip, 13, 13, 24), rgb("#d8483f"))
    lay(stage, pen.as_sheet(0.5), x, y)


def switch() -> Draw:
    """Wick throws the great switch: nothing; again: nothing; he pleads with the lamp."""
    room = lamp_room(STORM, 66, stormy=True, near=1.15)
    first, second = 16, 26

    def draw(n: int) -> Stage:
        rattle = shake(n, first, 5, 4) if n < second else shake(n, second, 7, 5)
        pan = -6 + 14 * ease(n, 0, 80)
        stage = room_stage(room, n, pan + rattle[0])
        t = on_twos(n)
        thrown = keys(n, (12, 0.0), (first, 1.0), (20, 1.0), (23, 0.0), (second, 1.0))
        jolt = settle(n, first, 4, 3) + settle(n, second, 4, 4)
        sx, sy = 742 - pan, 262.0
        _knife_switch(stage, sx, sy, thrown, jolt)
        angle = (-74 + 148 * thrown) * pi / 180
        gx, gy = sx, sy + 62 * 1.52 * sin(angle)
        at_switch = 1 - ease(t, 30, 38)
        wx = keys(t, (0, 640), (8, 672), (30, 672), (44, 590)) - pan
        jump = 24 * max(0.0, wobble(t, 24, 0.0)) * (t < 12) + 10 * max(0.0, sin(pi * (t - 20) / 6)) * (20 <= t < 26)
        unit, floor = 2.7, room.floor_px + 34
        grip = ((gx - wx) / unit, (gy - floor + jump) / unit)
        other = keys_point(t, ((0, (-20, -40)), (10, (-24, -60)), (26, (-20, -30)), (38, (-16, -44)), (48, (-20, -62)), (74, (-18, -64))))
        pray = keys_point(t, ((30, grip), (40, (14, -46)), (48, (2, -60)), (74, (0, -62))))
        pose = Pose(
            lean=keys(t, (0, 3), (10, 6), (26, 8), (42, -6), (74, -8)), tilt=keys(t, (0, 0), (10, 8), (26, 10), (40, -6), (74, -10)),
            squash=0.5 * (settle(t, first, 8, 5) + settle(t, second, 8, 5)), look=(keys(t, (0, 0.8), (30, 0.6), (38, -1.0)), keys(t, (0, -0.5), (first, 0.2), (40, -0.6))),
            turn=keys(t, (0, 0.6), (28, 0.5), (38, -0.6)), brows=1.0, mouth=talk("switch", n, 5), smile=-0.6 * at_switch - 0.4, lids=0.9 * settle(t, first, 30, 3) + 0.9 * settle(t, second, 30, 3) if first <= t < second + 6 else blink(t, 44),
            right_hand=pray if t >= 30 else grip, left_hand=other, wind=-0.35, phase=t / 12, glow=0.5, light=rgb("#a3b3c4"),
        )  # fmt: skip
        light_room(stage, wx, 300, 0.62, (1.3, 1.15, 1.0), 340)
        put_wick(stage, pose, wx, floor - jump, 270)
        for at_frame in (first, second):
            _sparks(stage, n - at_frame, sx, sy + 70, at_frame)
        lay_front(stage, room, pan)
        return stage

    return draw


def _sparks(stage: Stage, age: int, x: float, y: float, seed: int) -> None:
    if not 0 <= age < 12:
        return
    rng = np.random.default_rng(seed)
    shine(stage, halo(90, rgb("#bcd4ff"), 0.8), x, y, max(0.0, 1 - age / 4))
    bits: list[tuple[Path, float]] = []
    for _ in range(22):
        angle, pace = rng.uniform(-2.9, -0.2), rng.uniform(3, 15)
        px, py = x + cos(angle) * pace * age, y + sin(angle) * pace * age + 1.1 * age**2
        bits.append((stroke([(px, py), (px - cos(angle) * 8, py - sin(angle) * 8)], 4.5, 2), 1.0 - age / 12))
    ray(stage, bits, rgb("#fff0c0"), 2)


def lit() -> Draw:
    """The room is full of gold: after all these years the lamp is burning."""
    room = lamp_room(STORM, 66, stormy=True)

    def draw(n: int) -> Stage:
        pan = 10 - 16 * ease(n, 0, 60)
        rattle = shake(n, 0, 7, 5)
        burning = 0.72 + 0.28 * ease(n, 0, 10) + 0.03 * wobble(n, 7)
        stage = room_stage(room, n, pan + rattle[0], burning, n / 90)
        t = on_twos(n)
        up = pop(t, 12, 12)
        pose = Pose(
            lean=keys(t, (0, 12), (14, 2), (50, -3)), tilt=keys(t, (0, 12), (14, -4), (50, -7)), squash=keys(t, (0, 0.9), (12, -0.3), (20, 0.0)),
            look=(-1.0, -0.6), turn=-0.55, lids=keys(t, (0, 1.0), (8, 1.0), (12, 0.0)), brows=keys(t, (0, 0.8), (14, -0.6)), smile=keys(t, (0, -0.6), (16, 0.2), (30, 1.0)),
            mouth=0.75 * ease(t, 12, 16) * (1 - 0.35 * ease(t, 34, 44)),
            left_hand=(keys(t, (0, -4), (12, -26), (26, -36)), keys(t, (0, -72), (12, -48)) - 24 * up), right_hand=(keys(t, (0, 12), (12, 26), (26, 36)), keys(t, (0, -70), (12, -48)) - 22 * up),
            wind=0.5 * (1 - ease(t, 0, 30)) + 0.15, phase=t / 16, glow=0.6 + 0.4 * ease(t, 10, 40), light=rgb("#ffe9c4"),
        )  # fmt: skip
        pool_at(stage, pool(520, (1.15, 0.92, 0.74), (2.5, 1.95, 1.2)), room.lens_at[0] - pan, room.lens_at[1])
        _spokes(stage, n, room.lens_at[0] - pan, room.lens_at[1] - 6, burning)
        put_wick(stage, pose, 640 - pan, room.floor_px + 24, 222)
        shine(stage, halo(200, rgb("#e0a04a"), 0.3), room.lens_at[0] - pan, room.lens_at[1] - 6, 0.55 * burning)
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


def home() -> Draw:
    """She comes in out of the rain and lands where she landed before."""
    room = lamp_room(STORM, 66, stormy=True, near=1.5)
    land = 38

    def draw(n: int) -> Stage:
        pan = 18 - 30 * ease(n, 10, 130)
        stage = room_stage(room, n, pan, 0.92, 0.2 + n / 110)
        t = on_twos(n)
        x = keys(n, (0, 1000), (16, 760), (28, 700), (land, 674))
        y = keys(n, (0, 60), (14, 160), (26, 250), (land, 322)) + 8 * sin(n / 2.4) * (1 - ease(n, 28, land))
        y += ease(n, land - 2, land + 2) * (3 * settle(n, land, 11, 8) - 6)
        pose = Pose(
            lean=keys(t, (0, 2), (land, 4), (56, 2)), tilt=keys(t, (0, 4), (20, 8), (land, 4), (60, 8), (100, 6)),
            look=(max(-1.0, min(1.0, (x - 540) / 160)), max(-0.8, min(0.7, (y - 340) / 160))), lids=max(blink(t, 24, 52), ease(t, 84, 90)),
            brows=keys(t, (0, 0.7), (20, 0.5), (land, 0.0), (60, 0.35)), smile=keys(t, (0, 0.0), (land, 1.0)), turn=0.4,
            mouth=max(talk("home", n, 6), 0.5 * ease(t, 6, 10) * (1 - ease(t, 24, 32))),
            right_hand=keys_point(t, ((0, (26, -30)), (20, (30, -44)), (34, (38, -62)), (110, (37, -63)))), left_hand=keys_point(t, ((0, (-18, -44)), (44, (-16, -44)), (56, (-8, -50)), (110, (-8, -51)))),
            squash=0.14 * settle(t, land, 12, 8), wind=0.12, phase=t / 36, glow=0.75 + 0.25 * ease(t, land, 60), light=rgb("#ffecd0"),
        )  # fmt: skip
        pool_at(stage, pool(520, (1.1, 0.92, 0.78), (2.0, 1.62, 1.1)), room.lens_at[0] - pan, room.lens_at[1])
        put_wick(stage, pose, 540 - pan, room.floor_px + 66, 350)
        firefly(stage, x - pan, y, 22, n, 1.0, -1)
        lay_front(stage, room, pan)
        return stage

    return draw
