"""Far out: the paper boat in the storm, and the firefly close."""

from __future__ import annotations

from math import sin

from scorestage.adapters.demofilm.cast.figures import put_boat, put_glitter
from scorestage.adapters.demofilm.cast.props import draw_boat, firefly, mast_top
from scorestage.adapters.demofilm.drawing.light import dim, ray
from scorestage.adapters.demofilm.drawing.motion import ease, keys, pop, wobble
from scorestage.adapters.demofilm.drawing.paper import Sheet, Stage, hang, lay, moved
from scorestage.adapters.demofilm.drawing.shapes import Path, rgb
from scorestage.adapters.demofilm.scenes.great_wave import great_wave
from scorestage.adapters.demofilm.scenes.scene import Draw
from scorestage.adapters.demofilm.scenes.sea import (
    STORM,
    cloud_bank,
    flow,
    rain,
    rain_sheet,
    sky,
    waters,
)

_CLOSE_PX = 330


def _stormy(seed: int, horizon_px: int, heights: list[float]) -> list[Sheet]:
    lengths = [120.0, 190.0, 280.0, 400.0, 520.0][: len(heights)]
    return waters(STORM, len(heights), horizon_px, seed, heights, lengths, 0.75)


def tossed() -> Draw:
    """The boat climbs a wave and drops behind it."""
    back = sky(STORM, 300, 0, 23)
    bank = cloud_bank(1300, 200, STORM.cloud, 35, 6)
    water = _stormy(260, 280, [20, 36, 56, 90, 110])
    drops = rain_sheet(6, 900, 50, 0.7, 95)

    def draw(n: int) -> Stage:
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -50), -n * 2.2)
        for k in (0, 1):
            flow(stage, water[k], -n * (2 + 1.5 * k), wobble(n, 40, 0.2 * k) * (8 + 8 * k))
        climb = keys(n, (0, 0.0), (22, 1.0), (36, 0.1), (48, -0.6), (58, -0.2))
        tilt = keys(n, (0, -8), (14, -24), (26, 6), (38, 27), (50, 4), (58, -10))
        boat = keys(n, (0, 330), (56, 560)), 404 - 120 * climb
        flow(stage, water[2], -n * 6, 20 + wobble(n, 46, 0.35) * 34 - 26 * climb)
        glow = 0.75 + 0.3 * wobble(n, 5.7) * (n > 34)
        put_boat(stage, n, boat, 96, tilt, glow, STORM.light)
        put_glitter(stage, n, boat, 90, 0.3 * glow)
        for k in (3, 4):
            bob = 26 - 16 * (k == 4) + wobble(n, 44, 0.12 + 0.3 * k) * (22 + 10 * (k - 3))
            flow(stage, water[k], -n * (5 + 2.5 * k) + 130, bob)
        rain(stage, drops, n, 52, 0.7)
        return stage

    return draw


def wave() -> Draw:
    """A wave as tall as a house rises behind the boat."""
    back = sky(STORM, 420, 0, 24)
    bank = cloud_bank(1300, 150, STORM.cloud, 36, 8)
    great = great_wave()
    water = _stormy(270, 380, [20, 40, 60, 70])
    drops = rain_sheet(8, 900, 50, 0.7, 95)

    def draw(n: int) -> Stage:
        stage = hang(back, 100)
        flow(stage, moved(bank, 0, -50), -n * 2.2)
        flow(stage, water[0], -n * 2.0)
        rises = ease(n, -6, 44)
        lay(stage, great, -210 + 96 * rises + n * 0.8, 300 - 262 * rises + 3 * wobble(n, 9))
        boat = 716 - 34 * rises, 446 + 9 * wobble(n, 24)
        flow(stage, water[2], -n * 5 - 80, 4 + wobble(n, 30) * 10)
        glow = 0.5 + 0.2 * wobble(n, 5.3)
        put_boat(stage, n, boat, 88, 10 + 9 * wobble(n, 22, 0.1), glow, STORM.light)
        flow(stage, water[3], -n * 8 + 60, 10 + wobble(n, 26, 0.3) * 12)
        rain(stage, drops, n, 52, 0.7)
        return stage

    return draw


def flicker() -> Draw:
    """Close on the firefly: nearly out, and everything holds its breath."""
    back = sky(STORM, 460, 0, 25)
    water = _stormy(280, 420, [16, 30, 46])
    drops = rain_sheet(9, 300, 40, 0.5, 60)
    pulse = ((0, 0.55), (6, 0.2), (10, 0.5), (17, 0.12), (22, 0.34), (32, 0.07), (45, 0.05))

    def draw(n: int) -> Stage:
        stage = hang(back, 90)
        flow(stage, water[0], -n * 0.7)
        sway, glow = wobble(n, 58, 0.1), keys(n, *pulse)
        still = 1 - ease(n, 4, 34)
        flow(stage, water[1], -n * 1.0 + 200, 6 + 4 * sway)
        tilt = -5 + 4 * sway
        x, y = 470 - 0.2 * n, 448 + 6 * sway
        lay(stage, draw_boat(_CLOSE_PX, tilt, rgb("#7d9199"), min(0.4, glow)), x, y)
        mx, my = mast_top(tilt, _CLOSE_PX)
        wings = n if glow > 0.15 else 2 * (n // 9)
        firefly(stage, x + mx, y + my + 4 * ease(n, 8, 34), 46, wings, glow)
        flow(stage, water[2], -n * 1.4 + 90, 26 - 6 * sway)
        rain(stage, drops, n, 40, 0.5, 0.25 + 0.75 * still)
        dim(stage, 0.62 + 0.38 * still)
        return stage

    return draw


def rise() -> Draw:
    """The beam is on her: she looks up, brightens and lets go of the boat."""
    back = sky(STORM, 460, 0, 25)
    water = _stormy(280, 420, [16, 30, 46])
    drops = rain_sheet(9, 300, 40, 0.5, 60)
    wide: Path = [(-40, 40), (-40, 150), (1000, 560), (1000, 250)]
    core: Path = [(-40, 70), (-40, 120), (1000, 480), (1000, 330)]

    def draw(n: int) -> Stage:
        stage = hang(back, 90)
        sway, warm = wobble(n, 58, 0.6), 0.75 + 0.1 * wobble(n, 33)
        flow(stage, water[0], -n * 0.7)
        ray(stage, [(wide, 0.5 * warm), (core, 0.35 * warm)], rgb("#ffdf9a"), 24)
        flow(stage, water[1], -n * 1.0 + 200, 6 + 4 * sway)
        tilt = 2 + 4 * sway
        x, y = 470 + 0.3 * n, 448 + 6 * sway
        lay(stage, draw_boat(_CLOSE_PX, tilt, rgb("#ffeccd"), 0.75), x, y)
        mx, my = mast_top(tilt, _CLOSE_PX)
        away = ease(n, 30, 66)
        fx = x + mx - 12 * ease(n, 24, 32) - 620 * away**1.5
        fy = y + my - 26 * pop(n, 20, 12) - 250 * away + 16 * sin(n / 3) * away
        glow = keys(n, (0, 0.3), (14, 1.05), (22, 0.95))
        firefly(stage, fx, fy, 46, n, glow, -1 if n > 12 else 1)
        flow(stage, water[2], -n * 1.4 + 90, 26 - 6 * sway)
        rain(stage, drops, n, 40, 0.5, 0.5)
        return stage

    return draw
