"""Pages of a PDF as pictures, and the words on them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pypdfium2
from PIL import Image

from scorestage.errors import FormatError, Where

_POINTS_PER_INCH = 72
_MM_PER_POINT = Fraction(254, 10 * _POINTS_PER_INCH)


def page_images(pdf: Path, dpi: int = 100, pages: Iterable[int] | None = None) -> list[Image.Image]:
    """The pages of `pdf` (all, or those counted from 0 in `pages`) as RGB pictures.

    Raises `FormatError` for what is no PDF.
    """
    with _opened(pdf) as document:
        wanted = range(len(document)) if pages is None else pages
        return [
            document[page].render(scale=dpi / _POINTS_PER_INCH).to_pil().convert("RGB")
            for page in wanted
        ]


def page_sizes_mm(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page, in millimetres."""
    with _opened(pdf) as document:
        sizes = [page.get_size() for page in document]
    return [
        (width * float(_MM_PER_POINT), height * float(_MM_PER_POINT)) for width, height in sizes
    ]


def page_words(pdf: Path) -> list[str]:
    """The text of each page, in the order the file holds it."""
    with _opened(pdf) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def _opened(pdf: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except (OSError, pypdfium2.PdfiumError) as fault:
        raise FormatError(f"is no PDF that can be read: {fault}", Where(file=pdf)) from fault
