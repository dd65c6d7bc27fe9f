"""Takes followed by their score or by ear, against the tempo they were played along."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.played.takes import meant, moment

from scorestage.tempofit.played import (
    PlayedNote,
    WrittenNote,
    map_of_scored_take,
    map_of_unknown_take,
    onsets_of,
)
from scorestage.timebase import FRAMES_24, BarGrid, Beat, FilmTime, Meter

BARS = 16


@pytest.mark.parametrize("kind", ["steady", "rit", "rubato"])
def test_with_its_score_a_take_is_followed_bar_by_bar(kind: str) -> None:
    take = meant(kind, bars=BARS)
    random = np.random.default_rng(1)
    at = np.arange(0, BARS * 4, 0.5)
    score = [WrittenNote(Beat(Fraction(int(2 * q), 2)), 60 + n % 12) for n, q in enumerate(at)]
    seconds = np.interp(at, np.arange(len(take.seconds)), take.seconds)
    played = seconds + random.normal(0, 0.012, len(at))
    notes = [PlayedNote(moment(s), one.key) for s, one in zip(played, score, strict=True)]
    grid = BarGrid.regular(BARS, Meter(4, 4))
    found = map_of_scored_take(score, grid, notes, FRAMES_24)
    assert found.confidence == 1.0
    off = [
        float(found.played.tempo_map.time_at(Beat(n)).seconds) - take.seconds[n]
        for n in range(BARS * 4)
    ]
    assert np.abs(off).max() < 0.05
    assert found.played.tempo_map.grid == grid


def test_by_ear_the_bar_begins_where_it_is_struck_hardest() -> None:
    at = 1 + 0.6 * np.arange(32)
    weights = np.where(np.arange(32) % 4 == 2, 1.0, 0.7)
    found = map_of_unknown_take(onsets_of(at, weights), FilmTime(10), FRAMES_24)
    grid = found.played.tempo_map.grid
    assert grid.pickup.quarters == 2
    assert float(found.played.tempo_map.start.seconds) == pytest.approx(10 + 1 + 1.2, abs=0.03)


def test_where_no_beat_is_struck_harder_it_says_so() -> None:
    at = 1 + 0.6 * np.arange(24)
    found = map_of_unknown_take(onsets_of(at, np.ones(24)), FilmTime(0), FRAMES_24)
    assert any("beat 1" in remark for remark in found.remarks)
