"""Sheets of paste-over strips: lines of music cut out of a drawing, with marks where to cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring

from scorestage.adapters.machines.page_ink import POINTS_PER_MM, Cut, PageInk
from scorestage.adapters.machines.svg_pages import SvgPage
from scorestage.adapters.machines.svg_parts import Scale
from scorestage.adapters.machines.svg_shapes import SVG, TRANSLATE
from scorestage.adapters.machines.verovio_pages import draw_all, music_font, verovio_version
from scorestage.engraving.mei import MeiBook

_UNITS_A_STAFF = 720.0
_ABOVE_UNITS, _BELOW_UNITS = 130.0, 420.0
"""Air over the highest and under the lowest ink; bar numbers stand under the staff."""
_CAPTION_POINTS, _HEAD_POINTS, _SMALL_POINTS = 9.5, 18.0, 9.0
_GAP_POINTS = 22.0
_MARK_POINTS = 9.0
_BLEED_POINTS = 5.0
_HAIR = 0.4


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip: what stands over it, and the places of the bars it carries (end excluded).

    One without bars is a place to be covered or crossed out.
    """

    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class StripSheet:
    """The strips of one player: the part set line for line, its heads, the strips to be cut out."""

    book: MeiBook
    title: str
    facts: str
    strips: tuple[Strip, ...]


def strip_sheets(sheets: Sequence[StripSheet], room: Path) -> tuple[bytes, ...]:
    """One PDF for each player; `room` is an empty folder to work in.

    Raises `MachineError` where Verovio is missing, fails, or cannot read a book.
    """
    drawn = draw_all([sheet.book for sheet in sheets if sheet.book.mei], room)
    drawings = iter(drawn)
    return tuple(_sheet(sheet, next(drawings) if sheet.book.mei else ()) for sheet in sheets)


def _sheet(sheet: StripSheet, drawings: Sequence[str]) -> bytes:
    page = _Page(sheet)
    lines = list(_lines(drawings))
    for strip in sheet.strips:
        page.strip(strip, [one for one in lines if one.within(strip.first, strip.last)])
    return page.ink.content()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of music by itself: its drawing, its bars by place, how high it reaches in units."""

    drawing: str
    places: tuple[int, ...]
    top: float
    bottom: float

    def within(self, first: int, last: int) -> bool:
        """Whether its music is that of a strip."""
        return any(first <= place < last for place in self.places)


def _lines(drawings: Sequence[str]) -> Iterator[_Line]:
    """Every line of music of some pages, each alone on a drawing of its own."""
    for drawing in drawings:
        count = len(_systems(fromstring(drawing)))
        for number in range(count):
            root = fromstring(drawing)
            for at, (parent, system) in enumerate(_systems(root)):
                if at != number:
                    parent.remove(system)
            alone = _systems(root)[0][1]
            ids = (one.get("id") or "" for one in alone.iter(f"{SVG}g"))
            places = tuple(int(one[4:]) for one in ids if re.fullmatch(r"bar-\d+", one))
            reach = list(_levels(alone))
            shift = _margin(root)
            yield _Line(
                tostring(root, encoding="unicode"),
                places,
                min(reach) + shift - _ABOVE_UNITS,
                max(reach) + shift + _BELOW_UNITS,
            )


def _systems(root: Element) -> list[tuple[Element, Element]]:
    """The lines of music of a drawing, each with what holds it."""
    return [
        (parent, one)
        for parent in root.iter()
        for one in parent
        if "system" in (one.get("class") or "").split()
    ]


def _margin(root: Element) -> float:
    """How far the drawing's page is moved down."""
    for one in root.iter(f"{SVG}g"):
        moved = TRANSLATE.search(one.get("transform") or "")
        if moved and "page-margin" in (one.get("class") or ""):
            return float(moved[2])
    return 0.0


def _levels(system: Element) -> Iterator[float]:
    """Heights at which ink of a line stands, in drawing units."""
    for one in system.iter():
        tag = one.tag.removeprefix(SVG)
        if tag == "path":
            numbers = re.findall(r"-?\d+(?:\.\d+)?", one.get("d") or "")
            yield from (float(number) for number in numbers[1::2])
        elif tag == "use":
            moved = TRANSLATE.search(one.get("transform") or "")
            if moved:
                yield float(moved[2])
        elif tag in ("text", "tspan") and one.get("y"):
            yield float(one.get("y") or 0) - (250.0 if tag == "text" else 0.0)
            yield float(one.get("y") or 0)


class _Page:
    """The sheet that is being filled from the top."""

    def __init__(self, sheet: StripSheet) -> None:
        paper = sheet.book.paper
        self.sheet = sheet
        self.width = float(paper.width_mm) * POINTS_PER_MM
        self.height = float(paper.height_mm) * POINTS_PER_MM
        self.margin = float(paper.margin_mm) * POINTS_PER_MM
        self.unit = float(paper.staff_mm) * POINTS_PER_MM / _UNITS_A_STAFF
        maker = f"scorestage, engraved by Verovio {verovio_version()}"
        self.ink = PageInk((self.width, self.height), sheet.title, maker, music_font())
        self.at = 0.0
        self._begin()

    def _begin(self) -> None:
        self.ink.begin_page()
        line = self.margin + _HEAD_POINTS
        self.ink.words(self.margin, line, self.sheet.title, Cut(_HEAD_POINTS, bold=True))
        kind = "Paste-over strips"
        cut = Cut(_SMALL_POINTS + 2, bold=True)
        self.ink.words(self.width - self.margin - self.ink.width(kind, cut), line, kind, cut)
        line += _SMALL_POINTS * 1.8
        self.ink.words(self.margin, line, self.sheet.facts, Cut(_SMALL_POINTS))
        self.at = line + _GAP_POINTS

    def strip(self, strip: Strip, lines: Sequence[_Line]) -> None:
        """Put a strip below the last one, on a new page where there is no more room."""
        high = sum(line.bottom - line.top for line in lines) * self.unit
        needed = _CAPTION_POINTS * 2 + high + (0 if lines else _GAP_POINTS / 2)
        if self.at + needed > self.height - self.margin and self.at > self.height / 4:
            self._begin()
        self.at += _CAPTION_POINTS
        self.ink.words(self.margin, self.at, strip.words, Cut(_CAPTION_POINTS, bold=True))
        self.at += _CAPTION_POINTS
        top = self.at
        for line in lines:
            scale = Scale(self.margin, self.at - line.top * self.unit, self.unit)
            SvgPage(line.drawing, self.ink, scale, {}).paint()
            self.at += (line.bottom - line.top) * self.unit
        if lines:
            self._cut_marks(top, self.at)
        self.at += _GAP_POINTS

    def _cut_marks(self, top: float, bottom: float) -> None:
        """Where to cut: a dotted line above and below, and corners outside of the strip."""
        pdf = self.ink.pdf
        left, right = self.margin - _BLEED_POINTS, self.width - self.margin + _BLEED_POINTS
        pdf.set_line_width(_HAIR)
        pdf.set_draw_color(120)
        pdf.set_dash_pattern(1.5, 2.5)
        for level in (top, bottom):
            pdf.line(left, level, right, level)
        pdf.set_dash_pattern()
        pdf.set_draw_color(0)
        for level, way in ((top, -1), (bottom, 1)):
            for edge, side in ((left, -1), (right, 1)):
                pdf.line(edge, level, edge + side * _MARK_POINTS, level)
                pdf.line(edge, level, edge, level + way * _MARK_POINTS)
