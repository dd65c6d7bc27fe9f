"""Binding: nothing is lost, and two pages of one cue lie open together."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from scorestage.adapters.machines.bound_pages import bound, page_count
from scorestage.errors import FormatError


def pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(600, 800)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("counts", "begins", "total"),
    [
        ((1, 2, 1), (1, 2, 4), 4),
        ((1, 1, 2), (1, 2, 4), 5),
        ((2, 2), (1, 4), 5),
        ((1, 3, 2), (1, 2, 6), 7),
    ],
)
def test_even_numbers_of_pages_begin_at_the_left(
    counts: tuple[int, ...], begins: tuple[int, ...], total: int
) -> None:
    content, found = bound([pages(count) for count in counts])
    assert found == begins and page_count(content) == total
    _, plain = bound([pages(count) for count in counts], spreads=False)
    assert plain == tuple(sum(counts[:place]) + 1 for place in range(len(counts)))


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(FormatError):
        bound([b"no pages"])
    with pytest.raises(FormatError):
        page_count(b"")
