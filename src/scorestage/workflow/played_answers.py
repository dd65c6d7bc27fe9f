"""What a map from a performance answers: for `--json`, in words, and as a file of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorestage import registry
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.adapters.store import write_bytes
from scorestage.adapters.store.map_file import map_text
from scorestage.errors import FormatError, Where
from scorestage.production import Hit
from scorestage.tempofit.played import PlayedBeat
from scorestage.timebase import Beat, Fermata, FilmClock, Ramp, Steady, TempoMap, mixed_text
from scorestage.workflow.fit_answers import tell_tempos
from scorestage.workflow.played import PlayedAnswer
from scorestage.workflow.tell import tell_exact, tell_moment

UNSURE = 0.7
"""Below this, a person is asked to look which beat was found."""
AUDIBLE_PERCENT = 6
"""From here on a step of tempo must be written down for the players."""


def tell_played(answer: PlayedAnswer, clock: FilmClock) -> dict[str, Any]:
    """The whole answer."""
    played = answer.played
    return {
        "name": answer.name,
        "follow": str(played.follow),
        "rate": clock.rate.name,
        "confidence": answer.confidence,
        "rivals": [
            {"bpm": round(one.bpm, 2), "share": round(one.share, 4), "words": one.words}
            for one in answer.rivals
        ],
        **tell_moment("take_starts", answer.origin.at),
        **tell_map(played.tempo_map, clock),
        "beats": [_beat(one, played.tempo_map) for one in played.beats],
        "taps": [
            {
                **tell_moment("at", counted.tap.at),
                "bar": None if place is None else str(played.tempo_map.grid.position(place).label),
                "beat": None if place is None else str(played.tempo_map.grid.position(place).beat),
                "quarters": None if place is None else str(place.quarters),
                "remark": counted.remark,
            }
            for counted, place in answer.taps
        ],
        "hits": [
            {
                "id": one.hit.id,
                "words": one.hit.words,
                "bar": str(one.position.label),
                "bar_index": one.position.bar_index,
                "beat": str(one.position.beat),
                **tell_moment("at", one.hit.at),
                **tell_exact("off_frames", one.off_frames),
                "caught": one.caught,
            }
            for one in played.landings
        ],
        "jitter_seconds": played.scatter_seconds,
        "off_rms_seconds": played.rms_seconds,
        "off_mean_seconds": played.mean_seconds,
        **tell_moment("off_largest", played.largest_off_seconds),
        "pulled_seconds": played.pulled_seconds,
        "pulled_at": (
            None
            if played.pulled_at is None
            else str(played.tempo_map.grid.position(played.pulled_at))
        ),
        "largest_step_percent": played.largest_step_percent,
        "remarks": list(answer.remarks),
    }


def tell_map(tempo_map: TempoMap, clock: FilmClock) -> dict[str, Any]:
    """Bars and tempos of a map, each with its moment and timecode."""
    grid = tempo_map.grid
    return {
        "bars": [
            {
                "bar": str(bar.label),
                "bar_index": index,
                "meter": str(bar.meter),
                **tell_moment("at", tempo_map.time_at(grid.starts[index])),
                "timecode": clock.nearest_label(tempo_map.time_at(grid.starts[index])),
            }
            for index, bar in enumerate(grid.bars)
        ],
        "pickup_quarters": str(grid.pickup.quarters),
        "tempos": tell_tempos(tempo_map),
        **tell_moment("start", tempo_map.start),
        **tell_moment("end", tempo_map.end),
    }


def tempo_rows(tempo_map: TempoMap, clock: FilmClock) -> list[tuple[str, str, str]]:
    """The tempo list as a person reads it: where, when, what."""
    rows = []
    for event in tempo_map.events:
        where = place_words(tempo_map, event.at)
        at = clock.nearest_label(tempo_map.time_at(event.at))
        if isinstance(event, Steady):
            what = f"{float(event.tempo.bpm):.6g}"
        elif isinstance(event, Ramp):
            last = place_words(tempo_map, event.at + event.length)
            slower = event.end.quarters_per_minute < event.start.quarters_per_minute
            what = (
                f"{'rit.' if slower else 'accel.'} {float(event.start.bpm):.5g} → "
                f"{float(event.end.bpm):.5g} to {last}"
            )
        else:
            kind = "fermata" if isinstance(event, Fermata) else "free"
            beats = mixed_text(event.length.quarters)
            what = f"{kind}: {beats} ♩ in {float(event.played.seconds):.2f} s"
        rows.append((where, at, what))
    return rows


def place_words(tempo_map: TempoMap, at: Beat) -> str:
    """Bar and beat as a person reads them: `7 beat 4½`, `final barline`."""
    if at == tempo_map.grid.end:
        return "final barline"
    position = tempo_map.grid.position(at)
    return f"{position.label} beat {mixed_text(position.beat)}"


def meter_rows(tempo_map: TempoMap, clock: FilmClock) -> list[tuple[str, str, str, str]]:
    """Where each meter begins: bar, timecode, meter, how many bars."""
    grid = tempo_map.grid
    runs = [(index, bar) for index, bar in enumerate(grid.bars)
            if index == 0 or bar.meter != grid.bars[index - 1].meter]  # fmt: skip
    ends = [*(index for index, _ in runs[1:]), len(grid.bars)]
    return [
        (
            f"bar {bar.label}",
            clock.nearest_label(tempo_map.time_at(grid.starts[index])),
            str(bar.meter),
            str(end - index),
        )
        for (index, bar), end in zip(runs, ends, strict=True)
    ]


def told_in_words(answer: PlayedAnswer) -> list[str]:
    """What the map is and how it stands to the take, a sentence a line."""
    played = answer.played
    events, bars = len(played.tempo_map.events), len(played.tempo_map.grid.bars)
    words = [
        f"{answer.name}: {bars} bars, {events} tempo event{'s' if events > 1 else ''}; "
        f"the map lies {_ms(played.rms_seconds)} ms (rms) from the take, "
        f"{_ms(float(played.largest_off_seconds), sign=True)} ms at most, "
        f"{_ms(played.mean_seconds, sign=True)} ms on average"
    ]
    if played.follow != "beats":
        words.append(f"jitter taken out: {_ms(played.scatter_seconds)} ms")
    if answer.confidence is not None:
        words.append(f"how sure the beat is: {answer.confidence:.2f} of 1")
    if answer.rivals:
        told = "; ".join(
            f"{one.words}, {one.bpm:.0f} bpm ({one.share * 100:.0f} %)" for one in answer.rivals
        )
        words.append(f"it could be instead: {told}")
    if answer.confidence is not None and answer.confidence < UNSURE and answer.rivals:
        words.append("look at the map; --bpm and --wish choose the tempo, taps choose the beat")
    if played.pulled_at is not None:
        place = place_words(played.tempo_map, played.pulled_at)
        words.append(
            f"hits and end pull the map {_ms(played.pulled_seconds)} ms away from the take at "
            f"most, at {place}"
        )
    if played.largest_step_percent > AUDIBLE_PERCENT:
        words.append(
            f"the largest step of tempo is {played.largest_step_percent:.1f} %: players must see it"
        )
    return [*words, *answer.remarks]


def write_map_file(
    path: Path, tempo_map: TempoMap, clock: FilmClock, title: str, hits: tuple[Hit, ...] = ()
) -> tuple[str, ...]:
    """Write a map by its file's suffix, as `.toml` or any format that carries tempo maps.

    Returns what the format could not carry. Raises `FormatError` for a suffix no format has.
    """
    suffix = path.suffix.lower()
    if suffix == ".toml":
        write_bytes(path, map_text(tempo_map, clock, title).encode("utf-8"))
        return ()
    known = [
        one
        for one in registry.load_all("formats").values()
        if isinstance(one, Format)
        and one.write_session is not None
        and Carries.TEMPO_MAP in one.carries
    ]
    for one in known:
        if one.takes(path) and one.write_session is not None:
            markers = tuple(
                Marker(hit.at, hit.words, kind=MarkerKind.HIT, id=hit.id) for hit in hits
            )
            session = Session(title, clock, tempo_map.start, tempo_map, markers)
            exported = one.write_session(session)
            write_bytes(path, exported.content)
            return exported.not_carried
    suffixes = sorted({".toml", *(name for one in known for name in one.suffixes)})
    raise FormatError(
        f"{path.suffix or path.name!r} cannot be written",
        Where(file=path),
        f"write one of {', '.join(suffixes)}",
    )


def _beat(one: PlayedBeat, tempo_map: TempoMap) -> dict[str, Any]:
    position = tempo_map.grid.position(one.at)
    return {
        "bar": str(position.label),
        "bar_index": position.bar_index,
        "beat": str(position.beat),
        "quarters": str(one.at.quarters),
        **tell_moment("at", one.mapped),
        **tell_moment("played_at", one.heard),
        **tell_moment("off", one.off_seconds),
        "confidence": round(one.confidence, 4),
    }


def _ms(seconds: float, sign: bool = False) -> str:
    return f"{seconds * 1000:+.0f}" if sign else f"{seconds * 1000:.0f}"
