"""Names each map of a list by how it is musical."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.steps import holds, ramps
from scorestage.timebase import Fermata, FilmSpan, Ramp, Steady, TempoMap

OF_THEIR_OWN = ("kept", "steadiest", "closest", "plain meter", "plain", "hidden steps")
"""Names that say already how a map is musical."""
NOTABLY = 1.03
NEARER = Fraction(2, 3)
"""A map is called nearer where it is off by so small a share of what the first one is."""
THIRDS = ("at the beginning", "in the middle", "towards the end")


def named(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with names that tell them apart; the first is what others are compared to."""
    found: list[Candidate] = []
    taken: set[str] = set()
    for one in candidates:
        name = _name(one, candidates[0])
        if name in taken:
            name = f"{name}, {len(one.tempo_map.grid.bars)} bars"
        number, plain = 2, name
        while name in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name)
        found.append(replace(one, name=name))
    return found


def _name(one: Candidate, first: Candidate) -> str:
    if one.name in OF_THEIR_OWN:
        return one.name
    written = _written(one.tempo_map)
    if written:
        return written
    steady = all(isinstance(event, Steady) for event in one.tempo_map.events)
    base = "one tempo" if steady and len(one.tempo_map.events) == 1 else ""
    pace = mean_pace(one.tempo_map) / mean_pace(first.tempo_map)
    if pace > NOTABLY or pace < 1 / NOTABLY:
        speed = "faster" if pace > 1 else "slower"
        return f"{base}, {speed}" if base else speed
    if base:
        return base
    if one is first:
        return "balanced"
    if one.meter_changes < first.meter_changes:
        return "fewer changes of meter"
    if one.unwritten_step_percent < first.unwritten_step_percent:
        return "gentler steps"
    return _closer(one, first)


def _closer(one: Candidate, first: Candidate) -> str:
    """What speaks for a map that neither tempo nor meter tells apart."""
    downbeats = [sum(hit.stress == 3 for hit in each.caught) for each in (one, first)]
    if downbeats[0] > downbeats[1]:
        return "more hits on downbeats"
    off = [sum(abs(hit.off_frames) for hit in each.caught) for each in (one, first)]
    if off[0] < NEARER * off[1] and len(one.caught) >= len(first.caught):
        return "nearer the hits"
    return _where_faster(one.tempo_map, first.tempo_map)


def _where_faster(one: TempoMap, first: TempoMap) -> str:
    """In which third of the cue a map is faster, or slower, than another by most."""
    lasting = min(float((each.end - each.start).seconds) for each in (one, first))
    paces = [
        [_beats_within(each, lasting * third / 3, lasting * (third + 1) / 3) for third in range(3)]
        for each in (one, first)
    ]
    ratios = [math.log(mine / other) for mine, other in zip(*paces, strict=True)]
    third = max(range(3), key=lambda number: abs(ratios[number]))
    speed = "faster" if ratios[third] > 0 else "slower"
    return f"{speed} {THIRDS[third]}"


def _beats_within(tempo_map: TempoMap, first: float, last: float) -> float:
    """Quarters between two moments, in seconds from the start."""
    at = [
        tempo_map.beat_at(tempo_map.start + FilmSpan(Fraction(round(1000 * one), 1000)))
        for one in (first, last)
    ]
    return max(1e-6, float((at[1] - at[0]).quarters))


def mean_pace(tempo_map: TempoMap) -> float:
    """Quarters per second over the whole map."""
    lasting = (tempo_map.end - tempo_map.time_at(tempo_map.grid.starts[0])).seconds
    return float(tempo_map.grid.end.quarters / lasting) if lasting > 0 else 1.0


def _written(tempo_map: TempoMap) -> str:
    """What is written in a map, as part of a title."""
    end, words = tempo_map.grid.end, list[str]()
    for event in (*holds(tempo_map), *ramps(tempo_map)):
        if isinstance(event, Ramp):
            slower = event.end.quarters_per_minute < event.start.quarters_per_minute
            what = "a ritardando" if slower else "an accelerando"
        else:
            what = "a fermata" if isinstance(event, Fermata) else "a free bar"
        last = event.at + event.length >= end
        if isinstance(event, Ramp):
            place = "the ending" if last else _bar(tempo_map, event)
            words.append(f"{what} into {place}")
        else:
            place = "the end" if last else f"bar {tempo_map.grid.position(event.at).label}"
            words.append(f"{what} at {place}")
    if not words:
        return ""
    if len(words) > 2:
        words = [*words[:2], f"{len(words) - 2} more"]
    return "with " + ", ".join(words)


def _bar(tempo_map: TempoMap, ramp: Ramp) -> str:
    return f"bar {tempo_map.grid.position(ramp.at + ramp.length).label}"
