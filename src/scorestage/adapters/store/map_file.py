"""`map.toml`: the bars and tempos of a cue."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import tomlkit

from scorestage.adapters.store.shapes import SCHEMA, as_exact, as_text, as_whole, as_words
from scorestage.adapters.store.toml_file import TomlFile, tables
from scorestage.errors import ProjectError, ScorestageError, Where
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    Fermata,
    FilmClock,
    FilmSpan,
    FreeBar,
    Meter,
    Position,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)


def read_map(path: Path, clock: FilmClock) -> TempoMap:
    """The tempo map in `path`; raises `ProjectError` naming file and line."""
    file = TomlFile.read(path)
    try:
        grid = BarGrid(_read_bars(file), Beats(as_exact(file.document.get("pickup", 0))))
        start = clock.read(as_text(file.document["start"]))
    except KeyError as fault:
        raise ProjectError(f"{fault} is missing", Where(file=path)) from None
    except (ValueError, TypeError, ScorestageError) as fault:
        raise _at(file, "bars", 0, fault) from None
    events: list[TempoEvent] = []
    for index, table in enumerate(tables(file, "tempo")):
        try:
            events.append(_read_event(table, grid))
        except (ValueError, TypeError, KeyError, ScorestageError) as fault:
            raise _at(file, "tempo", index, fault) from None
    try:
        return TempoMap(start, grid, tuple(events))
    except ScorestageError as fault:
        raise _at(file, "tempo", 0, fault) from None


def read_missed(path: Path) -> tuple[str, ...]:
    """The ids of hits that the map in `path` is known to miss."""
    file = TomlFile.read(path)
    try:
        return as_words(file.document.get("missed", []))
    except ValueError as fault:
        line = file.line_of("", 0, "missed")
        raise ProjectError(f"missed: {fault}", Where(file=path, line=line)) from None


def map_text(
    tempo_map: TempoMap, clock: FilmClock, comment: str = "", missed: tuple[str, ...] = ()
) -> str:
    """The file that holds `tempo_map`; reading it gives the same map.

    `missed` are ids of hits it does not reach, so that a later fit knows this was accepted.
    """
    document = tomlkit.document()
    for line in comment.splitlines():
        document.add(tomlkit.comment(line))
    document["schema"] = SCHEMA
    document["start"] = clock.label(tempo_map.start)
    if tempo_map.grid.pickup.quarters:
        document["pickup"] = str(tempo_map.grid.pickup.quarters)
    if missed:
        document["missed"] = list(missed)
    document["bars"] = _bars_out(tempo_map.grid)
    tempos = tomlkit.aot()
    for event in tempo_map.events:
        tempos.append(_event_out(event, tempo_map.grid))
    document["tempo"] = tempos
    return tomlkit.dumps(document)


def _at(file: TomlFile, table: str, index: int, fault: Exception) -> ProjectError:
    what = fault.what if isinstance(fault, ScorestageError) else str(fault)
    return ProjectError(what, Where(file=file.path, line=file.line_of(table, index, "")))


def _read_bars(file: TomlFile) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for table in tables(file, "bars"):
        meter = Meter.parse(as_text(table["meter"]))
        label = BarLabel.parse(as_text(table["from"]))
        for offset in range(as_whole(table.get("count", 1))):
            bars.append(Bar(meter, BarLabel(label.number + offset, label.letter)))
    if not bars:
        raise ValueError("a map needs at least one bar: write [[bars]]")
    return tuple(bars)


def _bars_out(grid: BarGrid) -> Any:
    array = tomlkit.aot()
    for key, run in groupby(
        enumerate(grid.bars), key=lambda one: (one[1].meter, _run_key(one[0], one[1].label))
    ):
        bars = [bar for _, bar in run]
        table = tomlkit.table()
        table["from"] = str(bars[0].label)
        table["count"] = len(bars)
        table["meter"] = str(key[0])
        array.append(table)
    return array


def _run_key(index: int, label: BarLabel) -> tuple[int, str]:
    return label.number - index, label.letter if not label.letter else f"{label.letter}{index}"


def _read_event(table: Mapping[str, Any], grid: BarGrid) -> TempoEvent:
    at = _place(table, grid)
    unit = Beats(as_exact(table.get("unit", 1)))
    if "held_seconds" in table or "free_seconds" in table:
        length = Beats(as_exact(table["beats"]))
        if "held_seconds" in table:
            return Fermata(at, length, FilmSpan(as_exact(table["held_seconds"])))
        return FreeBar(at, length, FilmSpan(as_exact(table["free_seconds"])))
    tempo = Tempo(as_exact(table["bpm"]), unit)
    if "to_bpm" not in table:
        return Steady(at, tempo)
    law = RampLaw(as_text(table.get("law", RampLaw.LINEAR_IN_BEATS)))
    end = Tempo(as_exact(table["to_bpm"]), unit)
    return Ramp(at, Beats(as_exact(table["beats"])), tempo, end, law)


def _place(table: Mapping[str, Any], grid: BarGrid) -> Beat:
    label = BarLabel.parse(as_text(table["bar"]))
    for index, bar in enumerate(grid.bars):
        if bar.label == label:
            beat = as_exact(table.get("beat", 1))
            return grid.beat_of(Position(index, label, beat))
    raise ValueError(f"there is no bar {label}")


def _event_out(event: TempoEvent, grid: BarGrid) -> Any:
    table = tomlkit.table()
    position = grid.position(event.at)
    table["bar"] = str(position.label)
    if position.beat != 1:
        table["beat"] = str(position.beat)
    if isinstance(event, Steady):
        _tempo_out(table, "bpm", event.tempo)
    elif isinstance(event, Ramp):
        _tempo_out(table, "bpm", event.start)
        table["to_bpm"] = _number(event.end.of(event.start.unit).bpm)
        table["beats"] = _number(event.length.quarters)
        table["law"] = str(event.law)
    else:
        key = "held_seconds" if isinstance(event, Fermata) else "free_seconds"
        table["beats"] = _number(event.length.quarters)
        table[key] = _number(event.played.seconds)
    return table


def _tempo_out(table: Any, key: str, tempo: Tempo) -> None:
    table[key] = _number(tempo.bpm)
    if tempo.unit != Beats(1):
        table["unit"] = _number(tempo.unit.quarters)


def _number(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else str(number)
