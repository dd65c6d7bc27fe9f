"""Colours and shapes of the paper theatre: points in px, y running down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float]
Path: TypeAlias = Sequence[Point]
Colour: TypeAlias = tuple[float, float, float]

_CORNERS = np.asarray([[(6 * corner + k) % 24 for k in range(7)] for corner in range(4)])
_HALF = np.linspace(0, np.pi, 9)[1:-1, None]
_TURN = (np.sin(_HALF), np.cos(_HALF))


def rgb(text: str) -> Colour:
    """A colour written as on the paint pot, 0..255 per channel.

    >>> rgb("#ffd27a")
    (255.0, 210.0, 122.0)
    """
    return tuple(float(int(text[i : i + 2], 16)) for i in (1, 3, 5))  # type: ignore[return-value]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """So much of the second colour in the first.

    >>> mix((0, 0, 0), (100, 50, 200), 0.5)
    (50.0, 25.0, 100.0)
    """
    return tuple(a + (b - a) * share for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def smooth(points: Path, steps: int = 10, closed: bool = True) -> list[Point]:
    """A soft line through all the points (Catmull-Rom), `steps` pieces between neighbours."""
    p = np.asarray(points, dtype=np.float64)
    if closed:
        p = np.concatenate([p[-1:], p, p[:2]])
    else:
        p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    a, b, c, d = (p[k : len(p) - 3 + k, None, :] for k in range(4))
    s = _shares(steps)
    bend = (2 * a - 5 * b + 4 * c - d) * s**2 + (3 * b - a - 3 * c + d) * s**3
    line = (0.5 * (2 * b + (c - a) * s + bend)).reshape(-1, 2)
    if not closed:
        line = np.concatenate([line, p[-2:-1]])
    return _points(line)


@lru_cache(maxsize=32)
def _shares(steps: int) -> NDArray[np.float64]:
    return (np.arange(steps) / steps)[None, :, None]


def _points(line: NDArray[np.float64]) -> list[Point]:
    return [(x, y) for x, y in line.tolist()]


@lru_cache(maxsize=32)
def _circle(steps: int) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def oval(x: float, y: float, wide: float, high: float, steps: int = 40) -> list[Point]:
    """An ellipse about (x, y) with half axes `wide` and `high`."""
    return _points(_circle(steps) * (wide, high) + (x, y))


def box(x0: float, y0: float, x1: float, y1: float, round_px: float = 0.0) -> list[Point]:
    """A rectangle with round corners."""
    r = min(round_px, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    if r <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    middle = np.asarray([(x1 - r, y1 - r), (x0 + r, y1 - r), (x0 + r, y0 + r), (x1 - r, y0 + r)])
    return _points((middle[:, None, :] + _circle(24)[_CORNERS] * r).reshape(-1, 2))


def stroke(points: Path, start_px: float, end_px: float | None = None) -> list[Point]:
    """The outline of a line with thickness, tapering from one width to the other, ends round."""
    end_px = start_px if end_px is None else end_px
    p = np.asarray(points, dtype=np.float64)
    steps = p[1:] - p[:-1]
    along = np.concatenate([steps[:1], steps[1:] + steps[:-1], steps[-1:]])
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1])[:, None], 1e-9)
    side = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = np.linspace(start_px, end_px, len(p))[:, None] / 2
    tail = p[-1] + half[-1] * (_TURN[1] * side[-1] + _TURN[0] * along[-1])
    head = p[0] + half[0] * (-_TURN[1] * side[0] - _TURN[0] * along[0])
    return _points(np.concatenate([p + side * half, tail, (p - side * half)[::-1], head]))
