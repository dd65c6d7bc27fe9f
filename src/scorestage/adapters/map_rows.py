"""The bars and tempos of a map as rows of plain text: what tables and JSON hold of it, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorestage.adapters.plain_numbers import exact_text, number_in
from scorestage.adapters.tempo_list import MOST_BARS, MOST_TEMPOS, checked_tempo
from scorestage.errors import FormatError, ScorestageError, Where
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

CONSTANT, FERMATA, FREE = "constant", "fermata", "free"


def event_row(event: TempoEvent) -> dict[str, str]:
    """One tempo event as text; tempos are of the note value `unit`."""
    row = {"quarters": exact_text(event.at.quarters)}
    if isinstance(event, Steady):
        row |= {"law": CONSTANT, "bpm": exact_text(event.tempo.bpm)}
        return row | {"unit": exact_text(event.tempo.unit.quarters)}
    row["length_quarters"] = exact_text(event.length.quarters)
    if isinstance(event, Ramp):
        row |= {"law": str(event.law), "bpm": exact_text(event.start.bpm)}
        row |= {"to_bpm": exact_text(event.end.of(event.start.unit).bpm)}
        return row | {"unit": exact_text(event.start.unit.quarters)}
    law = FERMATA if isinstance(event, Fermata) else FREE
    return row | {"law": law, "played_seconds": exact_text(event.played.seconds)}


def event_of(row: Mapping[str, Any], place: str, file: str) -> TempoEvent:
    """The tempo event of a row; `ValueError`, `KeyError` or `ScorestageError` for a faulty one."""
    at = Beat(number_in(row["quarters"]))
    law = str(row.get("law") or CONSTANT)
    if law in (FERMATA, FREE):
        length = Beats(number_in(row["length_quarters"]))
        played = FilmSpan(number_in(row["played_seconds"]))
        return (Fermata if law == FERMATA else FreeBar)(at, length, played)
    unit = Beats(number_in(row.get("unit") or 1))
    tempo = Tempo(_exactly(row, "bpm"), unit)
    checked_tempo(tempo.quarters_per_minute, place, file)
    if law == CONSTANT:
        return Steady(at, tempo)
    end = Tempo(_exactly(row, "to_bpm"), unit)
    checked_tempo(end.quarters_per_minute, place, file)
    return Ramp(at, Beats(number_in(row["length_quarters"])), tempo, end, RampLaw(law))


def _exactly(row: Mapping[str, Any], key: str) -> Any:
    return number_in(row.get(f"{key}_exact") or row[key])


def map_of_rows(
    bars: Sequence[tuple[str, Mapping[str, Any]]],
    tempos: Sequence[tuple[str, Mapping[str, Any]]],
    start: FilmTime | None,
    pickup: object,
    file: str,
) -> TempoMap:
    """The map that rows of bars and tempos tell; each comes with its place, for messages.

    `start` is bar 1; without it the first bar's `at_seconds` is taken. `FormatError` names the
    place of a fault.
    """
    if len(bars) > MOST_BARS or len(tempos) > MOST_TEMPOS:
        raise FormatError(f"more than {MOST_BARS} bars", Where(file=file))
    place, line = "the map", None
    try:
        made = []
        for place, row in bars:  # noqa: B007
            made.append(Bar(Meter.parse(str(row["meter"])), BarLabel.parse(str(row["bar"]))))
        if not made:
            raise ValueError("a map needs at least one bar")
        place = bars[0][0]
        begins = start or FilmTime(number_in(bars[0][1]["at_seconds"]))
        events = []
        for place, row in tempos:
            events.append(event_of(row, place, file))
        place = "the tempos"
        grid = BarGrid(tuple(made), Beats(number_in(pickup or 0)))
        return TempoMap(begins, grid, tuple(events))
    except KeyError as fault:
        raise FormatError(f"{place}: {fault} is missing", Where(file=file, line=line)) from None
    except FormatError:
        raise
    except (ValueError, TypeError, ScorestageError) as fault:
        told = fault.what if isinstance(fault, ScorestageError) else str(fault)
        raise FormatError(f"{place}: {told}", Where(file=file, line=line)) from None
