"""Law: no constant tempo that serves the hits as well is cheaper than the first map.

Nor is any other one, but where the first map had to reach more than it for a third one's sake.

The constant tempos are built here, one by one, as maps of their own: every 0.05 bpm, every quarter
frame of start, every number of beats, ended by the final barline or by holding the last beat. They
are priced as every map is, by `judged`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import hits

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, fit, judged
from scorestage.tempofit.ground import lay_ground
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

NARROW = FitSettings(
    lowest_bpm=Fraction(88), highest_bpm=Fraction(108), draws=0, top=1, ramps=False
)
FRAME = FRAMES_24.frame_span.seconds
ROUNDED = Fraction(1, 100)
"""Eight terms, each rounded to a thousandth."""
JUDGED = 25


def _constants(length: Fraction) -> Iterator[tuple[Fraction, Fraction, int, Fraction | None]]:
    """Start, tempo, beats in all, and how long the last one is held where it is."""
    for twentieths in range(88 * 20, 108 * 20 + 1):
        bpm = Fraction(twentieths, 20)
        for quarter in range(13):
            start = FRAME * quarter / 4
            lasting = length - start
            nearest = round(lasting * bpm / 60)
            if abs(nearest * 60 / bpm - lasting) <= FRAME / 2:
                yield start, bpm, nearest, None
            beats = int(lasting * bpm / 60 - Fraction(3, 10))
            if beats > 1:
                yield start, bpm, beats, lasting - (beats - 1) * 60 / bpm


def _rough(wanted: tuple[Hit, ...], start: Fraction, bpm: Fraction, held: Fraction | None) -> float:
    """About what a constant tempo costs, to judge the best ones only."""
    found, half = 2.5 if held is not None else 0.0, 30 / float(bpm)
    for hit in wanted:
        into = float(hit.at.seconds - start)
        off = (round(into / half) * half - into) * 24
        caught = -hit.early_frames <= off <= hit.late_frames
        found += hit.weight * 8 * off**2 if caught else NARROW.weights.missing(hit.weight)
    return found + 600 * math.log(float(bpm) / 96) ** 2


def _map(start: Fraction, bpm: Fraction, beats: int, held: Fraction | None) -> TempoMap | None:
    """In bars of 4/4, the last one (or the one before it besides) as odd as need be."""
    bars, rest = divmod(beats, 4)
    odd = {0: (), 1: (Meter(5, 4),), 2: (Meter(2, 4),), 3: (Meter(3, 4),)}[rest]
    if rest == 1 and not bars:
        return None
    meters = (Meter(4, 4),) * (bars - (rest == 1)) + odd
    events: list[TempoEvent] = [Steady(Beat(0), Tempo(bpm))]
    if held is not None:
        events.append(Fermata(Beat(beats - 1), Beats(1), FilmSpan(held)))
    origin = FilmTime(0) + FilmSpan(start)
    return TempoMap(origin, BarGrid.of_meters(meters), tuple(events))


def _weight(one: Candidate) -> int:
    return sum(landing.hit.weight for landing in one.caught)


@settings(max_examples=8)
@given(st.sampled_from((4, 11, 29)).flatmap(lambda long: st.tuples(st.just(long), hits(long))))
def test_no_constant_tempo_is_cheaper_than_the_first_map(
    cue: tuple[int, tuple[Hit, ...]],
) -> None:
    length, wanted = Fraction(cue[0]), cue[1]
    end = FilmTime(length)
    best = fit(FilmTime(0), end, wanted, FRAMES_24, NARROW)[0]
    ground = lay_ground(FilmTime(0), end, wanted, FRAMES_24, NARROW)
    tried = sorted(_constants(length), key=lambda one: _rough(wanted, one[0], one[1], one[3]))
    assert tried
    for one in tried[:JUDGED]:
        constant = _map(*one)
        if constant is not None:
            other = judged("", constant, ground, wanted, FRAMES_24)
            hits_cost, others = (one.costs.off + one.costs.missed for one in (best, other))
            cheaper = other.costs.total + ROUNDED < best.costs.total
            assert not cheaper or others > hits_cost or _weight(other) < _weight(best)
            assert len(other.caught) <= len(best.caught) or _weight(other) <= _weight(best)
            assert _weight(other) <= _weight(best)
