"""The bay in good weather: the title over dusk, the tower on its rock, the dawn."""

from __future__ import annotations

from math import pi, sin

import numpy as np

from scorestage.adapters.demofilm.cast.acting import waving
from scorestage.adapters.demofilm.cast.figures import put_boat, put_gull, put_wick
from scorestage.adapters.demofilm.cast.props import firefly, lighthouse, rock
from scorestage.adapters.demofilm.drawing.lettering import Writing, strokes
from scorestage.adapters.demofilm.drawing.light import halo, shine
from scorestage.adapters.demofilm.drawing.motion import ease, on_twos, wobble
from scorestage.adapters.demofilm.drawing.paper import WIDTH_PX, Sheet, Stage, hang, lay
from scorestage.adapters.demofilm.drawing.shapes import Colour, Point, rgb
from scorestage.adapters.demofilm.scenes.scene import Draw, beat_of
from scorestage.adapters.demofilm.scenes.sea import DAWN, DUSK, Weather, cloud, sky, waters

_CREAM, _WHITE = rgb("#fff1d6"), rgb("#fffaf0")
_HEIGHTS, _LENGTHS = [5, 9, 16, 26, 36], [70, 110, 170, 260, 380]


def _glowing(back: Stage, glow: Colour, radius_px: int) -> Stage:
    """The backdrop with an afterglow at the horizon and sixty px more sky above."""
    shine(back[:, 40 : 40 + WIDTH_PX], halo(radius_px, glow), 330, 380)
    return np.concatenate([np.repeat(back[:1], 60, axis=0), back])


def _clouds(weather: Weather) -> list[Sheet]:
    sizes = ((330, 120, 5), (430, 130, 9), (180, 60, 2))
    return [cloud(wide, high, weather.cloud, seed) for wide, high, seed in sizes]


def title() -> Draw:
    """Dusk; the camera comes down from the stars while the light writes the title."""
    back = _glowing(sky(DUSK, 362, 230, 4), rgb("#a05a3c"), 420)
    water = waters(DUSK, 5, 362, 40, _HEIGHTS, _LENGTHS, 0.45)
    tower, foot = lighthouse(0.5, DUSK.light), rock(260, 84, DUSK.tones, 8, 0.45)
    clouds = _clouds(DUSK)
    small = Writing(strokes("THE", 21, (404, 124)), 2.8, _CREAM)
    large = Writing(strokes("LITTLE LIGHT", 54, (404, 184)), 4.8, _CREAM)

    def draw(n: int) -> Stage:
        down = 78 * (1 - ease(n, -40, 118))
        stage = hang(back, 40 + n * 0.06, 60 - down * 0.7)
        for k, (x, y, pace) in enumerate(((40, 236, 0.16), (560, 262, 0.24), (300, 300, 0.1))):
            lay(stage, clouds[k], x - n * pace, y + down * (0.8 + 0.04 * k))
        for k, piece in enumerate(water):
            if k == 2:
                lay(stage, foot, 690, 350 + down * 1.2)
                lay(stage, tower, 812, 366 + down * 1.2)
            drift = wobble(n, 150 - 12 * k, 0.21 * k) * (5 + 5 * k)
            lay(stage, piece, drift, down * (1 + 0.16 * k) + wobble(n, 90, 0.3 * k) * (1 + k * 0.5))
        small.lay(stage, ease(n, 34, 56))
        large.lay(stage, ease(n, 56, 112))
        firefly(stage, *_title_light(n, small, large), 4.5, n, 0.95)
        return stage

    return draw


def _title_light(n: int, small: Writing, large: Writing) -> Point:
    """Where the writing light is: in from the left, along the letters, off to the lighthouse."""
    if n < 34:
        x, y = small.pen(0.0)
        s = ease(n, 2, 34)
        return x - 350 * (1 - s), y + 190 * (1 - s) - 60 * sin(pi * s)
    if n < 56:
        return small.pen(ease(n, 34, 54))
    if n <= 112:
        return large.pen(ease(n, 56, 112))
    x, y = large.pen(1.0)
    s = ease(n, 114, 166)
    return x + (836 - x) * s + 60 * sin(pi * s), y + (236 - y) * s + 60 * sin(pi * s)


def lighthouse_rock() -> Draw:
    """The tower near by, one window lit, gulls about it going home."""
    back = sky(DUSK, 430, 120, 14)
    glow = halo(420, rgb("#8a4030"))
    far = [cloud(460, 140, DUSK.cloud, 21), cloud(300, 90, DUSK.cloud, 25)]
    water = waters(DUSK, 4, 440, 60, [6, 12, 22, 30], [90, 150, 260, 380], 0.45)
    tower, foot = lighthouse(1.28, DUSK.light), rock(560, 150, DUSK.tones, 18, 0.55)
    near = rock(420, 110, DUSK.tones, 28, 0.3)

    def draw(n: int) -> Stage:
        slide = 34 * ease(n, -40, 120) - 14
        stage = hang(back, 60 + slide * 0.1)
        shine(stage, glow, 250 - slide * 0.1, 440)
        lay(stage, far[0], 30 - slide * 0.25 - n * 0.1, 300)
        lay(stage, far[1], 690 - slide * 0.3 - n * 0.12, 230)
        lay(stage, water[0], -slide * 0.4 + wobble(n, 130) * 5)
        for k in range(3):
            x, y = 180 + 90 * k + n * (1.5 + 0.25 * k), 150 + 44 * k + 16 * wobble(n, 70, 0.3 * k)
            flap = wobble(on_twos(n), 15 + 2 * k, 0.2 * k)
            put_gull(stage, x, y, 24 - 4 * k, flap, rgb("#3a3565"))
        lay(stage, water[1], -slide * 0.6 + wobble(n, 110, 0.3) * 8)
        lay(stage, foot, 330 - slide, 372)
        lay(stage, tower, 640 - slide, 396)
        window = halo(70, rgb("#c98a3c"))
        shine(stage, window, 648 - slide, 396 - 138 * 1.28, 0.6 + 0.06 * wobble(n, 9))
        lay(stage, water[2], -slide * 1.1 + wobble(n, 100, 0.6) * 11, 4 + 2 * wobble(n, 80))
        lay(stage, near, -110 - slide * 1.5, 446)
        lay(stage, water[3], -slide * 1.6 + wobble(n, 90, 0.1) * 14, 12 + 3 * wobble(n, 66, 0.5))
        return stage

    return draw


def dawn() -> Draw:
    """Calm; the lamp still turns; small lights come home over the water."""
    back = _glowing(sky(DAWN, 362, 0, 33), rgb("#8a5a34"), 460)
    clouds = _clouds(DAWN)
    water = waters(DAWN, 5, 362, 40, _HEIGHTS, _LENGTHS, 0.45)
    tower, foot = lighthouse(0.5, DAWN.light, 1.0), rock(260, 84, DAWN.tones, 8, 0.45)
    words = Writing(strokes("THE END", 40, (400, 170)), 4.2, _WHITE)
    starts = beat_of("dawn", "end")

    def draw(n: int) -> Stage:
        up = 40 * ease(n, 20, 170)
        stage = hang(back, 60 + n * 0.06, 60)
        for k, (x, y, pace) in enumerate(((60, 226, 0.16), (570, 262, 0.22), (330, 300, 0.1))):
            lay(stage, clouds[k], x - n * pace, y + up * (0.6 + 0.05 * k))
        _morning_gulls(stage, n, up)
        for k, piece in enumerate(water):
            low = up * (0.9 + 0.14 * k)
            if k == 2:
                lay(stage, foot, 702, 342 + low)
                _lamp_and_keeper(stage, n, tower, low)
            for size, first, lane, pace, seat in _FLEET:
                if lane == k:
                    _coming_home(stage, n, size, first + n * pace, low + seat)
            drift = wobble(n, 150 - 12 * k, 0.21 * k) * (5 + 5 * k)
            lay(stage, piece, drift, low + wobble(n, 90, 0.3 * k) * (1 + k * 0.5))
        words.lay(stage, ease(n, starts, starts + 40))
        firefly(stage, *_end_light(n, words, starts), 4.5, n, 0.9)
        return stage

    return draw


def _morning_gulls(stage: Stage, n: int, up: float) -> None:
    for k in range(4):
        x = 560 + 70 * k + n * (0.9 + 0.15 * k)
        y = 84 + 30 * k + 14 * wobble(n, 66, 0.3 * k) + up
        flap = wobble(on_twos(n), 14 + 2 * k, 0.3 * k)
        put_gull(stage, x, y, 12 - 2 * k, flap, rgb("#4f6f86"))


def _lamp_and_keeper(stage: Stage, n: int, tower: Sheet, low: float) -> None:
    lay(stage, tower, 836, 366 + low)
    lamp = halo(60, rgb("#d9a45e"), 0.4)
    shine(stage, lamp, 836, 247 + low, 0.5 + 0.3 * wobble(n, 70, 0.35))
    put_wick(stage, waving(on_twos(n), DAWN.light), 776, 371 + low, 46)


# size px, first place x, before which strip of water, pace px a frame, height y
_FLEET = (
    (26, 470, 1, 0.22, 372),
    (30, 160, 1, 0.26, 374),
    (40, 320, 2, 0.36, 398),
    (44, 20, 2, 0.4, 400),
    (58, 530, 3, 0.42, 442),
    (60, 190, 3, 0.5, 444),
    (84, -10, 4, 0.66, 498),
    (88, 380, 4, 0.6, 500),
)


def _coming_home(stage: Stage, n: int, size: int, x: float, y: float) -> None:
    tilt = 3 * wobble(n, 60 + size * 0.4, size * 0.37)
    rise = 2 * wobble(n, 50, size * 0.21)
    put_boat(stage, n + size, (x, y + rise), size, tilt, 0.8, DAWN.light)


def _end_light(n: int, words: Writing, starts: int) -> Point:
    """Her last flight: from the lamp to the words, along them, and at rest above them."""
    ends = starts + 40
    if n < starts:
        x, y = words.pen(0.0)
        s = ease(n, 0, starts)
        return 836 + (x - 836) * s, 236 + (y - 236) * s - 50 * sin(pi * s)
    if n <= ends:
        return words.pen(ease(n, starts, ends))
    x, y = words.pen(1.0)
    age = n - ends
    return x + 22 + 5 * wobble(age, 40), y - 44 * ease(age, 0, 26) + 4 * wobble(age, 27)
