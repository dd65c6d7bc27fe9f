"""What a drawing of Verovio is made of, as it is remembered on the way onto the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from scorestage.adapters.machines.page_ink import Cut

_NAME_PITCH = 1.1


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a drawing's corner stands on the sheet, and how large its unit is, in points."""

    left: float
    top: float
    unit_points: float


@dataclass(slots=True)
class DrawnBar:
    """What has been seen of one bar while walking: its edges, its staves, its meters."""

    name: str
    left: float = 0.0
    right: float = 0.0
    staves: list[tuple[float, float]] = field(default_factory=list)
    """Top and bottom line of each staff."""
    meters: dict[int, list[tuple[int, float, float]]] = field(default_factory=dict)
    """By staff: figures with their places."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where something is drawn, and how far down, in drawing units."""

    left: float
    right: float
    low: float


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text of the drawing: of what kind of element, in which bar and system, by what name."""

    element: Element
    kind: str
    bar: DrawnBar | None
    name: str
    system: int
    dropped: float = 0.0

    @property
    def what(self) -> str:
        """What the name begins with."""
        return self.name.partition("-")[0]

    @property
    def x(self) -> float:
        """Where it begins, in drawing units."""
        return float(self.element.get("x") or 0)

    @property
    def y(self) -> float:
        """Its baseline, in drawing units."""
        return float(self.element.get("y") or 0) + self.dropped


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one size and cut, or signs of the music font."""

    text: str
    cut: Cut
    music: bool
    line: int


def apart(
    lines: list[tuple[float, float, list[Run]]], unit: float
) -> list[tuple[float, float, list[Run]]]:
    """The lines of a name set apart by their size, about the middle where they stood."""
    pitch = _NAME_PITCH * max(run.cut.size_points for _, _, runs in lines for run in runs) / unit
    middle = sum(y for _, y, _ in lines) / len(lines)
    first = middle - pitch * (len(lines) - 1) / 2
    return [(x, first + pitch * order, runs) for order, (x, _, runs) in enumerate(lines)]


def added(figures: Sequence[tuple[float, int]]) -> list[int]:
    """The figures of a number told from left to right, a plus sign as -1: `2+2` is 4."""
    total, number = 0, 0
    for _, figure in figures:
        if figure < 0:
            total, number = total + number, 0
        else:
            number = 10 * number + figure
    return [int(figure) for figure in str(total + number)]
