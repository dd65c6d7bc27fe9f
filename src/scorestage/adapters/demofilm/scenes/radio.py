"""The radio on its shelf wakes by itself."""

from __future__ import annotations

from scorestage.adapters.demofilm.drawing.light import halo, pool, pool_at, shine
from scorestage.adapters.demofilm.drawing.motion import ease, on_twos, wobble
from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Cut,
    Sheet,
    Stage,
    hang,
    lay,
    moved,
    sheet,
)
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import box, mix, oval, rgb, smooth, stroke
from scorestage.adapters.demofilm.scenes.scene import Draw
from scorestage.adapters.demofilm.scenes.sea import STORM, rain, rain_sheet, sky
from scorestage.adapters.demofilm.story import STORY


def radio() -> Draw:
    """The radio on its shelf: the dial lights, the needle trembles, the cup rattles."""
    outside = sky(STORM, 500, 0, 91)
    drops = rain_sheet(92, 260, 26, 0.25, 70)
    wall = _kitchen_wall()
    shelf, cup, jar = _shelf(), _cup(), _jar()
    body = _radio_body()
    line = next(line for line in STORY.lines if line.speaker == "RADIO")
    first = STORY.shot("radio").first_frame
    speaks, ends = line.first_frame - first, line.end_frame - first

    def draw(n: int) -> Stage:
        stage = hang(outside, 60)
        rain(stage, drops, n, 24, 0.25, ease(n, 30, 90))
        dx = -0.22 * n
        lay(stage, wall, dx * 0.6)
        t = on_twos(n)
        spoken = 1.0 if speaks <= n < ends else 0.0
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
    panes = [
        box(700, 40, 800, 190, 6),
        box(812, 40, 912, 190, 6),
        box(700, 202, 800, 350, 6),
        box(812, 202, 912, 350, 6),
    ]
    return sheet(
        [whole],
        [(0, rgb("#4a4a63")), (1, rgb("#3b3852"))],
        (wide, HEIGHT_PX),
        93,
        Cut(shadow=0.6, fall_px=(3, 5)),
        (-10, 0),
        panes,
    )


def _shelf() -> Sheet:
    pen = Pen((1060, 190), (20, 40))
    pen.fill(box(-20, 0, 1040, 26, 3), rgb("#8a5f4e"))
    pen.fill(box(-20, 0, 1040, 7, 2), rgb("#b07f62"))
    for x in (120, 840):
        pen.fill([(x, 26), (x + 34, 26), (x + 34, 46), (x + 10, 120), (x, 120)], rgb("#6b4646"))
    for k in range(9):
        pen.fill(oval(60 + k * 118, 26, 46, 15, 30), rgb("#d8c7aa"))
    pen.fill(box(-20, 16, 1040, 26, 2), rgb("#7a5247"))
    return moved(pen.as_sheet(0.5), 0, 422)


def _cup() -> Sheet:
    pen = Pen((180, 150), (80, 120))
    pen.fill(
        stroke(smooth([(34, -66), (66, -58), (60, -28), (30, -22)], 8, False), 9), rgb("#b9cfd2")
    )
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
