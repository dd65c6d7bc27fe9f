"""Aleatoric boxes painted on Verovio's page: frames round notes, arrows to the cut-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from scorestage.engraving.mei.boxes import ARROW, BOXED

_ROUND, _LINE = 120.0, 34.0
"""How far a frame stands off its notes, and its line, in drawing units."""
_HEAD_LONG, _HEAD_HALF = 220.0, 90.0

Point = tuple[float, float]


@dataclass(slots=True)
class BoxPen:
    """Remembers what stands in boxes, and where arrows run, while a drawing is walked through."""

    _inside: bool = False
    _points: list[Point] = field(default_factory=list)
    _strokes: list[tuple[float, float, float]] = field(default_factory=list)

    def enter(self, classes: Sequence[str]) -> bool:
        """Whether a group of the drawing is a note that stands in a box."""
        entered = BOXED in classes and not self._inside
        self._inside = self._inside or entered
        return entered

    def leave(self) -> None:
        """That note is drawn."""
        self._inside = False

    def note(self, points: Sequence[Point]) -> None:
        """Where something was drawn."""
        if self._inside:
            self._points.extend(points)

    def frame(self, staff: Point) -> tuple[list[str], list[Point]]:
        """The frame round what stands in a box of a voice, and its lower corners.

        `staff` is where its top and bottom lines are; both empty where there was no box.
        """
        if not self._points:
            return [], []
        across, down = zip(*self._points, strict=True)
        self._points = []
        left, right = min(across) - _ROUND, max(across) + _ROUND
        top, bottom = min(*down, staff[0]) - _ROUND, max(*down, staff[1]) + _ROUND
        told = f"[] 0 d {_LINE:g} w {left:g} {top:g} {right - left:g} {bottom - top:g} re S"
        return [told], [(left, bottom), (right, bottom)]

    def stroke(self, one: Element) -> None:
        """A stroke that the drawing has in place of an arrow."""
        x, y, width = (float(one.get(name) or 0) for name in ("x", "y", "width"))
        self._strokes.append((x, y, x + width))

    def arrow(self, *, ends: bool) -> list[str]:
        """The arrow along all its strokes, with a head where it `ends` on this line."""
        if not self._strokes:
            return []
        left, y, right = (
            min(stroke[0] for stroke in self._strokes),
            self._strokes[0][1],
            max(stroke[2] for stroke in self._strokes),
        )
        self._strokes = []
        neck = right - _HEAD_LONG if ends else right
        told = [f"[] 0 d {_LINE:g} w {left:g} {y:g} m {neck:g} {y:g} l S"]
        if ends:
            upper, lower = y - _HEAD_HALF, y + _HEAD_HALF
            told.append(f"{right:g} {y:g} m {neck:g} {upper:g} l {neck:g} {lower:g} l h f")
        return told


def arrow_of(group: Element) -> str:
    """The name of the arrow that a group draws, on its first line or a later one; else empty."""
    named = [group.get("id") or "", *(group.get("class") or "").split()]
    told = (name.removeprefix("id-") for name in named)
    return next((name for name in told if name.startswith(f"{ARROW}-")), "")
