"""A storyboard's list: panel by panel, how long it stands, its scene and what it shows."""

from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO

from scorestage.breakdown import Panel
from scorestage.errors import FormatError, ScorestageError, Where
from scorestage.production import plain_number
from scorestage.timebase import FilmClock, FrameRate

_HEADS = {
    "file": ("file", "panel", "image", "name", "filename"),
    "length": ("seconds", "length", "duration", "frames", "secs"),
    "scene": ("scene", "sc", "scene number"),
    "words": ("words", "description", "action", "text", "notes"),
}
_USUAL = ("file", "length", "scene", "words")


def read_panel_list(content: bytes, name: str, rate: FrameRate) -> tuple[Panel, ...]:
    """Panels as a CSV or text list tells them: file, length, scene, words (the last two may lack).

    A heading may say another order. Lengths are seconds (`2.5`), frames (`60f`, or any number below
    a heading `frames`) or clock times. Raises `FormatError` with the line for what is none.

    >>> read_panel_list(b"a.png, 2.5, 1\\nb.png, 12f\\n", "x", FrameRate(24))[1].seconds
    Fraction(1, 2)
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError("the list is not text", Where(file=name), "save it as UTF-8") from None
    commas = max((",", ";", "\t"), key=text.count)
    rows = _rows(text.replace("\r\n", "\n").replace("\r", "\n"), commas, name)
    order, counts_frames = list(_USUAL), False
    found: list[Panel] = []
    for line, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        heads = [_column(cell) for cell in cells]
        if not found and _is_heading(heads):
            order, counts_frames = heads, "frames" in [cell.lower() for cell in cells]
            continue
        told = dict(zip(order, cells, strict=False))
        length = told.get("length", "")
        if length and counts_frames and length.isdecimal():
            length += "f"
        found.append(
            Panel(
                told.get("file", ""),
                plain_number(told["scene"]) if told.get("scene") else "",
                _seconds(length, rate, Where(file=name, line=line)),
                told.get("words", ""),
            )
        )
    return tuple(found)


def _rows(text: str, commas: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text), delimiter=commas, skipinitialspace=True))
    except csv.Error as fault:
        raise FormatError(
            f"the list cannot be read as a table: {fault}",
            Where(file=name),
            "write one panel a line: file, length, scene, words",
        ) from None


def _is_heading(heads: list[str]) -> bool:
    """Whether a first row names the columns: the file's first, or nothing but known names."""
    known = all(head in _HEADS for head in heads if head)
    return heads[0] == "file" or ("file" in heads and known)


def _column(head: str) -> str:
    for column, names in _HEADS.items():
        if head.lower() in names:
            return column
    return head.lower()


def _seconds(text: str, rate: FrameRate, where: Where) -> Fraction | None:
    if not text:
        return None
    try:
        seconds = FilmClock(rate).read(text).seconds
    except ScorestageError as fault:
        raise FormatError(fault.what, where, fault.do) from None
    if seconds <= 0:
        raise FormatError(f"a panel cannot stand for {text!r}", where, "write seconds above zero")
    return seconds
