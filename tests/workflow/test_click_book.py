"""The click book on paper and in a spreadsheet: the same figures, read back."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest

from scorestage.errors import InputError
from scorestage.workflow.click_book import click_book


def test_page_and_spreadsheet_say_the_same(tmp_path: Path) -> None:
    pdf, sheet = tmp_path / "book.pdf", tmp_path / "book.csv"
    told = click_book("14-3", "24", 120, targets=(pdf, sheet)).told
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(told["rows"]) == 120
    assert rows[100]["35 MM"] == "89+13.500" and rows[100]["MIN:SEC"] == "0:59.90"
    assert Fraction(rows[100]["FRAMES"]) == Fraction("1437.5")
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) == 2
    for row, one in zip(rows, told["rows"], strict=True):
        page = pages[(int(row["BEAT"]) - 1) // 100]
        for column in ("MIN:SEC", "TIMECODE", "35 MM", "16 MM"):
            assert row[column] in page, row
        assert row["TIMECODE"] == one["timecode"] and row["SECONDS"] == one["at_seconds"]


def test_a_whole_book_goes_on_by_eighths_of_a_frame(tmp_path: Path) -> None:
    pdf, sheet = tmp_path / "book.pdf", tmp_path / "book.csv"
    told = click_book("13-0", "24", 100, targets=(pdf, sheet), last="12-0").told
    assert told["clicks"] == [f"12-{n}" for n in range(8)] + ["13-0"]
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    assert len(document) == 9
    assert document[8].get_textpage().get_text_bounded().startswith("13-0")
    document.close()
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 900
    assert (rows[199]["CLICK"], rows[199]["FRAMES"]) == ("12-1", str(Fraction(97, 8) * 99))
    for last in ("96", "99-0"):
        with pytest.raises(InputError):
            click_book("12-0", "24", 100, last=last)


def test_nothing_is_written_where_a_target_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not written so"):
        click_book("96", "24", 10, targets=(tmp_path / "book.pdf", tmp_path / "book.doc"))
    assert not list(tmp_path.iterdir())
    with pytest.raises(InputError):
        click_book("96", "24", 0)
