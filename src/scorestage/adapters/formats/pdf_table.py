"""Tables as PDF pages: timing notes, cue sheets, cue lists."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from scorestage.adapters.machines.fonts import sans
from scorestage.paperwork import Table

_LINE_MM = 5.6
_INK = 20
_GREY = 110
_RULE = 190
_SHADE = 240
_FACT_MM = 48.0


class _Pages(FPDF):
    """Letter pages with a running foot: what it is, and page of pages."""

    def __init__(self, running: str, *, landscape: bool) -> None:
        super().__init__(orientation="L" if landscape else "P", unit="mm", format="Letter")
        self.running = running
        self.set_auto_page_break(auto=True, margin=18)
        self.set_margins(16, 16, 16)
        for style, path in (("", sans()), ("B", sans(bold=True)), ("I", sans(italic=True))):
            self.add_font("Sans", style, str(path))
        self.set_text_color(_INK)

    def footer(self) -> None:
        """The running foot, called by the library for each page."""
        self.set_y(-12)
        self.set_font("Sans", "", 8)
        self.set_text_color(_GREY)
        self.cell(0, 5, self.running)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"{self.page_no()} of {{nb}}", align="R")
        self.set_text_color(_INK)


def pdf_of(tables: Sequence[Table], running: str, *, landscape: bool = False) -> bytes:
    """All tables, each beginning a page; `running` stands at the foot of every page."""
    pages = _Pages(running, landscape=landscape)
    for table in tables:
        pages.add_page()
        _title(pages, table)
        _facts(pages, table)
        _rows(pages, table)
    if not tables:
        pages.add_page()
    return bytes(pages.output())


def _title(pages: _Pages, table: Table) -> None:
    pages.set_font("Sans", "B", 17)
    pages.cell(0, 9, table.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pages.ln(1.5)


def _facts(pages: _Pages, table: Table) -> None:
    columns = max(1, int(pages.epw // _FACT_MM))
    width = pages.epw / columns
    facts = [fact for fact in table.facts if fact[1]]
    for first in range(0, len(facts), columns):
        line = facts[first : first + columns]
        for kind, (style, size, grey) in enumerate((("", 7.5, _GREY), ("B", 10, _INK))):
            pages.set_font("Sans", style, size)
            pages.set_text_color(grey)
            for fact in line:
                pages.cell(
                    pages.epw / columns, 4.4, _fitted(pages, fact[kind], pages.epw / columns)
                )
            pages.ln(4.4)
        pages.ln(1.6)
    pages.set_text_color(_INK)
    pages.ln(2)


def _rows(pages: _Pages, table: Table) -> None:
    total = sum(column.width for column in table.columns)
    widths = [pages.epw * column.width / total for column in table.columns]
    _headings(pages, table, widths)
    for index, row in enumerate(table.rows):
        strong = index in table.strong
        pages.set_font("Sans", "B" if strong else "", 9.5)
        lines = [_lines(pages, cell, width) for cell, width in zip(row, widths, strict=True)]
        height = _LINE_MM * max(len(one) for one in lines)
        if pages.get_y() + height > pages.h - 18:
            pages.add_page()
            _headings(pages, table, widths)
            pages.set_font("Sans", "B" if strong else "", 9.5)
        _row(pages, table, lines, widths, height, shaded=strong)


def _lines(pages: _Pages, cell: str, width: float) -> list[str]:
    broken = pages.multi_cell(width - 1, _LINE_MM, cell or " ", dry_run=True, output="LINES")
    return [str(line) for line in broken] if isinstance(broken, list) else [cell]


def _headings(pages: _Pages, table: Table, widths: list[float]) -> None:
    pages.set_font("Sans", "B", 8)
    pages.set_text_color(_GREY)
    for column, width in zip(table.columns, widths, strict=True):
        pages.cell(width, 6, column.heading, align="R" if column.right else "L")
    pages.ln(6)
    pages.set_draw_color(_INK)
    pages.set_line_width(0.35)
    pages.line(pages.l_margin, pages.get_y(), pages.w - pages.r_margin, pages.get_y())
    pages.set_text_color(_INK)
    pages.ln(0.8)


def _row(
    pages: _Pages,
    table: Table,
    lines: list[list[str]],
    widths: list[float],
    height: float,
    *,
    shaded: bool,
) -> None:
    left, top = pages.l_margin, pages.get_y()
    if shaded:
        pages.set_fill_color(_SHADE)
        pages.rect(left, top, pages.epw, height, style="F")
    for column, cell, width in zip(table.columns, lines, widths, strict=True):
        for number, line in enumerate(cell):
            pages.set_xy(left, top + number * _LINE_MM)
            pages.cell(width, _LINE_MM, line, align="R" if column.right else "L")
        left += width
    pages.set_xy(pages.l_margin, top + height)
    pages.set_draw_color(_RULE)
    pages.set_line_width(0.1)
    pages.line(pages.l_margin, pages.get_y(), pages.w - pages.r_margin, pages.get_y())


def _fitted(pages: _Pages, text: str, width: float) -> str:
    while text and pages.get_string_width(text) > width - 2:
        text = text[:-2] + "…" if len(text) > 2 else ""
    return text
