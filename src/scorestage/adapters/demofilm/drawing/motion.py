"""How things move: easing between keys, settling, fluttering; all by frame number."""

from __future__ import annotations

from itertools import pairwise
from math import cos, exp, pi, sin

from scorestage.adapters.demofilm.drawing.shapes import Point


def ease(frame: float, first: float, last: float) -> float:
    """0 before `first`, 1 after `last`, slow out and slow in between.

    >>> ease(0, 0, 10), ease(5, 0, 10), ease(10, 0, 10)
    (0.0, 0.5, 1.0)
    """
    s = min(1.0, max(0.0, (frame - first) / max(last - first, 1e-9)))
    return s * s * (3 - 2 * s)


def keys(frame: float, *keyed: tuple[float, float]) -> float:
    """Through the keys (frame, where), easing from each to the next.

    >>> keys(15, (0, 1.0), (10, 2.0), (20, 4.0))
    3.0
    """
    where = keyed[0][1]
    for (first, start), (last, end) in pairwise(keyed):
        if frame >= first:
            where = start + (end - start) * ease(frame, first, last)
    return where


def keys_point(frame: float, *keyed: tuple[float, Point]) -> Point:
    """Through the points (frame, (x, y)), both ways eased.

    >>> keys_point(5, (0, (0.0, 8.0)), (10, (4.0, 0.0)))
    (2.0, 4.0)
    """
    return (
        keys(frame, *((first, point[0]) for first, point in keyed)),
        keys(frame, *((first, point[1]) for first, point in keyed)),
    )


def settle(frame: float, first: float, swing_frames: float = 10, fade_frames: float = 9) -> float:
    """A thing that is knocked at `first` and swings out: 0 before, then a dying wave from 1."""
    n = frame - first
    return 0.0 if n < 0 else exp(-n / fade_frames) * cos(2 * pi * n / swing_frames)


def pop(frame: float, first: float, frames: float = 12) -> float:
    """Growing from 0 to 1 with a small overshoot."""
    s = min(1.0, max(0.0, (frame - first) / frames))
    return 1 - (1 - s) ** 3 * cos(1.7 * pi * s) if s > 0 else 0.0


def on_twos(frame: int) -> int:
    """The frame whose drawing is held: puppets are moved every other frame.

    >>> [on_twos(n) for n in (0, 1, 2, 3)]
    [0, 0, 2, 2]
    """
    return frame - frame % 2


def wobble(frame: float, period_frames: float, phase: float = 0.0) -> float:
    """-1..1, around and around."""
    return sin(2 * pi * (frame / period_frames + phase))


def shake(frame: int, first: int, size_px: float, frames: float = 10) -> tuple[float, float]:
    """How far the camera is thrown by a blow at `first`: a quick dying rattle (px)."""
    n = frame - first
    if n < 0:
        return 0.0, 0.0
    left = size_px * exp(-n / frames)
    return left * sin(n * 2.9 + 0.4), left * cos(n * 3.7)


def blink(frame: int, *at: int) -> float:
    """How far the lids are closed by blinks beginning at these frames."""
    closed = 0.0
    for first in at:
        n = frame - first
        if 0 <= n < 8:
            closed = max(closed, (0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5)[n])
    return closed
