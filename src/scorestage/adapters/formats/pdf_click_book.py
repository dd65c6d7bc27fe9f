"""Click-book pages as PDF: one tempo to a page, a hundred beats in two blocks of fifty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.fonts import TTFFont

from scorestage.adapters.machines.fonts import Cut, cut_file
from scorestage.paperwork import ClickBookPage
from scorestage.paperwork.click_book import HEADINGS

_MARGIN_MM = 17.0
_GAP_MM = 12.0
_ROWS = 50
_TOP_MM = 47.0
_ROW_MM = 4.24
_WIDTHS_MM = (10.0, 14.5, 25.5, 18.0, 16.9)
"""Of the columns of a block, after `HEADINGS`."""
_TEXT_PT, _LABEL_PT, _HEAD_PT = 8.6, 6.4, 40.0
_INK, _GREY, _RULE, _SHADE = 20, 115, 205, 240
_FACT_GAP_MM = 8.0


@dataclass(frozen=True, slots=True)
class _Block:
    """Where a block of rows stands: its left edge and the right edges of its columns."""

    left: float

    @property
    def rights(self) -> tuple[float, ...]:
        found, edge = [], self.left
        for width in _WIDTHS_MM:
            edge += width
            found.append(edge)
        return tuple(found)


class _Book(FPDF):
    """Letter pages of the click book."""

    def __init__(self, running: str) -> None:
        super().__init__(unit="mm", format="Letter")
        self.set_auto_page_break(auto=False)
        self.set_margins(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        self.c_margin = 0
        for family, cut in (("Text", Cut.REGULAR), ("Strong", Cut.SEMIBOLD), ("Head", Cut.LIGHT)):
            self.add_font(family, "", str(cut_file(cut)))
        self.set_title(running)
        self.set_lang("en")
        self.running = running
        self.pages_in_all = 0
        self.rounding = ""

    def footer(self) -> None:
        """The rounding used, and page of pages; called by the library for each page."""
        self.put(_MARGIN_MM, self.h - 13, self.rounding, "Text", 7.5, _GREY)
        number = f"{self.running}   {self.page_no()} of {self.pages_in_all}"
        self.put_right(self.w - _MARGIN_MM, self.h - 13, number, "Text", 7.5, _GREY)

    def put(
        self, left: float, top: float, text: str, family: str, size_pt: float, grey: int = _INK
    ) -> float:
        """Set a line of text; gives its width."""
        self.set_font(family, "", size_pt)
        self.set_text_color(grey)
        self.set_xy(left, top)
        width = float(self.get_string_width(text))
        self.cell(width + 1, size_pt * 0.42, text)
        return width

    def put_right(
        self, right: float, top: float, text: str, family: str, size_pt: float, grey: int = _INK
    ) -> None:
        """Set a line of text that ends at `right`."""
        self.set_font(family, "", size_pt)
        self.put(right - float(self.get_string_width(text)), top, text, family, size_pt, grey)

    def put_away(self) -> None:
        """Close the typeface's files, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def click_book_pdf(pages: Sequence[ClickBookPage], running: str) -> bytes:
    """The pages as PDF; `running` stands at the foot of each beside the rounding."""
    book = _Book(running)
    book.pages_in_all = len(pages)
    try:
        for page in pages:
            book.rounding = page.rounding
            book.add_page()
            _head(book, page)
            for index in range(0, len(page.rows), _ROWS):
                left = _MARGIN_MM + (index // _ROWS) * (sum(_WIDTHS_MM) + _GAP_MM)
                _rows(book, _Block(left), page.rows[index : index + _ROWS])
        return bytes(book.output())
    finally:
        book.put_away()


def _head(book: _Book, page: ClickBookPage) -> None:
    """The frame click as large as a page is found by, the tempo opposite, facts below."""
    book.put(_MARGIN_MM - 0.6, 12.5, page.click, "Head", _HEAD_PT)
    book.put_right(book.w - _MARGIN_MM, 19.3, page.tempo, "Head", 22)
    left = _MARGIN_MM
    for label, fact in ((label, fact) for label, fact in page.facts if fact):
        width = book.put(left, 31.0, label.upper(), "Text", _LABEL_PT, _GREY)
        left += max(width, book.put(left, 34.2, fact, "Text", 10)) + _FACT_GAP_MM


def _rows(book: _Book, block: _Block, rows: Sequence[tuple[str, ...]]) -> None:
    for right, heading in zip(block.rights, HEADINGS, strict=True):
        book.put_right(right, _TOP_MM - 4.4, heading, "Text", _LABEL_PT, _GREY)
    _rule(book, block, _TOP_MM - 0.6, 0.3, _INK)
    for number, row in enumerate(rows):
        top = _TOP_MM + number * _ROW_MM
        tenth = int(row[0]) % 10 == 1
        if tenth:
            book.set_fill_color(_SHADE)
            width = sum(_WIDTHS_MM) + 3
            book.rect(block.left - 1.5, top, width, _ROW_MM, style="F")
        elif int(row[0]) % 5 == 1:
            _rule(book, block, top, 0.1, _RULE)
        for column, (right, cell) in enumerate(zip(block.rights, row, strict=True)):
            family = "Strong" if tenth or not column else "Text"
            book.put_right(right, top + 0.35, cell, family, _TEXT_PT)
    _rule(book, block, _TOP_MM + len(rows) * _ROW_MM + 0.2, 0.1, _RULE)


def _rule(book: _Book, block: _Block, top: float, weight_mm: float, grey: int) -> None:
    book.set_draw_color(grey)
    book.set_line_width(weight_mm)
    book.line(block.left - 1.5, top, block.rights[-1] + 1.5, top)
