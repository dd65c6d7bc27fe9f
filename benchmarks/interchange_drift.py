"""What an hour of tempo map is worth after it went through another program's file.

Each format is written, then read by code that shares nothing with ours: MIDI ticks summed with
mido, Reaper's points by REAPER's own arithmetic over the parser `rpp`, DAWproject's points over
lxml. Tables and JSON hold exact numbers and are read by ourselves. Printed are the largest error
of a quarter, the largest error of any beat, and the error after the hour.

Run: `uv run python -m benchmarks.interchange_drift`
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

import mido
import rpp
from lxml import etree

from scorestage.adapters.formats.dawproject import write_project as write_dawproject
from scorestage.adapters.formats.map_csv import read_csv, write_csv
from scorestage.adapters.formats.map_json import read_json, write_json
from scorestage.adapters.formats.midi.map_out import write_map
from scorestage.adapters.formats.reaper import write_project as write_reaper
from scorestage.adapters.session import Exported, Imported, Session
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

HOUR_SECONDS = 3600
CLOCK = FilmClock(FRAMES_24)
Times = Callable[[Sequence[Fraction]], list[Fraction]]
"""Quarters from bar 1 as seconds from bar 1, as a file has it."""


def steady() -> TempoMap:
    """One tempo that no whole microsecond makes: 93.5 bpm."""
    return TempoMap.steady(FilmTime(0), Tempo("93.5"), BarGrid.regular(1403, Meter(4, 4)))


def steps() -> TempoMap:
    """A new tempo every eight bars, of changing meters."""
    chance = random.Random(1)
    meters, events, at = [], [], Fraction(0)
    while len(events) < 240:
        meter = Meter.parse(chance.choice(("4/4", "3/4", "6/8", "5/4", "7/8")))
        events.append(Steady(Beat(at), Tempo(Fraction(chance.randint(6000, 14000), 100))))
        meters += [meter] * 8
        at += 8 * meter.length.quarters
    return TempoMap(FilmTime(0), BarGrid.of_meters(tuple(meters)), tuple(events))


def ramps() -> TempoMap:
    """Accelerandi and ritardandi of all laws, four bars each, steady between."""
    chance = random.Random(2)
    events: list[TempoEvent] = [Steady(Beat(0), Tempo(90))]
    now = Fraction(90)
    for number in range(175):
        goal = Fraction(chance.randint(60, 140))
        at = Beat(16 + 32 * number)
        law = (RampLaw.LINEAR_IN_BEATS, RampLaw.LINEAR_IN_TIME, RampLaw.LINEAR_INTERVAL)[number % 3]
        events += [Ramp(at, Beats(16), Tempo(now), Tempo(goal), law)]
        now = goal
    return TempoMap(FilmTime(0), BarGrid.regular(1410, Meter(4, 4)), tuple(events))


# ── independent readers ─────────────────────────────────────────────────────────────────────────


def midi_times(content: bytes) -> Times:
    """Whole microseconds a quarter, summed tick by tick."""
    file = mido.MidiFile(file=io.BytesIO(content))
    points, tick, seconds, tempo = [], 0, Fraction(0), 500_000
    for event in file.tracks[0]:
        seconds += Fraction(event.time * tempo, file.ticks_per_beat * 1_000_000)
        tick += event.time
        if event.type == "set_tempo":
            tempo = event.tempo
            points.append((Fraction(tick, file.ticks_per_beat), seconds, Fraction(tempo, 10**6)))
    return lambda quarters: _held(points, quarters)


def reaper_times(content: bytes) -> Times:
    """Between two points lie (seconds x mean tempo / 60) quarters; inside a ramp the root."""
    lines = [
        line for line in rpp.loads(content.decode()).find("TEMPOENVEX").children if line[0] == "PT"
    ]
    points, reached = [], Fraction(0)
    for one, two in zip(lines, [*lines[1:], None], strict=True):
        begins, speed, runs = Fraction(one[1]), Fraction(one[2]), one[3] == "0"
        slope = Fraction(0)
        if two is not None and runs:
            slope = (Fraction(two[2]) - speed) / (Fraction(two[1]) - begins)
        points.append((reached, begins, speed, slope))
        if two is not None:
            lasting = Fraction(two[1]) - begins
            reached += lasting * (2 * speed + slope * lasting) / 120

    def times(quarters: Sequence[Fraction]) -> list[Fraction]:
        found, index = [], 0
        for at in quarters:
            while index + 1 < len(points) and points[index + 1][0] <= at:
                index += 1
            first, begins, speed, slope = points[index]
            found.append(begins + _into(at - first, speed, slope))
        return found

    return times


def _into(quarters: Fraction, speed: Fraction, slope: Fraction) -> Fraction:
    if not slope:
        return quarters * 60 / speed
    root = float(speed * speed + 120 * slope * quarters) ** 0.5
    return Fraction((root - float(speed)) / float(slope))


def dawproject_times(content: bytes) -> Times:
    """Points that hold, in quarters."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("project.xml"))
    points, seconds, before, length = [], Fraction(0), Fraction(0), Fraction(0)
    for point in tree.iter("RealPoint"):
        at = Fraction(point.get("time"))
        seconds += (at - before) * length
        before, length = at, 60 / Fraction(point.get("value"))
        points.append((at, seconds, length))
    return lambda quarters: _held(points, quarters)


def _held(
    points: list[tuple[Fraction, Fraction, Fraction]], quarters: Sequence[Fraction]
) -> list[Fraction]:
    found, index = [], 0
    for at in quarters:
        while index + 1 < len(points) and points[index + 1][0] <= at:
            index += 1
        first, seconds, length = points[index]
        found.append(seconds + (at - first) * length)
    return found


def own_times(read: Callable[[bytes, str, FilmClock], Imported]) -> Callable[[bytes], Times]:
    """A format of exact numbers, read by ourselves."""

    def reader(content: bytes) -> Times:
        tempo_map = read(content, "file", CLOCK).tempo_map
        if tempo_map is None:
            raise ValueError("no map came back")
        return lambda quarters: [
            (tempo_map.time_at(Beat(at)) - tempo_map.start).seconds for at in quarters
        ]

    return reader


FORMATS: tuple[tuple[str, Callable[[Session], Exported], Callable[[bytes], Times]], ...] = (
    ("MIDI", write_map, midi_times),
    ("Reaper", write_reaper, reaper_times),
    ("DAWproject", write_dawproject, dawproject_times),
    ("CSV", write_csv, own_times(read_csv)),
    ("JSON", write_json, own_times(read_json)),
)


def measured(tempo_map: TempoMap, times: Times) -> tuple[float, float, float, float]:
    """Microseconds: worst of a quarter, worst of any beat, at the hour; and the seconds it has."""
    beats = [click.at for click in tempo_map.clicks() if click.time.seconds <= HOUR_SECONDS]
    theirs = times([at.quarters for at in beats])
    errors = [
        float(found - (tempo_map.time_at(at) - tempo_map.start).seconds) * 1e6
        for found, at in zip(theirs, beats, strict=True)
    ]
    lengths = [float((two - one).quarters) for one, two in pairwise(beats)]
    between = [
        abs(two - one) / length
        for (one, two), length in zip(pairwise(errors), lengths, strict=True)
    ]
    last = float((tempo_map.time_at(beats[-1]) - tempo_map.start).seconds)
    return max(between), max(map(abs, errors)), errors[-1], last


def main() -> None:
    """Print the table."""
    heads = f"{'a quarter, µs':>14} {'any beat, ms':>13} {'after, ms':>10} {'s':>7}"
    print(f"{'map':8} {'format':11} {heads}")
    for name, made in (("steady", steady), ("steps", steps), ("ramps", ramps)):
        tempo_map = made()
        session = Session(name, CLOCK, tempo_map.start, tempo_map)
        for title, write, reader in FORMATS:
            content = write(session).content
            a_beat, any_beat, drift, last = measured(tempo_map, reader(content))
            row = f"{a_beat:14.4f} {any_beat / 1000:13.6f} {drift / 1000:+10.6f} {last:7.1f}"
            print(f"{name:8} {title:11} {row}")


if __name__ == "__main__":
    main()
