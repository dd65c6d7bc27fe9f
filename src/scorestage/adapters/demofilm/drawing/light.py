"""Light in the paper theatre: glows that add, pools that brighten, the lamp's beam, grain."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scorestage.adapters.demofilm.drawing.paper import (
    HEIGHT_PX,
    WIDTH_PX,
    Grey,
    Stage,
)
from scorestage.adapters.demofilm.drawing.shapes import (
    Colour,
    Path,
)


@lru_cache(maxsize=64)
def halo(radius_px: int, colour: Colour, core: float = 0.0) -> Stage:
    """A round glow to be added: falls off to nothing at the radius, with a brighter core."""
    coarse = 4 if radius_px >= 48 else 1
    count = 2 * radius_px // coarse
    axis = (np.arange(count, dtype=np.float32) + 0.5) * 2 / count - 1
    away = np.sqrt(axis[:, None] ** 2 + axis[None, :] ** 2)
    soft = np.clip(1 - away, 0, 1) ** 3 * 0.75 + core * np.exp(-((away * 9) ** 2))
    if coarse > 1:
        size = (2 * radius_px, 2 * radius_px)
        soft = np.asarray(Image.fromarray(soft).resize(size, Image.Resampling.BILINEAR))
    noise = np.random.default_rng(radius_px).random(soft.shape, dtype=np.float32)
    noise *= soft > 0.004
    lit = np.empty((*soft.shape, 3), np.uint16)
    for k in range(3):
        lit[:, :, k] = soft * np.float32(colour[k]) + noise
    return lit


def shine(stage: Stage, glow: Stage, x: float, y: float, strength: float = 1.0) -> None:
    """Add a glow centred at (x, y)."""
    high, wide = glow.shape[:2]
    left, top = round(x - wide / 2), round(y - high / 2)
    x0, x1 = max(left, 0), min(left + wide, stage.shape[1])
    y0, y1 = max(top, 0), min(top + high, stage.shape[0])
    if x0 >= x1 or y0 >= y1 or strength <= 0:
        return
    piece = glow[y0 - top : y1 - top, x0 - left : x1 - left]
    target = stage[y0:y1, x0:x1]
    target += (piece * np.uint16(round(strength * 64))) >> 6
    np.minimum(target, 255, out=target)


@lru_cache(maxsize=8)
def pool(radius_px: int, dark: Colour, bright: Colour) -> Stage:
    """A pool of light to multiply by (128 leaves as is, at most 256), twice the picture's size."""
    x = (np.arange(WIDTH_PX, dtype=np.float32) + 0.5) / radius_px
    y = (np.arange(HEIGHT_PX, dtype=np.float32) + 0.5) / radius_px
    fall = 1 + 2.2 * (x[None, :] ** 2 + y[:, None] ** 2)
    near = 1 / (fall * np.sqrt(fall))
    quarter = np.empty((HEIGHT_PX, WIDTH_PX, 3), np.uint16)
    for k in range(3):
        quarter[:, :, k] = np.minimum((dark[k] + (bright[k] - dark[k]) * near) * 128, 256)
    half = np.concatenate([quarter[:, ::-1], quarter], axis=1)
    return np.concatenate([half[::-1], half])


def pool_at(stage: Stage, lit: Stage, x: float, y: float) -> None:
    """Multiply the whole stage by the pool of light centred at (x, y), kept inside the picture."""
    left = WIDTH_PX - round(min(max(x, 0), WIDTH_PX))
    top = HEIGHT_PX - round(min(max(y, 0), HEIGHT_PX))
    stage *= lit[top : top + HEIGHT_PX, left : left + WIDTH_PX]
    stage >>= np.uint16(7)
    np.minimum(stage, 255, out=stage)


def dim(stage: Stage, share: float) -> None:
    """So much of the light, 0 is black."""
    stage *= np.uint16(round(min(max(share, 0.0), 1.0) * 256))
    stage >>= np.uint16(8)


def wash(stage: Stage, colour: Colour, share: float) -> None:
    """Cover the whole stage with so much of one colour."""
    part = round(min(max(share, 0.0), 1.0) * 256)
    stage *= np.uint16(256 - part)
    stage += np.asarray([round(c) * part for c in colour], dtype=np.uint16)
    stage >>= np.uint16(8)


def ray(stage: Stage, shapes: list[tuple[Path, float]], colour: Colour, soft_px: float = 8) -> None:
    """Add soft-edged rays of light: each shape in picture px with its strength 0..1."""
    reach = 3 * soft_px + 8
    xs = [x for shape, _ in shapes for x, _ in shape]
    ys = [y for shape, _ in shapes for _, y in shape]
    if not xs:
        return
    x0, x1 = (min(max(round(x / 4) * 4, 0), WIDTH_PX) for x in (min(xs) - reach, max(xs) + reach))
    y0, y1 = (min(max(round(y / 4) * 4, 0), HEIGHT_PX) for y in (min(ys) - reach, max(ys) + reach))
    if x0 >= x1 or y0 >= y1:
        return
    small = Image.new("L", ((x1 - x0) // 4, (y1 - y0) // 4))
    pen = ImageDraw.Draw(small)
    for shape, strength in shapes:
        pen.polygon([((x - x0) / 4, (y - y0) / 4) for x, y in shape], fill=round(255 * strength))
    small = small.filter(ImageFilter.GaussianBlur(soft_px / 4))
    grey = small.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR)
    bands = [grey.point([int(v * c / 255) for v in range(256)]) for c in colour]
    target = stage[y0:y1, x0:x1]
    target += np.asarray(Image.merge("RGB", bands))
    np.minimum(target, 255, out=target)


@lru_cache(maxsize=1)
def vignette() -> Stage:
    """The darker corners, 0..249 so that grain fits on top."""
    x = np.linspace(-1, 1, WIDTH_PX)[None, :]
    y = np.linspace(-1, 1, HEIGHT_PX)[:, None]
    keep = 1 - 0.34 * np.clip((x**2 * 0.8 + y**2 * 0.75), 0, 2) ** 1.6
    return np.repeat((keep * 249).astype(np.uint16)[:, :, None], 3, axis=2)


@lru_cache(maxsize=1)
def _grains() -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(24)
    sheets = []
    for _ in range(6):
        speck: Grey = rng.standard_normal((HEIGHT_PX, WIDTH_PX), dtype=np.float32)
        soft = (speck + np.roll(speck, 1, 0) + np.roll(speck, 1, 1)) / np.float32(1.73)
        level = np.clip(np.round(3 + 1.25 * soft), 0, 6).astype(np.uint8)
        sheets.append(np.repeat(level[:, :, None], 3, axis=2))
    return sheets


def exposed(stage: Stage, number: int, share: float = 1.0) -> NDArray[np.uint8]:
    """The stage as a frame of film: vignette, grain (a new one every other frame), exposure."""
    lit = stage * vignette()
    lit >>= np.uint16(8)
    frame = lit.astype(np.uint8)
    frame += _grains()[(number // 2) % 6]
    if share >= 1:
        return frame
    part = np.uint16(round(max(share, 0.0) * 256))
    return ((frame * part) >> 8).astype(np.uint8)
