"""How the old film's picture is framed in the new one: cropped, enlarged, moved, between bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.pictures import COLUMNS, ROWS, Floats, Registration

Shown = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Which cells (18 x 32) of the old and of the new film hold picture and not black bars."""
BAR_LEVELS: Final = 24
"""Rows and columns that hardly ever pass this luma are black bars."""
_BAR_SHARE, _SAMPLED = 0.995, 600
_ROUNDS, _MOST_SHIFT, _MOST_SCALE = 14, 0.6, 0.03
_TOLERANCE_LEVELS = 6.0
_SETTLED = 1e-3
_NEARLY_SCALE, _NEARLY_SHIFT = 0.01, 0.1
_WHOLE = 0.99
_SNAPPED_CELLS = 0.04
_ASPECTS: Final = (0.744, 0.75, 0.87, 1.0, 1.15, 1 / 0.75, 1 / 0.744)
_ZOOMS: Final = (0.8, 0.86, 0.92, 1.08, 1.16)


@dataclass(frozen=True, slots=True)
class Framing:
    """Where the new picture is read in the old one: scale, and shift in cells, of both axes.

    1 and 0: the same frame. A scale of 0.9: a tenth was cut away and the rest enlarged.
    """

    across: float = 1.0
    right: float = 0.0
    down: float = 1.0
    below: float = 0.0

    def near(self, other: Framing) -> bool:
        """Whether it is the same but for what coding moves."""
        scales = max(abs(self.across - other.across), abs(self.down - other.down))
        shifts = max(abs(self.right - other.right), abs(self.below - other.below))
        return scales < _NEARLY_SCALE and shifts < _NEARLY_SHIFT

    def snapped(self) -> Framing:
        """The same frame exactly, where no cell is moved by more than coding moves it."""
        across = abs(self.across - 1) * COLUMNS / 2 + abs(self.right)
        down = abs(self.down - 1) * ROWS / 2 + abs(self.below)
        return Framing() if max(across, down) < _SNAPPED_CELLS else self

    def registration(self, shown: Shown) -> Registration:
        """How the old film's cells are laid out anew, and which of them show both pictures."""
        rows, inside_rows = _laid(ROWS, self.down, self.below)
        columns, inside_columns = _laid(COLUMNS, self.across, self.right)
        behind = rows @ shown[0].astype(np.float32) @ columns.T > _WHOLE
        inside = inside_rows[:, None] & inside_columns[None, :]
        return Registration(rows, columns, shown[1] & behind & inside)


def picture_shown(signatures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which cells (18 x 32) hold picture: not the black bars, nor the cells they end in.

    >>> film = np.full((9, 18, 32), 90, np.uint8)
    >>> film[:, :3] = 16
    >>> picture_shown(film)[:, 0].nonzero()[0].tolist()[:2]
    [4, 5]
    """
    shown = np.ones((ROWS, COLUMNS), dtype=np.bool_)
    if not len(signatures):
        return shown
    sample = signatures[:: max(1, len(signatures) // _SAMPLED)]
    for axis in (1, 2):
        lines = np.quantile(sample.max(axis=3 - axis), _BAR_SHARE, axis=0) > BAR_LEVELS
        found = np.flatnonzero(lines)
        if not len(found):
            continue
        low, high = int(found[0]), int(found[-1])
        held = np.zeros(len(lines), dtype=np.bool_)
        held[low + (low > 0) : high + 1 - (high < len(lines) - 1)] = True
        shown &= held[:, None] if axis == 1 else held[None, :]
    return shown if shown.sum() >= shown.size // 3 else np.ones_like(shown)


def framings(shown: Shown) -> Iterator[Framing]:
    """Framings that are usual: other shapes of picture, enlargements, bars filled or laid on."""
    sides = [_ends(one) for one in shown]
    if sides[0] != sides[1]:
        (top, high, left, wide), (new_top, new_high, new_left, new_wide) = sides
        down, across = high / new_high, wide / new_wide
        middles = top + (high - 1) / 2, left + (wide - 1) / 2
        news = new_top + (new_high - 1) / 2, new_left + (new_wide - 1) / 2
        below = middles[0] - (ROWS - 1) / 2 - down * (news[0] - (ROWS - 1) / 2)
        right = middles[1] - (COLUMNS - 1) / 2 - across * (news[1] - (COLUMNS - 1) / 2)
        yield Framing(across, right, down, below)
    for across, down in product(_ASPECTS, _ASPECTS):
        if 1.0 in (across, down) and across != down:
            yield Framing(across, 0.0, down, 0.0)
    for zoom in _ZOOMS:
        yield Framing(zoom, 0.0, zoom, 0.0)


def _ends(shown: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    return int(rows[0]), len(rows), int(columns[0]), len(columns)


def settled_framing(begun: Framing, old: Floats, new: Floats, shown: Shown) -> Framing:
    """The framing that makes pairs of frames (each pairs x 18 x 32) most alike.

    Brightness and contrast of each pair are free; cells that never fit weigh little. After Lucas
    and Kanade (1981), with scale and shift of each axis.
    """
    found = begun
    down = np.arange(ROWS, dtype=np.float32) - (ROWS - 1) / 2
    across = np.arange(COLUMNS, dtype=np.float32) - (COLUMNS - 1) / 2
    for _ in range(_ROUNDS):
        step = _step(found, old, new, shown, down, across)
        found = Framing(
            found.across + step[0], found.right + step[1], found.down + step[2],
            found.below + step[3],
        )  # fmt: skip
        if np.abs(step).max() < _SETTLED:
            break
    return found


def _step(
    at: Framing,
    old: Floats,
    new: Floats,
    shown: Shown,
    down: Floats,
    across: Floats,
) -> tuple[float, float, float, float]:
    fit = at.registration(shown)
    laid = np.matmul(np.matmul(fit.rows, old), fit.columns.T)
    weights = np.broadcast_to(fit.cells.astype(np.float32), laid.shape)
    weights = _fitting(laid, new, weights)
    gain, level = affine(laid, new, weights)
    off = new - gain * laid - level
    by_row, by_column = gain * np.gradient(laid, axis=1), gain * np.gradient(laid, axis=2)
    weighed = weights * by_column, weights * by_row
    moved = [np.einsum("nrc,nrc->rc", one, off) for one in weighed]
    products = {
        (one, other): np.einsum("nrc,nrc->rc", weighed[one], slope)
        for one, other, slope in ((0, 0, by_column), (0, 1, by_row), (1, 1, by_row))
    }
    sides = (0, across[None, :]), (0, None), (1, down[:, None]), (1, None)
    normal = np.diag([1e3, 1.0, 1e3, 1.0])
    wanted = np.zeros(4)
    for row, (one, place) in enumerate(sides):
        wanted[row] = _summed(moved[one], place)
        for column, (other, there) in enumerate(sides):
            field = products[min(one, other), max(one, other)]
            normal[row, column] += _summed(field, place, there)
    step = np.linalg.solve(normal, wanted)
    return (
        float(np.clip(step[0], -_MOST_SCALE, _MOST_SCALE)),
        float(np.clip(step[1], -_MOST_SHIFT, _MOST_SHIFT)),
        float(np.clip(step[2], -_MOST_SCALE, _MOST_SCALE)),
        float(np.clip(step[3], -_MOST_SHIFT, _MOST_SHIFT)),
    )


def _summed(field: Floats, *places: Floats | None) -> float:
    """The sum over a field (18 x 32), weighed by where its cells are."""
    for place in places:
        if place is not None:
            field = field * place
    return float(field.sum(dtype=np.float64))


def _fitting(laid: Floats, new: Floats, weights: Floats) -> Floats:
    """The weights, less where a cell fits badly."""
    gain, level = affine(laid, new, weights)
    off = (new - gain * laid - level) / np.float32(_TOLERANCE_LEVELS)
    result: Floats = weights / (1 + off * off)
    return result


def affine(old: Floats, new: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Gain and level (pairs x 1 x 1) that make each old picture likest to the new one."""
    axes = (1, 2)
    heavy = weights.sum(axis=axes, keepdims=True) + np.float32(1e-3)
    means = (
        (weights * old).sum(axis=axes, keepdims=True) / heavy,
        (weights * new).sum(axis=axes, keepdims=True) / heavy,
    )
    apart = old - means[0]
    power = (weights * apart * apart).sum(axis=axes, keepdims=True)
    shared = (weights * apart * (new - means[1])).sum(axis=axes, keepdims=True)
    gain = np.clip((shared + heavy) / (power + heavy), np.float32(0.2), np.float32(4.0))
    return gain, means[1] - gain * means[0]


def _laid(cells: int, scale: float, shift: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Where each cell is read in the old picture, linearly between two; and whether it is there."""
    middle = (cells - 1) / 2
    at = middle + (np.arange(cells) - middle) * scale + shift
    inside = (at >= -0.5) & (at <= cells - 0.5)
    at = np.clip(at, 0, cells - 1)
    low = np.minimum(np.floor(at).astype(int), cells - 2)
    made = np.zeros((cells, cells), dtype=np.float32)
    line = np.arange(cells)
    made[line, low] = 1 - (at - low)
    made[line, low + 1] = at - low
    return made, inside
