"""A page of music as PDF: shapes in the units of its drawing, words in points, embedded type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from scorestage.adapters.machines.fonts import sans

if TYPE_CHECKING:
    from fpdf import FPDF

POINTS_PER_MM = 72 / 25.4
_FAMILY = "Text"
_SIGNS = {"♭": "\ue260", "♮": "\ue261", "♯": "\ue262"}
"""Accidentals, which text typefaces lack, in the music font."""
_SET_AS_MUSIC = re.compile("([♭♮♯\ue000-\uf8ff])")
"""Accidentals, and signs that music fonts alone have, within words."""
_ACCIDENTAL_RISE = 0.28
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing on a page depends on the day it is made."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Size in points, and cut, of a run of words."""

    size_points: float
    bold: bool = False
    italic: bool = False

    @property
    def style(self) -> str:
        """As the PDF writer names it."""
        return "B" * self.bold + "I" * self.italic


class SignFont(Protocol):
    """A music font: outlines of its signs by code point, 1000 units an em, and their advances."""

    def outline(self, sign: str) -> str:
        """The SVG path of a sign; empty where there is none."""
        ...

    def advance(self, sign: str) -> float:
        """How far a sign moves what follows it."""
        ...


class PageInk:
    """Draws pages. Shapes are given in drawing units from the corner (`x0`, `y0`), y downward;
    `unit_points` is the size of such a unit on paper. Words are placed in points, y downward.
    """

    def __init__(
        self, size_points: tuple[float, float], title: str, maker: str, signs: SignFont
    ) -> None:
        from fpdf import FPDF

        width_points, height_points = size_points
        self.signs = signs
        self.pdf: FPDF = FPDF(unit="pt", format=(width_points, height_points))
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margins(0, 0, 0)
        self.pdf.c_margin = 0
        self.pdf.set_creation_date(_NO_DAY)
        self.pdf.set_title(title)
        self.pdf.set_creator(maker)
        self.pdf.set_producer(maker)
        self.height_points = height_points
        self.missing: dict[str, None] = {}
        for bold in (False, True):
            for italic in (False, True):
                file = str(sans(bold=bold, italic=italic))
                self.pdf.add_font(_FAMILY, "B" * bold + "I" * italic, file)

    def begin_page(self) -> None:
        """A new, empty page."""
        self.pdf.add_page()

    def shapes(self, operators: Sequence[str], x0: float, y0: float, unit_points: float) -> None:
        """Put PDF path operators, told in drawing units, onto the page."""
        matrix = f"{unit_points:.6f} 0 0 {-unit_points:.6f} {x0:.3f} {self.height_points - y0:.3f}"
        self.pdf._out(f"q {matrix} cm 0 g 0 G\n" + "\n".join(operators) + "\nQ")

    def width(self, text: str, cut: Cut) -> float:
        """How wide `text` is set, in points."""
        total = 0.0
        for piece in _SET_AS_MUSIC.split(text):
            if self._is_music(piece):
                total += self.signs.advance(_SIGNS.get(piece, piece)) * cut.size_points / 1000
            elif piece:
                self.pdf.set_font(_FAMILY, cut.style, cut.size_points)
                total += float(self.pdf.get_string_width(self._known(piece)))
        return total

    def words(self, x: float, y: float, text: str, cut: Cut) -> float:
        """Set `text` with its baseline at `y`; returns where it ends. All in points."""
        for piece in _SET_AS_MUSIC.split(text):
            if self._is_music(piece):
                rise = _ACCIDENTAL_RISE * cut.size_points if piece in _SIGNS else 0.0
                self.music(x, y - rise, _SIGNS.get(piece, piece), cut.size_points)
            elif piece.strip():
                self.pdf.set_font(_FAMILY, cut.style, cut.size_points)
                self.pdf.text(x, y, self._known(piece))
            x += self.width(piece, cut)
        return x

    def music(self, x: float, y: float, text: str, size_points: float) -> float:
        """Set signs of the music font in a line; returns where it ends. All in points."""
        em = size_points / 1000
        for sign in text:
            if outline := self.signs.outline(sign):
                matrix = f"{em:g} 0 0 {-em:g} {x:g} {y:g}"
                self.shapes([f"q {matrix} cm {path_operators(outline)} f Q"], 0, 0, 1)
            x += self.signs.advance(sign) * em
        return x

    def box(self, left: float, top: float, right: float, bottom: float, line: float) -> None:
        """An open box, in points."""
        self.pdf.set_line_width(line)
        self.pdf.rect(left, top, right - left, bottom - top)

    def content(self) -> bytes:
        """The finished file; nothing can be drawn after it."""
        finished = bytes(self.pdf.output())
        self.close()
        return finished

    def close(self) -> None:
        """Let go of the typeface's files."""
        from fpdf.fonts import TTFFont

        for font in self.pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _is_music(self, piece: str) -> bool:
        """Whether a piece of words is one sign that the music font has."""
        one = len(piece) == 1 and _SET_AS_MUSIC.fullmatch(piece)
        return bool(one and self.signs.outline(_SIGNS.get(piece, piece)))

    def _known(self, text: str) -> str:
        """`text` with what no cut of the typeface has replaced, and noted in `missing`."""
        signs = getattr(self.pdf.fonts[_FAMILY.lower()], "cmap", {})
        kept = []
        for sign in text:
            if ord(sign) not in signs:
                self.missing[sign] = None
                sign = "?"
            kept.append(sign)
        return "".join(kept)


@lru_cache(maxsize=4096)
def path_operators(outline: str) -> str:
    """An SVG path as PDF operators, in its own units.

    >>> path_operators("M1 2 L3 4")
    '1 2 m 3 4 l'
    """
    pen = RecordingPen()
    parse_path(outline, pen)
    told = []
    here = (0.0, 0.0)
    for command, points in pen.value:
        if command == "qCurveTo":
            points = _cubic(here, points)
            command = "curveTo"
        letter = _LETTERS[command]
        numbers = [f"{x:g} {y:g}" for x, y in points]
        told.append(" ".join([*numbers, letter]) if letter else "")
        here = points[-1] if points else here
    return " ".join(word for word in told if word)


_LETTERS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": ""}
_Point = tuple[float, float]


def _cubic(start: _Point, points: Sequence[_Point]) -> tuple[_Point, ...]:
    """A quadratic curve of one control point as a cubic one."""
    control, end = points
    first = tuple(a + 2 / 3 * (b - a) for a, b in zip(start, control, strict=True))
    second = tuple(a + 2 / 3 * (b - a) for a, b in zip(end, control, strict=True))
    return (first[0], first[1]), (second[0], second[1]), end


@lru_cache(maxsize=64)
def outline_box(outline: str) -> tuple[float, float, float, float]:
    """Left, lowest, right and highest point of an SVG path, in its own units."""
    pen = ControlBoundsPen(None)
    parse_path(outline, pen)
    left, low, right, high = pen.bounds
    return left, low, right, high
