"""The tempo map, markers and regions of a Reaper project."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.reaper.blocks import Block, parsed
from scorestage.adapters.plain_numbers import number_in
from scorestage.adapters.session import Imported, Marker, MarkerKind
from scorestage.adapters.tempo_list import MOST_BARS, ListedTempo, MapParts, checked_tempo, map_from
from scorestage.errors import FormatError, InputError, Where
from scorestage.timebase import FilmClock, FilmTime, Meter, RampLaw

_SIGNATURE = 65536
_OWN_BAR = re.compile(r"\|the music begins with bar (\d{1,4})")
_HOLDS, _RUNS = 1, 0
_NEAR_QUARTERS = Fraction(1, 100_000)
_TICKS = (960, 5040)
_FAR_SECONDS = Fraction(1, 1_000_000)
_MOST_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Point:
    """One line `PT`, with the line it stands on."""

    seconds: Fraction
    quarters_per_minute: Fraction
    runs: bool
    meter: Meter | None
    line: int


def read_project(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Tempo points, meters, markers and regions of a Reaper project.

    Tempos are of the quarter note; a point of shape 0 runs to the next one, linear in time; other
    shapes are told and taken as steps. The project's start time is its place in the film, where it
    states one. `FormatError` names file and line.
    """
    root = parsed(content, name)
    losses = Losses()
    points = _points(root, name, losses)
    opening = _opening(root, name)
    offset, first_measure = _offset(root, name)
    first_bar = _music_begins(root)
    starts = Fraction(offset) - clock.start_frames / clock.rate.frames_per_second
    start = FilmTime(starts if offset else 0)
    markers = _markers(root, start, name)
    ends = [(marker.end or marker.at) - start for marker in markers]
    last = max([_items_end(root, name), *(span.seconds for span in ends)])
    before = max(0, first_bar - 1 - first_measure)
    parts = _parts(points, opening, last, before)
    tempo_map, notes = map_from(parts, start, name)
    if tempo_map.grid.bars:
        numbered = tempo_map.grid.counted_from(max(first_bar, first_measure + 1))
        tempo_map = replace(tempo_map, grid=numbered)
    tracks = sum(1 for _ in root.named("TRACK"))
    losses.add("tracks and their items", tracks)
    title = root.first("TITLE")
    return Imported(
        title=title[1] if title and len(title) > 1 else "",
        tempo_map=tempo_map,
        markers=markers,
        placed=bool(offset),
        losses=losses.told(),
        notes=notes,
    )


def _number(words: list[str], index: int, line: int, name: str) -> Fraction:
    """A number of a line; `FormatError` for what is none."""
    text = words[index] if index < len(words) else ""
    try:
        return number_in(text)
    except ValueError:
        where = Where(file=name, line=line)
        told = f"{text[:24]!r} is no number in {' '.join(words)[:40]!r}"
        raise FormatError(told, where, "mend this line, or save the project again") from None


def _points(root: Block, name: str, losses: Losses) -> list[_Point]:
    found: list[_Point] = []
    for block in root.named("TEMPOENVEX"):
        for line, words in block.lines:
            if words[0] != "PT":
                continue
            seconds = _number(words, 1, line, name)
            speed = checked_tempo(_number(words, 2, line, name), f"line {line}", name)
            shape = int(_number(words, 3, line, name)) if len(words) > 3 else _HOLDS
            if shape not in (_HOLDS, _RUNS):
                losses.add("curved tempo changes (taken as steps)")
            coded = int(_number(words, 4, line, name)) if len(words) > 4 else 0
            meter = _meter(coded % _SIGNATURE, coded // _SIGNATURE, losses) if coded > 0 else None
            if not 0 <= seconds <= _MOST_SECONDS:
                told = f"a tempo point at {float(seconds):g} seconds"
                raise FormatError(told, Where(file=name, line=line))
            found.append(_Point(seconds, speed, shape == _RUNS, meter, line))
    found.sort(key=lambda point: (point.seconds, point.line))
    return found


def _meter(numerator: int, denominator: int, losses: Losses) -> Meter | None:
    try:
        return Meter(numerator, denominator)
    except InputError:
        losses.add(f"time signature {numerator}/{denominator}")
        return None


def _opening(root: Block, name: str) -> tuple[Fraction, Meter]:
    for line, words in root.lines:
        if words[0] == "TEMPO":
            speed = checked_tempo(_number(words, 1, line, name), f"line {line}", name)
            upper, lower = (
                int(_number(words, index, line, name)) if index < len(words) else 4
                for index in (2, 3)
            )
            try:
                return speed, Meter(upper, lower)
            except InputError as fault:
                raise FormatError(fault.what, Where(file=name, line=line)) from None
    return Fraction(120), Meter(4, 4)


def _offset(root: Block, name: str) -> tuple[Fraction, int]:
    """Start time in seconds since midnight, and the first measure (0 is bar 1)."""
    for line, words in root.lines:
        if words[0] == "PROJOFFS":
            bar = int(_number(words, 2, line, name)) if len(words) > 2 else 0
            if abs(bar) > MOST_BARS:
                told = f"a first measure of {bar}"
                raise FormatError(told, Where(file=name, line=line))
            return _number(words, 1, line, name), bar
    return Fraction(0), 0


def _music_begins(root: Block) -> int:
    """The number of the music's first bar, where our own notes tell another than 1."""
    for block in root.named("NOTES"):
        for _, words in block.lines:
            if own := _OWN_BAR.fullmatch(" ".join(words)):
                return int(own[1])
    return 1


def _markers(root: Block, start: FilmTime, name: str) -> tuple[Marker, ...]:
    """Markers, and regions as stretches: two lines of one number, the second without words."""
    found: list[Marker] = []
    begun: dict[str, Marker] = {}
    for line, words in root.lines:
        if words[0] != "MARKER" or len(words) < 3:
            continue
        seconds = _number(words, 2, line, name)
        if abs(seconds) > _MOST_SECONDS:
            told = f"a marker at {float(seconds):g} seconds"
            raise FormatError(told, Where(file=name, line=line))
        at = FilmTime(start.seconds + seconds)
        told = words[3] if len(words) > 3 else ""
        region = len(words) > 4 and words[4].isdigit() and int(words[4]) & 1
        if not region:
            found.append(Marker(at, told))
        elif words[1] in begun:
            opened = begun.pop(words[1])
            found.append(Marker(opened.at, opened.words, at, MarkerKind.CUE))
        else:
            begun[words[1]] = Marker(at, told)
    found += begun.values()
    return tuple(sorted(found, key=lambda marker: marker.at))


def _items_end(root: Block, name: str) -> Fraction:
    """Where the last item of the project is over, in seconds."""
    found = Fraction(0)
    for track in root.named("TRACK"):
        for item in track.named("ITEM"):
            at = {words[0]: _number(words, 1, line, name) for line, words in item.lines
                  if words[0] in ("POSITION", "LENGTH")}  # fmt: skip
            found = max(found, at.get("POSITION", Fraction(0)) + at.get("LENGTH", Fraction(0)))
    if found > _MOST_SECONDS:
        raise FormatError(f"an item that ends at {float(found):g} seconds", Where(file=name))
    return found


def _parts(
    points: list[_Point],
    opening: tuple[Fraction, Meter],
    last_seconds: Fraction,
    bars_before: int,
) -> MapParts:
    """Points in seconds as tempos by quarters; positions that lie near a tick are on it."""
    if not points or points[0].seconds > 0:
        points = [_Point(Fraction(0), opening[0], False, opening[1], 0), *points]
    tempos: list[ListedTempo] = []
    meters = {Fraction(0): points[0].meter or opening[1]}
    at, ours = Fraction(0), Fraction(0)
    for index, point in enumerate(points):
        if point.meter is not None:
            meters[at] = point.meter
        later = points[index + 1] if index + 1 < len(points) else None
        speed = point.quarters_per_minute
        if later is None:
            tempos.append(ListedTempo(at, point.seconds, speed))
            break
        lasting = later.seconds - point.seconds
        ends = later.quarters_per_minute if point.runs else speed
        reached = _on_tick(at + lasting * (speed + ends) / 120)
        if reached == at:
            continue
        law = RampLaw.LINEAR_IN_TIME if point.runs and ends != speed else None
        if law is None:
            speed = _keeping_time(speed, reached - at, later.seconds - ours)
            ours += (reached - at) * 60 / speed
        else:
            ours += 120 * (reached - at) / (speed + ends)
        tempos.append(ListedTempo(at, point.seconds, speed, law))
        at = reached
    left = max(Fraction(0), last_seconds - tempos[-1].seconds)
    return MapParts(
        tuple(tempos),
        meters,
        _on_tick(tempos[-1].at + left * tempos[-1].quarters_per_minute / 60),
        bars_before,
    )


def _keeping_time(speed: Fraction, quarters: Fraction, seconds: Fraction) -> Fraction:
    """The tempo as it is written, unless the next point would then come at another time."""
    if abs(quarters * 60 / speed - seconds) > _FAR_SECONDS and seconds > 0:
        return 60 * quarters / seconds
    return speed


def _on_tick(quarters: Fraction) -> Fraction:
    for finest in _TICKS:
        near = quarters.limit_denominator(finest)
        if abs(near - quarters) < _NEAR_QUARTERS / finest:
            return near
    return quarters.limit_denominator(10**9)
