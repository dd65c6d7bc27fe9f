"""The tower in the storm; stillness; then lightning takes the rod."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorestage.adapters.demofilm.cast.props import lighthouse, rock
from scorestage.adapters.demofilm.drawing.light import dim, halo, ray, shine, wash
from scorestage.adapters.demofilm.drawing.motion import ease, shake, wobble
from scorestage.adapters.demofilm.drawing.paper import WIDTH_PX, Sheet, Stage, hang, lay, moved
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import Path, Point, rgb, stroke
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import (
    STORM,
    cloud_bank,
    flow,
    rain,
    rain_sheet,
    sky,
    waters,
)

_UNIT = 0.98
_FOOT: Point = (480.0, 462.0)
_TIP: Point = (480.0, 462 - 312 * _UNIT)
_LAMP: Point = (480.0, 462 - 239 * _UNIT)
_FLASH = rgb("#f4f8ff")
_WHITENESS = (0.98, 0.22, 0.04, 0.72, 0.38, 0.16)
_SKY_LEVELS = (1.0, 1.0, 0.9, 1.0, 0.8, 0.65, 0.5, 0.6, 0.4, 0.3, 0.22, 0.15, 0.1, 0.05)


@dataclass(frozen=True, slots=True)
class _Towers:
    """The tower in the dark, against the flash, in its light, and burning."""

    dark: Sheet
    black: Sheet
    white: Sheet
    lit: Sheet

    def at(self, age: int, burning: float) -> Sheet:
        """Which of them is seen so many frames after the strike."""
        if 1 <= age < 3:
            return self.black
        if 0 <= age < 5:
            return self.white
        return self.lit if burning > 0.1 else self.dark


def _towers() -> _Towers:
    return _Towers(
        lighthouse(_UNIT, rgb("#7f919c")),
        lighthouse(_UNIT, rgb("#20262e")),
        lighthouse(_UNIT, rgb("#d5e4ee")),
        lighthouse(_UNIT, rgb("#a5b0b2"), 1.0),
    )


def strike() -> Draw:
    """Six frames of flash, its second frame the tower black on white; then the lamp burns."""
    back = sky(STORM, 470, 0, 44)
    gloom = (rgb("#222f39"), rgb("#10171f"))
    banks = [cloud_bank(1400, 170, STORM.cloud, 45, 7), cloud_bank(1500, 110, gloom, 46, 8)]
    water = waters(STORM, 4, 462, 280, [14, 26, 40, 50], [110, 180, 280, 400], 0.7)
    towers, foot = _towers(), moved(rock(620, 130, STORM.tones, 18, 0.52), 170, 444)
    drops = rain_sheet(14, 900, 50, 0.6, 95)
    bolt = _bolt(5, (596.0, -40.0), _TIP)
    hit = beat_of("strike", "strike")

    def draw(n: int) -> Stage:
        age, (dx, dy) = n - hit, shake(n, hit, 15, 7)
        hush = ease(n, 2, hit - 4) if age < 0 else 0.0
        burning = ease(n, hit + 5, hit + 12)
        stage = hang(back, 100 + dx)
        for k, piece in enumerate(banks):
            flow(stage, moved(piece, 0, -36), -n * (0.8 + 0.7 * k) + dx, dy - 4 * k)
        if 0 <= age < len(_SKY_LEVELS):
            _sky_lit(stage, bolt, age)
        flow(stage, water[0], -n * 1.4, dy)
        flow(stage, water[1], -n * 2.0, 4 + 3 * wobble(n, 40) + dy)
        if 1 <= age < 3:
            wash(stage, _FLASH, 0.86 if age == 1 else 0.5)
        lay(stage, foot, dx, dy - 2 * ease(n, -10, 40))
        lay(stage, towers.at(age, burning), _FOOT[0] + dx, _FOOT[1] + dy)
        if burning:
            _lamp_light(stage, n, burning)
        if age < 0:
            _spark(stage, n, hush)
        for k in (2, 3):
            bob = 16 + 5 * wobble(n, 36, 0.3 * k) + dy
            flow(stage, water[k], -n * (1.8 + 0.9 * k) + 60, bob)
        rain(stage, drops, n, 50, 0.6, 1 - 0.55 * hush)
        dim(stage, 1 - 0.4 * hush)
        if 0 <= age < len(_WHITENESS):
            wash(stage, _FLASH, _WHITENESS[age])
        return stage

    return draw


def _lamp_light(stage: Stage, n: int, burning: float) -> None:
    x, y = _LAMP
    shine(stage, halo(330, rgb("#d98f3a"), 0.2), x, y, burning * (0.85 + 0.15 * wobble(n, 5)))
    spread = 60 + 190 * burning
    for end in (x - 620, x + 620):
        cone = [(x, y - 5), (x, y + 5), (end, y + spread), (end, y - spread * 0.5)]
        ray(stage, [(cone, 0.34 * burning)], rgb("#f2c877"), 14)


def _spark(stage: Stage, n: int, hush: float) -> None:
    """The little fire that stands on the rod before lightning."""
    if n % 5 < 3:
        spark = halo(26 + 9 * (n % 3), rgb("#a9c4ff"), 0.7)
        shine(stage, spark, _TIP[0], _TIP[1] + 3, 0.9 * hush)


def _sky_lit(stage: Stage, bolt: list[Path], age: int) -> None:
    level = _SKY_LEVELS[age]
    shine(stage, halo(520, rgb("#7f97b8")), 560, 60, level)
    ray(stage, [(path, 0.55 * level) for path in bolt], rgb("#9fb8ff"), 16)
    if age < 9:
        pen = Pen((WIDTH_PX, 340), (0, 40), finer=2)
        for path in bolt:
            pen.fill(path, rgb("#f6f9ff"), True)
        lay(stage, pen.as_sheet(0.0, 0.0))


def _bolt(seed: int, top: Point, end: Point) -> list[Path]:
    """A bolt of lightning: a ragged trunk and its branches."""
    rng = np.random.default_rng(seed)
    paths: list[Path] = []

    def grow(first: Point, last: Point, thick: float, depth: int) -> None:
        line = [first]
        for k in range(1, 9):
            s = k / 9
            off = (1 - abs(2 * s - 1)) * 60 / (depth + 1)
            x = first[0] + (last[0] - first[0]) * s + rng.uniform(-off, off)
            line.append((x, first[1] + (last[1] - first[1]) * s + rng.uniform(-8, 8)))
        paths.append(stroke([*line, last], thick, thick * 0.5))
        for x, y in (line[2], line[4], line[6]) if depth < 2 else ():
            reach = rng.uniform(-150, 150), rng.uniform(50, 120)
            tip = (x + reach[0] / (depth + 1), y + reach[1] / (depth + 1))
            grow((x, y), tip, thick * 0.42, depth + 1)

    grow(top, end, 13, 0)
    return paths
