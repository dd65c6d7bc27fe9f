"""A tempo map as JSON: a candidate as `fit --json` answers it, in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.map_rows import event_row, map_of_rows
from scorestage.adapters.plain_numbers import number_in
from scorestage.adapters.session import Exported, Imported, Marker, Session
from scorestage.errors import FormatError, Where
from scorestage.timebase import Beat, FilmClock, FilmTime, TempoMap

_MOST_BYTES = 64 * 1024 * 1024
_DO = "give an answer of `scorestage fit --json`, or one of its candidates"


def read_json(content: bytes, name: str, clock: FilmClock) -> Imported:
    """The map of a candidate, or of the first of several; its hits as markers.

    Exact texts are taken where they stand, else the numbers as they are written. `FormatError`
    names what is missing and where.
    """
    candidate, others = _candidate(_loaded(content, name), name, 1)
    tempo_map = _map_of(candidate, name)
    notes = (f"the first of {others + 1} candidates",) if others else ()
    markers = _markers(candidate, tempo_map, name)
    title = str(candidate.get("name") or "")
    return Imported(title, tempo_map, markers, placed=True, notes=notes)


def read_map_json(content: bytes, name: str, choose: int = 1) -> TempoMap:
    """The map of the `choose`-th candidate of a fit's answer (from 1), or of a candidate alone."""
    candidate, _ = _candidate(_loaded(content, name), name, choose)
    return _map_of(candidate, name)


def rate_said(content: bytes, name: str, choose: int = 1) -> str:
    """The frame rate that a candidate says it was made for; empty where it does not."""
    said = _candidate(_loaded(content, name), name, choose)[0].get("rate", "")
    return said if isinstance(said, str) else ""


def chosen_candidate(content: bytes, name: str, choose: int) -> bytes:
    """The `choose`-th candidate of a fit's answer (from 1) as a file of its own."""
    candidate, _ = _candidate(_loaded(content, name), name, choose)
    return json.dumps(candidate).encode("utf-8") if choose != 1 else content


def _map_of(candidate: Mapping[str, Any], name: str) -> TempoMap:
    bars, tempos = candidate.get("bars"), candidate.get("tempos")
    if not _rows(bars) or not _rows(tempos):
        raise FormatError("this is no tempo map: it needs bars and tempos", Where(file=name), _DO)
    return map_of_rows(
        [(f"bars[{number}]", row) for number, row in enumerate(bars or ())],
        [(f"tempos[{number}]", row) for number, row in enumerate(tempos or ())],
        None,
        candidate.get("pickup_quarters"),
        name,
    )


def _loaded(content: bytes, name: str) -> Any:
    if len(content) > _MOST_BYTES:
        raise FormatError(f"larger than {_MOST_BYTES // 2**20} MB", Where(file=name))

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no number")

    try:
        return json.loads(content, parse_float=str, parse_int=str, parse_constant=refuse)
    except json.JSONDecodeError as fault:
        raise FormatError(f"no JSON: {fault.msg}", Where(file=name, line=fault.lineno)) from None
    except (ValueError, RecursionError) as fault:
        told = str(fault) if isinstance(fault, ValueError) else "nested too deeply"
        raise FormatError(f"no JSON that can be read: {told}", Where(file=name)) from None


def _candidate(loaded: Any, name: str, choose: int) -> tuple[Mapping[str, Any], int]:
    """The candidate chosen (from 1) in a file, and how many more there are."""
    found = loaded
    others = 0
    if isinstance(loaded, dict) and isinstance(loaded.get("candidates"), list):
        known = loaded["candidates"]
        if not known:
            raise FormatError("the answer holds no candidate", Where(file=name), _DO)
        if not 1 <= choose <= len(known):
            do = f"choose 1 to {len(known)}"
            raise FormatError(f"there is no candidate {choose}", Where(file=name), do)
        found, others = known[choose - 1], len(known) - 1
    if not isinstance(found, dict):
        raise FormatError("this is no tempo map", Where(file=name), _DO)
    return found, others


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _markers(candidate: Mapping[str, Any], tempo_map: TempoMap, name: str) -> tuple[Marker, ...]:
    """Hits where they lie in the film; where only their beat is told, where the music meets it."""
    found = []
    hits = candidate.get("hits")
    for number, hit in enumerate(hits if _rows(hits) else ()):  # type: ignore[arg-type]
        try:
            at = (
                FilmTime(number_in(hit["at_seconds"]))
                if hit.get("at_seconds") is not None
                else tempo_map.time_at(Beat(number_in(hit["quarters"])))
            )
        except (KeyError, ValueError) as fault:
            raise FormatError(f"hits[{number}]: {fault}", Where(file=name)) from None
        words, identity = str(hit.get("words") or ""), str(hit.get("id") or "")
        found.append(Marker(at, words or identity, id=identity))
    return tuple(found)


def write_json(session: Session) -> Exported:
    """A session's map as one candidate: bars, every beat, tempos with their law, hits."""
    tempo_map = session.tempo_map
    if tempo_map is None:
        raise FormatError("there is no tempo map to write", do="fit the cue first")
    grid = tempo_map.grid
    answer = {
        "name": session.title,
        "why": "",
        "bars": _bars(tempo_map),
        "beats": [
            {
                "bar": str(grid.bars[click.bar_index].label),
                "bar_index": click.bar_index,
                "beat": str(click.beat),
                "quarters": str(click.at.quarters),
                **_seconds("at", click.time),
            }
            for click in tempo_map.clicks()
        ],
        "tempos": [_tempo(one, tempo_map) for one in tempo_map.events],
        "hits": [_hit(marker, tempo_map) for marker in session.markers if marker.end is None],
        "pickup_quarters": str(grid.pickup.quarters),
        "rate": session.clock.rate.name,
        **_seconds("end", tempo_map.end),
    }
    text = json.dumps(answer, indent=1, ensure_ascii=False) + "\n"
    lost = []
    if any(marker.end is not None for marker in session.markers):
        lost.append("regions")
    if session.tracks:
        lost.append("tracks and their media")
    return Exported(text.encode("utf-8"), tuple(lost), ("every number is exact",))


def _bars(tempo_map: TempoMap) -> list[dict[str, Any]]:
    return [
        {
            "bar": str(bar.label),
            "bar_index": index,
            "meter": str(bar.meter),
            **_seconds("at", tempo_map.time_at(tempo_map.grid.starts[index])),
        }
        for index, bar in enumerate(tempo_map.grid.bars)
    ]


def _tempo(event: Any, tempo_map: TempoMap) -> dict[str, Any]:
    position = tempo_map.grid.position(event.at)
    row: dict[str, Any] = dict(event_row(event))
    for key in ("bpm", "to_bpm"):
        if key in row:
            row |= {key: float(number_in(row[key])), f"{key}_exact": row[key]}
    told = {"bar": str(position.label), "bar_index": position.bar_index}
    return {
        **told,
        "beat": str(position.beat),
        **_seconds("at", tempo_map.time_at(event.at)),
        **row,
    }


def _hit(marker: Marker, tempo_map: TempoMap) -> dict[str, Any]:
    beat = tempo_map.beat_at(marker.at)
    position = tempo_map.grid.position(beat)
    told: dict[str, Any] = {"id": marker.id or marker.words, "words": marker.words}
    told |= {"bar": str(position.label), "bar_index": position.bar_index}
    told |= {"beat": str(position.beat)}
    return {**told, "quarters": str(beat.quarters), **_seconds("at", marker.at)}


def _seconds(key: str, at: FilmTime) -> dict[str, Any]:
    return {f"{key}_seconds": str(at.seconds), f"{key}_seconds_float": float(at.seconds)}


FORMAT = Format(
    name="json",
    title="tempo map as JSON",
    suffixes=(".json",),
    read_session=read_json,
    write_session=write_json,
    recognises=lambda head: head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")),
    carries=frozenset((Carries.TEMPO_MAP, Carries.RAMPS, Carries.MARKERS)),
)
