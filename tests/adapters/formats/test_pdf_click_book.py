"""Click-book pages: nothing runs into anything, also at long tempos and high rates."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest

from scorestage.adapters.formats.pdf_click_book import click_book_pdf
from scorestage.paperwork import click_book_pages
from scorestage.timebase import ClickBook, Tempo, frame_rate


@pytest.mark.parametrize(("bpm", "rate"), [("40", "119.88 drop"), ("93.7", "24"), ("60.01", "25")])
def test_columns_stand_clear_of_each_other(bpm: str, rate: str) -> None:
    book = ClickBook(Tempo(bpm), frame_rate(rate), 3600 * 100)
    pages = click_book_pages(book, 1000)[-1:]
    document = pypdfium2.PdfDocument(click_book_pdf(pages, "Click book"))
    page = document[0]
    text = page.get_textpage()
    width, height = page.get_size()
    words = []
    start = 0
    whole = text.get_text_range()
    for row in pages[0].rows[:3]:
        for cell in row[1:]:
            at = whole.index(cell, start)
            boxes = [text.get_charbox(at + n) for n in range(len(cell))]
            words.append((boxes[0][0], boxes[-1][2], boxes[0][1]))
            start = at
        start = 0
    document.close()
    assert all(0 < left < right < width and 0 < low < height for left, right, low in words)
    for first, second in pairwise(words):
        if abs(first[2] - second[2]) < 4 and second[0] > first[0]:
            assert second[0] - first[1] > 3, (first, second)
