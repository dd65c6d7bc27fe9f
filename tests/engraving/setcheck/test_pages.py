"""What is printed over something else, told from words and signs with their places."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.engraving.setcheck import PageFacts, PageFile, Piece, Sheet, SheetBar
from scorestage.engraving.setcheck.pages import (
    collision_faults,
    empty_page_faults,
    labels_of,
    order_faults,
    paper_faults,
)

HEAD = Piece("\ue0a4", 100, 200, 108, 206, music=True)


def _file(*pieces: Piece, width: float = 600) -> PageFile:
    return PageFile("horn.pdf", (PageFacts(width, 800, pieces),))


def _told(*pieces: Piece) -> list[str]:
    return [fault.message for fault in collision_faults(_file(*pieces), "Horn")]


def test_words_over_a_note_are_a_collision() -> None:
    assert _told(HEAD, Piece("a tempo", 90, 198, 140, 210)) == [
        "page 1: 'a tempo' is printed over notes or rests"
    ]


@pytest.mark.parametrize(
    "words",
    [
        Piece("a tempo", 90, 207, 140, 219),
        Piece("a tempo", 109, 198, 160, 210),
        Piece("a tempo", 90, 205, 140, 217),
        Piece("p", 100, 200, 108, 206, music=True),
    ],
)
def test_words_that_stand_clear_are_none(words: Piece) -> None:
    assert _told(HEAD, words) == []


def test_words_over_words_and_over_the_edge() -> None:
    first, second = Piece("rit.", 50, 300, 80, 310), Piece("dim.", 60, 302, 90, 312)
    assert _told(first, second) == ["page 1: 'rit.' is printed over 'dim.'"]
    assert _told(Piece("Allegro", 560, 300, 640, 310)) == [
        "page 1: 'Allegro' runs over the edge of the sheet"
    ]


def test_labels_are_bold_figures_of_a_label_s_height() -> None:
    pieces = (
        Piece("13–16", 0, 300, 20, 308, bold=True),
        Piece("17", 30, 300, 40, 308),
        Piece("18", 60, 300, 80, 330, bold=True),
    )
    assert labels_of(PageFacts(600, 800, pieces)) == [("13", "16")]


def test_empty_pages_and_other_papers_are_told() -> None:
    assert [fault.message for fault in empty_page_faults(_file(), "Horn")] == ["page 1 is empty"]
    files = [_file(HEAD), _file(HEAD), _file(HEAD, width=500)]
    (fault,) = paper_faults(files, {})
    assert "not" in fault.message and Fraction(500 * 254, 720).__round__() == 176
    assert "176 by 282" in fault.message


def _page_of_bars(*labels: str) -> PageFacts:
    pieces = tuple(
        Piece(label, 40 * place, 300, 40 * place + 20, 308, bold=True)
        for place, label in enumerate(labels)
    )
    return PageFacts(600, 800, pieces)


def test_pages_out_of_their_order_are_told_by_the_first_that_comes_too_late() -> None:
    bars = tuple(SheetBar(str(number), "4/4", Fraction(4)) for number in range(1, 25))
    sheet = Sheet("Horn", bars)
    one, two, three = (
        _page_of_bars(*labels) for labels in (("1", "2–7", "8"), ("9", "10–16"), ("17", "18–24"))
    )
    assert not list(order_faults(PageFile("horn.pdf", (one, two, three)), sheet))
    (swapped,) = order_faults(PageFile("horn.pdf", (one, three, two)), sheet)
    assert (swapped.kind, swapped.player, swapped.bar, swapped.bar_index) == (
        "pages",
        "Horn",
        "9",
        8,
    )
    assert swapped.message == "page 3 begins with bar 9, the page before it ends later"
    assert len(list(order_faults(PageFile("horn.pdf", (three, two, one)), sheet))) == 2
