"""What of a sketch can be heard as tension and mood, bar by bar, in numbers.

Strain in the spiral array (diameter and distance from the key, felt beat by felt beat), attacks a
second, height, loudness, detached playing. Nothing here knows how the music was made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.spiral import centre, diameter, fifths_of, momentum, point_of, strain
from scorestage.music import Articulation, Note, Sketch
from scorestage.music.feel import felt_beats
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, Meter, TempoMap


@dataclass(frozen=True, slots=True)
class BarMeasure:
    """One bar: spiral-array figures (means over its beats), attacks a second, mean height of the
    highest tone and mean loudness (steps from mf), weighted by length; None where nothing sounds.
    """

    bar_index: int
    diameter: float | None
    strain: float | None
    momentum: float | None
    attacks_per_second: float
    top_key: float | None
    loudness: float | None
    short_share: float


def measured(sketch: Sketch, tempo_map: TempoMap, key: Key) -> tuple[BarMeasure, ...]:
    """Every bar of a sketch, heard in one key."""
    notes = sorted(
        (note for strand in sketch.strands for note in strand.staff.notes if note.sounding),
        key=lambda note: note.onset,
    )
    grid = sketch.grid
    found = []
    before = None
    for index in range(len(grid.bars)):
        start, end = grid.starts[index], grid.starts[index + 1]
        inside = [note for note in notes if note.onset < end and start < note.end]
        rows = []
        moved = []
        for low, high in _beats(grid.bars[index].meter, start):
            cloud = _cloud(inside, low, high)
            if not cloud:
                continue
            here = centre([(point_of(tone), weight) for tone, weight in cloud])
            rows.append((diameter([tone for tone, _ in cloud]), strain(here, key)))
            if before is not None:
                moved.append(momentum(before, here))
            before = here
        seconds = float((tempo_map.time_at(end) - tempo_map.time_at(start)).seconds)
        struck = [note for note in inside if note.onset >= start]
        short = [note for note in struck if Articulation.STACCATO in note.articulations]
        found.append(
            BarMeasure(
                index,
                _mean([row[0] for row in rows]),
                _mean([row[1] for row in rows]),
                _mean(moved),
                len(struck) / seconds,
                _height(inside, start, end),
                _loudness(sketch, start, end),
                len(short) / len(struck) if struck else 0.0,
            )
        )
    return tuple(found)


def _beats(meter: Meter, start: Beat) -> list[tuple[Beat, Beat]]:
    found = []
    at = start
    for length in felt_beats(meter):
        found.append((at, at + Beats(length)))
        at = at + Beats(length)
    return found


def _cloud(notes: Sequence[Note], start: Beat, end: Beat) -> list[tuple[int, float]]:
    """What sounds in a beat: tones in fifths above C, with how long each of them sounds."""
    found = []
    for note in notes:
        sounding = min(note.end, end) - max(note.onset, start)
        if sounding.quarters > 0:
            weight = float(sounding.quarters)
            found += [(fifths_of(pitch), weight) for pitch in note.sounding]
    return found


def _height(notes: Sequence[Note], start: Beat, end: Beat) -> float | None:
    """The mean key of the highest tone, quarter of a beat by quarter of a beat."""
    rows = []
    step = Beats("1/4")
    at = start
    while at < end:
        keys = [p.key for note in notes if note.onset <= at < note.end for p in note.sounding]
        if keys:
            rows.append(float(max(keys)))
        at = at + step
    return _mean(rows)


def _loudness(sketch: Sketch, start: Beat, end: Beat) -> float | None:
    """The mean level of the strands that sound, by their marks; hairpins are left out."""
    total = weight = Fraction(0)
    for strand in sketch.strands:
        marks = strand.staff.dynamics
        places = [mark.at for mark in marks]
        for note in strand.staff.notes:
            sounding = min(note.end, end) - max(note.onset, start)
            place = bisect_right(places, max(note.onset, start)) - 1
            if sounding.quarters > 0 and place >= 0:
                total += sounding.quarters * marks[place].dynamic.level
                weight += sounding.quarters
    return float(total / weight) if weight else None


def _mean(figures: Sequence[float]) -> float | None:
    return sum(figures) / len(figures) if figures else None
