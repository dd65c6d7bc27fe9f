"""The outer words of a book: paper, staff size, header fields, file name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import (
    lines_of,
    name_lines,
    number,
    plain,
    quoted,
    quoted_list,
    shortened,
)
from scorestage.production import Paper

_TITLE_LETTERS = 24
_PRODUCTION_LETTERS = 40
_SIDE_LETTERS = 36
_PART_NAME_LETTERS = 18
_LIST_LETTER_MM = Fraction(8, 5)
_HAIR_MM = Fraction(1, 1000)
"""Taken off the sheet, because PDF pages are rounded up to whole points."""

POINTS_PER_MM = Fraction(7227, 2540)


def staff_size_words(staff_mm: Fraction) -> str:
    """The command that makes staves `staff_mm` high from here on.

    >>> staff_size_words(Fraction(7))
    '#(set-global-staff-size 19.9169)'
    """
    return f"#(set-global-staff-size {number(staff_mm * POINTS_PER_MM)})"


def part_size(edition: Edition) -> str:
    """The staff size of all parts, and words to match it."""
    staff_mm = edition.house.part_paper.staff_mm
    return f"{staff_size_words(staff_mm)}\n#(define word-points 11)\n"


def paper_block(paper: Paper, header: str, words: Sequence[str] = ()) -> str:
    r"""The `\paper` of a book: sheet, margins, the header over every page."""
    margin = number(paper.margin_mm)
    lines = [
        rf"paper-width = {number(paper.width_mm - _HAIR_MM)}\mm",
        rf"paper-height = {number(paper.height_mm - _HAIR_MM)}\mm",
        *(rf"{side}-margin = {margin}\mm" for side in ("top", "bottom", "left", "right")),
        rf"oddHeaderMarkup = \{header}",
        rf"evenHeaderMarkup = \{header}",
        *words,
    ]
    return "\\paper {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def header_block(edition: Edition, fields: Mapping[str, str]) -> str:
    r"""The `\header` of a book: what page headers and the file's own description say.

    `fields` adds to them; `playerName` and `tacet` are set in lines.
    """
    composer, orchestrator = plain(edition.composer), plain(edition.orchestrator)
    title = f"{edition.cue_number} {edition.title}".strip()
    said = {
        "title": title,
        "composer": composer,
        "cueNumber": edition.cue_number,
        "cueTitle": shortened(edition.title, 2 * _TITLE_LETTERS),
        "version": shortened(edition.version, _SIDE_LETTERS),
        "pageGauge": "0",
        **fields,
    }
    by = lines_of(f"Music by {composer}" if composer else "", _SIDE_LETTERS)
    arranged = lines_of(f"Orchestrated by {orchestrator}" if orchestrator else "", _SIDE_LETTERS)
    rights = lines_of(edition.copyright, _SIDE_LETTERS)
    set_in_lines = [
        _in_lines("productionLines", "centred", edition.production, _PRODUCTION_LETTERS),
        _in_lines("cueTitleLines", "centred", edition.title, _TITLE_LETTERS),
        _in_lines("versionLines", "left", edition.version, _SIDE_LETTERS),
        _in_lines("versionLinesRight", "right", edition.version, _SIDE_LETTERS),
        _lines_field("creditLines", "right", [*by, *arranged, *rights]),
    ]
    if "tacet" in fields:
        set_in_lines.append(_in_lines("tacetLines", "left", said.pop("tacet"), _SIDE_LETTERS))
    if "instruments" in fields:
        room = list_letters(edition.house.score_paper)
        set_in_lines.append(_in_lines("instrumentLines", "left", said.pop("instruments"), room))
    if "setUp" in fields:
        set_in_lines.append(_in_lines("setUpLines", "left", said.pop("setUp"), _SIDE_LETTERS))
    if "playerName" in fields:
        name = name_lines(fields["playerName"], _PART_NAME_LETTERS)
        said["playerName"] = shortened(fields["playerName"], 2 * _PART_NAME_LETTERS)
        set_in_lines.append(_lines_field("playerNameLines", "left", name))
    plain_fields = [f"  {name} = {quoted(text)}\n" for name, text in said.items()]
    return "\\header {\n" + "".join(plain_fields + set_in_lines) + "  tagline = ##f\n}\n"


def list_letters(paper: Paper) -> int:
    """How many letters of the instrument list stand on one line of a score page."""
    return int((paper.width_mm - 2 * paper.margin_mm) / _LIST_LETTER_MM)


def page_gauge(pages: int) -> dict[str, str]:
    """The header field that keeps room for the number of the last page.

    >>> page_gauge(12)
    {'pageGauge': '00'}
    """
    return {"pageGauge": "0" * len(str(pages))}


def _in_lines(name: str, side: str, text: str, letters: int) -> str:
    return _lines_field(name, side, lines_of(text, letters))


def _lines_field(name: str, side: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return rf"  {name} = \markup \{side}-lines {quoted_list(lines)}" + "\n"


def book(name: str, *blocks: str) -> str:
    r"""A `\book` that is printed to the file `name`.pdf."""
    return f"\\book {{\n\\bookOutputName {quoted(name)}\n{''.join(blocks)}}}\n"


def labels_words(labels: Sequence[str], size_points: int) -> str:
    """The bar labels under the system, told to LilyPond's counter of bars."""
    said = " ".join(map(quoted, labels))
    return f"barNumberFormatter = #(printed {size_points} #({said}))"
