"""Sketch paper as PDF: its pages, their heads and feet, and which systems stand on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.adapters.formats.pdf_sketch.plan import Plan, Staves, planned
from scorestage.adapters.formats.pdf_sketch.sheet import GREY, Sheets
from scorestage.adapters.formats.pdf_sketch.system import draw_system
from scorestage.engraving.sketchpaper import SketchPaper
from scorestage.production import Paper

_HEAD_MM, _RUNNING_MM, _FOOT_MM = 31.0, 12.0, 9.0
_BETWEEN_MM = 5.0
_WIDEST_GAP_MM = 18.0
_SPREADS = (1.6, 1.45, 1.3, 1.15, 1.0)
"""How far staves stand apart, where the page has room."""


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands in the head of the first page: small labels over facts; foot on every page."""

    facts: tuple[tuple[str, str], ...]
    foot: str


def sketch_paper_pdf(ruled: SketchPaper, paper: Paper, staff_mm: float, head: PaperHead) -> bytes:
    """The sheets as PDF, staves `staff_mm` high; systems stand evenly on full pages."""
    edition = ruled.edition
    sheets = Sheets(paper, head.foot)
    try:
        pages = _best_spread(sheets, ruled, staff_mm)
        for number, page in enumerate(pages):
            sheets.add_page()
            if number:
                running = f"{edition.cue_number}  {edition.title}".strip()
                sheets.written("Text", 10, GREY)
                sheets.put(sheets.margin, sheets.margin + 4, running)
            else:
                _head(sheets, ruled, head)
            _foot(sheets, head.foot, number + 1, len(pages))
            top = sheets.margin + (_RUNNING_MM if number else _HEAD_MM)
            room = sheets.h - sheets.margin - _FOOT_MM - top
            spare = room - sum(plan.height + _BETWEEN_MM for plan in page) + _BETWEEN_MM
            full = number + 1 < len(pages)
            usual = spare / max(1, len(page) - 1) if full else 8.0
            gap = _BETWEEN_MM + max(0.0, min(spare, usual, _WIDEST_GAP_MM))
            for plan in page:
                draw_system(sheets, plan, ruled, top)
                top += plan.height + gap
        return bytes(sheets.output())
    finally:
        sheets.put_away()


def _best_spread(sheets: Sheets, ruled: SketchPaper, staff_mm: float) -> list[list[Plan]]:
    """The systems by page, their staves as far apart as takes no page more."""
    room = float(sheets.h) - 2 * sheets.margin - _FOOT_MM

    def paged(spread: float) -> list[list[Plan]]:
        staves = Staves(ruled.wish.staves, staff_mm, spread)
        return _paged([planned(sheets, line, ruled, staves) for line in ruled.lines], room)

    closest = paged(1.0)
    for spread in _SPREADS:
        pages = paged(spread)
        if len(pages) == len(closest):
            return pages
    return closest


def _paged(plans: Sequence[Plan], room: float) -> list[list[Plan]]:
    pages: list[list[Plan]] = []
    left = 0.0
    for plan in plans:
        if not pages or plan.height > left:
            left = room - (_RUNNING_MM if pages else _HEAD_MM)
            pages.append([])
        pages[-1].append(plan)
        left -= plan.height + _BETWEEN_MM
    return pages


def _head(sheets: Sheets, ruled: SketchPaper, head: PaperHead) -> None:
    """The cue as large as it is looked for, whose it is, and the facts in a row."""
    left, top = sheets.margin, sheets.margin
    right = sheets.w - sheets.margin
    edition = ruled.edition
    sheets.written("Text", 11)
    aside = [words for words in (edition.production, edition.composer) if words]
    widest = max([sheets.wide(words) for words in aside], default=0.0)
    for number, words in enumerate(aside):
        sheets.written("Strong" if number == 0 else "Text", 11)
        sheets.put(right - sheets.wide(words), top + 4.5 + number * 5.4, words)
    sheets.written("Strong", 26)
    at = left
    if edition.cue_number:
        at += sheets.put(left, top + 9, edition.cue_number) + 5
    sheets.written("Head", 26)
    sheets.put(at, top + 9, sheets.fitted(edition.title, right - widest - 6 - at))
    at = left
    for label, fact in ((label, fact) for label, fact in head.facts if fact):
        sheets.written("Text", 6.8, GREY)
        wide = sheets.put(at, top + 15.6, label.upper())
        sheets.written("Text", 10.5)
        at += max(wide, sheets.put(at, top + 20, fact)) + 8
    sheets.rule((left, top + 23), (right, top + 23), 0.25)


def _foot(sheets: Sheets, foot: str, number: int, pages: int) -> None:
    base = sheets.h - sheets.margin
    sheets.written("Text", 8, GREY)
    told = f"{number} of {pages}"
    sheets.put(sheets.w - sheets.margin - sheets.wide(told), base, told)
    room = sheets.w - 2 * sheets.margin - 30
    sheets.put(sheets.margin, base, sheets.fitted(foot, room))
