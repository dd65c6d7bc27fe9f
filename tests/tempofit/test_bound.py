"""The lower bound is one: no map, found or made up, costs less."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.test_constants import film_like

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit, judged
from scorestage.tempofit.bound import lower_bound
from scorestage.tempofit.ground import lay_ground
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

WRITTEN = FitSettings(draws=0, top=6, fermatas=True, free_bars=True)
PLAIN = replace(WRITTEN, ramps=False, fermatas=False, free_bars=False)


@pytest.mark.parametrize("settings", [PLAIN, WRITTEN])
@pytest.mark.parametrize(("seed", "count", "length"), [(1, 2, 14), (2, 6, 40), (3, 5, 9)])
def test_no_candidate_costs_less_than_the_bound(
    seed: int, count: int, length: int, settings: FitSettings
) -> None:
    hits, end = film_like(seed, count, length, FRAMES_24), FilmTime(length)
    ground = lay_ground(FilmTime(0), end, hits, FRAMES_24, settings)
    found = fit(FilmTime(0), end, hits, FRAMES_24, settings)
    least = lower_bound(ground, settings, float(found[0].costs.total))
    for one in found:
        assert one.costs.total >= least
        assert one.gap is not None
        assert float(one.costs.total - one.gap) == pytest.approx(least, abs=2e-3)


def _walk(seed: int) -> tuple[TempoMap, tuple[Hit, ...], FilmTime]:
    """A map that wanders from bar to bar, with hits on its beats."""
    random = np.random.default_rng(seed)
    bars = tuple(Meter(int(random.choice([4, 4, 4, 3, 5])), 4) for _ in range(10))
    grid = BarGrid.of_meters(bars)
    bpm, events = Fraction(int(random.integers(85, 115))), []
    for start in grid.starts[:-1]:
        events.append(Steady(start, Tempo(bpm)))
        bpm = min(max(bpm * Fraction(1000 + int(random.integers(-25, 26)), 1000), 70), 150)
    tempo_map = TempoMap(FilmTime(0), grid, tuple(events))
    beats = sorted(random.choice(np.arange(2, int(grid.end.quarters)), 5, replace=False).tolist())
    hits = tuple(Hit(f"h{beat}", tempo_map.time_at(Beat(beat)), weight=3) for beat in beats)
    return tempo_map, hits, tempo_map.end


@pytest.mark.parametrize("seed", range(8))
def test_maps_that_hits_were_made_from_cost_no_less_than_the_bound(seed: int) -> None:
    tempo_map, hits, end = _walk(seed)
    ground = lay_ground(FilmTime(0), end, hits, FRAMES_24, PLAIN)
    made = judged("", tempo_map, ground, hits, FRAMES_24)
    assert len(made.caught) == len(hits)
    assert lower_bound(ground, PLAIN, float(made.costs.total)) <= made.costs.total


def test_the_bound_is_tight_where_the_answer_is_plain() -> None:
    hits = tuple(Hit(f"h{n}", FilmTime(n)) for n in (5, 10, 15))
    ground = lay_ground(FilmTime(0), FilmTime(20), hits, FRAMES_24, PLAIN)
    best = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, PLAIN)[0]
    assert best.costs.total == best.gap == 0
    off = (Hit("off", FilmTime("7.1")), Hit("far", FilmTime("7.3")))
    ground = lay_ground(FilmTime(0), FilmTime(20), off, FRAMES_24, PLAIN)
    assert lower_bound(ground, PLAIN, 1e9) > 1
