"""Judges a repair exactly: the hits before and after, the steps heard, the bars touched."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.music.replaying import PlayedSpan
from scorestage.production import BarState
from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.moves import Kind, Moves
from scorestage.tempofit.repairs.rebuilding import new_clicks, rebuilt, speed_of
from scorestage.tempofit.repairs.repair import (
    BarSource,
    Edit,
    EditKind,
    HitAfter,
    Origin,
    Repair,
)
from scorestage.tempofit.repairs.search import Way
from scorestage.tempofit.repairs.telling import edit_words, repair_words
from scorestage.tempofit.repairs.written import WrittenHit
from scorestage.tempofit.steps import tempo_steps_percent
from scorestage.timebase import Beat, TempoMap

HUNDRED = Fraction(100)


def judged_repair(terrain: Terrain, name: str, way: Way) -> Repair:
    """The way as a repair, everything in it exact."""
    tempo_map, spans, sources = rebuilt(terrain, way)
    edits = tuple(_edit(terrain, move) for move in way.moves)
    hits = tuple(_after(terrain, hit, tempo_map, spans) for hit in terrain.written.hits)
    largest = max((abs(one) for one in tempo_steps_percent(tempo_map)), default=Fraction(0))
    touched = _touched(terrain, way, sources)
    states = terrain.written.states
    pages = set(_repaged(terrain, way))
    made = Repair(
        name=name,
        why="",
        tempo_map=tempo_map,
        edits=edits,
        spans=spans,
        sources=sources,
        hits=hits,
        points=Fraction(round(way.cost * 1000), 1000),
        largest_step_percent=largest,
        touched=touched,
        reprint=tuple(one for one in touched if states[one] is not BarState.FREE and one in pages),
        retake=tuple(one for one in _at_other_tempo(terrain, way) if _recorded(terrain, one)),
        new_music_bars=sum(source.origin is Origin.NEW for source in sources if not source.old_bars)
        if any(edit.kind is EditKind.NEW_MUSIC for edit in edits)
        else 0,
    )
    return _with_words(made)


def _with_words(repair: Repair) -> Repair:
    return replace(repair, why=repair_words(repair))


def _recorded(terrain: Terrain, bar: int) -> bool:
    return terrain.written.states[bar] is BarState.RECORDED


_KINDS = {
    Kind.BEND: EditKind.BEND,
    Kind.CUT: EditKind.CUT,
    Kind.REPEAT: EditKind.REPEAT,
    Kind.HOLD: EditKind.HOLD,
    Kind.FREE_BAR: EditKind.FREE_BAR,
    Kind.NEW: EditKind.NEW_MUSIC,
}


def _edit(terrain: Terrain, move: Moves) -> Edit:
    places, grid = terrain.written.joints.places, terrain.written.tempo_map.grid
    first, last = grid.starts[int(move.first[0])], grid.starts[int(move.last[0])]
    kind = _KINDS[Kind(int(move.kind[0]))]
    out, into = places[int(move.out[0])], places[int(move.into[0])]
    low, high = (first, last) if kind is EditKind.BEND else (min(out, into), max(out, into))
    seconds = Fraction(0)
    if kind in (EditKind.HOLD, EditKind.FREE_BAR):
        seconds = terrain.exact_shift(int(move.high[0])) - terrain.exact_shift(int(move.low[0]))
    times = int(move.times[0])
    if kind is EditKind.NEW_MUSIC:
        times = new_clicks(terrain, move)
        seconds = Fraction(round(float(move.added[0]) * 1000), 1000)
    percent = (speed_of(terrain, move) - 1) * HUNDRED
    edit = Edit(kind, "", low, high, times, percent, first, last, seconds)
    return replace(edit, words=edit_words(edit, grid))


def _after(
    terrain: Terrain, hit: WrittenHit, tempo_map: TempoMap, spans: tuple[PlayedSpan, ...]
) -> HitAfter:
    """Where the hit's accent sounds now; of several times it is played the nearest."""
    rate = terrain.written.rate
    aim = hit.hit.at + rate.frame_span * hit.hit.aim_frames
    best: tuple[Fraction, Beat] | None = None
    end = terrain.written.tempo_map.grid.end
    for span in spans:
        if span.low is None:
            continue
        last = span.high == end and hit.at == end
        if not (span.low <= hit.at < span.low + span.length or last):
            continue
        place = span.to + (hit.at - span.low)
        off = rate.frames_in(tempo_map.time_at(place) - aim)
        if best is None or abs(off) < abs(best[0]):
            best = off, place
    if best is None:
        return HitAfter(hit.hit, hit.before_frames, hit.caught_before, None, False, None)
    off, place = best
    caught = -hit.hit.early_frames <= off <= hit.hit.late_frames
    position = tempo_map.grid.position(place)
    return HitAfter(hit.hit, hit.before_frames, hit.caught_before, off, caught, position)


def _touched(terrain: Terrain, way: Way, sources: tuple[BarSource, ...]) -> tuple[int, ...]:
    """Written bars not played exactly as they were: bent, cut, joined, played again."""
    touched = set(_at_other_tempo(terrain, way)) | set(_repaged(terrain, way))
    played = {bar for source in sources for bar in source.old_bars}
    touched |= set(range(terrain.bars)) - played
    return tuple(sorted(touched))


def _at_other_tempo(terrain: Terrain, way: Way) -> tuple[int, ...]:
    found: set[int] = set()
    for move in way.moves:
        if float(move.bend[0]) != 0.0:
            found |= set(range(int(move.first[0]), int(move.last[0])))
        elif Kind(int(move.kind[0])) in (Kind.HOLD,):
            found.add(int(move.first[0]))
    return tuple(sorted(found))


def _repaged(terrain: Terrain, way: Way) -> tuple[int, ...]:
    """Written bars whose notes, meter, or neighbour change on the page."""
    found: set[int] = set()
    for move in way.moves:
        kind = Kind(int(move.kind[0]))
        if kind is Kind.BEND:
            continue
        low = min(int(move.out[0]), int(move.into[0]))
        high = max(int(move.out[0]), int(move.into[0]))
        inner = min(int(terrain.floor_bar[low]), terrain.bars - 1)
        outer = max(int(terrain.ceil_bar[high]), inner + 1)
        found |= set(range(inner, min(outer, terrain.bars)))
        if kind in (Kind.HOLD, Kind.FREE_BAR, Kind.NEW) and inner:
            found.add(int(move.first[0]))
    return tuple(sorted(found))
