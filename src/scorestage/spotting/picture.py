"""The picture, watched once: per frame its exact time, light, colour and a tiny signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.likeness import (
    SIGNATURE_COLUMNS,
    SIGNATURE_ROWS,
    flattened,
    shrunk,
    unlikeness,
)
from scorestage.timebase import FilmRange, FilmTime, FrameRate

WORKING_SIZE_PX: Final = (128, 72)
"""Width and height at which frames should be handed in: enough for all that is measured."""

TINT_ROWS: Final = 9
TINT_COLUMNS: Final = 16
STROKE_LEVELS: Final = 40.0
"""A step of luma between neighbouring pixels that counts as a drawn edge, such as lettering."""

BAR_LEVELS: Final = 20
"""Rows and columns that never pass this luma are the black bars of another picture shape."""

_PIECE_FRAMES: Final = 2048
_LUMA: Final = np.array((0.2126, 0.7152, 0.0722), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class PictureIndex:
    """What spotting knows of the picture; every array has one entry per frame.

    `start_numerators` / `start_denominators` are exact seconds. `signatures` are 18 x 32 luma,
    `tints` 9 x 16 x 2 colour differences (blue, red), `light` mean luma and `spread` its standard
    deviation (0 to 255, black bars left out), `strokes` the share of pixels with a hard edge,
    `change` how unlike the frame before (see `unlikeness`), `stir` the plain difference to it,
    movement included.
    """

    rate: FrameRate
    start_numerators: NDArray[np.int64]
    start_denominators: NDArray[np.int64]
    signatures: NDArray[np.uint8]
    tints: NDArray[np.int8]
    light: NDArray[np.float32]
    spread: NDArray[np.float32]
    strokes: NDArray[np.float32]
    change: NDArray[np.float32]
    stir: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.light)

    def at(self, index: int) -> FilmTime:
        """When frame `index` (counted from 0) comes on screen; one past the last is the end."""
        if index >= len(self):
            return self.end
        return FilmTime(
            Fraction(int(self.start_numerators[index]), int(self.start_denominators[index]))
        )

    def frame(self, index: int) -> int:
        """The film's frame number at `index`."""
        return self.rate.nearest_frame(self.at(index))

    def index_at(self, at: FilmTime) -> int:
        """The index of the frame on screen at `at`; before the first it is 0."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.at(middle) <= at:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)

    @property
    def end(self) -> FilmTime:
        """When the last frame goes off screen."""
        if not len(self):
            return FilmTime(0)
        return self.at(len(self) - 1) + self.rate.frame_span

    def range_of(self, first: int, end: int) -> FilmRange:
        """The film time of frames `first` up to, not including, `end`."""
        return FilmRange(self.at(first), self.at(end))

    def seconds(self) -> NDArray[np.float64]:
        """All frame starts as rounded seconds, for searching only."""
        return np.asarray(self.start_numerators / self.start_denominators, dtype=np.float64)

    def frames_in(self, seconds: float) -> int:
        """About how many frames `seconds` are; at least one."""
        return max(1, round(seconds * float(self.rate.frames_per_second)))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the rate as named arrays, to be kept beside the film."""
        return {field.name: getattr(self, field.name) for field in fields(self)[1:]}

    @classmethod
    def from_arrays(cls, rate: FrameRate, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """What `to_arrays` gave."""
        return cls(rate, **{field.name: arrays[field.name] for field in fields(cls)[1:]})


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What is measured of each frame by itself; one entry a frame, shapes as in `PictureIndex`."""

    signatures: NDArray[np.uint8]
    tints: NDArray[np.int8]
    strokes: NDArray[np.float32]

    @classmethod
    def of(cls, luma: NDArray[np.uint8], tints: NDArray[np.float32]) -> Self:
        """Of luma, frames x 72 x 128 (0 to 255), and colour differences, frames x 9 x 16 x 2.

        >>> grey, none = np.full((1, 72, 128), 80, np.uint8), np.zeros((1, 9, 16, 2), np.float32)
        >>> Measured.of(grey, none).signatures.mean()
        np.float64(80.0)
        """
        count, height, width = luma.shape
        down, across = height // SIGNATURE_ROWS, width // SIGNATURE_COLUMNS
        blocks = luma.reshape(count, SIGNATURE_ROWS, down, SIGNATURE_COLUMNS, across)
        sums = blocks.sum(axis=(2, 4), dtype=np.float32)
        levels = luma.astype(np.int16)
        edges = np.abs(levels[:, :, 1:] - levels[:, :, :-1]) > STROKE_LEVELS
        return cls(
            np.rint(sums / np.float32(down * across)).astype(np.uint8),
            np.clip(np.rint(tints), -127, 127).astype(np.int8),
            edges.mean(axis=(1, 2), dtype=np.float64).astype(np.float32),
        )

    @classmethod
    def joined(cls, pieces: Sequence[Self]) -> Self:
        """One after the other; nothing at all gives arrays of no frames."""
        if not pieces:
            return cls(
                np.zeros((0, SIGNATURE_ROWS, SIGNATURE_COLUMNS), np.uint8),
                np.zeros((0, TINT_ROWS, TINT_COLUMNS, 2), np.int8),
                np.zeros(0, np.float32),
            )
        return cls(
            np.concatenate([one.signatures for one in pieces]),
            np.concatenate([one.tints for one in pieces]),
            np.concatenate([one.strokes for one in pieces]),
        )


class PictureIndexBuilder:
    """Takes frames one after another; memory grows by about 900 bytes a frame."""

    def __init__(self, rate: FrameRate) -> None:
        self._rate = rate
        self._starts: list[Fraction] = []
        self._measured: list[Measured] = []

    def add(self, at: FilmTime, picture: NDArray[np.uint8]) -> None:
        """The next frame: height x width (grey) or height x width x 3, best at `WORKING_SIZE_PX`.

        Raises `ValueError` where it does not come after the one before.
        """
        if self._starts and at.seconds <= self._starts[-1]:
            raise ValueError(f"the frame at {at} does not come after the one before")
        pixels = picture.astype(np.float32)
        luma = pixels if pixels.ndim == 2 else pixels @ _LUMA
        self._starts.append(at.seconds)
        small = shrunk(luma, SIGNATURE_ROWS, SIGNATURE_COLUMNS)
        steps = np.abs(np.diff(luma, axis=1)) > STROKE_LEVELS
        self._measured.append(
            Measured(
                np.rint(small).astype(np.uint8)[None],
                _tint(pixels, luma)[None],
                np.array([steps.mean()], dtype=np.float32),
            )
        )

    def finish(self) -> PictureIndex:
        """The index of all frames handed in."""
        return index_of(
            self._rate,
            np.array([at.numerator for at in self._starts], dtype=np.int64),
            np.array([at.denominator for at in self._starts], dtype=np.int64),
            Measured.joined(self._measured),
        )


def index_of(
    rate: FrameRate,
    start_numerators: NDArray[np.int64],
    start_denominators: NDArray[np.int64],
    measured: Measured,
) -> PictureIndex:
    """The index of measured frames; what compares frames with one another is worked out here.

    The arrays may lie on disk (memory maps): they are read piece by piece.
    """
    signatures = measured.signatures
    light, spread = _light(signatures)
    change, stir = _changes(signatures)
    return PictureIndex(
        rate=rate,
        start_numerators=start_numerators,
        start_denominators=start_denominators,
        signatures=signatures,
        tints=measured.tints,
        light=light,
        spread=spread,
        strokes=measured.strokes,
        change=change,
        stir=stir,
    )


def _light(signatures: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean luma of each frame and its standard deviation, black bars left out."""
    area = picture_area(signatures)
    light = np.zeros(len(signatures), dtype=np.float32)
    spread = np.zeros(len(signatures), dtype=np.float32)
    for start in range(0, len(signatures), _PIECE_FRAMES):
        part = slice(start, start + _PIECE_FRAMES)
        inside = signatures[(part, *area)].astype(np.float32)
        light[part] = inside.mean(axis=(1, 2))
        spread[part] = inside.std(axis=(1, 2))
    return light, spread


def picture_area(signatures: NDArray[np.uint8]) -> tuple[slice, slice]:
    """The rows and columns that are ever lit: what letterbox or pillarbox bars leave."""
    if not len(signatures):
        return slice(None), slice(None)
    brightest = signatures.max(axis=0).astype(np.float64)
    rows, columns = _lit(brightest.max(axis=1)), _lit(brightest.max(axis=0))
    return (rows, columns) if rows and columns else (slice(None), slice(None))


def _lit(brightest: NDArray[np.float64]) -> slice | None:
    """From the first to the last that is ever lit; next to a bar one more is left out, for it may
    be half covered."""
    lit = np.flatnonzero(brightest > BAR_LEVELS)
    if not len(lit):
        return None
    first, last = int(lit[0]), int(lit[-1])
    first, last = first + (first > 0), last - (last < len(brightest) - 1)
    return slice(first, last + 1) if last > first else None


def _tint(pixels: NDArray[np.float32], luma: NDArray[np.float32]) -> NDArray[np.int8]:
    """Colour differences of BT.709: (blue - luma) / 1.8556 and (red - luma) / 1.5748."""
    if pixels.ndim == 2:
        return np.zeros((TINT_ROWS, TINT_COLUMNS, 2), dtype=np.int8)
    blue, red = (pixels[..., 2] - luma) / 1.8556, (pixels[..., 0] - luma) / 1.5748
    small = shrunk(np.stack((blue, red), axis=-1), TINT_ROWS, TINT_COLUMNS)
    return np.clip(np.rint(small), -127, 127).astype(np.int8)


def _changes(
    signatures: NDArray[np.uint8],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    count = len(signatures)
    change = np.zeros(count, dtype=np.float32)
    stir = np.zeros(count, dtype=np.float32)
    for start in range(0, max(count - 1, 0), _PIECE_FRAMES):
        shapes = flattened(signatures[start : start + _PIECE_FRAMES + 1])
        earlier = np.arange(len(shapes) - 1)
        part = slice(start + 1, start + len(shapes))
        change[part] = unlikeness(shapes, earlier, earlier + 1)
        stir[part] = np.abs(shapes[1:] - shapes[:-1]).mean(axis=(1, 2))
    return change, stir
