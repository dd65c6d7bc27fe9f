"""The sheet and its ink: type, rules, text on a measured place."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.fonts import TTFFont

from scorestage.adapters.machines.fonts import Cut, cut_file
from scorestage.production import Paper

INK, GREY, FAINT = 20, 105, 165
CAPS = 0.66
"""Height of figures as a share of the type size."""
MM_A_POINT = 25.4 / 72
NAMES_MM = 15.0
BRACE_MM = 6.0


def ruled_width_mm(paper: Paper, *, named: bool) -> float:
    """How wide systems are on a sheet, beside margins, braces and names of staves."""
    return float(paper.width_mm) - 2 * float(paper.margin_mm) - left_mm(named=named)


def left_mm(*, named: bool) -> float:
    return BRACE_MM + (NAMES_MM if named else 0.0)


class Sheets(FPDF):
    """Sheets of the house's size, ink on a measured place."""

    def __init__(self, paper: Paper, running: str) -> None:
        size = (float(paper.width_mm), float(paper.height_mm))
        super().__init__(unit="mm", format=size)
        self.set_auto_page_break(auto=False)
        self.c_margin = 0
        for family, cut in (
            ("Text", Cut.REGULAR),
            ("Strong", Cut.SEMIBOLD),
            ("Head", Cut.LIGHT),
            ("Meter", Cut.BOLD),
            ("Slant", Cut.ITALIC),
        ):
            self.add_font(family, "", str(cut_file(cut)))
        self.margin = float(paper.margin_mm)
        self.set_title(running)
        self.set_lang("en")

    def written(self, family: str, size_pt: float, grey: int = INK) -> None:
        """Go on in another cut, size or shade."""
        self.set_font(family, "", size_pt)
        self.set_text_color(grey)

    def known(self, text: str) -> str:
        """Text with a sign in place of those that the typeface lacks."""
        font = self.current_font
        signs = font.cmap if isinstance(font, TTFFont) else {}
        return "".join(sign if ord(sign) in signs else "¤" for sign in text)

    def put(self, left: float, base: float, text: str) -> float:
        """Set text on a baseline; gives its width."""
        told = self.known(text)
        self.text(left, base, told)
        return float(self.get_string_width(told))

    def put_on_paper(self, left: float, base: float, text: str) -> float:
        """Set text on white of its own, so that lines stop at it; gives its width."""
        high = float(self.font_size)
        self.set_fill_color(255)
        self.rect(left - 0.2, base - high * 0.74, self.wide(text) + 0.4, high * 0.84, style="F")
        return self.put(left, base, text)

    def wide(self, text: str) -> float:
        """How wide text is in the cut and size in force."""
        return float(self.get_string_width(self.known(text)))

    def fitted(self, text: str, width: float) -> str:
        """Text cut off with an ellipsis where there is no room."""
        told = self.known(text)
        while told and self.wide(told) > width:
            told = told[:-2].rstrip() + "…" if len(told) > 2 else ""
        return told

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], weight: float, grey: int = INK
    ) -> None:
        """A line."""
        self.set_draw_color(grey)
        self.set_line_width(weight)
        self.line(*start, *end)

    def put_away(self) -> None:
        """Close the typeface's files, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
