"""How unlike two pictures are once camera movement and brightness are allowed for."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SIGNATURE_ROWS: Final = 18
SIGNATURE_COLUMNS: Final = 32
BLOCK_ROWS: Final = 3
BLOCK_COLUMNS: Final = 4
REACH_ROWS: Final = 1
REACH_COLUMNS: Final = 2
"""A block may have moved this far (a sixteenth of the picture) and still counts as the same."""

NOISE_LEVELS: Final = 3.0
"""Spread of luma (of 255) below which a picture counts as flat and its grain is not amplified."""

_BATCH: Final = 256


def flattened(signatures: NDArray[np.uint8]) -> Floats:
    """Signatures (frames x 18 x 32, luma 0 to 255) with brightness and contrast taken out."""
    levels = signatures.astype(np.float32)
    mean = levels.mean(axis=(1, 2), keepdims=True)
    spread = levels.std(axis=(1, 2), keepdims=True)
    shape: Floats = (levels - mean) / (spread + np.float32(NOISE_LEVELS))
    return shape


def unlikeness(
    shapes: Floats, earlier: NDArray[np.intp], later: NDArray[np.intp]
) -> NDArray[np.float32]:
    """How unlike frame `later[k]` is to frame `earlier[k]`: 0 the same, from about 0.3 a new shot.

    Each block of the later picture is looked for in the neighbourhood of its place in the earlier
    one; the mean absolute difference that remains is returned (in units of the picture's spread).
    So pans, tracking shots, fades and lightning leave little, and a cut leaves much, in colour as
    in black and white.
    """
    result = np.zeros(len(earlier), dtype=np.float32)
    for start in range(0, len(earlier), _BATCH):
        part = slice(start, start + _BATCH)
        result[part] = _matched(shapes[earlier[part]], shapes[later[part]])
    return result


def _matched(before: Floats, after: Floats) -> Floats:
    rows, columns = after.shape[1:]
    reach = ((0, 0), (REACH_ROWS, REACH_ROWS), (REACH_COLUMNS, REACH_COLUMNS))
    padded = np.pad(before, reach, mode="edge")
    best: Floats | None = None
    for down in range(2 * REACH_ROWS + 1):
        for across in range(2 * REACH_COLUMNS + 1):
            moved = padded[:, down : down + rows, across : across + columns]
            apart = _in_blocks(np.abs(moved - after))
            best = apart if best is None else np.minimum(best, apart)
    if best is None:
        raise AssertionError("the search has no step")
    mean: Floats = best.mean(axis=(1, 2), dtype=np.float32)
    return mean


def _in_blocks(apart: Floats) -> Floats:
    frames, rows, columns = apart.shape
    shape = (frames, rows // BLOCK_ROWS, BLOCK_ROWS, columns // BLOCK_COLUMNS, BLOCK_COLUMNS)
    means: Floats = apart.reshape(shape).mean(axis=(2, 4), dtype=np.float32)
    return means


def shrunk(picture: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.float32]:
    """`picture` (height x width or height x width x channels) averaged to `rows` x `columns`.

    >>> shrunk(np.arange(16.0).reshape(4, 4), 2, 2).tolist()
    [[2.5, 4.5], [10.5, 12.5]]
    """
    height, width = picture.shape[:2]
    down, across = _edges(height, rows), _edges(width, columns)
    sums = np.add.reduceat(picture.astype(np.float32), down[:-1], axis=0)
    sums = np.add.reduceat(sums, across[:-1], axis=1)
    counts = np.outer(np.diff(down), np.diff(across)).astype(np.float32)
    counts = counts.reshape(counts.shape + (1,) * (picture.ndim - 2))
    return np.asarray(sums / counts, dtype=np.float32)


def _edges(length: int, parts: int) -> NDArray[np.intp]:
    if length < parts:
        raise ValueError(f"a picture of {length} pixels cannot be averaged to {parts}")
    return np.linspace(0, length, parts + 1).round().astype(np.intp)
