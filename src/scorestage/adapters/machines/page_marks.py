"""A mark of what is engraved on a page, whatever the day it was printed or the version it says."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from hashlib import sha256

import pypdfium2
import pypdfium2.raw as raw

from scorestage.adapters.machines.page_facts import page_file
from scorestage.engraving.setcheck import PageFacts
from scorestage.engraving.setcheck.pages import labels_of
from scorestage.errors import FormatError

_GRAIN_POINTS = 0.5
_NOT_MUSIC = re.compile(r"v\d+|Page \d+ of \d+|(v\d+ )?Page \d+ of \d+", re.IGNORECASE)
_LEAST_LINE_POINTS = 12.0


def page_marks(content: bytes, version: str = "") -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A mark for each page, and how many lines of music there are on it.

    The words of the version and the count of pages are left out: a page that differs in them only
    need not be printed again. Lines are told by the bar labels under them.

    Raises `FormatError` for what is no PDF.
    """
    facts = page_file(content, "pages").pages
    try:
        with pypdfium2.PdfDocument(content) as document:
            marks = tuple(
                _mark(page, told, version) for page, told in zip(document, facts, strict=True)
            )
    except pypdfium2.PdfiumError as fault:
        raise FormatError(f"is no PDF that can be read: {fault}") from None
    return marks, tuple(_lines(page) for page in facts)


def _mark(page: pypdfium2.PdfPage, told: PageFacts, version: str) -> str:
    words = sorted(
        f"{piece.text}@{_grain(piece.left)},{_grain(piece.bottom)}"
        for piece in told.pieces
        if piece.text != version and not _NOT_MUSIC.fullmatch(piece.text)
    )
    shapes = sorted(_shapes(page))
    size = f"{_grain(told.width_points)}x{_grain(told.height_points)}"
    return sha256("\n".join([size, *words, "", *shapes]).encode()).hexdigest()[:16]


def _shapes(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Everything drawn that is not text: kind, place and how many strokes it has."""
    for item in page.get_objects():
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            continue
        left, bottom, right, top = item.get_bounds()
        strokes = raw.FPDFPath_CountSegments(item.raw) if item.type == raw.FPDF_PAGEOBJ_PATH else 0
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
        box = ",".join(str(_grain(edge)) for edge in (left, bottom, right, top))
        yield f"{item.type} {strokes} {box} {red.value}.{green.value}.{blue.value}"


def _grain(points: float) -> int:
    return round(points / _GRAIN_POINTS)


def _lines(page: PageFacts) -> int:
    """How many lines of music a page has: heights at which bar labels stand."""
    heights = sorted(
        piece.bottom
        for piece in page.pieces
        if labels_of(PageFacts(page.width_points, page.height_points, (piece,)))
    )
    return sum(
        1
        for place, height in enumerate(heights)
        if place == 0 or height - heights[place - 1] > _LEAST_LINE_POINTS
    )
