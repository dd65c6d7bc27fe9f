"""Pages of several PDFs bound into one, with empty pages where a cue should open on a spread."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2

from scorestage.errors import FormatError


def bound(documents: Sequence[bytes], *, spreads: bool = True) -> tuple[bytes, tuple[int, ...]]:
    """One PDF of all `documents`, and the page (from 1) on which each begins.

    With `spreads` a document of an even number of pages begins on a left page, so that two pages
    lie open together; an empty page comes before it where needed.

    Raises `FormatError` for what is no PDF.
    """
    book = pypdfium2.PdfDocument.new()
    begins: list[int] = []
    try:
        for place, content in enumerate(documents):
            with pypdfium2.PdfDocument(content) as one:
                count = len(one)
                if spreads and place and count % 2 == 0 and len(book) % 2 == 0:
                    book.new_page(*one[0].get_size())
                begins.append(len(book) + 1)
                book.import_pages(one)
        out = BytesIO()
        book.save(out)
    except pypdfium2.PdfiumError as fault:
        raise FormatError(f"pages cannot be bound: {fault}") from fault
    finally:
        book.close()
    return out.getvalue(), tuple(begins)


def page_count(content: bytes) -> int:
    """How many pages a PDF has.

    Raises `FormatError` for what is no PDF.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            return len(document)
    except pypdfium2.PdfiumError as fault:
        raise FormatError(f"is no PDF that can be read: {fault}") from None
