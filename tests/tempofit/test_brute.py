"""Small cues by brute force: every map that plain loops can build, judged one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.production import Hit, HitKind, HitWant
from scorestage.tempofit import FitSettings, fit, judged
from scorestage.tempofit.bound import lower_bound
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

METERS = (Meter(4, 4), Meter(3, 4))
NARROW = FitSettings(
    lowest_bpm=Fraction(84),
    highest_bpm=Fraction(120),
    meters=METERS,
    draws=0,
    start_late_frames=Fraction(0),
)
LOW, HIGH = Fraction(84, 30), Fraction(120, 30)
"""Half-beats a second."""


def _bars(units: int) -> Iterator[tuple[Meter, ...]]:
    """Every sequence of bars that lasts so many half-beats."""
    if units == 0:
        yield ()
    for meter in METERS:
        if 2 * meter.numerator <= units:
            for rest in _bars(units - 2 * meter.numerator):
                yield (meter, *rest)


def _tempos(points: list[Fraction]) -> Iterator[tuple[list[int], list[Fraction]]]:
    """Every number of half-beats between the points at tempos in range, and those tempos."""
    gaps = [after - before for before, after in itertools.pairwise(points)]
    choices = [range(-(-LOW * gap // 1), HIGH * gap // 1 + 1) for gap in gaps]
    for units in itertools.product(*choices):
        yield list(units), [count / gap * 30 for count, gap in zip(units, gaps, strict=True)]


def _steady(units: list[int], bpm: list[Fraction]) -> tuple[TempoEvent, ...]:
    starts = itertools.accumulate(units, initial=0)
    return tuple(
        Steady(Beat(Fraction(at, 2)), Tempo(one)) for at, one in zip(starts, bpm, strict=False)
    )


def _ritardando(
    units: list[int], gaps: list[Fraction], bpm: list[Fraction]
) -> Iterator[tuple[TempoEvent, ...]]:
    """The last stretch at the tempo before it, then a ramp over a bar into the ending."""
    if len(units) < 2:
        return
    total, over, first = sum(units), 8, bpm[-2]
    if units[-1] <= over:
        return
    left = gaps[-1] - Fraction(units[-1] - over) / (first / 30)
    if left <= 0:
        return
    final = 2 * Fraction(over) / left * 30 - first
    if 84 <= final <= 120 and final != first:
        ramp = Ramp(
            Beat(Fraction(total - over, 2)),
            Beats(Fraction(over, 2)),
            Tempo(first),
            Tempo(final),
            RampLaw.LINEAR_IN_TIME,
        )
        yield (*_steady(units[:-1], bpm[:-1]), ramp)


def _fermata(
    units: list[int], gaps: list[Fraction], bpm: list[Fraction]
) -> Iterator[tuple[TempoEvent, ...]]:
    """The last stretch at the tempo before it, its last beat held."""
    if len(units) < 2:
        return
    total, first = sum(units), bpm[-2]
    played = gaps[-1] - Fraction(units[-1] - 2) / (first / 30)
    if units[-1] > 2 and Fraction(13, 10) <= played * first / 60 and played <= 4:
        hold = Fermata(Beat(Fraction(total - 2, 2)), Beats(1), FilmSpan(played))
        yield (*_steady(units[:-1], bpm[:-1]), hold)


def _least(ground: Ground, hits: tuple[Hit, ...], settings: FitSettings) -> Fraction:
    """Points of the cheapest map of all."""
    aims = [Fraction(point.exact) for point in ground.points]
    best = Fraction(10**9)
    for count in range(len(hits) + 1):
        for landed in itertools.combinations(range(1, len(hits) + 1), count):
            points = [aims[0], *(aims[number] for number in landed), aims[-1]]
            gaps = [after - before for before, after in itertools.pairwise(points)]
            for units, bpm in _tempos(points):
                ways = [_steady(units, bpm)]
                ways += _ritardando(units, gaps, bpm) if settings.ramps else ()
                ways += _fermata(units, gaps, bpm) if settings.fermatas else ()
                for events, bars in itertools.product(ways, _bars(sum(units))):
                    tempo_map = TempoMap(FilmTime(0), BarGrid.of_meters(bars), events)
                    found = judged("", tempo_map, ground, hits, FRAMES_24)
                    if found.unwritten_step_percent <= settings.breath_percent:
                        best = min(best, found.costs.total)
    return best


CUES = [
    ("6.2", (("2.6", HitWant.DOWNBEAT, HitKind.ACCENT),)),
    ("7.3", (("2.13", HitWant.BEAT, HitKind.ACCENT), ("4.9", HitWant.DOWNBEAT, HitKind.ACCENT))),
    ("7", (("3.31", HitWant.BEAT, HitKind.CHANGE), ("5.02", HitWant.BEAT, HitKind.STOP))),
]


@pytest.mark.parametrize(("length", "wanted"), CUES)
@pytest.mark.parametrize("written", [False, True])
def test_nothing_that_brute_force_finds_is_cheaper(
    length: str, wanted: tuple[tuple[str, HitWant, HitKind], ...], written: bool
) -> None:
    settings = replace(NARROW, ramps=written, fermatas=written)
    hits = tuple(Hit(at, FilmTime(at), weight=4, want=want, kind=kind) for at, want, kind in wanted)
    end = FilmTime(length)
    ground = lay_ground(FilmTime(0), end, hits, FRAMES_24, settings)
    least = _least(ground, hits, settings)
    best = fit(FilmTime(0), end, hits, FRAMES_24, settings)[0]
    assert best.costs.total <= least + Fraction(1, 100)
    assert lower_bound(ground, settings, float(least)) <= min(least, best.costs.total)
    assert best.gap is not None and best.gap <= best.costs.total
