"""Workbooks: opened by an independent reader, plain and harmless."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import fromstring

import pytest

from scorestage.adapters.formats.xlsx_table import xlsx_of
from scorestage.paperwork import Column, Table

COLUMNS = (Column("Cue", 8), Column("Hits", 6, right=True))
TABLE = Table(
    "Master: list/1",
    COLUMNS,
    (("1m01", "12"), ("=1+2", "1:02.50"), ("a\x00<&>\nb", "007")),
    facts=(("Production", "Wick & Söhne"),),
    strong=frozenset((1,)),
    legend=("read me",),
)


def test_an_independent_reader_sees_every_cell() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([TABLE, TABLE])))
    assert book.sheetnames == ["Master  list 1", "Master  list 1 2"]
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[:2] == [["Master: list/1", None], ["Production", "Wick & Söhne"]]
    assert rows[3:7] == [["Cue", "Hits"], ["1m01", 12], ["=1+2", "1:02.50"], ["a<&>\nb", "007"]]
    assert rows[8][0] == "read me"
    assert sheet["A6"].data_type == "s", "what looks like a formula is text"
    assert sheet["A6"].font.b and not sheet["A5"].font.b
    assert sheet.freeze_panes == "A5"


def test_every_part_is_xml_and_the_same_tables_give_the_same_bytes() -> None:
    content = xlsx_of([TABLE])
    assert content == xlsx_of([TABLE])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            fromstring(book.read(name))
        assert book.testzip() is None


def test_columns_beyond_z_and_long_names() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    wide = Table("x" * 50, tuple(Column(f"c{n}", 5) for n in range(30)), (("v",) * 30,))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([wide, wide])))
    assert [len(name) for name in book.sheetnames] == [31, 31]
    assert book.worksheets[0]["AD4"].value == "v"
