"""CSV as the csv module reads it back, and as a spreadsheet must not run it."""

from __future__ import annotations

import csv
import io

import pytest

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.paperwork import Column, Table


def read_back(*cells: str) -> list[list[str]]:
    columns = tuple(Column(f"c{place}", 1) for place in range(len(cells)))
    content = csv_of(Table("t", columns, (cells,)))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_is_written_is_read_back() -> None:
    cells = ("1m01", 'he said "now", and', "two\nlines", "Brückner ♩", "", " a ")
    assert read_back(*cells) == [[f"c{place}" for place in range(6)], list(cells)]


def test_lines_end_as_spreadsheets_expect() -> None:
    content = csv_of(Table("t", (Column("a", 1),), (("1",), ("2",))))
    assert content == "\ufeffa\r\n1\r\n2\r\n".encode()


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+A1", "-2+3+cmd|'x'!A0", "+1+1", "\t=1", "-", "-A"],
)
def test_no_cell_can_run(cell: str) -> None:
    assert read_back(cell)[1] == ["'" + cell]


@pytest.mark.parametrize(
    "cell", ["-1.50", "+0.42", "-0:02.00", "-01:00:00:12", "-00:01:00;02", "0:00.00", "100", "a=b"]
)
def test_numbers_times_and_words_stay_as_they_are(cell: str) -> None:
    assert read_back(cell)[1] == [cell]


def test_a_table_without_rows_has_its_headings() -> None:
    assert csv_of(Table("t", (Column("a", 1), Column("b", 1)), ())).decode("utf-8-sig") == "a,b\r\n"
