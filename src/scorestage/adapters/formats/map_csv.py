"""Bars, beats, tempos and markers as one CSV table, in and out; and simple lists of strangers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.map_rows import event_row, map_of_rows
from scorestage.adapters.plain_numbers import exact_text, number_in
from scorestage.adapters.session import Exported, Imported, Marker, MarkerKind, Session
from scorestage.errors import FormatError, ScorestageError, Where
from scorestage.timebase import BarLabel, FilmClock, FilmTime, Meter, TempoMap

COLUMNS = (
    *("kind", "bar", "beat", "meter", "quarters", "at_seconds", "timecode", "law", "bpm", "unit"),
    *("to_bpm", "length_quarters", "played_seconds", "end_seconds", "id", "words"),
)
MAP, BAR, BEAT, TEMPO, MARKER = "map", "bar", "beat", "tempo", "marker"
_MOST_BYTES = 16 * 1024 * 1024
_DO = (
    "write one of: kind,… as `scorestage export` does; bar,bpm,meter; at,words",
    "quote cells that hold a comma",
)
_NAMES = ("words", "name", "comment", "text", "marker")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_Row = tuple[int, dict[str, str]]


def write_csv(session: Session) -> Exported:
    """One table: a row for the map, each bar, each beat, each tempo with its law, each marker.

    Numbers are exact, as decimals where they end, else as fractions; `timecode` is for reading.
    """
    rows: list[dict[str, str]] = []
    tempo_map = session.tempo_map
    if tempo_map is not None:
        rows += _map_rows(session, tempo_map)
    for marker in session.markers:
        row = {"kind": MARKER, "id": marker.id, "words": _tame(marker.words)}
        row |= _moment(session, marker.at)
        if marker.end is not None:
            row["end_seconds"] = exact_text(marker.end.seconds)
        rows.append(row)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    lost = ("tracks and their media",) if session.tracks else ()
    content = ("﻿" + text.getvalue()).encode("utf-8")
    return Exported(content, lost, ("every number is exact",))


def _map_rows(session: Session, tempo_map: TempoMap) -> list[dict[str, str]]:
    grid = tempo_map.grid
    first = {"kind": MAP, "words": _tame(session.title), **_moment(session, tempo_map.start)}
    rows = [first | {"quarters": exact_text(grid.pickup.quarters)}]
    clicks = tempo_map.clicks()
    for index, bar in enumerate(grid.bars):
        row = {"kind": BAR, "bar": str(bar.label), "meter": str(bar.meter)}
        row |= {"quarters": exact_text(grid.starts[index].quarters)}
        rows.append(row | _moment(session, tempo_map.time_at(grid.starts[index])))
    for click in clicks:
        row = {"kind": BEAT, "bar": str(grid.bars[click.bar_index].label), "beat": str(click.beat)}
        row |= {"quarters": exact_text(click.at.quarters)}
        rows.append(row | _moment(session, click.time))
    for event in tempo_map.events:
        position = grid.position(event.at)
        row = {"kind": TEMPO, "bar": str(position.label), "beat": exact_text(position.beat)}
        rows.append(row | event_row(event) | _moment(session, tempo_map.time_at(event.at)))
    return rows


def _moment(session: Session, at: FilmTime) -> dict[str, str]:
    label = session.clock.nearest_label(at)
    return {"at_seconds": exact_text(at.seconds), "timecode": label}


def _tame(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, set off with an apostrophe."""
    return "'" + cell if cell.startswith(_RISKY) else cell


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def read_csv(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Our own table, a list `bar,bpm,meter`, or a list of markers `at,words`.

    `at` may be timecode, feet+frames, clock time or seconds. `FormatError` names file and line.
    """
    rows = _rows(content, name)
    heads = set(rows[0][1]) if rows else set()
    if "kind" in heads:
        return _own(rows, name)
    if {"bar", "bpm"} <= heads:
        return Imported(tempo_map=_bar_list(rows, name))
    if heads & {"at", "timecode"}:
        return Imported(markers=_marker_list(rows, name, clock), placed=True)
    raise FormatError("the columns say no map and no markers", Where(file=name, line=1), _DO[0])


def _rows(content: bytes, name: str) -> list[_Row]:
    if len(content) > _MOST_BYTES:
        raise FormatError(f"larger than {_MOST_BYTES // 2**20} MB", Where(file=name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError("the table is not UTF-8 text", Where(file=name), "save it so") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    found: list[_Row] = []
    try:
        heads = [head.strip().lower() for head in next(reader, [])]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heads):
                where = Where(file=name, line=reader.line_num)
                raise FormatError("more cells than columns", where, _DO[1])
            padded = [*cells, *[""] * (len(heads) - len(cells))]
            cleaned = (cell.strip() for cell in padded)
            found.append((reader.line_num, dict(zip(heads, cleaned, strict=True))))
    except csv.Error as fault:
        raise FormatError(str(fault), Where(file=name, line=reader.line_num)) from None
    return found


def _own(rows: list[_Row], name: str) -> Imported:
    bars, tempos, markers = [], [], []
    start: FilmTime | None = None
    pickup, title = "0", ""
    for line, found in rows:
        place = f"line {line}"
        row = dict.fromkeys(COLUMNS, "") | found
        filled = {key: cell for key, cell in row.items() if cell}
        kind = row["kind"]
        if kind == MAP:
            start = FilmTime(_number(row, "at_seconds", line, name))
            pickup, title = row.get("quarters") or "0", row.get("words", "")
        elif kind == BAR:
            bars.append((place, filled))
        elif kind == TEMPO:
            tempos.append((place, filled))
        elif kind == MARKER:
            at = FilmTime(_number(row, "at_seconds", line, name))
            end = FilmTime(_number(row, "end_seconds", line, name)) if row["end_seconds"] else None
            what = MarkerKind.HIT if end is None else MarkerKind.CUE
            markers.append(Marker(at, row["words"].removeprefix("'"), end, what, row["id"]))
        elif kind != BEAT:
            told = f"a row of kind {kind[:24]!r}"
            do = f"known: {MAP}, {BAR}, {BEAT}, {TEMPO}, {MARKER}"
            raise FormatError(told, Where(file=name, line=line, column="kind"), do)
    tempo_map = None
    if bars or tempos:
        tempo_map = map_of_rows(bars, tempos, start, pickup, name)
    return Imported(title.removeprefix("'"), tempo_map, tuple(markers), placed=True)


def _number(row: Mapping[str, str], column: str, line: int, name: str) -> Fraction:
    try:
        return number_in(row.get(column, ""))
    except ValueError as fault:
        raise FormatError(str(fault), Where(file=name, line=line, column=column)) from None


def _bar_list(rows: list[_Row], name: str) -> TempoMap:
    """A list of bars at which tempo or meter change; `bars` in a row says how many it holds for."""
    bars: list[tuple[str, dict[str, str]]] = []
    tempos: list[tuple[str, dict[str, str]]] = []
    meter, at = Meter(4, 4), Fraction(0)
    for index, (line, row) in enumerate(rows):
        number = _bar_number(row["bar"], line, name)
        later = _bar_number(rows[index + 1][1]["bar"], line, name) if index + 1 < len(rows) else 0
        count = later - number if later else _count(row, line, name)
        if number != len(bars) + 1 or not 1 <= count <= 5000:
            told = f"bar {number} comes out of order"
            raise FormatError(told, Where(file=name, line=line, column="bar"), "begin with bar 1")
        try:
            meter = Meter.parse(row["meter"]) if row.get("meter") else meter
        except ScorestageError as fault:
            where = Where(file=name, line=line, column="meter")
            raise FormatError(fault.what, where, fault.do) from None
        if row["bpm"]:
            cells = {"quarters": str(at), "bpm": row["bpm"], "unit": row.get("unit", "")}
            tempos.append((f"line {line}", cells))
        for _ in range(count):
            bars.append((f"line {line}", {"bar": str(len(bars) + 1), "meter": str(meter)}))
            at += meter.length.quarters
    return map_of_rows(bars, tempos, FilmTime(0), "0", name)


def _count(row: Mapping[str, str], line: int, name: str) -> int:
    return int(_number(row, "bars", line, name)) if row.get("bars") else 1


def _bar_number(text: str, line: int, name: str) -> int:
    try:
        return BarLabel.parse(text).number
    except ScorestageError as fault:
        where = Where(file=name, line=line, column="bar")
        raise FormatError(fault.what, where, fault.do) from None


def _marker_list(rows: list[_Row], name: str, clock: FilmClock) -> tuple[Marker, ...]:
    found = []
    column = "at" if "at" in rows[0][1] else "timecode"
    for line, row in rows:
        try:
            at = clock.read(row[column])
        except ScorestageError as fault:
            where = Where(file=name, line=line, column=column)
            raise FormatError(fault.what, where, fault.do) from None
        words = next((row[key] for key in _NAMES if row.get(key)), "")
        found.append(Marker(at, words.removeprefix("'"), id=row.get("id", "")))
    return tuple(found)


FORMAT = Format(
    name="csv",
    title="bars, beats, tempos and markers as a table",
    suffixes=(".csv", ".tsv"),
    read_session=read_csv,
    write_session=write_csv,
    carries=frozenset((Carries.TEMPO_MAP, Carries.RAMPS, Carries.MARKERS)),
)
