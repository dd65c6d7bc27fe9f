"""Hands, paper, four folds: a boat."""

from __future__ import annotations

from functools import lru_cache
from math import cos, sin

from scorestage.adapters.demofilm.cast.props import draw_boat, firefly, mast_top
from scorestage.adapters.demofilm.drawing.light import pool, pool_at
from scorestage.adapters.demofilm.drawing.motion import (
    ease,
    keys_point,
    on_twos,
    pop,
    settle,
    wobble,
)
from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Sheet,
    Stage,
    hang,
    lay,
    plate,
)
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import (
    Path,
    Point,
    box,
    mix,
    oval,
    rgb,
    smooth,
    stroke,
)
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of

_PAPER, _BACK, _CREASE = rgb("#f6ecd6"), rgb("#d8c7aa"), rgb("#b9a583")
_SLEEVE, _CUFF, _MITTEN = rgb("#34507a"), rgb("#22365a"), rgb("#e9d3b0")


def _table() -> Stage:
    back = plate(
        [(0, rgb("#5b3f45")), (1, rgb("#8a5f4e"))], (WIDTH_PX + 60, HEIGHT_PX + 20), 71, 0.035
    )
    pen = Pen((WIDTH_PX + 60, HEIGHT_PX + 20), (0, 0), finer=2)
    for k, y in enumerate((-20, 118, 262, 408)):
        tone = mix(rgb("#6b4a4a"), rgb("#94684f"), 0.25 * k + 0.1)
        pen.fill(box(-10, y, WIDTH_PX + 80, y + 138, 3), tone)
        for j in range(5):
            run = [
                (x, y + 22 + j * 24 + 7 * sin(x / 150 + j * 1.9 + k))
                for x in range(-10, WIDTH_PX + 90, 30)
            ]
            pen.fill(stroke(run, 1.2, 2.2), mix(tone, rgb("#4a3038"), 0.35))
    lay(back, pen.as_sheet(0.5, 0.7))
    return back


# from which frame on; the shapes of the paper; where its back shows
_FOLDS: tuple[tuple[int, tuple[Path, ...], tuple[Path, ...]], ...] = (
    (0, ([(-150, -105), (150, -105), (150, 105), (-150, 105)],), ()),
    (
        10,
        ([(-150, -52), (150, -52), (150, 105), (-150, 105)],),
        ([(-150, -52), (150, -52), (150, 26), (-150, 26)],),
    ),
    (14, ([(-150, 0), (150, 0), (150, 105), (-150, 105)],), ()),
    (
        22,
        ([(-150, 30), (-80, -60), (80, -60), (150, 30), (150, 105), (-150, 105)],),
        ([(-150, 30), (-80, -60), (-20, 30)], [(150, 30), (80, -60), (20, 30)]),
    ),
    (
        27,
        ([(0, -120), (120, 60), (-120, 60)], [(-150, 60), (150, 60), (150, 96), (-150, 96)]),
        ([(0, -120), (0, 60), (-120, 60)],),
    ),
    (
        36,
        ([(0, -130), (125, 84), (-125, 84)],),
        ([(0, -130), (0, 84), (-125, 84)], [(-125, 84), (125, 84), (100, 50), (-100, 50)]),
    ),
    (44, ([(0, -110), (92, 0), (0, 110), (-92, 0)],), ([(0, -110), (0, 110), (-92, 0)],)),
    (
        49,
        ([(0, -84), (110, 10), (0, 100), (-110, 10)],),
        ([(0, -84), (0, 100), (-110, 10)], [(-110, 10), (0, 40), (110, 10), (0, 100)]),
    ),
)


def _folded(t: int) -> Sheet:
    """The paper as it is folded by this frame."""
    return _paper([k for k, fold in enumerate(_FOLDS) if t >= fold[0]][-1])


@lru_cache(maxsize=8)
def _paper(count: int) -> Sheet:
    _, shapes, backs = _FOLDS[count]
    pen = Pen((420, 330), (210, 165), 1.08)
    for path in shapes:
        pen.fill(path, _PAPER)
    for path in backs:
        pen.fill(path, _BACK)
        pen.fill(stroke([path[0], path[1]], 1.2), _CREASE)
    return pen.as_sheet(0.55)


def _hand(side: int) -> Sheet:
    pen = Pen((440, 360), (220, 120))
    arm = smooth([(side * 6, 10), (side * 62, 86), (side * 150, 250)], 8, False)
    pen.fill(stroke(arm, 62, 92), _SLEEVE)
    cuff = smooth([(side * 20, 34), (side * 40, 60), (side * 58, 84)], 6, False)
    pen.fill(stroke(cuff, 66, 74), _CUFF)
    pen.fill(oval(0, 0, 40, 37, 40), _MITTEN)
    thumb = smooth([(-side * 8, 12), (-side * 25, -2), (-side * 30, -14)], 8, False)
    pen.fill(stroke(thumb, 26, 22), mix(_MITTEN, _CREASE, 0.12))
    crease = smooth([(side * 22, -18), (0, -31), (-side * 16, -26)], 6, False)
    pen.fill(stroke(crease, 1.6), _CREASE)
    return pen.as_sheet(0.55)


_LEFT: tuple[tuple[float, Point], ...] = (
    (0, (312, 330)),
    (8, (318, 250)),
    (14, (316, 350)),
    (22, (360, 262)),
    (30, (352, 380)),
    (38, (362, 352)),
    (46, (390, 312)),
    (52, (352, 326)),
    (62, (250, 420)),
)
_RIGHT: tuple[tuple[float, Point], ...] = (
    (0, (640, 330)),
    (8, (636, 240)),
    (14, (638, 350)),
    (22, (592, 262)),
    (30, (600, 380)),
    (38, (590, 352)),
    (46, (562, 312)),
    (52, (600, 326)),
    (62, (706, 420)),
)
_AT: Point = (476.0, 300.0)
_BOAT_PX = 300


def fold() -> Draw:
    """A sheet of paper, four folds, a boat; and its captain comes aboard."""
    back, things = _table(), _things_on_table()
    hands = {side: _hand(side) for side in (-1, 1)}
    made = beat_of("fold", "boat")

    def draw(n: int) -> Stage:
        stage = hang(back, 20 + n * 0.2, 6)
        t = on_twos(n)
        lay(stage, things, -n * 0.2)
        x, y = _AT
        if n < made:
            lay(stage, _folded(t), x + wobble(t, 7) * 1.5, y - 10)
        else:
            tilt = 7 * settle(n, made, 12, 8) + 1.2 * wobble(n, 40)
            size = _BOAT_PX * (0.82 + 0.18 * pop(n, made - 1, 9))
            lay(stage, draw_boat(size, tilt, lamp=ease(n, 66, 74)), x, y + 70)
        lay(stage, hands[-1], *keys_point(t, *_LEFT))
        lay(stage, hands[1], *keys_point(t, *_RIGHT))
        fx, fy = _captain(n)
        light = pool(330, (0.5, 0.5, 0.62), (1.45, 1.25, 0.98))
        pool_at(stage, light, 0.45 * fx + 0.55 * x, 0.4 * fy + 0.6 * y)
        firefly(stage, fx, fy, 32, n, 1.0, -1 if n < 62 else 1)
        return stage

    return draw


def _captain(n: int) -> Point:
    """Where the firefly is: she watches from above, then takes her place at the mast."""
    mx, my = mast_top(1.2 * wobble(n, 40), _BOAT_PX)
    aboard = (_AT[0] + mx, _AT[1] + 70 + my - 4)
    watch = ((0, (760.0, 150.0)), (18, (690.0, 120.0)), (34, (600.0, 84.0)), (50, (700.0, 130.0)))
    x, y = keys_point(n, *watch, (58, (640, 60)), (68, aboard))
    drift = (1 - ease(n, 62, 68)) * 9
    return x + drift * sin(n / 6), y + drift * cos(n / 4.3)


def _things_on_table() -> Sheet:
    pen = Pen((980, 560), (10, 10), finer=2)
    pen.fill(oval(118, 112, 76, 74, 60), rgb("#c7b79f"))
    pen.fill(oval(118, 112, 60, 58, 60), rgb("#e6d8be"))
    pen.fill(oval(118, 112, 46, 44, 60), rgb("#4a2f2d"))
    pen.fill(oval(104, 98, 12, 8, 30), rgb("#6b4640"))
    pen.fill(box(820, -10, 850, 190, 6), rgb("#c95b45"))
    pen.fill([(820, 190), (850, 190), (835, 226)], rgb("#e9d3b0"))
    pen.fill([(830, 213), (840, 213), (835, 226)], rgb("#2b2c3f"))
    return pen.as_sheet(0.6)
