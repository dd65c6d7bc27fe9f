"""The quiet scenes in the lamp room: polishing, the glimmer, the meeting, the return."""

from __future__ import annotations

from math import pi, sin

from scorestage.adapters.demofilm.cast.acting import noticing, polishing, receiving, welcoming
from scorestage.adapters.demofilm.cast.figures import put_wick
from scorestage.adapters.demofilm.cast.props import firefly
from scorestage.adapters.demofilm.drawing.light import halo, pool, pool_at, shine
from scorestage.adapters.demofilm.drawing.motion import ease, keys_point, on_twos, settle
from scorestage.adapters.demofilm.drawing.paper import Sheet, Stage, hang, lay
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Point, box, rgb
from scorestage.adapters.demofilm.scenes.room import (
    lamp_room,
    lay_front,
    lay_lens,
    light_room,
    room_stage,
)
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import NIGHT, STORM, moon, sky

_MOON = rgb("#f3e6cf")


def polish() -> Draw:
    """Wick rubs the dead lamp with his sleeve, and sighs."""
    room = lamp_room(NIGHT, 61)
    moon(room.outside, 734, 96, 30, _MOON)

    def draw(n: int) -> Stage:
        pan = 26 * ease(n, -30, 140) - 13
        stage = room_stage(room, n, pan)
        light_room(stage, 560 - pan, 330, 0.66, (1.3, 1.16, 1.0), 380)
        put_wick(stage, polishing(on_twos(n), n), 528 - pan, room.floor_px + 24, 218)
        lay_front(stage, room, pan)
        return stage

    return draw


def _window_frame() -> Sheet:
    pen = Pen((1160, 560), (0, 0), finer=1)
    for x in (120.0, 700.0):
        pen.fill(box(x, 0, x + 34, 560), rgb("#1b2450"))
    pen.fill(box(0, 420, 1160, 560), rgb("#161d42"))
    pen.fill(box(0, 414, 1160, 426), rgb("#232d5e"))
    return pen.as_sheet(0.5)


def glimmer() -> Draw:
    """Close on his face: a light that is not his own walks across it."""
    back = sky(NIGHT, 520, 140, 12)
    moon(back, 300, 110, 46, _MOON)
    frame = _window_frame()

    def draw(n: int) -> Stage:
        stage = hang(back, 100 + n * 0.25)
        lay(stage, frame, -30 - n * 0.4, 0)
        t = on_twos(n)
        s = ease(t, 10, 58)
        x = 1060 - 900 * s
        y = 250 - 120 * sin(pi * s) + 26 * sin(t / 5)
        put_wick(stage, noticing(t, (x - 470) / 480), 470 + n * 0.12, 706, 560)
        pool_at(stage, pool(330, (0.62, 0.66, 0.85), (1.5, 1.28, 0.95)), x, y)
        firefly(stage, x, y, 26, n, 1.0, -1)
        return stage

    return draw


def _first_flight(n: float, lands: int) -> Point:
    """Her way from the window round the lens to Wick's hand."""
    way = ((0, (990.0, 70.0)), (18, (600.0, 110.0)), (28, (220.0, 80.0)), (37, (130.0, 190.0)))
    x, y = keys_point(n, *way, (lands - 10, (430, 350)), (lands, (674, 322)))
    return _settled(x, y + 7 * sin(n / 2.3) * (1 - ease(n, lands - 8, lands)), n, lands)


def _return_flight(n: float, lands: int) -> Point:
    """Her way in from the rain to the same hand."""
    x, y = keys_point(n, (0, (1000, 60)), (16, (760, 180)), (28, (700, 260)), (lands, (674, 322)))
    return _settled(x, y + 8 * sin(n / 2.4) * (1 - ease(n, lands - 10, lands)), n, lands)


def _settled(x: float, y: float, n: float, lands: int) -> Point:
    return x, y + ease(n, lands - 2, lands + 2) * (3 * settle(n, lands, 11, 8) - 6)


def meeting() -> Draw:
    """She comes in by the window, goes round the lamp and lands on his hand."""
    room = lamp_room(NIGHT, 61, near=1.5)
    moon(room.outside, 790, 150, 38, _MOON)
    lands = beat_of("meeting", "lands")

    def draw(n: int) -> Stage:
        pan = -16 + 34 * ease(n, 20, 150)
        stage = room_stage(room, n, pan)
        x, y = _first_flight(n, lands)
        pool_at(stage, pool(300, (0.6, 0.64, 0.78), (1.5, 1.3, 1.0)), x - pan, y)
        put_wick(stage, welcoming(on_twos(n), n, (x, y)), 540 - pan, room.floor_px + 66, 350)
        firefly(stage, x - pan, y, 22, n, 1.0, 1 if 38 < n < lands else -1)
        lay_front(stage, room, pan)
        return stage

    return draw


def home() -> Draw:
    """She comes in out of the rain and lands where she landed before."""
    room = lamp_room(STORM, 66, stormy=True, near=1.5)
    lands = beat_of("home", "home")

    def draw(n: int) -> Stage:
        pan = 18 - 30 * ease(n, 10, 130)
        stage = room_stage(room, n, pan, 0.92, 0.2 + n / 110)
        x, y = _return_flight(n, lands)
        lens_x, lens_y = room.lens_at[0] - pan, room.lens_at[1]
        pool_at(stage, pool(520, (1.1, 0.92, 0.78), (2.0, 1.62, 1.1)), lens_x, lens_y)
        lay_lens(stage, room, pan)
        shine(stage, halo(300, rgb("#c98a3c"), 0.2), lens_x, lens_y - 9, 0.5)
        pose = receiving(on_twos(n), n, (x, y), lands)
        put_wick(stage, pose, 540 - pan, room.floor_px + 66, 350)
        firefly(stage, x - pan, y, 22, n, 1.0, -1)
        lay_front(stage, room, pan)
        return stage

    return draw
