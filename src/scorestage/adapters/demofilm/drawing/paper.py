"""Cut paper: the sheets of a paper theatre, composited as whole numbers.

A stage is an array (height_px, width_px, 3) of `uint16` holding 0..255. Sheets are stored
premultiplied, with what shows through them as 0..256, so that laying one on the stage is
`stage * through >> 8 + colour`: three integer passes, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scorestage.adapters.demofilm.drawing.shapes import Colour, Path

WIDTH_PX, HEIGHT_PX = 960, 540

Stage: TypeAlias = NDArray[np.uint16]
Grey: TypeAlias = NDArray[np.float32]
Stop: TypeAlias = tuple[float, Colour]

_FIBRE_PX = 1536


def mask(width_px: int, height_px: int, paths: Sequence[Path], finer: int = 3) -> Grey:
    """Coverage 0..1 of the shapes on a sheet, drawn `finer` times larger and reduced."""
    picture = Image.new("L", (width_px * finer, height_px * finer))
    pen = ImageDraw.Draw(picture)
    for path in paths:
        pen.polygon([(x * finer, y * finer) for x, y in path], fill=255)
    small = picture.reduce(finer)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


def blurred(grey: Grey, radius_px: float) -> Grey:
    """A soft copy, blurred at a quarter of the size where the radius allows."""
    high, wide = grey.shape
    picture = Image.fromarray((np.clip(grey, 0, 1) * 255).astype(np.uint8))
    shrink = 4 if radius_px >= 6 else 2 if radius_px >= 3 else 1
    if shrink > 1:
        picture = picture.resize(
            (max(1, wide // shrink), max(1, high // shrink)), Image.Resampling.BOX
        )
    picture = picture.filter(ImageFilter.GaussianBlur(radius_px / shrink))
    if shrink > 1:
        picture = picture.resize((wide, high), Image.Resampling.BICUBIC)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


@lru_cache(maxsize=1)
def fibre() -> Grey:
    """The tooth of the paper: (1536, 1536) about 0, one standard deviation is 1."""
    rng = np.random.default_rng(1908)
    fine = rng.standard_normal((_FIBRE_PX, _FIBRE_PX), dtype=np.float32)
    speck = (fine + np.roll(fine, 1, 0) + np.roll(fine, 1, 1) + np.roll(fine, (1, 1), (0, 1))) / 2
    cloud = _stretched(rng.standard_normal((96, 96), dtype=np.float32))
    hair = _stretched(rng.standard_normal((_FIBRE_PX, 64), dtype=np.float32))
    mixed = 0.62 * speck + 0.55 * cloud + 0.5 * hair
    return np.asarray(mixed / mixed.std(), dtype=np.float32)


def _stretched(grey: Grey) -> Grey:
    picture = Image.fromarray(grey).resize((_FIBRE_PX, _FIBRE_PX), Image.Resampling.BICUBIC)
    return np.asarray(picture, dtype=np.float32)


def tooth(width_px: int, height_px: int, seed: int) -> Grey:
    """A piece of the paper's tooth, another one for each seed."""
    x, y = np.random.default_rng(seed).integers(0, _FIBRE_PX, 2)
    rows = (np.arange(height_px) + y) % _FIBRE_PX
    columns = (np.arange(width_px) + x) % _FIBRE_PX
    return np.asarray(fibre()[rows[:, None], columns[None, :]])


def gradient(width_px: int, height_px: int, stops: Sequence[Stop]) -> NDArray[np.float32]:
    """A vertical run of colours, `stops` being (height 0..1, colour): (height, width, 3)."""
    where = np.linspace(0, 1, height_px)
    at = [stop for stop, _ in stops]
    run = np.stack([np.interp(where, at, [c[k] for _, c in stops]) for k in range(3)], axis=1)
    return np.repeat(run[:, None, :].astype(np.float32), width_px, axis=1)


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cut sheet with the shadow it throws; `x`, `y` its upper left corner at rest, in px.

    Rows before `solid_above` and from `solid_below` on let nothing through.
    """

    colour: Stage
    through: Stage
    x: int = 0
    y: int = 0
    solid_above: int = 0
    solid_below: int = 1 << 30

    @property
    def width_px(self) -> int:
        return int(self.colour.shape[1])


@dataclass(frozen=True, slots=True)
class Cut:
    """How a sheet is finished: shadow radius, strength and fall, lit edge, tooth."""

    shadow_px: float = 9.0
    shadow: float = 0.5
    fall_px: tuple[int, int] = (0, 3)
    rim: float = 0.16
    tooth: float = 0.03
    finer: int = 2
    shade: Colour = (6.0, 8.0, 22.0)


PLAIN = Cut()
FLAT = Cut(shadow=0.0)


def sheet(
    paths: Sequence[Path],
    stops: Sequence[Stop],
    size_px: tuple[int, int],
    seed: int,
    cut: Cut = PLAIN,
    at: tuple[int, int] = (0, 0),
    holes: Sequence[Path] = (),
) -> Sheet:
    """A sheet of paper of this size, cut to the shapes, coloured from top to bottom."""
    wide, high = size_px
    covered = mask(wide, high, paths, cut.finer)
    if holes:
        covered = covered * (1 - mask(wide, high, holes, cut.finer))
    return dyed(covered, gradient(wide, high, stops), seed, cut, at)


def dyed(
    covered: Grey,
    paint: NDArray[np.float32],
    seed: int,
    cut: Cut = PLAIN,
    at: tuple[int, int] = (0, 0),
) -> Sheet:
    """A sheet from its coverage (height, width) 0..1 and its paint (height, width, 3) 0..255."""
    high, wide = covered.shape
    grain = 1 + cut.tooth * tooth(wide, high, seed)
    if cut.rim:
        lit = np.clip(covered - _fallen(covered, 0, 2), 0, 1)
        grain = grain * (1 + cut.rim * 2 * lit)
    through = 1 - covered
    colour = np.minimum(paint * grain[:, :, None], 255) * covered[:, :, None]
    if cut.shadow:
        thrown = _fallen(blurred(covered, cut.shadow_px), *cut.fall_px) * cut.shadow
        colour += np.asarray(cut.shade, np.float32) * (thrown * through)[:, :, None]
        through = through * (1 - thrown)
    clear = (through * 256 + 0.5).astype(np.uint16)
    made = np.empty((high, wide, 3), np.uint16)
    for k in range(3):
        made[:, :, k] = clear
    return solid(Sheet(np.clip(colour + 0.5, 0, 255).astype(np.uint16), made, *at))


def moved(piece: Sheet, x: int, y: int) -> Sheet:
    """The sheet resting so many px further right and down."""
    return replace(piece, x=piece.x + x, y=piece.y + y)


def glued(below: Sheet, above: Sheet) -> Sheet:
    """Two sheets of one size and place glued together."""
    colour = below.colour * above.through
    colour >>= np.uint16(8)
    colour += above.colour
    through = (below.through >> np.uint16(1)) * above.through
    through >>= np.uint16(7)
    return solid(Sheet(colour, through, below.x, below.y))


def _fallen(grey: Grey, right_px: int, down_px: int) -> Grey:
    """The coverage moved, its edges repeated."""
    high, wide = grey.shape
    rows = np.clip(np.arange(high) - down_px, 0, high - 1)
    columns = np.clip(np.arange(wide) - right_px, 0, wide - 1)
    return grey[rows[:, None], columns[None, :]]


def plate(stops: Sequence[Stop], size_px: tuple[int, int], seed: int, rough: float = 0.02) -> Stage:
    """A painted backdrop without holes, dithered so that dusk shows no steps."""
    wide, high = size_px
    paint = gradient(wide, high, stops) * (1 + rough * tooth(wide, high, seed))[:, :, None]
    paint += np.random.default_rng(seed).random((high, wide, 1), dtype=np.float32)
    return np.clip(paint, 0, 255).astype(np.uint16)


# ── laying on the stage ──────────────────────────────────────────────────────────────────────────


def hang(backdrop: Stage, x: float = 0.0, y: float = 0.0) -> Stage:
    """A fresh stage showing the backdrop from (x, y) on."""
    return _slid(backdrop, x, y, WIDTH_PX, HEIGHT_PX).copy()


def solid(piece: Sheet) -> Sheet:
    """The same sheet, knowing which of its rows let nothing through."""
    open_rows = np.flatnonzero(piece.through[:, :, 0].any(axis=1))
    above, below = (int(open_rows[0]), int(open_rows[-1]) + 1) if len(open_rows) else (0, 0)
    return replace(piece, solid_above=above, solid_below=below)


def lay(stage: Stage, piece: Sheet, x: float = 0.0, y: float = 0.0) -> None:
    """Lay a sheet on the stage, moved by (x, y) px from where it rests; half pixels are kept."""
    left, half_x = divmod(round((piece.x + x) * 2), 2)
    top, half_y = divmod(round((piece.y + y) * 2), 2)
    high, wide = piece.colour.shape[:2]
    x0, x1 = max(left + half_x, 0), min(left + wide, stage.shape[1])
    y0, y1 = max(top + half_y, 0), min(top + high, stage.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    u = x0 - left - half_x / 2
    upper = min(max(top + piece.solid_above, y0), y1)
    lower = max(min(top + piece.solid_below + half_y, y1), upper)
    for first, last in ((y0, upper), (lower, y1)):
        if first < last:
            whole = _slid(piece.colour, u, first - top - half_y / 2, x1 - x0, last - first)
            stage[first:last, x0:x1] = whole
    if upper < lower:
        target, v = stage[upper:lower, x0:x1], upper - top - half_y / 2
        target *= _slid(piece.through, u, v, x1 - x0, lower - upper)
        target >>= np.uint16(8)
        target += _slid(piece.colour, u, v, x1 - x0, lower - upper)


def _slid(paint: Stage, x: float, y: float, wide: int, high: int) -> Stage:
    """A piece of the paint from the point (x, y) on, half pixels by mixing neighbours."""
    left, half_x = divmod(round(x * 2), 2)
    top, half_y = divmod(round(y * 2), 2)
    piece = paint[top : top + high + half_y, left : left + wide + half_x]
    if half_x:
        piece = piece[:, :-1] + piece[:, 1:]
        piece >>= np.uint16(1)
    if half_y:
        piece = piece[:-1] + piece[1:]
        piece >>= np.uint16(1)
    return piece
