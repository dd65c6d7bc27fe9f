"""The outer words of a book: paper, staff size, header fields, file name."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import name_lines, number, plain, quoted, quoted_list
from scorestage.production import Paper

_TITLE_LETTERS = 32
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
    r"""The `\header` of a book: what page headers and the file's own description say."""
    composer, orchestrator = plain(edition.composer), plain(edition.orchestrator)
    said = {
        "title": f"{edition.cue_number} {edition.title}".strip(),
        "composer": composer,
        "production": edition.production,
        "cueNumber": edition.cue_number,
        "cueTitle": edition.title,
        "version": edition.version,
        "composerLine": f"Music by {composer}" if composer else "",
        "orchestratorLine": f"Orchestrated by {orchestrator}" if orchestrator else "",
        **fields,
    }
    lines = "".join(f"  {name} = {quoted(text)}\n" for name, text in said.items())
    title = quoted_list(textwrap.wrap(plain(edition.title), _TITLE_LETTERS))
    lines += rf"  cueTitleLines = \markup \centred-lines {title}" + "\n"
    if "playerName" in fields:
        name = quoted_list(name_lines(fields["playerName"]))
        lines += rf"  playerNameLines = \markup \left-lines {name}" + "\n"
    return "\\header {\n" + lines + "  tagline = ##f\n}\n"


def book(name: str, *blocks: str) -> str:
    r"""A `\book` that is printed to the file `name`.pdf."""
    return f"\\book {{\n\\bookOutputName {quoted(name)}\n{''.join(blocks)}}}\n"


def labels_words(labels: Sequence[str], size_points: int) -> str:
    """The bar labels under the system, told to LilyPond's counter of bars."""
    said = " ".join(map(quoted, labels))
    return f"barNumberFormatter = #(printed {size_points} #({said}))"
