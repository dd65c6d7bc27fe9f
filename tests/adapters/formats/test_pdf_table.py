"""Pages as another PDF library reads them: every word, in its place, none over the edge."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from scorestage.adapters.formats.pdf_table import pdf_of, shared_out
from scorestage.paperwork import Column, Table

COLUMNS = (Column("Time", 9, right=True), Column("Words", 60), Column("Weight", 8))
MM = 72 / 25.4


def notes(rows: int = 3, title: str = "1m01  Storm", words: str = "door slams") -> Table:
    lines = tuple((f"0:{row:02}.00", f"{words} {row}", "••") for row in range(rows))
    facts = (("Production", "Wick"), ("Empty", ""), ("Length", "0:24.50"))
    return Table(title, COLUMNS, lines, facts, frozenset({1}))


def pages_of(content: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(content))


def text_of(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def boxes_of(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Every sign with its left, bottom, right and top in points."""
    text = page.get_textpage()
    signs = text.get_text_range()
    found = ((sign, *text.get_charbox(place)) for place, sign in enumerate(signs))
    return [one for one in found if not one[0].isspace()]


def lefts_of(page: pypdfium2.PdfPage, word: str) -> list[tuple[float, float]]:
    """Left and right of each time a word stands on the page, in points."""
    text = page.get_textpage()
    search = text.search(word, match_case=True)
    found = []
    while (hit := search.get_next()) is not None:
        first, count = hit
        found.append((text.get_charbox(first)[0], text.get_charbox(first + count - 1)[2]))
    return found


def test_everything_is_on_the_page_and_empty_facts_are_not() -> None:
    (page,) = pages_of(pdf_of([notes()], "Wick – timing notes"))
    text = text_of(page)
    for words in ("1m01 Storm", "PRODUCTION", "Wick", "0:24.50", "TIME", "WORDS", "WEIGHT"):
        assert words in text
    assert "0:00.00 door slams 0 •• 0:01.00 door slams 1 ••" in text
    assert "EMPTY" not in text and "Wick – timing notes" in text and "1 of 1" in text
    assert page.get_size() == (612, 792)


def test_landscape_and_title_of_the_document() -> None:
    document = pypdfium2.PdfDocument(pdf_of([notes()], "Wick – cue sheet", landscape=True))
    assert document[0].get_size() == (792, 612)
    assert document.get_metadata_dict()["Title"] == "Wick – cue sheet"


def test_chapters_follow_one_another_and_begin_a_page_only_where_room_is_short() -> None:
    short, long = notes(3), notes(60)
    assert len(pages_of(pdf_of([short, short, short], "foot"))) == 3
    (page,) = pages_of(pdf_of([short, short, short], "foot", flowing=True))
    tops = [top for sign, *_, top in boxes_of(page) if sign == "W"]
    assert text_of(page).count("1m01 Storm") == 3 and max(tops) - min(tops) > 100 * MM
    first, *_ = pages_of(pdf_of([notes(30), long], "foot", flowing=True))
    assert text_of(first).count("1m01 Storm") == 1
    first, *_ = pages_of(pdf_of([notes(8), long], "foot", flowing=True))
    assert text_of(first).count("1m01 Storm") == 2


def test_columns_are_flush_on_their_own_side() -> None:
    (page,) = pages_of(pdf_of([notes(12)], "foot"))
    rights = [right for _, right in lefts_of(page, ".00")]
    lefts = [left for left, _ in lefts_of(page, "door")]
    assert len(rights) == len(lefts) == 12
    assert max(rights) - min(rights) < 1 and max(lefts) - min(lefts) < 1
    assert min(lefts) - max(rights) > 2 * MM


def test_hits_are_set_stronger_than_the_rest() -> None:
    """Ink of the strong row, its shading aside: more dark pixels than in the rows beside it."""
    (page,) = pages_of(pdf_of([notes(3, words="same words")], "foot"))
    image = page.render(scale=3).to_pil().convert("L")
    text = page.get_textpage()
    dark = []
    for row in range(3):
        first, count = text.search(f"0:{row:02}.00", match_case=True).get_next() or (0, 0)
        tops = [text.get_charbox(place) for place in range(first, first + count)]
        left, right = 3 * tops[0][0] - 2, 3 * tops[-1][2] + 2
        top, bottom = 3 * (792 - tops[0][3]) - 2, 3 * (792 - tops[0][1]) + 2
        ink = image.crop((round(left), round(top), round(right), round(bottom))).histogram()
        dark.append(sum(ink[:128]))
    assert dark[1] > 1.15 * max(dark[0], dark[2])


def test_long_tables_go_on_with_their_headings() -> None:
    pages = pages_of(pdf_of([notes(100)], "foot"))
    texts = [text_of(page) for page in pages]
    assert len(pages) > 1 and all("TIME" in text and "WEIGHT" in text for text in texts)
    assert all(f"{number} of {len(pages)}" in text for number, text in enumerate(texts, 1))
    found = [int(word) for text in texts for word in _after("slams", text)]
    assert found == list(range(100))


def test_each_table_begins_a_page() -> None:
    pages = pages_of(pdf_of([notes(1, "First"), notes(1, "Second")], "foot"))
    assert ["First" in text_of(page) for page in pages] == [True, False]
    assert len(pages_of(pdf_of([], "foot"))) == 1


@pytest.mark.parametrize(
    ("title", "words", "running"),
    [
        ("W" * 300, "word", "foot"),
        ("a title of words " * 20, "x" * 400, "foot " * 80),
        ("1m01", "the whole valley burns " * 9, "foot"),
    ],
)
def test_nothing_runs_off_the_page_or_into_its_neighbour(
    title: str, words: str, running: str
) -> None:
    for page in pages_of(pdf_of([notes(4, title, words)], running)):
        for sign, left, bottom, right, top in boxes_of(page):
            assert left > 17 * MM and right < 612 - 17 * MM, sign
            assert bottom > 8 * MM and top < 792 - 15 * MM, sign
        for (_, right), (left, _) in pairwise(_stretches(page)):
            assert left > right


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    words = " ".join(f"w{number}" for number in range(1500))
    pages = pages_of(pdf_of([notes(1, words=words)], "foot"))
    assert len(pages) > 1
    text = " ".join(text_of(page) for page in pages)
    assert [word for word in text.split() if word[0] == "w" and word[1:].isdigit()] == (
        words.split()
    )


def test_signs_the_typeface_lacks_are_shown_as_lacking() -> None:
    table = notes(1, "B♭ and F♯ 海\x00\tend", "naïve “quotes” 🎬")
    text = text_of(pages_of(pdf_of([table], "foot"))[0])
    assert "Bb and F# ¤ end" in text and "naïve “quotes” ¤" in text


def test_a_writers_second_line_belongs_to_the_cue_above() -> None:
    """Rules stand above rows that have a first cell, and below the last row."""
    columns = (Column("No.", 5), Column("Writer", 20))
    rows = (("1", "Ada"), ("", "Eva"), ("2", "Ada"))
    (page,) = pages_of(pdf_of([Table("Cue sheet", columns, rows)], "foot"))
    image = page.render(scale=4).to_pil().convert("L")
    beside_the_text = 4 * 48
    column = [image.getpixel((beside_the_text, y)) for y in range(image.height)]
    rules = sum(before == 255 != after for before, after in pairwise(column))
    assert rules == 3  # under the headings, above cue 2, below the table


@pytest.mark.parametrize("room", [40.0, 100.0, 400.0])
@pytest.mark.parametrize(
    "wanted", [[10.0, 300.0, 80.0], [10.0, 30.0, 20.0], [500.0, 500.0, 500.0], [1.0, 1.0, 1.0]]
)
def test_columns_fill_the_page_and_none_is_wider_than_it_needs(
    room: float, wanted: list[float]
) -> None:
    least = [min(one, 25.0) for one in wanted]
    widths = shared_out(room, wanted, least, [1, 2, 1])
    assert sum(widths) == pytest.approx(room) and min(widths) > 0
    if sum(least) <= room:
        assert all(width >= one - 1e-9 for width, one in zip(widths, least, strict=True))
    assert widths[0] <= wanted[0] + 1e-9 and widths[2] <= wanted[2] + 1e-9


def _after(word: str, text: str) -> list[str]:
    words = text.split()
    return [after for before, after in pairwise(words) if before == word]


def _stretches(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Left and right of the three columns' contents in the first row of the table."""
    text = page.get_textpage()
    found = text.search("0:00.00", match_case=True).get_next()
    if found is None:
        return []
    _, bottom, _, top = text.get_charbox(found[0])
    row = [one for one in boxes_of(page) if bottom - 1 < (one[2] + one[4]) / 2 < top + 1]
    time = [one for one in row if one[0] in "0:."][:7]
    mark = [one for one in row if one[0] == "•"]
    rest = [one for one in row if one not in time and one not in mark]
    groups = (time, rest, mark)
    return [(min(one[1] for one in group), max(one[3] for one in group)) for group in groups]


def test_the_legend_stands_below_the_last_row_and_never_off_the_page() -> None:
    for rows in range(20, 40):
        pages = pages_of(pdf_of([replace(notes(rows), legend=("weights of hits",))], "x"))
        assert sum(text_of(page).count("weights of hits") for page in pages) == 1
        bottoms = [bottom for _, _, bottom, _, _ in boxes_of(pages[-1])]
        assert not any(37 < bottom < 50 for bottom in bottoms), "between the table and the foot"
