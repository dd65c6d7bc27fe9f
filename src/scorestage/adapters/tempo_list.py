"""Tempo maps as other programs hold them: a list of tempos, and meters that begin at bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import FormatError, Where
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

NEAR_SECONDS = Fraction(1, 2000)
SHORTEST_SPAN_QUARTERS = Fraction(1, 64)
SLOWEST_QUARTERS_PER_MINUTE, FASTEST_QUARTERS_PER_MINUTE = Fraction(1), Fraction(10_000)
MOST_BARS = 5000
NONE = Fraction(0)
MOST_TEMPOS = 200_000
FINEST_METER_QUARTERS = Fraction(1, 8)
"""A 32nd: bars are cut to whole ones."""


def baked_starts(
    tempo_map: TempoMap,
    start: Beat,
    end: Beat,
    longest_quarters: Fraction | None = None,
) -> list[Beat]:
    """Where a list of constant tempos must change so that it plays the map.

    One for each constant span; inside ramps one for each beat and barline, so that they are met
    exactly, and finer where a straight line between would be more than half a millisecond off.
    Spans longer than `longest_quarters` are cut. The first is `start`.
    """
    changes = {at for at, _ in tempo_map.baked()} | _beats_in_ramps(tempo_map)
    starts = [start, *sorted(at for at in changes if start < at < end)]
    found: list[Beat] = []
    waiting = list(zip(starts, [*starts[1:], max(end, starts[-1])], strict=True))[::-1]
    while waiting:
        at, later = waiting.pop()
        quarters = (later - at).quarters
        middle = at + Beats(quarters / 2)
        if longest_quarters is not None and quarters > longest_quarters:
            middle = at + Beats(longest_quarters)
        elif quarters <= SHORTEST_SPAN_QUARTERS or _bend(at, middle, later, tempo_map) <= (
            NEAR_SECONDS
        ):
            found.append(at)
            continue
        waiting.extend(((middle, later), (at, middle)))
    return found


def _beats_in_ramps(tempo_map: TempoMap) -> set[Beat]:
    grid = tempo_map.grid
    ramps = [one for one in tempo_map.events if isinstance(one, Ramp)]
    clicks = [
        start + offset
        for start, bar in zip(grid.starts[:-1], grid.bars, strict=True)
        for offset in bar.meter.clicks
    ] + [grid.end]
    return {at for at in clicks if any(one.at < at < one.at + one.length for one in ramps)}


def _bend(at: Beat, middle: Beat, later: Beat, tempo_map: TempoMap) -> Fraction:
    """How many seconds the middle of a span lies off the straight line between its ends."""
    first, between, last = (tempo_map.time_at(beat).seconds for beat in (at, middle, later))
    return abs(between - (first + last) / 2)


@dataclass(frozen=True, slots=True)
class ListedTempo:
    """From `at` on (quarters from the session's start) this tempo holds, or runs to the next one.

    `ramp` is the law of the way to the next tempo; None: it holds.
    """

    at: Fraction
    seconds: Fraction
    quarters_per_minute: Fraction
    ramp: RampLaw | None = None


@dataclass(frozen=True, slots=True)
class ListedMap:
    """A map laid out from the first moment of a session, whole bars before bar 1 included."""

    tempos: tuple[ListedTempo, ...]
    meters: tuple[tuple[Fraction, Meter], ...]
    """Where each meter begins, in quarters from the session's start."""
    bars_before: int
    """Bars of the list before bar 1 of the cue."""


def numbers_lost(tempo_map: TempoMap, bars_before: int) -> tuple[str, ...]:
    """What to say where a program that counts bars from 1 prints other numbers than the score."""
    first, there = tempo_map.grid.bars[0].label, bars_before + 1
    return (
        ()
        if str(first) == str(there)
        else (f"bar numbers (bar {first} of the cue is bar {there} there)",)
    )


def listed(
    tempo_map: TempoMap, start: FilmTime, keep: frozenset[RampLaw] = frozenset()
) -> ListedMap:
    """The map from `start` on, which lies before its first sound.

    Whole bars at the opening tempo stand before bar 1; the first one is stretched (half to one and
    a half times) so that it begins at `start`. Ramps whose law is in `keep` stay ramps.
    """
    lead_seconds = (tempo_map.start - start).seconds
    if lead_seconds < 0:
        raise FormatError("the session begins after bar 1", do="begin it earlier")
    opening = tempo_map.grid.bars[0].meter
    bar = opening.length
    before = -tempo_map.beat_at(start).quarters
    whole, rest = divmod(before, bar.quarters)
    bars = int(whole)
    tempos: list[ListedTempo] = []
    if rest:
        if rest < bar.quarters / 2 and bars:
            bars -= 1
        first = Beat(0) - bar * bars
        lasting = (tempo_map.time_at(first) - start).seconds
        tempos.append(ListedTempo(Fraction(0), Fraction(0), 60 * bar.quarters / lasting))
        bars += 1
    else:
        first = Beat(0) - bar * bars
    zero = bar.quarters * bars
    for at, law in _kept_or_baked(tempo_map, first, keep):
        seconds = (tempo_map.time_at(at) - start).seconds
        tempos.append(ListedTempo(at.quarters + zero, seconds, law[0], law[1]))
    meters = [(Fraction(0), opening)]
    for index, one in enumerate(tempo_map.grid.bars):
        if one.meter != meters[-1][1]:
            meters.append((tempo_map.grid.starts[index].quarters + zero, one.meter))
    return ListedMap(tuple(_tidy(tempos)), tuple(meters), bars)


def _kept_or_baked(
    tempo_map: TempoMap, first: Beat, keep: frozenset[RampLaw]
) -> list[tuple[Beat, tuple[Fraction, RampLaw | None]]]:
    end = max(tempo_map.grid.end, tempo_map.baked()[-1][0], first + Beats(1))
    kept = _kept(tempo_map, first, keep)
    starts = baked_starts(tempo_map, first, end + Beats(1))
    found: list[tuple[Beat, tuple[Fraction, RampLaw | None]]] = []
    for at, later in zip(starts, [*starts[1:], end + Beats(2)], strict=True):
        if any(one.at <= at < one.at + one.length for one in kept):
            continue
        lasting = (tempo_map.time_at(later) - tempo_map.time_at(at)).seconds
        found.append((at, (60 * (later - at).quarters / lasting, None)))
    for one in kept:
        speeds = one.start.quarters_per_minute, one.end.quarters_per_minute
        found.append((one.at, (speeds[0], one.law)))
        after = one.at + one.length
        if all(at != after for at, _ in found):
            found.append((after, (speeds[1], None)))
    return sorted(found, key=lambda point: point[0])


def _kept(tempo_map: TempoMap, first: Beat, keep: frozenset[RampLaw]) -> list[Ramp]:
    """Ramps that may stay ramps: of a law kept, running to the tempo that the next point has."""
    found: list[Ramp] = []
    for index, one in reversed(list(enumerate(tempo_map.events))):
        if not isinstance(one, Ramp) or one.law not in keep or one.at < first:
            continue
        after = one.at + one.length
        later = tempo_map.events[index + 1] if index + 1 < len(tempo_map.events) else None
        goes_on = later is None or later.at > after
        if isinstance(later, Steady) and not goes_on:
            goes_on = later.tempo.quarters_per_minute == one.end.quarters_per_minute
        elif later in found and isinstance(later, Ramp) and not goes_on:
            goes_on = later.start.quarters_per_minute == one.end.quarters_per_minute
        if goes_on:
            found.append(one)
    return found


def _tidy(tempos: list[ListedTempo]) -> list[ListedTempo]:
    """Without tempos that say again what holds already."""
    found: list[ListedTempo] = []
    for tempo in tempos:
        same = found and (found[-1].quarters_per_minute, found[-1].ramp, tempo.ramp) == (
            tempo.quarters_per_minute,
            None,
            None,
        )
        if not same:
            found.append(tempo)
    return found


# ── the way in ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a reader found: tempos and meters by quarters from the file's start."""

    tempos: tuple[ListedTempo, ...]
    meters: Mapping[Fraction, Meter]
    end_quarters: Fraction
    """Where the last event of the file lies."""
    bars_before: int = 0
    pickup_quarters: Fraction = Fraction(0)


def checked_tempo(quarters_per_minute: Fraction, place: str, file: str) -> Fraction:
    """A tempo that music can have; `FormatError` naming file and place otherwise."""
    if not SLOWEST_QUARTERS_PER_MINUTE <= quarters_per_minute <= FASTEST_QUARTERS_PER_MINUTE:
        raise FormatError(
            f"a tempo of {float(quarters_per_minute):g} quarters a minute at {place}",
            Where(file=file),
            "mend it in the program that wrote the file",
        )
    return quarters_per_minute


def map_from(parts: MapParts, start: FilmTime, file: str) -> tuple[TempoMap, tuple[str, ...]]:
    """The tempo map of a file whose first moment is `start`, and what to know of its bars."""
    if len(parts.tempos) > MOST_TEMPOS:
        raise FormatError(f"more than {MOST_TEMPOS} tempo events", Where(file=file))
    before = parts.bars_before
    grid, notes = bars_from(parts.meters, parts.end_quarters, file, before + 1)
    whole = TempoMap(start, grid, _events(parts))
    return begun_at_bar(whole, before, parts.pickup_quarters), notes


def begun_at_bar(tempo_map: TempoMap, index: int, pickup_quarters: Fraction = NONE) -> TempoMap:
    """The map with bar `index` (from 0) as bar 1, bars numbered anew; what lay before is left out.

    `pickup_quarters` of what lay before stay as the pickup.
    """
    grid = tempo_map.grid
    zero = grid.starts[index].quarters
    bars = tuple(
        Bar(bar.meter, BarLabel(number)) for number, bar in enumerate(grid.bars[index:], start=1)
    )
    moved = tuple(_moved(one, -zero) for one in tempo_map.events)
    events = _from(moved, Beat(-pickup_quarters))
    start = tempo_map.time_at(Beat(zero))
    return TempoMap(start, BarGrid(bars, Beats(pickup_quarters)), events)


def _events(parts: MapParts) -> tuple[TempoEvent, ...]:
    events: list[TempoEvent] = []
    tempos = parts.tempos
    for index, tempo in enumerate(tempos):
        at, speed = Beat(tempo.at), Tempo(tempo.quarters_per_minute)
        later = tempos[index + 1] if index + 1 < len(tempos) else None
        if tempo.ramp is None or later is None or later.at <= tempo.at:
            if not (events and isinstance(events[-1], Steady) and events[-1].tempo == speed):
                events.append(Steady(at, speed))
            continue
        length = Beats(later.at - tempo.at)
        goal = Tempo(later.quarters_per_minute)
        events.append(Ramp(at, length, speed, goal, tempo.ramp))
    return tuple(events)


def _moved(event: TempoEvent, by_quarters: Fraction) -> TempoEvent:
    at = Beat(event.at.quarters + by_quarters)
    if isinstance(event, Steady):
        return Steady(at, event.tempo)
    if isinstance(event, Ramp):
        return Ramp(at, event.length, event.start, event.end, event.law)
    return type(event)(at, event.length, event.played)


def _from(events: tuple[TempoEvent, ...], first: Beat) -> tuple[TempoEvent, ...]:
    """The events in force from `first` on; one tempo that began earlier begins there instead."""
    kept = [one for one in events if one.at >= first]
    earlier = [one for one in events if one.at < first]
    if not earlier or (kept and kept[0].at == first):
        return tuple(kept)
    last = earlier[-1]
    if isinstance(last, Steady):
        return (Steady(first, last.tempo), *kept)
    leading = max(index for index, one in enumerate(earlier) if isinstance(one, Steady | Ramp))
    return (*earlier[leading:], *kept)


def bars_from(
    meters: Mapping[Fraction, Meter], end_quarters: Fraction, file: str, least_bars: int = 1
) -> tuple[BarGrid, tuple[str, ...]]:
    """Bars up to `end_quarters`, at least so many; 4/4 where no meter stands at the start.

    A meter that comes within a bar cuts it short, to whole 32nds; one that comes off the 32nds
    waits for the next barline. Both are told.
    """
    changes = sorted(meters.items())
    notes: list[str] = []
    if not changes or changes[0][0] > 0:
        changes.insert(0, (Fraction(0), Meter(4, 4)))
        notes.append("no time signature at the start: 4/4 is taken")
    bars: list[Bar] = []
    at, index = Fraction(0), 0
    while at < end_quarters or at <= changes[-1][0] or len(bars) < least_bars:
        while index + 1 < len(changes) and changes[index + 1][0] <= at:
            index += 1
        meter = changes[index][1]
        if index + 1 < len(changes):
            left = changes[index + 1][0] - at
            if left < meter.length.quarters:
                meter = _cut(meter, left, len(bars) + 1, notes)
        bars.append(Bar(meter, BarLabel(len(bars) + 1)))
        at += meter.length.quarters
        if len(bars) > MOST_BARS:
            raise FormatError(f"more than {MOST_BARS} bars", Where(file=file))
    return BarGrid(tuple(bars)), tuple(notes)


def _cut(meter: Meter, left: Fraction, bar: int, notes: list[str]) -> Meter:
    if (left / FINEST_METER_QUARTERS).denominator != 1:
        notes.append(f"a time signature within bar {bar} lies off the 32nds: taken a bar later")
        return meter
    cut = Meter.of_length(Beats(left), meter.denominator)
    notes.append(f"bar {bar} is cut to {cut}: the time signature changes within it")
    return cut


def extended(tempo_map: TempoMap, until: FilmTime) -> TempoMap:
    """The map with its last meter repeated until `until` is inside."""
    bars = list(tempo_map.grid.bars)
    need = tempo_map.beat_at(until) - tempo_map.grid.end
    more = max(0, -(-need.quarters // bars[-1].meter.length.quarters))
    label = bars[-1].label.number
    for number in range(1, int(min(more, MOST_BARS)) + 1):
        bars.append(Bar(bars[-1].meter, BarLabel(label + number)))
    grid = BarGrid(tuple(bars), tempo_map.grid.pickup)
    return TempoMap(tempo_map.start, grid, tempo_map.events)


def trimmed(tempo_map: TempoMap, until: FilmTime) -> TempoMap:
    """The map without the bars that begin at or after `until`, and without their tempos."""
    grid = tempo_map.grid
    count = sum(1 for start in grid.starts[:-1] if tempo_map.time_at(start) < until)
    bars = grid.bars[: max(1, count)]
    shorter = BarGrid(bars, grid.pickup)
    events = tuple(
        one for number, one in enumerate(tempo_map.events) if not number or one.at < shorter.end
    )
    return TempoMap(tempo_map.start, shorter, events)
