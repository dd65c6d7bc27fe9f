"""The lamp room as a set: night behind five tall windows, the great lens, the boards."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from scorestage.adapters.demofilm.drawing.light import halo, pool, pool_at, ray, shine
from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    PLAIN,
    WIDTH_PX,
    Cut,
    Sheet,
    Stage,
    glued,
    hang,
    lay,
    moved,
    sheet,
)
from scorestage.adapters.demofilm.drawing.pen import Pen
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
    Point,
    box,
    mix,
    oval,
    rgb,
)
from scorestage.adapters.demofilm.scenes.lens import lens
from scorestage.adapters.demofilm.scenes.sea import Weather, rain, rain_sheet, sky, waters

_WALL, _WALL_LOW = rgb("#54466a"), rgb("#3a3152")
_BOARD, _BOARD_DARK = rgb("#4a3f5c"), rgb("#352c4a")


@dataclass(frozen=True, slots=True)
class Room:
    """The set at one hour: what is outside, what hangs where; `near` is how close the camera is."""

    near: float
    floor_px: float
    lens_at: Point
    outside: Stage
    water: tuple[Sheet, ...]
    wall: Sheet
    floor: Sheet
    lens_dark: Sheet
    lens_lit: Sheet
    front: Sheet
    rain: Stage | None


def _wall(near: float) -> Sheet:
    wide = WIDTH_PX + 160
    sill = 352 * near
    holes: list[Path] = []
    panels: list[Path] = []
    for k in range(6):
        left = (46 + k * 222) * near
        for part in (0, 1):
            x0, x1 = left + part * 92 * near, left + (part * 92 + 84) * near
            holes += [box(x0, 40 * near, x1, 150 * near, 6), box(x0, 160 * near, x1, sill, 6)]
            panels.append(box(x0 + 4, sill + 34, x1 - 4, sill + 300, 4))
    whole = [(0, 0), (wide, 0), (wide, HEIGHT_PX), (0, HEIGHT_PX)]
    stops = [(0, mix(_WALL, (10, 12, 40), 0.35)), (0.5, _WALL), (1, _WALL_LOW)]
    cut = Cut(shadow_px=9, shadow=0.55, fall_px=(3, 5), rim=0.1)
    wall = sheet([whole], stops, (wide, HEIGHT_PX), 31, cut, (-80, 0), holes)
    ledge = [box(0, sill + 8, wide, sill + 24, 2)]
    trim = [(0, mix(_WALL, (255, 240, 220), 0.16)), (1, mix(_WALL, (255, 240, 220), 0.1))]
    inset = sheet(
        panels,
        [(0, _WALL_LOW), (1, mix(_WALL_LOW, (10, 10, 30), 0.3))],
        (wide, HEIGHT_PX),
        32,
        Cut(shadow=0, rim=0),
        (-80, 0),
    )
    return glued(glued(wall, inset), sheet(ledge, trim, (wide, HEIGHT_PX), 33, PLAIN, (-80, 0)))


def _floor(floor_px: int) -> Sheet:
    pen = Pen((WIDTH_PX + 160, 150), (80, 60), finer=2)
    pen.fill([(-80, -52), (1040, -52), (1040, -34), (-80, -34)], mix(_BOARD, (255, 240, 220), 0.1))
    pen.fill([(-80, -36), (1040, -36), (1040, 95), (-80, 95)], _BOARD_DARK)
    for k in range(-9, 14):
        x = 480 + (k - 2) * 62
        foot = 480 + (k - 2) * 112
        pen.fill(
            [(x, -36), (x + 59, -36), (foot + 107, 95), (foot, 95)],
            mix(_BOARD_DARK, _BOARD, 0.4 + 0.3 * ((k * 7) % 3)),
        )
    return moved(pen.as_sheet(0.3), 0, floor_px)


def _front() -> Sheet:
    """Dark things close to the camera: a coil of rope, an oil can, a post."""
    pen = Pen((WIDTH_PX + 160, 260), (80, 200), finer=2)
    dark, edge = rgb("#171c3a"), rgb("#232a50")
    pen.fill(box(-90, -200, 4, 70), dark)
    pen.fill(box(-4, -200, 6, 70), edge)
    for k in range(4):
        pen.fill(oval(890, 44 - k * 15, 78 - 5 * k, 15, 40), dark if k % 2 else edge)
        pen.fill(oval(890, 40 - k * 15, 44 - 5 * k, 6, 40), rgb("#101430"))
    return moved(pen.as_sheet(0.5), 0, 480)


def lamp_room(weather: Weather, seed: int, stormy: bool = False, near: float = 1.0) -> Room:
    """The set, made for one hour of the story, from this close."""
    horizon, floor = round(318 * near), round(430 + 40 * near)
    strips = waters(weather, 3, horizon, seed, [10, 16, 24], [80, 140, 220], 0.7 if stormy else 0.4)
    return Room(
        near,
        floor,
        (372.0 - 160 * (near - 1), 252.0 + 30 * (near - 1)),
        sky(weather, horizon, 0 if stormy else 150, seed),
        tuple(strips[:2]),
        _wall(near),
        _floor(floor),
        lens(False, near),
        lens(True, near),
        _front(),
        rain_sheet(seed, 900, 34, 0.3, 90) if stormy else None,
    )


def room_stage(
    room: Room, n: int, pan: float = 0.0, burning: float = 0.0, lit_turn: float = 0.0
) -> Stage:
    """The set with nobody in it; `pan` moves the camera right, `burning` lights the lens."""
    stage = hang(room.outside, 60 + pan * 0.12)
    for k, water in enumerate(room.water):
        lay(stage, water, -pan * (0.15 + 0.05 * k) + 6 * sin(n / 19 + k))
    if room.rain is not None:
        rain(stage, room.rain, n, 34, 0.3, 1 - 0.4 * burning)
    if burning:
        _beams_outside(stage, room.lens_at[0] - pan * 0.3, lit_turn, burning)
    lay(stage, room.wall, -pan * 0.55)
    lay(stage, room.floor, -pan)
    x, y = room.lens_at[0] - pan, room.lens_at[1]
    if burning > 0:
        shine(stage, halo(460, rgb("#b06a20")), x, y - 6, 0.9 * burning)
    if not burning:
        lay(stage, room.lens_dark, x, y)
    return stage


def _beams_outside(stage: Stage, lamp_px: float, turns: float, burning: float) -> None:
    """The two beams of the turning lamp as they pass over the rain outside."""
    for k in range(2):
        angle = 2 * pi * (turns + k / 2)
        if sin(angle) > -0.2:
            x = WIDTH_PX / 2 + 700 * cos(angle)
            cone = [(lamp_px, 230), (x - 150, -40), (x + 150, -40)]
            ray(stage, [(cone, 0.5 * burning)], rgb("#ffe0a0"), 26)


def lay_lens(stage: Stage, room: Room, pan: float) -> None:
    """The burning lens, laid after the light it throws."""
    lay(stage, room.lens_lit, room.lens_at[0] - pan, room.lens_at[1])


def light_room(
    stage: Stage, x: float, y: float, dark: float, bright: Colour, radius_px: int = 300
) -> None:
    """Night in the room but for a pool of light; `dark` is what the rest keeps (0..1)."""
    shade = (dark * 0.86, dark * 0.92, dark * 1.1)
    pool_at(stage, pool(radius_px, shade, bright), x, y)


def lay_front(stage: Stage, room: Room, pan: float) -> None:
    """The dark things nearest to the camera, over everything else."""
    lay(stage, room.front, -pan * 1.7)
