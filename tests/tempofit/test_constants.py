"""The best map against the best constant tempo, searched by a loop of its own."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit, judged
from scorestage.tempofit.constants import best_constants
from scorestage.tempofit.exactly import exact_map
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_25,
    BarGrid,
    FilmSpan,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
    frame_rate,
)

QUICK = FitSettings(draws=0, top=1, ramps=False)
FOUR = Meter(4, 4)


def film_like(seed: int, count: int, length: int, rate: FrameRate) -> tuple[Hit, ...]:
    """Cuts with gaps from half a second to twelve, squeezed into the cue."""
    random = np.random.default_rng(seed)
    gaps = np.exp(random.uniform(math.log(0.5), math.log(12), count + 1))
    at = np.cumsum(gaps)[:-1] / gaps.sum() * length
    frames = sorted({rate.nearest_frame(FilmTime(Fraction(round(one * 1000), 1000))) for one in at})
    weights = random.integers(1, 6, len(frames))
    return tuple(
        Hit(f"h{n}", rate.time_of(frame), weight=int(weight))
        for n, (frame, weight) in enumerate(zip(frames, weights, strict=True))
    )


def best_by_hand(
    ground: Ground, hits: tuple[Hit, ...], rate: FrameRate, end: FilmTime
) -> Fraction | None:
    """Points of the best constant tempo in 4/4: every 0.05 bpm, every quarter frame of start."""
    found, quarter = [], rate.frame_span.seconds / 4
    for twentieths in range(60 * 20, 160 * 20 + 1):
        bpm = Fraction(twentieths, 20)
        for number in range(13):
            start = quarter * number
            bars = round((end.seconds - start) * bpm / 240)
            off = start + Fraction(240 * bars) / bpm - end.seconds
            if bars and abs(off) <= rate.frame_span.seconds / 2:
                found.append((_rough(ground, float(bpm), float(start)), bpm, start, bars))
    best = None
    for _, bpm, start, bars in sorted(found)[:6]:
        grid = BarGrid.regular(bars, FOUR)
        tempo_map = TempoMap.steady(FilmTime(0) + FilmSpan(start), Tempo(bpm), grid)
        points = judged("", tempo_map, ground, hits, rate).costs.total
        best = points if best is None else min(best, points)
    return best


def _rough(ground: Ground, bpm: float, start: float) -> float:
    found, unit = 0.0, 30 / bpm
    for point in ground.hits:
        off = round((point.seconds - start) / unit) * unit - (point.seconds - start)
        if -point.early <= off <= point.late:
            found += point.weight * (off / (0.045 if off < 0 else 0.125)) ** 2
        else:
            found += 3 * point.weight**2
    return found + 1.5 * (math.log(bpm / 96) / 0.05) ** 2


KINDS = [
    (1, 1, 9, FRAMES_24),
    (2, 2, 20, FRAMES_25),
    (3, 4, 33, frame_rate("23.976")),
    (4, 6, 60, FRAMES_24),
    (5, 9, 45, frame_rate("29.97")),
    (6, 3, 6, FRAMES_24),
    (7, 12, 90, FRAMES_25),
]


@pytest.mark.parametrize(("seed", "count", "length", "rate"), KINDS)
def test_never_worse_than_the_best_constant_tempo(
    seed: int, count: int, length: int, rate: FrameRate
) -> None:
    hits, end = film_like(seed, count, length, rate), FilmTime(length)
    ground = lay_ground(FilmTime(0), end, hits, rate, QUICK)
    best = fit(FilmTime(0), end, hits, rate, QUICK)[0]
    constant = best_by_hand(ground, hits, rate, end)
    assert constant is None or best.costs.total <= constant


def test_hits_of_a_constant_tempo_are_not_bent() -> None:
    """Where a constant tempo is right, one tempo comes first, as near to every hit."""
    start = FRAMES_24.frame_span.seconds * Fraction(3, 4)
    bpm = Fraction("103.35")
    hits = tuple(
        Hit(f"h{n}", FilmTime(start + Fraction(60 * n) / bpm)) for n in (4, 8, 13, 22, 28, 36)
    )
    end = FilmTime(start + Fraction(60 * 40) / bpm)
    best = fit(FilmTime(0), end, hits, FRAMES_24, QUICK)[0]
    assert len(best.tempo_map.events) == 1
    assert max(abs(landing.off_frames) for landing in best.hits) < Fraction(1, 2)
    grid = BarGrid.regular(10, FOUR)
    made = TempoMap.steady(FilmTime(start), Tempo(bpm), grid)
    ground = lay_ground(FilmTime(0), end, hits, FRAMES_24, QUICK)
    assert best.costs.total <= judged("", made, ground, hits, FRAMES_24).costs.total


def test_constants_come_cheapest_first_and_each_of_another_length() -> None:
    hits = film_like(8, 5, 30, FRAMES_24)
    ground = lay_ground(FilmTime(0), FilmTime(30), hits, FRAMES_24, replace(QUICK, top=5))
    plans = best_constants(ground, 6)
    assert len({plan.knots[-1].unit for plan in plans}) == len(plans) == 6
    points = [
        judged("", exact_map(ground, plan, FRAMES_24), ground, hits, FRAMES_24).costs.total
        for plan in plans
    ]
    assert points[0] == min(points)
