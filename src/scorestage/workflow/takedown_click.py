"""The click a performance is read against: the file's own, a map, or the beat found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.takedown import ConductorTrack, Performance, played_to_click
from scorestage.tempofit.played import (
    Follow,
    PlayedNote,
    PlayedSettings,
    TempoRange,
    map_of_unknown_take,
    onsets_of_notes,
)
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
    frame_rate,
)

_MOST_BARS = 5000
_EARLY_QUARTERS = Fraction(1, 4)
"""A first note so little before the bar is early, not a pickup."""


@dataclass(frozen=True, slots=True)
class ClickUsed:
    """Bars and tempos that are printed, and where the click stands at a time of the file.

    `kind` is `file`, `map` or `found`; `told` says so in words, with how sure it is.
    """

    kind: str
    tempo_map: TempoMap
    quarters: Callable[[Fraction], Fraction]
    told: tuple[str, ...]


def of_file(performance: Performance) -> ClickUsed:
    """The click of the file itself: its tempos, meters and bars."""
    conductor = performance.conductor
    lead = conductor.lead_quarters

    def quarters(seconds: Fraction) -> Fraction:
        return conductor.quarters(seconds) - lead

    grid = _bars(conductor, quarters(performance.end_seconds))
    events: list[Steady] = []
    for at, _, bpm in conductor.tempos:
        place = max(Fraction(0), at - lead)
        if events and events[-1].at.quarters == place:
            events.pop()
        events.append(Steady(Beat(place), Tempo(bpm)))
    tempo_map = TempoMap(FilmTime(0), grid, tuple(events))
    return ClickUsed("file", tempo_map, quarters, ("read against the click of the file",))


def _bars(conductor: ConductorTrack, end: Fraction) -> BarGrid:
    """Bars to the last note, in the file's meters counted from bar 1."""
    lead = conductor.lead_quarters
    meters: dict[Fraction, Meter] = {}
    for at, numerator, denominator in conductor.meters:
        try:
            meters[max(Fraction(0), at - lead)] = Meter(numerator, denominator)
        except InputError:
            continue
    meters.setdefault(Fraction(0), Meter(4, 4))
    changes = sorted(meters.items())
    bars: list[Bar] = []
    at = Fraction(0)
    while (at < end or not bars) and len(bars) < _MOST_BARS:
        meter = [meter for start, meter in changes if start <= at][-1]
        later = [start for start, _ in changes if at < start < at + meter.length.quarters]
        if later:
            meter = Meter.of_length(Beats(later[0] - at), meter.denominator)
        bars.append(Bar(meter, BarLabel(len(bars) + 1)))
        at += meter.length.quarters
    return BarGrid(tuple(bars), Beats(conductor.pickup_quarters))


def of_map(performance: Performance, tempo_map: TempoMap, starts: FilmTime | None) -> ClickUsed:
    """A tempo map from elsewhere; `starts` is the film time at which the file begins.

    Without it the file begins with bar 1, or so many bars before as the file itself says.
    """
    lead = performance.conductor.lead_quarters
    begins = starts if starts is not None else tempo_map.time_at(Beat(-lead))

    def quarters(seconds: Fraction) -> Fraction:
        return tempo_map.beat_at(begins + FilmSpan(seconds)).quarters

    return ClickUsed("map", tempo_map, quarters, ("read against the tempo map",))


@dataclass(frozen=True, slots=True)
class FreeWish:
    """What is known of a free performance: meters, on which beat it begins, about what tempo."""

    meters: tuple[Meter, ...] = (Meter(4, 4),)
    first_beat: Fraction | None = None
    tempos: TempoRange | None = None
    seed: int = 1


def found_in(performance: Performance, wish: FreeWish) -> ClickUsed:
    """The beat found in the performance; `FitError` where it is not sure."""
    struck = sorted(
        (tone.start_seconds, tone.key, tone.velocity)
        for track in performance.tracks
        for tone in track.tones
    )
    notes = [PlayedNote(FilmTime(at), key, velocity / 127) for at, key, velocity in struck]
    onsets = onsets_of_notes(notes, FilmTime(0))
    settings = PlayedSettings(meters=wish.meters, first_beat=wish.first_beat or Fraction(1))
    rate = frame_rate("24")
    told = wish.first_beat is not None

    def taken(follow: Follow) -> tuple[TempoMap, float, tuple[str, ...]]:
        found = map_of_unknown_take(
            *(onsets, FilmTime(0), rate, replace(settings, follow=follow), wish.tempos),
            first_beat_told=told,
            seed=wish.seed,
        )
        return found.played.tempo_map, found.confidence, found.remarks

    exact, sure, remarks = taken(Follow.BEATS)
    printed, _, _ = taken(Follow.SPANS)
    first, last = exact.beat_at(FilmTime(struck[0][0])), performance.end_seconds
    grid = _holding(exact.grid, first.quarters, exact.beat_at(FilmTime(last)).quarters)
    click = replace(exact, grid=grid)

    def quarters(seconds: Fraction) -> Fraction:
        return click.beat_at(FilmTime(seconds)).quarters

    words = f"the beat was found in the performance ({sure:.2f} of 1 sure)"
    return ClickUsed("found", replace(printed, grid=grid), quarters, (words, *remarks))


def _holding(grid: BarGrid, first: Fraction, last: Fraction) -> BarGrid:
    """The bars with a pickup for what comes before, and as many more as the last note needs."""
    bars = list(grid.bars)
    end = grid.end.quarters
    while end < last:
        meter = bars[-1].meter
        bars.append(Bar(meter, BarLabel(bars[-1].label.number + 1)))
        end += meter.length.quarters
    while len(bars) > 1 and end - bars[-1].meter.length.quarters >= last:
        end -= bars.pop().meter.length.quarters
    pickup = grid.pickup.quarters
    if first < -pickup - _EARLY_QUARTERS:
        pickup = Fraction(-first.__floor__())
    return BarGrid(tuple(bars), Beats(pickup))


def is_to_click(performance: Performance) -> bool:
    """Whether a performance was played to the click of its file."""
    conductor = performance.conductor
    onsets = [
        float(conductor.quarters(tone.start_seconds))
        for track in performance.tracks
        for tone in track.tones
    ]
    return played_to_click(onsets).to_click
