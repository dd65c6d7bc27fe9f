"""The wave as tall as a house, cut from three papers."""

from __future__ import annotations

from math import hypot

import numpy as np

from scorestage.adapters.demofilm.drawing.paper import Sheet
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Point, mix, oval, rgb, smooth, stroke

_DEEP, _MIDDLE, _FOAM = rgb("#12303a"), rgb("#2a5460"), rgb("#cfe3dc")

_CREST = ((200, 214), (300, 110), (400, 46), (500, 26), (590, 52), (646, 104), (664, 160))
_BACK = ((-20, 700), (-20, 420), (90, 330), *_CREST)
_FACE = ((640, 150), (586, 128), (530, 140), (494, 190), (492, 270), (540, 370), (640, 470))
_FOOT = ((790, 560), (960, 620), (1120, 650), (1120, 700))
_HOOK = ((0.0, 0.0), (0.35, 0.55), (0.95, 0.75), (1.25, 1.25))


def great_wave() -> Sheet:
    """1100 x 700 px, its crest curling over to the right in paper claws."""
    pen = Pen((1100, 700), (0, 0), finer=2)
    pen.fill([*smooth(_BACK, 10, False), *smooth((*_FACE, *_FOOT), 10, False)], _DEEP)
    for k in range(7):
        s = k / 6
        line = [
            (20 + 46 * k, 700),
            (110 + 52 * k, 470 - 22 * k),
            (220 + 44 * k, 290 - 14 * k),
            (330 + 30 * k, 150 + 2 * k),
            (440 + 10 * k, 84 + 12 * k),
        ]
        tone = mix(_DEEP, _MIDDLE, 0.45 + 0.5 * s)
        pen.fill(stroke(smooth(line, 10, False), 22 - 12 * s, 5), tone)
    _foam(pen, smooth(_CREST, 10, False))
    return pen.as_sheet(0.6)


def _foam(pen: Pen, lip: list[Point]) -> None:
    """Foam along the lip, with claws that reach forward, and drops flying ahead."""
    pen.fill(stroke(lip, 4, 30), _FOAM)
    rng = np.random.default_rng(7)
    for k in range(5, len(lip) - 1):
        x, y = lip[k]
        s = k / len(lip)
        dx, dy = lip[k + 1][0] - lip[k - 1][0], lip[k + 1][1] - lip[k - 1][1]
        ax, ay = dx / hypot(dx, dy), dy / hypot(dx, dy)
        size = 5 + 15 * s + rng.uniform(-2, 3)
        pen.fill(oval(x + ay * 4, y - ax * 4, size, size * 0.9, 24), _FOAM)
        if k % 3 == 0 and s > 0.2:
            reach = 0.8 * (16 + 44 * s) * rng.uniform(0.8, 1.15)
            claw = [
                (x + (ax * u - ay * v) * reach, y + (ay * u + ax * v) * reach) for u, v in _HOOK
            ]
            pen.fill(stroke(smooth(claw, 8, False), 10 + 14 * s, 2), _FOAM)
    for _ in range(34):
        x, y, size = rng.uniform(560, 800), rng.uniform(60, 330), rng.uniform(1.5, 5)
        pen.fill(oval(x, y, size, size, 10), _FOAM)
