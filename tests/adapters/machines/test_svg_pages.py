"""Drawings of pages put into PDF files: what is painted, and where."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pypdfium2
from tests.adapters.machines.test_page_ink import NoSigns

from scorestage.adapters.machines.page_ink import PageInk
from scorestage.adapters.machines.svg_pages import SvgPage
from scorestage.adapters.machines.svg_parts import Scale

STAFF = "".join(f'<path d="M0 {y} L9000 {y}" stroke-width="13"/>' for y in range(0, 900, 180))
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><g id="E084-a"><path d="M0 0 H400 V500 H0 Z"/></g>
<g id="E08C-a"><path d="M0 0 H200 V200 H0 Z"/></g></defs>
<svg class="definition-scale" viewBox="0 0 9000 9000"><g class="page-margin"
transform="translate(0, 720)"><g class="system"><g id="bar-0" class="measure">%s</g></g></g></svg>
</svg>"""


def use(code: str, x: int, y: int) -> str:
    return f'<use xlink:href="#{code}-a" transform="translate({x}, {y}) scale(0.72, 0.72)"/>'


class Figures(NoSigns):
    """A font whose four is a square."""

    def outline(self, sign: str) -> str:
        return "M0 0 H400 V500 H0 Z" if sign == "\ue084" else ""


def painted(inside: str, signatures: Mapping[int, int]) -> tuple[PageInk, SvgPage]:
    ink = PageInk((500, 500), "", "", Figures())
    ink.begin_page()
    page = SvgPage(DRAWING % inside, ink, Scale(0, 0, 0.05), signatures)
    page.paint()
    return ink, page


def dark_box(ink: PageInk) -> tuple[Any, ...] | None:
    document = pypdfium2.PdfDocument(io.BytesIO(ink.content()))
    grey = document[0].render(scale=1).to_pil().convert("L")
    box: tuple[Any, ...] | None = grey.point(lambda shade: 255 if shade < 100 else 0).getbbox()
    return box


def meter(*figures: str) -> str:
    return f'<g class="staff">{STAFF}<g class="meterSig">{"".join(figures)}</g></g>'


def test_a_tall_meter_spans_its_staves_and_a_sum_is_added_up() -> None:
    plain = meter(use("E084", 1000, 180), use("E084", 1000, 540))
    ink, _ = painted(f'<g class="staff">{plain}</g>', {})
    assert dark_box(ink) is not None
    tall = meter(
        *(use("E084", 1000, 180), use("E08C", 1300, 180), use("E084", 1500, 180)),
        use("E084", 1250, 540),
    )
    ink, page = painted(tall, {0: 1})
    figures = [told for told in page.operators if " cm " in told and told.startswith("q")]
    assert len(figures) == 1, "eight has no outline in this font, four below is painted"
    ink.close()


def test_only_straight_lines_are_stroked_and_slurs_are_filled() -> None:
    curve = '<g class="slur"><path d="M0 0 C1 1 2 1 3 0" stroke-width="9"/></g>'
    ink, page = painted(f'{curve}<path d="M0 0 L9 9" stroke-width="27"/>', {})
    assert any("27 w 0 0 m 9 9 l S" in told for told in page.operators)
    assert any(told.endswith("c B") for told in page.operators)
    ink.close()


def test_labels_stand_in_the_middle_of_the_bar_and_other_words_where_they_were() -> None:
    text = '<text x="{}" y="3000" font-size="0px"><tspan font-size="405px">{}</tspan></text>'
    inside = (
        f'<g class="staff">{STAFF}</g>'
        f'<g id="hit-0" class="dir">{text.format(100, "0:01.00")}</g>'
        f'<g id="label-0" class="dir">{text.format(100, "12")}</g>'
    )
    ink, _ = painted(inside, {})
    document = pypdfium2.PdfDocument(io.BytesIO(ink.content()))
    words = document[0].get_textpage()
    place = words.search("12").get_next()
    assert place is not None
    left, _, right, _ = words.get_charbox(place[0])
    middle = (left + words.get_charbox(place[0] + 1)[2]) / 2
    assert abs(middle - 4500 * 0.05) < 2 and right > left


def words(inside: str) -> list[str]:
    ink, _ = painted(inside, {})
    document = pypdfium2.PdfDocument(io.BytesIO(ink.content()))
    return str(document[0].get_textpage().get_text_range()).split()


def test_verovios_bar_numbers_stand_only_where_bars_have_none_of_ours() -> None:
    text = '<text x="{}" y="900"><tspan font-size="405px">{}</tspan></text>'
    theirs = f'<g class="mNum">{text.format(10, 99)}</g>'
    ours = f'<g id="label-0" class="tempo">{text.format(900, 12)}</g>'
    assert words(theirs) == ["99"] and words(theirs + ours) == ["12"]


def test_placeholders_are_left_out() -> None:
    hidden = '<g class="placeholder"><ellipse cx="0" cy="0" rx="900" ry="900"/></g>'
    ink, page = painted(hidden, {})
    ink.close()
    assert len(page.operators) == 1
