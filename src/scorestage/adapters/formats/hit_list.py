"""Hit lists as spreadsheets write them: CSV with a line of column names, one hit a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.production import Hit, HitKind, HitWant
from scorestage.timebase import FilmClock, FilmTime, exact

COLUMNS = (
    *("id", "at", "weight", "want", "early_frames", "late_frames", "locked"),
    *("words", "kind", "aim_frames", "early_ms", "late_ms", "streamer"),
)
MOST_BYTES = 4_000_000
_YES, _NO = ("1", "true", "yes", "y", "x"), ("", "0", "false", "no", "n")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
Choice = TypeVar("Choice", bound=StrEnum)
_OTHER_WANTS = {"strong": HitWant.STRONG, "half": HitWant.HALF}


@dataclass(frozen=True, slots=True)
class HitList:
    """The hits of a file in its order, the line each stands on, and columns that are not ours."""

    path: Path
    hits: tuple[Hit, ...]
    lines: tuple[int, ...]
    not_read: tuple[str, ...] = ()
    clock: FilmClock | None = None
    """How moments are labelled in what is said of them."""

    def refuse_outside(self, start: FilmTime, end: FilmTime | None) -> None:
        """`FormatError` naming every hit before `start` or after `end`, with its line."""
        outside = [
            (line, hit)
            for line, hit in zip(self.lines, self.hits, strict=True)
            if hit.at < start or (end is not None and hit.at > end)
        ]
        if outside:
            named = ", ".join(
                f"{hit.id} at {self._told(hit.at)} (line {line})" for line, hit in outside
            )
            until = f"to {self._told(end)}" if end is not None else "on"
            what = "a hit lies" if len(outside) == 1 else f"{len(outside)} hits lie"
            raise FormatError(
                f"{what} outside the cue, which runs from {self._told(start)} {until}: {named}",
                Where(file=self.path, line=outside[0][0], column="at"),
                "count hits, start and end from the same zero; move the hits, or the cue's ends",
            )

    def _told(self, at: FilmTime) -> str:
        seconds = f"{float(at.seconds):.3f} s"
        return seconds if self.clock is None else f"{seconds} ({self.clock.nearest_label(at)})"


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row: its line and its cells by column."""

    path: Path
    line: int
    cells: dict[str, str]

    def fault(self, column: str | None, what: str, do: str = "") -> FormatError:
        return FormatError(what, Where(file=self.path, line=self.line, column=column), do)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def number(self, column: str) -> Fraction | None:
        """An exact number not below zero, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        if _DECIMAL_COMMA.fullmatch(text):
            raise self.fault(column, f"{text!r} has a decimal comma", "write a point: 1.5")
        try:
            found = exact(text)
        except (ValueError, ZeroDivisionError):
            raise self.fault(column, f"{text!r} is no number", "write 1.5 or 3/2") from None
        if found < 0 and column != "aim_frames":
            raise self.fault(column, f"a tolerance of {text} is negative", "write it without sign")
        return found

    def weight(self) -> int:
        found = self.number("weight") if not self.text("weight").startswith("-") else Fraction(-1)
        if found is None:
            return Hit("usual", FilmTime(0)).weight
        if found.denominator != 1 or not 1 <= found <= 5:
            what = f"a weight of {self.text('weight')} is not between 1 and 5"
            raise self.fault("weight", what, "write a whole number from 1 (nice) to 5 (must)")
        return int(found)

    def switch(self, column: str) -> bool:
        text = self.text(column).lower()
        if text not in _YES + _NO:
            raise self.fault(column, f"{text!r} is neither yes nor no", "write yes or no")
        return text in _YES

    def choice(self, column: str, kind: type[Choice], usual: Choice) -> Choice:
        text = " ".join(re.sub(r"[_-]", " ", self.text(column).lower()).split())
        if not text:
            return usual
        for one in kind:
            if text == one.replace("-", " "):
                return one
        known = ", ".join(kind)
        raise self.fault(column, f"{self.text(column)!r} is none of: {known}")

    def moment(self, clock: FilmClock) -> FilmTime:
        text = self.text("at")
        if not text:
            raise self.fault("at", "a hit without a moment", "write seconds, timecode or feet")
        if _DECIMAL_COMMA.fullmatch(text):
            raise self.fault("at", f"{text!r} has a decimal comma", "write a point: 12.5")
        try:
            return clock.read(text)
        except ScorestageError as fault:
            raise self.fault("at", fault.what, fault.do) from None


def read_hit_list(path: Path, clock: FilmClock) -> HitList:
    """The hits of a CSV; only `id` and `at` are needed, the other `COLUMNS` may be there.

    Cells are parted by comma, semicolon or tab. Columns of other names are left out and named.
    Raises `FormatError` with file, line and column for what cannot be meant.
    """
    separator, rows = _rows(path)
    line, heads = next(rows, (1, []))
    heads = [" ".join(head.lower().split()).replace(" ", "_") for head in heads]
    not_read = _check_heads(path, line, heads)
    found: list[Hit] = []
    lines: list[int] = []
    for line, row in rows:
        cells = _Cells(path, line, dict(zip(heads, row, strict=False)))
        _check_width(cells, row, heads, separator)
        hit = _hit(cells, clock)
        for known, before in zip(found, lines, strict=True):
            if known.id == hit.id:
                what = f"the id {hit.id!r} is used twice, first on line {before}"
                raise cells.fault("id", what, "give each hit an id of its own")
        found.append(hit)
        lines.append(line)
    return HitList(path, tuple(found), tuple(lines), not_read, clock)


def _rows(path: Path) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """The separator, and the rows that are not empty, each with the line it begins on."""
    text = _text_of(path)
    if not text.strip():
        raise FormatError(
            "the list of hits is empty", Where(file=path, line=1), "begin with the line id,at"
        )
    head = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=head.count)

    def rows() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
        line = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield line, [cell.strip() for cell in row]
                line = reader.line_num + 1
        except csv.Error as fault:
            raise FormatError(f"no CSV: {fault}", Where(file=path, line=line)) from None

    return separator, rows()


def _text_of(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise InputError(
            f"the hits cannot be read: {fault.strerror or fault}", Where(file=path)
        ) from None
    if len(raw) > MOST_BYTES:
        raise FormatError(f"{len(raw)} bytes are too many for a list of hits", Where(file=path))
    code = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(code)
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise FormatError(
            "the hits cannot be read: this is not UTF-8 text",
            Where(file=path, line=line),
            "save it as CSV UTF-8",
        ) from None


def _check_heads(path: Path, line: int, heads: list[str]) -> tuple[str, ...]:
    """The columns that are not ours; a fault where `id` or `at` is missing or one is misspelt."""
    where = Where(file=path, line=line)
    if not {"id", "at"} <= set(heads):
        missing = " and ".join(name for name in ("id", "at") if name not in heads)
        raise FormatError(
            f"this is no list of hits: there is no column {missing} in its first line",
            where,
            f"name the columns: at least id,at; also {', '.join(COLUMNS[2:])}",
        )
    for head in heads:
        if head and heads.count(head) > 1:
            raise FormatError(f"two columns are called {head!r}", where, "keep one of them")
    strange = tuple(head for head in heads if head and head not in COLUMNS)
    for head in strange:
        near = get_close_matches(head, COLUMNS, 1, 0.75)
        if near:
            raise FormatError(
                f"unknown column {head!r}",
                where,
                f"did you mean {near[0]}? else give it a name of its own",
            )
    return strange


def _check_width(cells: _Cells, row: list[str], heads: list[str], separator: str) -> None:
    if any(row[len(heads) :]):
        do = "put a cell that holds a comma in quotes; write numbers with a point: 12.5"
        if separator == ";":
            do = "put a drop-frame timecode in quotes"
        raise cells.fault(None, f"{len(row)} cells under {len(heads)} columns", do)


def _hit(cells: _Cells, clock: FilmClock) -> Hit:
    if not cells.text("id"):
        raise cells.fault("id", "a hit without an id", "give it one: h1")
    usual = Hit("usual", FilmTime(0))
    want = _OTHER_WANTS.get(cells.text("want").lower())
    return Hit(
        id=cells.text("id"),
        at=cells.moment(clock),
        words=cells.text("words"),
        kind=cells.choice("kind", HitKind, usual.kind),
        weight=cells.weight(),
        want=want or cells.choice("want", HitWant, usual.want),
        early_frames=_tolerance(cells, "early", clock, usual.early_frames),
        late_frames=_tolerance(cells, "late", clock, usual.late_frames),
        aim_frames=cells.number("aim_frames") or Fraction(0),
        locked=cells.switch("locked"),
        streamer=cells.switch("streamer"),
    )


def _tolerance(cells: _Cells, side: str, clock: FilmClock, usual: Fraction) -> Fraction:
    """A tolerance in frames, written in frames or in milliseconds."""
    frames, ms = cells.number(f"{side}_frames"), cells.number(f"{side}_ms")
    if frames is not None and ms is not None:
        what = f"both {side}_frames and {side}_ms are given"
        raise cells.fault(f"{side}_ms", what, "give one of them")
    if ms is not None:
        return ms / 1000 * clock.rate.frames_per_second
    return usual if frames is None else frames
