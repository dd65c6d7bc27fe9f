from __future__ import annotations

from scorestage.paperwork import click_book_pages, click_book_table
from scorestage.timebase import FRAMES_24, ClickBook, Tempo

BOOK = ClickBook(Tempo("93.7"), FRAMES_24)


def test_a_page_holds_a_hundred_beats_and_says_how_it_was_rounded() -> None:
    pages = click_book_pages(BOOK, 201)
    assert [(page.rows[0][0], page.rows[-1][0]) for page in pages] == [
        ("1", "100"),
        ("101", "200"),
        ("201", "201"),
    ]
    assert pages[0].click == "~15-3" and "2 decimals" in pages[0].rounding
    assert ("15-3 is", "93.6585 bpm") in pages[0].facts


def test_the_table_has_what_is_exact_beside_what_is_printed() -> None:
    row = click_book_table([BOOK], 3).rows[2]
    assert row[:2] == ("~15-3", "937/10")
    assert row[2:7] == ("3", "0:01.28", "00:00:01:06.74", "1+14.74", "0+30.74")
    assert row[7:] == ("28800/937", "1200/937")
