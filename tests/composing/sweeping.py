"""Any cue at all: style, length, kind of tempo map, meters, pattern of hits; and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from tests.composing import craft
from tests.composing.cues import START, request

from scorestage.composing import Composition, CueRequest
from scorestage.composing.deeds import Deed, deed_of
from scorestage.composing.ending import BUTTON_BEFORE_END_SECONDS
from scorestage.composing.frame import frame_of
from scorestage.composing.moments import silences
from scorestage.music import Sketch
from scorestage.music.holding import held_sketch, holds_of
from scorestage.production import Hit, HitKind, WayIn, WayOut
from scorestage.timebase import BarGrid, Beat, Beats, FilmRange, FilmSpan, Meter, Tempo, TempoMap
from scorestage.timebase.tempo import Fermata, FreeBar, Ramp, Steady, TempoEvent

LENGTHS = (8, 15, 30, 60, 120, 240, 360)
"""Seconds."""
MAPS = ("steady", "steps", "ramps", "fermatas", "free bars")
METERS = ("4/4", "3/4", "5/4", "2+2+3/8", "6/8", "3/8", "mixed")
HITS = ("none", "dense", "bar 1", "last beat")
SPEEDS = (50, 72, 96, 120, 160)
_MIX = ("4/4", "3/4", "2/4", "5/4", "2+2+3/8", "6/8", "5/8")


@dataclass(frozen=True, slots=True)
class Case:
    """A cue to be written, by what it is."""

    style: str
    seconds: int
    kind: str
    meter: str
    hits: str
    bpm: int = 96
    way_in: str = "hard"
    way_out: str = "ring-off"
    speech: bool = False
    seed: int = 1


def drawn_case(style: str, number: int) -> Case:
    """A case of a style; lengths, maps, meters and patterns take turns, so that all meet."""
    random = Random(f"{style}|{number}")
    return Case(
        style,
        LENGTHS[(number + random.randrange(7)) % 7],
        MAPS[number % 5],
        METERS[(number + random.randrange(7)) % 7],
        HITS[(number + number // 4) % 4],
        random.choice(SPEEDS),
        random.choice(list(WayIn)).value,
        random.choice(list(WayOut)).value,
        random.random() < 0.25,
        number,
    )


def request_of(case: Case) -> CueRequest:
    """The request for a case."""
    random = Random(str(case))
    meters = _meters(case, random)
    grid = BarGrid.of_meters(tuple(Meter.parse(one) for one in meters))
    tempo_map = TempoMap(START, grid, tuple(_events(case, grid, random)))
    asked = request(case.style, meters=meters, bpm=case.bpm, way_in=case.way_in,
                    way_out=case.way_out, seed=case.seed,
                    theme_meter=random.choice(("4/4", "4/4", "3/4", "6/8")))  # fmt: skip
    places = dict.fromkeys(_places(case, grid, random))
    kinds = [random.choice(list(HitKind)) for _ in places]
    hits = tuple(
        Hit(f"h{number}", tempo_map.time_at(at), f"hit {number}", kind, random.randint(1, 5))
        for number, (at, kind) in enumerate(zip(places, kinds, strict=True), start=1)
    )
    length = grid.end.quarters
    spoken = (Beat(int(length / 3)), Beat(int(length * 2 / 3)))
    speech = (
        (FilmRange(*(tempo_map.time_at(at) for at in spoken)),)
        if case.speech and spoken[0] < spoken[1]
        else ()
    )
    cue = replace(asked.cue, start=START, end=tempo_map.end, hits=hits, dialogue=speech)
    return replace(asked, cue=cue, tempo_map=tempo_map)


def _meters(case: Case, random: Random) -> tuple[str, ...]:
    total, wanted = Fraction(0), Fraction(case.seconds * case.bpm, 60)
    found: list[str] = []
    while total < wanted or not found:
        meter = random.choice(_MIX) if case.meter == "mixed" else case.meter
        found.append(meter)
        total += Meter.parse(meter).length.quarters
    return tuple(found)


def _events(case: Case, grid: BarGrid, random: Random) -> Iterator[TempoEvent]:
    """The tempo, and something every four bars or so."""
    tempo = Tempo(case.bpm)
    yield Steady(Beat(0), tempo)
    bars = len(grid.bars)
    every = 1 if bars < 4 else random.choice((2, 4, 5))
    for bar in range(every - 1, bars, every) if case.kind != "steady" else ():
        start, length = grid.starts[bar], grid.bars[bar].meter.length
        other = Tempo(round(case.bpm * random.choice((0.75, 0.9, 1.1, 1.3))))
        if case.kind == "steps" and bar:
            yield Steady(start, other)
        elif case.kind == "ramps":
            yield Ramp(start, length, tempo, other)
            tempo = other
        elif case.kind == "fermatas" and random.random() < 0.5:
            beat = Beats(min(Fraction(1), length.quarters / 2))
            yield Fermata(start + length - beat, beat, FilmSpan(2))
        elif case.kind == "free bars" and random.random() < 0.4:
            yield FreeBar(start, length, FilmSpan(5))


def _places(case: Case, grid: BarGrid, random: Random) -> Iterator[Beat]:
    """Where the hits fall."""
    if case.hits == "bar 1":
        yield Beat(random.choice((Fraction(0), Fraction(1, 4), Fraction(1))))
    elif case.hits == "last beat":
        yield grid.end - Beats(random.choice((Fraction(1), Fraction(1, 2), Fraction(1, 4))))
    elif case.hits == "dense":
        at = Fraction(random.randrange(8), 4)
        while at < grid.end.quarters:
            yield Beat(at)
            at += Fraction(random.choice((1, 2, 3, 5, 7, 9)), random.choice((1, 2, 4)))


def faults_of(asked: CueRequest, piece: Composition) -> list[str]:
    """All that must not be: overrun, an end too early, an empty bar, what cannot be written."""
    sketch = held_sketch(piece.sketch, asked.tempo_map)
    found = [f"empty bar {bar + 1}" for bar in _empty(asked, sketch)]
    found += [f"off the grid {one}" for one in craft.off_grid(sketch)]
    found += [f"overlap {one}" for one in craft.overlaps(sketch)]
    found += [f"twice {one}" for one in craft.duplicate_ids(sketch)]
    found += [f"register {one}" for one in craft.out_of_register(sketch)]
    return found + _end_faults(asked, sketch) + _missed(asked, sketch)


def _missed(asked: CueRequest, sketch: Sketch) -> list[str]:
    """Hits at which nobody strikes, and stops in which somebody does."""
    struck = {note.onset for _, note in craft.all_notes(sketch)}
    found = []
    for moment in frame_of(asked, asked.main_theme).moments:
        stops = deed_of(asked, moment) is Deed.STOP
        last = moment.at >= max(note.onset for _, note in craft.all_notes(sketch))
        if (moment.at in struck) is stops and not (stops and last):
            found.append(f"unplayed {deed_of(asked, moment)} at {moment.at.quarters}")
    return found


def _empty(asked: CueRequest, sketch: Sketch) -> list[int]:
    """Bars without a sound in which music was promised.

    None is where stops fill a bar but for less than a beat, or fall on a fermata or free bar.
    """
    grid = sketch.grid
    quiet = silences(asked, frame_of(asked, asked.main_theme))
    holds = {hold.at for hold in holds_of(asked.tempo_map)}
    found = []
    for bar in craft.silent_bars(sketch):
        start, end = grid.starts[bar], grid.starts[bar + 1]
        left = (end - start).quarters
        for one, stop in quiet:
            left -= max(Fraction(0), (min(stop, end) - max(one, start)).quarters)
        held = any(start <= one < end and one in holds for one, _ in quiet)
        if left >= min(Fraction(1), (end - start).quarters) and not held:
            found.append(bar)
    return found


def _end_faults(asked: CueRequest, sketch: Sketch) -> list[str]:
    """The last sound ends where the cue does; a button, or a stop at the end, ends it before."""
    ends = max(note.end for _, note in craft.all_notes(sketch))
    grid, tempo_map = sketch.grid, asked.tempo_map
    if ends > grid.end:
        return [f"overrun by {(ends - grid.end).quarters}"]
    quiet = silences(asked, frame_of(asked, asked.main_theme))
    if ends == grid.end or any(one <= ends and grid.end <= end for one, end in quiet):
        return []
    left = (tempo_map.time_at(grid.end) - tempo_map.time_at(ends)).seconds
    if asked.cue.way_out is WayOut.BUTTON and left <= BUTTON_BEFORE_END_SECONDS:
        return []
    return [f"{asked.cue.way_out.value} stops {(grid.end - ends).quarters} early ({left}s)"]
