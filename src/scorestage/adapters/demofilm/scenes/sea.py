"""Sky and water of the paper theatre: backdrops, stars, clouds, wave strips, rain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scorestage.adapters.demofilm.drawing.light import halo
from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Cut,
    Sheet,
    Stage,
    Stop,
    dyed,
    glued,
    gradient,
    lay,
    mask,
    moved,
    plate,
    sheet,
)
from scorestage.adapters.demofilm.drawing.pen import WHITE
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
    box,
    mix,
    oval,
    rgb,
)


@dataclass(frozen=True, slots=True)
class Weather:
    """The colours of an hour: sky from top to horizon, water from far to near, cloud, the light."""

    sky: tuple[Stop, ...]
    far: Colour
    near: Colour
    crest: Colour
    cloud: tuple[Colour, Colour]
    light: Colour

    @property
    def tones(self) -> tuple[Colour, Colour]:
        """The water, far and near."""
        return self.far, self.near


DUSK = Weather(
    (
        (0, rgb("#141b45")),
        (0.45, rgb("#3c3a78")),
        (0.72, rgb("#a3608a")),
        (0.9, rgb("#ee9c82")),
        (1, rgb("#f8c99a")),
    ),
    rgb("#7f6393"),
    rgb("#161c48"),
    rgb("#f0b79c"),
    (rgb("#8d5e92"), rgb("#5a4a86")),
    rgb("#d8b6d0"),
)
NIGHT = Weather(
    ((0, rgb("#0d1538")), (0.55, rgb("#1f2e66")), (1, rgb("#4a64a0"))),
    rgb("#3a5590"),
    rgb("#0e1838"),
    rgb("#9fc0e6"),
    (rgb("#33467e"), rgb("#243465")),
    rgb("#a9b9e6"),
)
STORM = Weather(
    ((0, rgb("#121a24")), (0.6, rgb("#2b3c47")), (1, rgb("#566d70"))),
    rgb("#3f5b63"),
    rgb("#0d1a24"),
    rgb("#b9d3cf"),
    (rgb("#33434e"), rgb("#18222c")),
    rgb("#93a9b0"),
)
DAWN = Weather(
    ((0, rgb("#6fa6c4")), (0.5, rgb("#c3d3cb")), (0.8, rgb("#fbdcae")), (1, rgb("#fbb489"))),
    rgb("#a7b7b8"),
    rgb("#2d5b73"),
    rgb("#fff0d4"),
    (rgb("#fff0dc"), rgb("#f4b79a")),
    rgb("#fff2df"),
)


def sky(weather: Weather, horizon_px: int, stars: int, seed: int, wide: int = 1200) -> Stage:
    """The backdrop, `wide` px and as high as the picture, its stars fading toward the horizon."""
    stops = [(at * horizon_px / HEIGHT_PX, colour) for at, colour in weather.sky]
    back = plate([*stops, (1.0, weather.sky[-1][1])], (wide, HEIGHT_PX), seed)
    rng = np.random.default_rng(seed)
    for _ in range(stars):
        x, y = int(rng.uniform(8, wide - 8)), int(rng.uniform(0, 1) ** 1.4 * horizon_px * 0.85)
        bright = float(rng.uniform(0.25, 1)) ** 2 * (1 - y / horizon_px)
        radius = 2 if bright < 0.5 else 4
        spot = (halo(radius, (230, 225, 255), 1.0) * np.uint16(round(bright * 64))) >> 6
        top, left = max(y - radius, 0), x - radius
        piece = back[top : top + 2 * radius, left : left + 2 * radius]
        piece += spot[: piece.shape[0]]
    np.minimum(back, 255, out=back)
    return back


def moon(stage: Stage, x: int, y: int, radius_px: int, colour: Colour) -> None:
    """Paint a paper moon with its halo on a backdrop."""
    glow = halo(radius_px * 6, mix((0, 0, 0), colour, 0.42))
    high = slice(max(y - radius_px * 6, 0), y + radius_px * 6)
    wide = slice(max(x - radius_px * 6, 0), x + radius_px * 6)
    piece = stage[high, wide]
    off_y, off_x = radius_px * 6 - y + high.start, radius_px * 6 - x + wide.start
    piece += glow[off_y : off_y + piece.shape[0], off_x : off_x + piece.shape[1]]
    np.minimum(stage, 255, out=stage)
    disc = oval(radius_px * 2, radius_px * 2, radius_px, radius_px, 60)
    side = 4 * radius_px
    paper = sheet(
        [disc],
        [(0, colour), (1, mix(colour, (200, 160, 150), 0.3))],
        (side, side),
        77,
        Cut(shadow=0),
    )
    lay(stage, paper, x - 2 * radius_px, y - 2 * radius_px)


def wave_line(
    wide: int, height_px: float, length_px: float, seed: int, sharp: float
) -> NDArray[np.float64]:
    """The upper edge of a strip of water: (wide,) px, 0 the highest crest; it joins its own end."""
    rng = np.random.default_rng(seed)
    x = np.arange(wide, dtype=np.float64)
    phase_of, long_of, bend_of = rng.uniform(0, 6, 3)

    def turns(length: float) -> NDArray[np.float64]:
        return np.asarray(2 * pi * x * max(1, round(wide / length)) / wide)

    swell = 0.16 * np.sin(turns(length_px * 3.7) + long_of)
    phase = turns(length_px) + 0.55 * np.sin(turns(length_px * 5.3) + bend_of) + phase_of
    round_wave = 0.5 - 0.5 * np.cos(phase)
    pointed = 1 - np.abs(np.cos(phase / 2))
    edge = (1 - sharp) * round_wave + sharp * pointed
    return np.asarray((1 - edge + swell + 0.16) * height_px)


def strip(
    wide: int,
    high: int,
    colour: Colour,
    crest: Colour,
    seed: int,
    height_px: float,
    length_px: float,
    sharp: float = 0.35,
    shadow: float = 0.42,
) -> Sheet:
    """A strip of paper water with a paler band along its crests."""
    edge = wave_line(wide, height_px, length_px, seed, sharp) + 12
    columns = [*range(0, wide, 3), wide - 1]
    line: Path = [(float(k), float(edge[k])) for k in columns]
    body = [*line, (wide, high), (0, high)]
    covered = mask(wide, high, [body], 2)
    paint = gradient(
        wide,
        high,
        [(0, mix(colour, crest, 0.22)), (0.35, colour), (1, mix(colour, (0, 0, 0), 0.25))],
    )
    depth = (np.arange(high)[:, None] - edge[None, :]).astype(np.float32)
    for at, thick, share in ((0.0, 3.5, 0.55), (9.0 + height_px * 0.12, 1.6, 0.22)):
        near = np.clip(1.2 - np.abs(depth - at - thick / 2) / thick, 0, 1) * share
        paint += (np.asarray(crest, np.float32) - paint) * near[:, :, None]
    cut = Cut(shadow_px=8, shadow=shadow, fall_px=(0, -2), rim=0.05, tooth=0.035)
    return dyed(covered, paint, seed, cut)


def flow(stage: Stage, piece: Sheet, x: float = 0.0, y: float = 0.0) -> None:
    """Lay a strip that goes on for ever, moved by (x, y) whole px: for water that runs."""
    x, y = round(x), round(y)
    start = (piece.x + x) % piece.width_px - piece.width_px
    while start < stage.shape[1]:
        lay(stage, piece, start - piece.x, y)
        start += piece.width_px


def cloud(wide: int, high: int, colours: tuple[Colour, Colour], seed: int) -> Sheet:
    """A cloud of two sheets: round heaps on a level foot, a paler heap before a deeper one."""
    rng = np.random.default_rng(seed)
    behind = _heap(wide, high, (0.86, 1.0, 0.5), rng)
    before = _heap(wide, high, (0.62, 0.62, 0.5 + 0.08 * rng.choice([-1, 1])), rng)
    below = [box(0, high * 0.8, wide, high)]
    cut, size = Cut(shadow_px=8, shadow=0.3, rim=0.2), (wide, high)
    deep = [(0.15, colours[0]), (0.8, colours[1])]
    pale = [(0.15, mix(colours[0], WHITE, 0.1)), (0.8, mix(colours[1], colours[0], 0.55))]
    return glued(
        sheet(behind, deep, size, seed, cut, holes=below),
        sheet(before, pale, size, seed + 1, cut, holes=below),
    )


def _heap(
    wide: int, high: int, shape: tuple[float, float, float], rng: np.random.Generator
) -> list[Path]:
    """Seven discs on a foot: how far it reaches, how high it rises, where its middle is (0..1)."""
    reach, rise, middle = shape
    foot, shapes = high * 0.8, list[Path]()
    for k in range(7):
        share = (k + 0.5) / 7
        radius = high * rise * (0.13 + 0.24 * sin(share * pi) ** 0.8 * rng.uniform(0.7, 1.1))
        x = wide * (middle + reach * (share - 0.5))
        shapes.append(oval(x, foot - radius * rng.uniform(0.55, 1.0), radius * 1.25, radius, 48))
    low, end = wide * reach * 0.46, high * 0.1
    shapes.append(box(wide * middle - low, foot - 2 * end, wide * middle + low, foot, end))
    return shapes


def cloud_bank(
    wide: int, high: int, colours: tuple[Colour, Colour], seed: int, lumps: int
) -> Sheet:
    """A ceiling of storm cloud hanging from the top edge, its lower edge in heavy lobes."""
    rng = np.random.default_rng(seed)
    shapes: list[Path] = [[(0, 0), (wide, 0), (wide, high * 0.5), (0, high * 0.5)]]
    for k in range(lumps):
        x = wide * (k + rng.uniform(0.2, 0.8)) / lumps
        radius = wide / lumps * rng.uniform(0.55, 0.95)
        shapes.append(oval(x, high * 0.45 - 4, radius, high * rng.uniform(0.28, 0.48), 48))
    return sheet(
        shapes,
        [(0, colours[1]), (1, colours[0])],
        (wide, high),
        seed,
        Cut(shadow_px=14, shadow=0.5, fall_px=(0, 6), rim=0.1),
    )


def cloud_front(wide: int, high: int, colours: tuple[Colour, Colour], seed: int) -> Sheet:
    """The head of a storm: heaped cloud, its near end on the left, filling all to the right."""
    rng = np.random.default_rng(seed)
    shapes: list[Path] = [
        [(wide * 0.2, 0), (wide, 0), (wide, high * 0.5), (wide * 0.14, high * 0.5)]
    ]
    for k in range(16):
        s = k / 15
        radius = high * (0.16 + 0.2 * min(1.0, s * 4)) * rng.uniform(0.85, 1.25)
        x = wide * (0.07 + 0.92 * s)
        shapes.append(
            oval(x, high * 0.62 - radius * rng.uniform(0.2, 0.5), radius * 1.35, radius, 48)
        )
        if s < 0.3:
            shapes.append(oval(x + radius, high * 0.22, radius * 1.5, radius * 1.2, 48))
    cut = Cut(shadow_px=14, shadow=0.55, fall_px=(-3, 6), rim=0.25)
    return sheet(shapes, [(0, colours[1]), (1, colours[0])], (wide, high), seed, cut)


def rain_sheet(seed: int, drops: int, length_px: float, slant: float, bright: int) -> Stage:
    """Rain to be added (3 x the picture's height, 2 x its width): it repeats both ways."""
    rng = np.random.default_rng(seed)
    high = 2 * HEIGHT_PX
    picture = Image.new("L", (WIDTH_PX, high))
    pen = ImageDraw.Draw(picture)
    for _ in range(drops):
        x, y, long = (
            rng.uniform(0, WIDTH_PX),
            rng.uniform(0, high),
            length_px * rng.uniform(0.5, 1.2),
        )
        tone = int(bright * rng.uniform(0.4, 1))
        for dx in (0, WIDTH_PX):
            for dy in (-high, 0):
                pen.line(
                    [(x + dx, y + dy), (x + dx - slant * long, y + dy + long)], fill=tone, width=1
                )
    once = np.asarray(picture)
    twice = np.concatenate([once, once[:HEIGHT_PX]])
    return np.repeat(np.concatenate([twice, twice], axis=1)[:, :, None], 3, axis=2).astype(
        np.uint16
    )


def rain(
    stage: Stage, drops: Stage, frame: int, fall_px: int, slant: float, level: float = 1.0
) -> None:
    """Add falling rain for this frame."""
    start = (-frame * fall_px) % (2 * HEIGHT_PX)
    across = round(frame * fall_px * slant) % WIDTH_PX
    falling = drops[start : start + HEIGHT_PX, across : across + WIDTH_PX]
    if level < 1:
        falling = falling * np.uint16(round(level * 64))
        falling >>= np.uint16(6)
    stage += falling
    np.minimum(stage, 255, out=stage)


def _rest_px(horizon_px: int, share: float) -> float:
    """How far down the picture a strip's crests rest, from the horizon (0) to the front (1)."""
    return float(horizon_px + (HEIGHT_PX - horizon_px) * (share * 0.86) ** 1.45)


def waters(
    weather: Weather,
    count: int,
    horizon_px: int,
    seed: int,
    heights: Sequence[float],
    lengths: Sequence[float],
    sharp: float = 0.35,
    wide: int = 1240,
) -> list[Sheet]:
    """Strips of water from the horizon to the front edge, each resting at its own height."""
    strips = []
    for k in range(count):
        share = k / max(1, count - 1)
        tone = mix(weather.far, weather.near, share)
        crest = mix(tone, weather.crest, 0.75 - 0.45 * share)
        top = _rest_px(horizon_px, share)
        nearer = min(k + 1, count - 1)
        foot = (
            HEIGHT_PX
            if k == nearer
            else _rest_px(horizon_px, nearer / (count - 1)) + heights[nearer]
        )
        high = round(foot - top) + 60 + round(heights[k])
        made = strip(wide, max(high, 50), tone, crest, seed + k, heights[k], lengths[k], sharp)
        strips.append(moved(made, -(wide - WIDTH_PX) // 2, round(top) - 12 - round(heights[k])))
    return strips
