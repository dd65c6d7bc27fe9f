"""Tables as a workbook (.xlsx, ECMA-376): one sheet a table, headings held in place.

A workbook of plain sheets is six small XML files in a zip; the same tables give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from scorestage.paperwork import Table

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_PLAIN, _BOLD, _FACT = 0, 1, 2
_LONGEST_NAME, _LONGEST_CELL, _WIDEST = 31, 32_000, 60
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """The workbook. Numbers in columns set flush right are numbers, everything else is text."""
    names = _names(tables)
    files = {
        "[Content_Types].xml": _types(len(tables)),
        "_rels/.rels": _relations((("officeDocument", "xl/workbook.xml"),)),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations(
            (*(("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(tables))),
             ("styles", "styles.xml"))
        ),
        "xl/styles.xml": _STYLES,
    }  # fmt: skip
    for number, table in enumerate(tables, start=1):
        files[f"xl/worksheets/sheet{number}.xml"] = _sheet(table)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in files.items():
            book.writestr(zipfile.ZipInfo(name, _LONG_AGO), text.encode("utf-8"))
    return made.getvalue()


def _names(tables: Sequence[Table]) -> list[str]:
    """Names of sheets: at most 31 signs, no two alike."""
    found: list[str] = []
    for table in tables:
        plain = _NO_NAME.sub(" ", table.title).strip(" '")[:_LONGEST_NAME] or "Sheet"
        name, number = plain, 2
        while name.lower() in (one.lower() for one in found):
            tail = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(tail)] + tail, number + 1
        found.append(name)
    return found


def _types(sheets: int) -> str:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n + 1}.xml", "worksheet") for n in range(sheets)]
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{spreadsheet}.{kind}+xml"/>'
        for name, kind in parts
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = (
        f'<Default Extension="rels" ContentType="{relations}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="3">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><color rgb="FF737373"/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3">'
    + "".join(
        f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" '
        'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        for font in (0, 1, 2)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def _sheet(table: Table) -> str:
    """Title, facts, headings, rows; the panes are held below the headings."""
    rows: list[list[tuple[str, int, bool]]] = [[(table.title, _BOLD, False)]]
    rows += [[(name, _FACT, False), (words, _PLAIN, False)] for name, words in table.facts]
    rows += [[]]
    rows += [[(column.heading, _BOLD, False) for column in table.columns]]
    held = len(rows)
    for index, row in enumerate(table.rows):
        style = _BOLD if index in table.strong else _PLAIN
        rows.append(
            [(cell, style, column.right) for cell, column in zip(row, table.columns, strict=True)]
        )
    rows += [[]] * bool(table.legend) + [[(line, _FACT, False)] for line in table.legend]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(table, n - 1)}" customWidth="1"/>'
        for n in range(1, len(table.columns) + 1)
    )
    cells = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
    pane = (
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{held}" topLeftCell="A{held + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{pane}<cols>{widths}</cols>'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def _width(table: Table, column: int) -> int:
    longest = max((len(row[column]) for row in table.rows), default=0)
    return min(_WIDEST, max(longest, len(table.columns[column].heading), 6) + 2)


def _row(number: int, row: Sequence[tuple[str, int, bool]]) -> str:
    cells = "".join(
        _cell(f"{_letters(column)}{number}", *cell) for column, cell in enumerate(row) if cell[0]
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, text: str, style: int, right: bool) -> str:
    if right and _NUMBER.fullmatch(text):
        return f'<c r="{place}" s="{style}"><v>{text}</v></c>'
    plain = escape(_UNSEEN.sub("", text)[:_LONGEST_CELL])
    inside = f'<is><t xml:space="preserve">{plain}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{inside}</c>'


def _letters(column: int) -> str:
    """A, B, … Z, AA, …"""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
