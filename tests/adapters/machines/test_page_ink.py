"""Pages drawn: shapes where they were put, words that can be read back."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from scorestage.adapters.machines.page_ink import Cut, PageInk, outline_box, path_operators


class NoSigns:
    """A music font with one square sign."""

    def outline(self, sign: str) -> str:
        return "M0 0 H500 V500 H0 Z" if sign == "\ue260" else ""

    def advance(self, sign: str) -> float:
        return 600.0 if sign == "\ue260" else 0.0


def page() -> PageInk:
    ink = PageInk((200, 100), "A title", "who made it", NoSigns())
    ink.begin_page()
    return ink


def test_shapes_stand_where_they_were_put() -> None:
    ink = page()
    ink.shapes(["10 10 20 20 re f"], 30, 40, 2)
    picture = pypdfium2.PdfDocument(io.BytesIO(ink.content()))[0].render(scale=1).to_pil()
    dark = [
        (x, y)
        for x in range(200)
        for y in range(100)
        if sum(picture.convert("RGB").getpixel((x, y))) < 300  # type: ignore[arg-type]
    ]
    assert {min(dark)[0], max(dark)[0]} == {50, 89}
    assert {min(y for _, y in dark), max(y for _, y in dark)} == {60, 99}


def test_words_are_read_back_and_the_file_says_who_made_it() -> None:
    ink = page()
    end = ink.words(10, 50, "in B♭", Cut(20, italic=True))
    assert end == pytest.approx(10 + ink.width("in B♭", Cut(20, italic=True)))
    assert ink.width("♭", Cut(20)) == pytest.approx(12)
    document = pypdfium2.PdfDocument(io.BytesIO(ink.content()))
    assert document[0].get_textpage().get_text_range().strip() == "in B"
    told = document.get_metadata_dict()
    assert told["Producer"] == "who made it" and told["Title"] == "A title"


def test_what_no_typeface_has_is_noted() -> None:
    ink = page()
    ink.words(10, 50, "夜 ok", Cut(12))
    assert list(ink.missing) == ["夜"]
    ink.close()


def test_signs_within_words_come_from_the_music_font() -> None:
    class OneSign(NoSigns):
        def outline(self, sign: str) -> str:
            return "M0 0L100 0L100 100z" if sign == "\ue536" else ""

        def advance(self, sign: str) -> float:
            return 250.0 if sign == "\ue536" else 0.0

    ink = PageInk((200, 100), "A title", "who made it", OneSign())
    ink.begin_page()
    cut = Cut(10)
    plain, told = ink.width("più ", cut), ink.width("più \ue536", cut)
    assert told == plain + 2.5 and ink.words(0, 50, "più \ue536\ue537", cut) > told
    assert list(ink.missing) == ["\ue537"]
    ink.close()


def test_nothing_depends_on_the_day() -> None:
    one, other = page(), page()
    assert one.content() == other.content()


def test_curves_of_both_kinds_become_cubic_ones() -> None:
    assert path_operators("M0 0 C1 1 2 1 0 0 z") == "0 0 m 1 1 2 1 0 0 c h"
    assert path_operators("M0 0 Q3 3 6 0") == "0 0 m 2 2 4 2 6 0 c"
    assert outline_box("M-1 -2 L3 4 z") == (-1, -2, 3, 4)
