"""Tables as PDF pages: timing notes, cue sheets, cue lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.fonts import TTFFont

from scorestage.adapters.machines.fonts import Cut, cut_file
from scorestage.paperwork import Table

_MARGIN_MM = 18.0
_FOOT_MM = 20.0
_HANG_MM = 2.0
"""How far rules and shading reach beyond the text."""
_GUTTER_MM = 4.0
_WIDEST_WORD_MM = 45.0
_LEADING_MM = 4.3
_PADDING_MM = 0.95
_FACT_GAP_MM = 9.0
_INK, _GREY, _RULE, _SHADE = 20, 115, 205, 244
_TEXT_PT, _LABEL_PT, _LEGEND_PT = 9.5, 6.8, 8.0
_TITLE_PT, _CHAPTER_PT = 23.0, 15.0
_BETWEEN_MM = 10.0
_MOST_LEFT_EMPTY = 0.4
"""A long table begins on a page of which so much is left, rather than on the next."""
_BLANK = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
_INSTEAD = {"♭": "b", "♯": "#", "♮": "n"}
_UNKNOWN = "¤"
"""Stands for a sign that the typeface does not have."""


class _Pages(FPDF):
    """Letter pages with a running foot: what it is, and page of pages."""

    def __init__(self, running: str, *, landscape: bool) -> None:
        super().__init__(orientation="L" if landscape else "P", unit="mm", format="Letter")
        self.set_auto_page_break(auto=False)
        self.set_margins(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        self.c_margin = 0
        for family, cut in (("Text", Cut.REGULAR), ("Strong", Cut.SEMIBOLD), ("Head", Cut.LIGHT)):
            self.add_font(family, "", str(cut_file(cut)))
        self.write_in("Text", _TEXT_PT)
        self.running = self.known(running).replace("\n", " ")
        self.set_title(self.running)
        self.set_lang("en")

    @property
    def floor(self) -> float:
        """Below this nothing but the foot is printed."""
        return float(self.h - _FOOT_MM)

    def footer(self) -> None:
        """The running foot, called by the library for each page."""
        self.set_y(-13)
        self.write_in("Text", 8, _GREY)
        number = f"{self.page_no()} of {{nb}}"
        self.cell(0, 5, self.fitted(self.running, self.epw - 24))
        self.set_x(self.l_margin)
        self.cell(0, 5, number, align="R")
        self.write_in("Text", _TEXT_PT)

    def put_away(self) -> None:
        """Close the typeface's files, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def write_in(self, family: str, size_pt: float, grey: int = _INK) -> None:
        """Go on in another cut, size or shade."""
        self.set_font(family, "", size_pt)
        self.set_text_color(grey)

    def known(self, text: str) -> str:
        """Text in signs that the typeface has; a sign it lacks is shown as such, never dropped."""
        font = self.current_font
        signs = font.cmap if isinstance(font, TTFFont) else {}
        found = []
        for sign in unicodedata.normalize("NFC", _BLANK.sub(" ", text)):
            if sign == "\n" or ord(sign) in signs:
                found.append(sign)
            else:
                found.append(_INSTEAD.get(sign, _UNKNOWN))
        return "".join(found)

    def fitted(self, text: str, width_mm: float) -> str:
        """Text cut off with an ellipsis where it is wider than there is room."""
        if self.get_string_width(text) <= width_mm:
            return text
        while text and self.get_string_width(text + "…") > width_mm:
            text = text[:-1]
        return text.rstrip() + "…"

    def width_of(self, text: str) -> float:
        """How wide one line of text is, in millimetres, with a hair to spare."""
        return max(float(self.get_string_width(line)) for line in text.split("\n")) + 0.2

    def broken(self, text: str, width_mm: float) -> list[str]:
        """Text in lines of this width; a word that is too long is broken."""
        found: list[str] = []
        for part in text.split("\n"):
            lines = self.multi_cell(width_mm, _LEADING_MM, part, dry_run=True, output="LINES")
            found += [str(line) for line in lines] if isinstance(lines, list) and lines else [""]
        return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands: its left edge and its width, in millimetres."""

    left: float
    width: float
    right: bool

    def put(self, pages: _Pages, top: float, height: float, text: str) -> None:
        """Set one line of text in the column."""
        pages.set_xy(self.left, top)
        pages.cell(self.width, height, text, align="R" if self.right else "L")


def pdf_of(
    tables: Sequence[Table], running: str, *, landscape: bool = False, flowing: bool = False
) -> bytes:
    """All tables, each beginning a page; `running` stands at the foot of every page.

    With `flowing` they follow one another as the chapters of one paper: a table begins a page only
    where its head and first rows, or all of it if it is short, have no room on this one.
    """
    pages = _Pages(running, landscape=landscape)
    try:
        for number, table in enumerate(tables):
            if number and flowing and _begins_here(pages, table):
                pages.set_y(pages.get_y() + _BETWEEN_MM)
            else:
                pages.add_page()
            _title(pages, table, _CHAPTER_PT if number and flowing else _TITLE_PT)
            _facts(pages, table)
            _rows(pages, table)
            _legend(pages, table)
        if not tables:
            pages.add_page()
        return bytes(pages.output())
    finally:
        pages.put_away()


def _begins_here(pages: _Pages, table: Table) -> bool:
    """Whether a table has room below what stands on the page: all of it, or a good beginning."""
    left = pages.floor - pages.get_y() - _BETWEEN_MM
    row = _LEADING_MM + 2 * _PADDING_MM
    head = 0.4 * _CHAPTER_PT + 3.4 + (14.0 if table.facts else 0.0) + 5.4
    whole = head + row * (len(table.rows) + len(table.legend) + 1)
    return left >= min(whole, max(head + 3 * row, _MOST_LEFT_EMPTY * pages.h))


def _title(pages: _Pages, table: Table, size_pt: float) -> None:
    pages.write_in("Head", size_pt)
    high = 0.4 * size_pt
    for line in pages.broken(pages.known(table.title), pages.epw):
        pages.cell(0, high, line)
        pages.ln(high)
    pages.ln(3.4)


def _facts(pages: _Pages, table: Table) -> None:
    """What is to be known above the rows: a small label over each, as many to a line as fit."""
    left, top, height = pages.l_margin, pages.get_y(), 0.0
    for label, fact in ((pages.known(a).upper(), pages.known(b)) for a, b in table.facts if b):
        pages.write_in("Text", _LABEL_PT, _GREY)
        width = pages.get_string_width(label)
        pages.write_in("Text", 11)
        width = max(width, pages.get_string_width(fact))
        if left > pages.l_margin and left + width > pages.w - pages.r_margin:
            left, top = pages.l_margin, top + height
        lines = pages.broken(fact, min(width, pages.epw) + 0.1)
        for number, line in enumerate(lines):
            pages.set_xy(left, top + 3.4 + number * 5)
            pages.cell(width, 5, line)
        pages.write_in("Text", _LABEL_PT, _GREY)
        pages.set_xy(left, top)
        pages.cell(width, 3.4, label)
        left += width + _FACT_GAP_MM
        height = 3.4 + 5 * len(lines) + 2.4
    pages.set_xy(pages.l_margin, top + height + 3)


def _rows(pages: _Pages, table: Table) -> None:
    rows = [tuple(pages.known(cell) for cell in row) for row in table.rows]
    places = _places(pages, table, rows)
    _headings(pages, table, places)
    for index, row in enumerate(rows):
        strong = index in table.strong
        pages.write_in("Strong" if strong else "Text", _TEXT_PT)
        cells = [pages.broken(cell, place.width) for cell, place in zip(row, places, strict=True)]
        for first, piece in _pieces(pages, cells):
            height = _LEADING_MM * max(len(lines) for lines in piece) + 2 * _PADDING_MM
            if pages.get_y() + height > pages.floor:
                pages.add_page()
                _headings(pages, table, places)
                pages.write_in("Strong" if strong else "Text", _TEXT_PT)
            ruled = first and bool(index) and bool(row[0])
            _row(pages, places, piece, height, shaded=strong, ruled=ruled)
    _rule(pages, 0.1, _RULE)


def _legend(pages: _Pages, table: Table) -> None:
    """What signs and columns mean, small below the last row."""
    pages.write_in("Text", _LEGEND_PT, _GREY)
    pages.set_y(pages.get_y() + _LEADING_MM / 2)
    for words in table.legend:
        lines = pages.broken(pages.known(words), pages.epw)
        if pages.get_y() + _LEADING_MM * len(lines) > pages.floor:
            pages.add_page()
            pages.write_in("Text", _LEGEND_PT, _GREY)
        for line in lines:
            pages.set_x(pages.l_margin)
            pages.cell(0, _LEADING_MM, line)
            pages.ln(_LEADING_MM)


def _pieces(pages: _Pages, cells: list[list[str]]) -> Iterator[tuple[bool, list[list[str]]]]:
    """A row that is higher than a page in pieces that are not."""
    room = pages.floor - _MARGIN_MM - 2 * _LEADING_MM - 2 * _PADDING_MM
    most = max(1, int(room // _LEADING_MM))
    for start in range(0, max(len(lines) for lines in cells), most):
        yield start == 0, [lines[start : start + most] for lines in cells]


def _places(pages: _Pages, table: Table, rows: list[tuple[str, ...]]) -> list[_Place]:
    """Columns as wide as what stands in them; where that is too much, the widest give way."""
    pages.write_in("Strong", _TEXT_PT)
    columns = [
        [column.heading.upper(), *(row[index] for row in rows)]
        for index, column in enumerate(table.columns)
    ]
    wanted = [max(map(pages.width_of, cells)) for cells in columns]
    least = [
        min(_WIDEST_WORD_MM, max(map(pages.width_of, " ".join(cells).split()), default=0.0))
        for cells in columns
    ]
    room = pages.epw - _GUTTER_MM * (len(wanted) - 1)
    widths = shared_out(room, wanted, least, [column.width for column in table.columns])
    left = pages.l_margin
    places = []
    for column, width in zip(table.columns, widths, strict=True):
        places.append(_Place(left, width, column.right))
        left += width + _GUTTER_MM
    return places


def shared_out(
    room: float, wanted: Sequence[float], least: Sequence[float], shares: Sequence[float]
) -> list[float]:
    """Widths of columns that fill `room` together.

    `wanted` is how wide their text is, `least` how narrow it can be broken. Who wants less than
    their share gets just that; the others share the rest, nobody less than their least while there
    is room for all; what nobody wants goes to the greatest share.

    >>> shared_out(100, wanted=[10, 300, 80], least=[5, 20, 40], shares=[1, 2, 1])
    [10, 50.0, 40]
    >>> shared_out(100, wanted=[10, 30, 20], least=[5, 20, 20], shares=[1, 2, 1])
    [10, 70, 20]
    """
    widths: dict[int, float] = {}
    left = list(range(len(wanted)))
    while left:
        each = room / sum(shares[i] for i in left)
        fair = {i: each * shares[i] for i in left}
        settled = {i: wanted[i] for i in left if wanted[i] <= fair[i]}
        if not settled and sum(least[i] for i in left) <= room:
            settled = {i: least[i] for i in left if least[i] > fair[i]}
        widths |= settled or fair
        room -= sum((settled or fair).values())
        left = [i for i in left if i not in widths]
    if widths:
        widths[max(widths, key=lambda i: shares[i])] += max(0.0, room)
    return [widths[i] for i in range(len(wanted))]


def _headings(pages: _Pages, table: Table, places: list[_Place]) -> None:
    pages.write_in("Text", _LABEL_PT, _GREY)
    top = pages.get_y()
    for column, place in zip(table.columns, places, strict=True):
        place.put(pages, top, 4.4, column.heading.upper())
    pages.set_xy(pages.l_margin, top + 5.2)
    _rule(pages, 0.3, _INK)
    pages.set_y(top + 5.35)


def _rule(pages: _Pages, weight_mm: float, grey: int) -> None:
    pages.set_draw_color(grey)
    pages.set_line_width(weight_mm)
    top = pages.get_y()
    pages.line(pages.l_margin - _HANG_MM, top, pages.w - pages.r_margin + _HANG_MM, top)


def _row(
    pages: _Pages,
    places: list[_Place],
    cells: list[list[str]],
    height: float,
    *,
    shaded: bool,
    ruled: bool,
) -> None:
    top = pages.get_y()
    if shaded:
        pages.set_fill_color(_SHADE)
        pages.rect(pages.l_margin - _HANG_MM, top, pages.epw + 2 * _HANG_MM, height, style="F")
    if ruled:
        _rule(pages, 0.1, _RULE)
    for place, lines in zip(places, cells, strict=True):
        for number, line in enumerate(lines):
            place.put(pages, top + _PADDING_MM + number * _LEADING_MM, _LEADING_MM, line)
    pages.set_xy(pages.l_margin, top + height)
