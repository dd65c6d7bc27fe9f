"""One hit is dragged; what is far away stays."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.test_kept import assert_same_bars

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit, refit
from scorestage.timebase import FRAMES_24, FilmTime

QUICK = FitSettings(draws=0, top=3)
END = FilmTime(120)


def _cue(seed: int) -> tuple[Hit, ...]:
    frames = sorted(np.random.default_rng(seed).choice(np.arange(48, 2800), 12, replace=False))
    return tuple(Hit(f"h{n}", FRAMES_24.time_of(int(frame))) for n, frame in enumerate(frames))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_dragging_a_hit_changes_the_bars_around_it_only(seed: int) -> None:
    hits = _cue(seed)
    before = fit(FilmTime(0), END, hits, FRAMES_24, QUICK)[0]
    lost = frozenset(landing.hit.id for landing in before.missed)
    dragged = before.caught[len(before.caught) // 2].hit
    there = replace(dragged, at=dragged.at + FRAMES_24.frame_span * 7)
    now = tuple(there if hit is dragged else hit for hit in hits)
    old = before.tempo_map
    begun = time.process_time()
    best = refit(FilmTime(0), END, now, FRAMES_24, old, QUICK, lost)[0]
    assert time.process_time() - begun < 2
    caught = {landing.hit.id: landing.caught for landing in best.hits}
    assert caught[dragged.id]
    assert all(caught[hit.id] for hit in hits if hit.id not in lost)
    bar = old.grid.index_at(old.beat_at(there.at))
    assert_same_bars(old, best.tempo_map, 0, max(0, bar - 9), 0)
    count = len(old.grid.bars)
    more = len(best.tempo_map.grid.bars) - count
    assert_same_bars(old, best.tempo_map, min(bar + 10, count), count, more)


def test_where_nothing_has_moved_the_map_stays() -> None:
    hits = _cue(4)
    before = fit(FilmTime(0), END, hits, FRAMES_24, QUICK)[0]
    met = tuple(landing.hit for landing in before.caught)
    found = refit(FilmTime(0), END, met, FRAMES_24, before.tempo_map, QUICK)
    assert [one.tempo_map for one in found] == [before.tempo_map]
    assert found[0].name == "kept"


def test_a_cue_that_ends_earlier_changes_its_last_bars() -> None:
    hits = _cue(5)[:8]
    before = fit(FilmTime(0), END, hits, FRAMES_24, QUICK)[0]
    end = FilmTime(END.seconds - Fraction(37, 24))
    best = refit(FilmTime(0), end, hits, FRAMES_24, before.tempo_map, QUICK)[0]
    assert abs(FRAMES_24.frames_in(best.tempo_map.end - end)) <= 1
    assert_same_bars(before.tempo_map, best.tempo_map, 0, 30, 0)
