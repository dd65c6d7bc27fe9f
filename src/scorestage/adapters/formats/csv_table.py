"""Tables as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re

from scorestage.paperwork import Table

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]\d+([.,:;/]\d+)*")


def csv_of(table: Table) -> bytes:
    """The rows under their headings, UTF-8 with a byte order mark so that spreadsheets see it.

    Cells that a spreadsheet would run as a formula are set off with an apostrophe; numbers, clock
    times and timecode with a sign are not.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    for row in table.rows:
        writer.writerow([_tame(cell) for cell in row])
    return ("﻿" + text.getvalue()).encode("utf-8")


def _tame(cell: str) -> str:
    if cell.startswith(_RISKY) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
