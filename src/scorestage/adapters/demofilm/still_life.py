"""Two close shots of things: paper becoming a boat, and the radio that wakes up."""

from __future__ import annotations

from functools import lru_cache
from math import cos, sin

from scorestage.adapters.demofilm.light import halo, pool, pool_at, shine
from scorestage.adapters.demofilm.motion import ease, on_twos, pop, settle, wobble
from scorestage.adapters.demofilm.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Cut,
    Path,
    Sheet,
    Stage,
    moved,
    box,
    hang,
    lay,
    mix,
    oval,
    plate,
    rgb,
    sheet,
    smooth,
    stroke,
)
from scorestage.adapters.demofilm.pen import Pen
from scorestage.adapters.demofilm.props import draw_boat, firefly, mast_top
from scorestage.adapters.demofilm.scene import Draw, keys_point
from scorestage.adapters.demofilm.sea import STORM, rain, rain_sheet, sky

_PAPER, _BACK, _CREASE = rgb("#f6ecd6"), rgb("#d8c7aa"), rgb("#b9a583")
_SLEEVE, _CUFF, _MITTEN = rgb("#34507a"), rgb("#22365a"), rgb("#e9d3b0")


def _table() -> Stage:
    back = plate([(0, rgb("#5b3f45")), (1, rgb("#8a5f4e"))], (WIDTH_PX + 60, HEIGHT_PX + 20), 71, 0.035)
    pen = Pen((WIDTH_PX + 60, HEIGHT_PX + 20), (0, 0), finer=2)
    for k, y in enumerate((-20, 118, 262, 408)):
        tone = mix(rgb("#6b4a4a"), rgb("#94684f"), 0.25 * k + 0.1)
        pen.fill(box(-10, y, WIDTH_PX + 80, y + 138, 3), tone)
        for j in range(5):
            run = [(x, y + 22 + j * 24 + 7 * sin(x / 150 + j * 1.9 + k)) for x in range(-10, WIDTH_PX + 90, 30)]
            pen.fill(stroke(run, 1.2, 2.2), mix(tone, rgb("#4a3038"), 0.35))
    lay(back, pen.as_sheet(0.5, 0.7))
    return back


_FOLDS: tuple[tuple[int, tuple[Path, ...], tuple[Path, ...]], ...] = (
    (0, ([(-150, -105), (150, -105), (150, 105), (-150, 105)],), ()),
    (10, ([(-150, -52), (150, -52), (150, 105), (-150, 105)],), ([(-150, -52), (150, -52), (150, 26), (-150, 26)],)),
    (14, ([(-150, 0), (150, 0), (150, 105), (-150, 105)],), ()),
    (22, ([(-150, 30), (-80, -60), (80, -60), (150, 30), (150, 105), (-150, 105)],), ([(-150, 30), (-80, -60), (-20, 30)], [(150, 30), (80, -60), (20, 30)])),
    (27, ([(0, -120), (120, 60), (-120, 60)], [(-150, 60), (150, 60), (150, 96), (-150, 96)]), ([(0, -120), (0, 60), (-120, 60)],)),
    (36, ([(0, -130), (125, 84), (-125, 84)],), ([(0, -130), (0, 84), (-125, 84)], [(-125, 84), (125, 84), (100, 50), (-100, 50)])),
    (44, ([(0, -110), (92, 0), (0, 110), (-92, 0)],), ([(0, -110), (0, 110), (-92, 0)],)),
    (49, ([(0, -84), (110, 10), (0, 100), (-110, 10)],), ([(0, -84), (0, 100), (-110, 10)], [(-110, 10), (0, 40), (110, 10), (0, 100)])),
)  # fmt: skip


def _folding(stage: Stage, n: int, x: float, y: float) -> None:
    lay(stage, _folded([k for k, fold in enumerate(_FOLDS) if n >= fold[0]][-1]), x, y)


@lru_cache(maxsize=8)
def _folded(count: int) -> Sheet:
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
    pen.fill(stroke(smooth([(side * 20, 34), (side * 40, 60), (side * 58, 84)], 6, False), 66, 74), _CUFF)
    pen.fill(oval(0, 0, 40, 37, 40), _MITTEN)
    thumb = smooth([(-side * 8, 12), (-side * 25, -2), (-side * 30, -14)], 8, False)
    pen.fill(stroke(thumb, 26, 22), mix(_MITTEN, _CREASE, 0.12))
    pen.fill(stroke(smooth([(side * 22, -18), (0, -31), (-side * 16, -26)], 6, False), 1.6), _CREASE)
    return pen.as_sheet(0.55)


def fold() -> Draw:
    """A sheet of paper, four folds, a boat; and its captain comes aboard."""
    back = _table()
    things = _things_on_table()
    hands = {side: _hand(side) for side in (-1, 1)}

    def draw(n: int) -> Stage:
        stage = hang(back, 20 + n * 0.2, 6)
        t = on_twos(n)
        lay(stage, things, -n * 0.2)
        made = 54
        swing = settle(n, made, 12, 8)
        x, y = 476.0, 300.0
        if n < made:
            _folding(stage, t, x + wobble(t, 7) * 1.5, y - 10)
        else:
            tilt = 7 * swing + 1.2 * wobble(n, 40)
            size = 300 * (0.82 + 0.18 * pop(n, made - 1, 9))
            lay(stage, draw_boat(size, tilt, lamp=ease(n, 66, 74)), x, y + 70)
        left = keys_point(t, ((0, (312, 330)), (8, (318, 250)), (14, (316, 350)), (22, (360, 262)), (30, (352, 380)), (38, (362, 352)), (46, (390, 312)), (52, (352, 326)), (62, (250, 420))))
        right = keys_point(t, ((0, (640, 330)), (8, (636, 240)), (14, (638, 350)), (22, (592, 262)), (30, (600, 380)), (38, (590, 352)), (46, (562, 312)), (52, (600, 326)), (62, (706, 420))))
        lay(stage, hands[-1], *left)
        lay(stage, hands[1], *right)
        mx, my = mast_top(1.2 * wobble(n, 40), 300)
        fx, fy = keys_point(n, ((0, (760, 150)), (18, (690, 120)), (34, (600, 84)), (50, (700, 130)), (58, (640, 60)), (68, (x + mx, y + 70 + my - 4))))
        drift = (1 - ease(n, 62, 68)) * 9
        fx, fy = fx + drift * sin(n / 6), fy + drift * cos(n / 4.3)
        pool_at(stage, pool(330, (0.5, 0.5, 0.62), (1.45, 1.25, 0.98)), 0.45 * fx + 0.55 * x, 0.4 * fy + 0.6 * y)
        firefly(stage, fx, fy, 32, n, 1.0, -1 if n < 62 else 1)
        return stage

    return draw


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


def radio() -> Draw:
    """The radio on its shelf: the dial lights, the needle trembles, the cup rattles."""
    outside = sky(STORM, 500, 0, 91)
    drops = rain_sheet(92, 260, 26, 0.25, 70)
    wall = _kitchen_wall()
    shelf, cup, jar = _shelf(), _cup(), _jar()
    body = _radio_body()

    def draw(n: int) -> Stage:
        stage = hang(outside, 60)
        rain(stage, drops, n, 24, 0.25, ease(n, 30, 90))
        near = 1.0 + 0.0 * n
        dx = -0.22 * n * near
        lay(stage, wall, dx * 0.6)
        t = on_twos(n)
        spoken = 1.0 if 12 <= n < 84 else 0.0
        buzz = spoken * (1.4 if (t // 2) % 2 else -1.4)
        on = ease(n, 2, 8) * (1 - 0.25 * (0 if n < 4 else abs(wobble(n, 7.3)) * 0.3))
        lay(stage, shelf, dx)
        lay(stage, jar, dx)
        lay(stage, cup, dx + buzz, 0)
        lay(stage, body, dx + 0.5 * buzz)
        _dial(stage, dx + 0.5 * buzz, t, on, spoken)
        pool_at(stage, pool(340, (0.55, 0.6, 0.75), (1.35, 1.2, 1.0)), 430 + dx, 300)
        shine(stage, halo(260, rgb("#c27a2c")), 430 + dx, 262, 0.55 * on)
        return stage

    return draw


def _kitchen_wall() -> Sheet:
    wide = WIDTH_PX + 80
    whole = [(0, 0), (wide, 0), (wide, HEIGHT_PX), (0, HEIGHT_PX)]
    panes = [box(700, 40, 800, 190, 6), box(812, 40, 912, 190, 6), box(700, 202, 800, 350, 6), box(812, 202, 912, 350, 6)]
    return sheet([whole], [(0, rgb("#4a4a63")), (1, rgb("#3b3852"))], (wide, HEIGHT_PX), 93, Cut(shadow=0.6, fall_px=(3, 5)), (-10, 0), panes)


def _shelf() -> Sheet:
    pen = Pen((1060, 190), (20, 40))
    pen.fill(box(-20, 0, 1040, 26, 3), rgb("#8a5f4e"))
    pen.fill(box(-20, 0, 1040, 7, 2), rgb("#b07f62"))
    for x in (120, 840):
        pen.fill([(x, 26), (x + 34, 26), (x + 34, 46), (x + 10, 120), (x, 120)], rgb("#6b4646"))
    for k in range(9):
        pen.fill(oval(60 + k * 118, 26, 46, 15, 30), rgb("#d8c7aa"))
    pen.fill(box(-20, 16, 1040, 26, 2), rgb("#7a5247"))
    made = pen.as_sheet(0.5)
    return moved(made, 0, 422)


def _cup() -> Sheet:
    pen = Pen((180, 150), (80, 120))
    pen.fill(stroke(smooth([(34, -66), (66, -58), (60, -28), (30, -22)], 8, False), 9), rgb("#b9cfd2"))
    pen.fill(smooth([(-44, -80), (44, -80), (34, -4), (0, 2), (-34, -4)], 6), rgb("#cfe0de"))
    pen.fill(box(-40, -58, 40, -46, 2), rgb("#c2534a"))
    pen.fill(oval(0, -80, 43, 7, 40), rgb("#5a3a34"))
    return moved(pen.as_sheet(0.5), 722, 422)


def _jar() -> Sheet:
    pen = Pen((150, 200), (70, 180))
    pen.fill(box(-46, -112, 46, 0, 16), rgb("#6f8f8a"))
    pen.fill(box(-38, -70, 38, -6, 12), rgb("#d9a650"))
    pen.fill(box(-44, -130, 44, -108, 5), rgb("#c2534a"))
    pen.fill(box(-32, -100, -24, -20, 4), rgb("#b5cfc6"))
    return moved(pen.as_sheet(0.5), 112, 422)


def _radio_body() -> Sheet:
    pen = Pen((440, 330), (220, 300))
    pen.fill(stroke([(120, -230), (196, -296)], 4, 2.5), rgb("#9aa0b4"))
    pen.fill(oval(196, -296, 5, 5, 16), rgb("#c2534a"))
    pen.fill(box(-200, -236, 200, -8, 46), rgb("#7d3f3c"))
    pen.fill(box(-188, -226, 188, -18, 38), rgb("#a4574a"))
    pen.fill(box(-172, -206, -2, -38, 24), rgb("#5a2f38"))
    for k in range(8):
        y = -192 + k * 20
        pen.fill(box(-160, y, -14, y + 9, 4), rgb("#d2a679"))
    pen.fill(box(16, -206, 172, -106, 14), rgb("#3a2430"))
    for x in (52, 136):
        pen.fill(oval(x, -64, 27, 27, 40), rgb("#3a2430"))
        pen.fill(oval(x - 1, -66, 22, 22, 40), rgb("#e2c79d"))
        pen.fill(stroke([(x, -66), (x + 10, -82)], 4), rgb("#7d3f3c"))
    for x in (-150, 150):
        pen.fill(box(x - 22, -10, x + 22, 2, 3), rgb("#3a2430"))
    return moved(pen.as_sheet(0.55), 400, 422)


def _dial(stage: Stage, dx: float, t: int, on: float, spoken: float) -> None:
    pen = Pen((170, 120), (10, 10))
    pen.fill(box(4, 4, 144, 90, 10), mix(rgb("#5a3c34"), rgb("#ffd98a"), on), True)
    pen.fill(box(8, 8, 140, 40, 8), mix(rgb("#63443a"), rgb("#ffe6a8"), on), True)
    for k in range(13):
        x = 16 + k * 9.7
        pen.fill(box(x, 16, x + 1.6, 36 if k % 3 == 0 else 28), rgb("#6b3a2c"))
    swing = 0.5 + 0.12 * wobble(t, 5.1) * spoken + 0.25 * wobble(t, 61, 0.2)
    pen.fill(stroke([(20 + 108 * swing, 12), (20 + 108 * swing, 82)], 3), rgb("#c2352f"), True)
    lay(stage, pen.as_sheet(0.0, 0.0), 420 + dx, 220)
