"""The great lens of the lamp, dark and burning."""

from __future__ import annotations

from scorestage.adapters.demofilm.drawing.paper import Sheet
from scorestage.adapters.demofilm.drawing.pen import WHITE, Pen
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    box,
    mix,
    oval,
    rgb,
    smooth,
    stroke,
)

_BRASS, _BRASS_DARK = rgb("#c9984d"), rgb("#86602f")
_DARK = rgb("#28505f"), rgb("#5d929c"), rgb("#a5d0cb")
_BURNING = rgb("#ee9a35"), rgb("#ffdf94"), rgb("#fffbe6")

_SIDE = ((62, -140), (98, -60), (100, 40), (66, 128))


def lens(burning: bool, near: float = 1.0) -> Sheet:
    """The great lens on its brass foot, 300 units high, its bull's eye at the origin."""
    pen = Pen((300 * near, 470 * near), (150 * near, 190 * near), near)
    deep, glass, pale = _BURNING if burning else _DARK
    left = [(-x, y) for x, y in _SIDE]
    pen.fill(smooth([*left, *_SIDE[::-1]], 10), deep, burning)
    _prisms(pen, glass, pale, burning)
    for k, radius in enumerate((88, 74, 60, 46, 32)):
        tone = mix(deep, glass, 0.45 + 0.13 * k)
        pen.fill(oval(0, -6, radius * 1.04, radius * 0.72, 60), mix(tone, pale, 0.28), burning)
        pen.fill(oval(0, -4.5, radius * 1.0, radius * 0.68, 60), tone, burning)
    pen.fill(oval(0, -6, 21, 20, 40), pale, burning)
    pen.fill(oval(-6, -12, 6, 5, 20), mix(pale, WHITE, 0.6), burning)
    _brass(pen)
    return pen.as_sheet(0.45)


def _prisms(pen: Pen, glass: Colour, pale: Colour, burning: bool) -> None:
    """The rings of glass above and below the bull's eye."""
    for k in range(-7, 8):
        y = k * 18.0 - 6
        if abs(y + 6) < 50:
            continue
        half = 96 - (abs(y) / 140) ** 2.2 * 34
        bend = 7 if y < 0 else -7
        ring = smooth([(-half, y), (0, y - bend), (half, y)], 10, False)
        pen.fill(stroke(ring, 12), glass, burning)
        pen.fill(stroke([(x, v - 3.6) for x, v in ring], 2.4), mix(glass, pale, 0.7), burning)


def _brass(pen: Pen) -> None:
    for side in (-1, 1):
        bar = [(side * x, y) for x, y in ((60, -142), (97, -60), (99, 40), (64, 130))]
        pen.fill(stroke(smooth(bar, 8, False), 6), _BRASS_DARK)
        pen.fill(stroke(smooth([(x - side * 1.2, y) for x, y in bar], 8, False), 2.4), _BRASS)
    pen.fill(box(-74, -158, 74, -138, 6), _BRASS_DARK)
    pen.fill(box(-72, -157, 72, -150, 4), _BRASS)
    pen.fill(smooth([(-40, -157), (-22, -176), (22, -176), (40, -157)], 8), _BRASS_DARK)
    pen.fill(box(-80, 124, 80, 144, 6), _BRASS_DARK)
    pen.fill(box(-78, 125, 78, 131, 3), _BRASS)
    pen.fill([(-34, 142), (34, 142), (48, 222), (-48, 222)], mix(_BRASS_DARK, rgb("#2b2444"), 0.35))
    pen.fill([(-34, 142), (-8, 142), (-14, 222), (-48, 222)], mix(_BRASS, rgb("#4a3a4a"), 0.4))
    pen.fill(box(-78, 214, 78, 232, 6), _BRASS_DARK)
