"""Ways of beats through a take."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.errors import FitError
from scorestage.tempofit.played import TempoRange, onsets_of
from scorestage.tempofit.played.ways import best_way, levelled


def test_a_way_keeps_the_beat_that_is_struck() -> None:
    at = 1.0 + 0.6 * np.arange(50)
    way = best_way(levelled(onsets_of(at, np.ones(50)).strength), TempoRange())
    assert np.median(np.diff(way.seconds)) == pytest.approx(0.6, abs=0.005)
    assert all(np.abs(at - one).min() < 0.02 for one in way.seconds[2:-2])


@pytest.mark.parametrize("parts", [2, 3])
def test_a_way_on_parts_of_the_beat_goes_on_where_all_is_struck_between(parts: int) -> None:
    """Ten beats struck on themselves, ten only between, ten on themselves: no slip."""
    beats = 1.0 + 0.75 * np.arange(40)
    off = np.where((np.arange(40) // 10) % 2, 0.75 / parts, 0.0)
    at = beats + off
    way = best_way(levelled(onsets_of(at, np.ones(40)).strength), TempoRange(60, 100, 80), parts)
    turn = np.exp(2j * np.pi * parts * way.seconds / 0.75)
    assert abs(turn[2:-2].mean()) > 0.95
    assert np.median(np.diff(way.seconds)) == pytest.approx(0.75, abs=0.01)


def test_loud_and_soft_passages_are_brought_nearer() -> None:
    at = 0.5 * np.arange(80)
    weights = np.where(np.arange(80) < 40, 1.0, 0.1)
    strength = levelled(onsets_of(at, weights).strength)
    loud, soft = strength[: 15 * 100].max(), strength[25 * 100 :].max()
    assert soft > 0.6 * loud


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(FitError, match="between"):
        TempoRange(140, 60)
