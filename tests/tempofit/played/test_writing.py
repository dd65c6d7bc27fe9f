"""Paths written down: plain tempos that stay with the path."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.errors import FitError
from scorestage.tempofit.played import Follow
from scorestage.tempofit.played.line import Bend, TempoPath
from scorestage.tempofit.played.writing import write_beats, write_path
from scorestage.timebase import BarGrid, Beat, Meter, Ramp

GRID = BarGrid.regular(16, Meter(4, 4))
BENT = TempoPath(
    0.0,
    (Bend(16, True), Bend(24, False), Bend(40, False), Bend(40, True)),
    (3.0, 0.61, 0.02, 0.01, -0.01, -0.15),
)


@pytest.mark.parametrize("follow", [Follow.SPANS, Follow.BARS])
def test_the_map_is_within_two_milliseconds_of_the_path_at_every_barline(follow: Follow) -> None:
    tempo_map = write_path(BENT, GRID, follow, ramps=True)
    at = np.array([float(tempo_map.time_at(one).seconds) for one in GRID.starts])
    meant = BENT.seconds_at(np.array([float(one.quarters) for one in GRID.starts]))
    assert np.abs(at - meant).max() < 0.0021


def test_a_bend_is_one_event_and_a_slope_one_ramp() -> None:
    tempo_map = write_path(BENT, GRID, Follow.SPANS, ramps=True)
    assert [str(GRID.position(event.at)) for event in tempo_map.events] == [
        *("1 beat 1", "5 beat 1", "7 beat 1", "11 beat 1"),
    ]
    assert [isinstance(event, Ramp) for event in tempo_map.events] == [False, False, True, False]


def test_beats_are_met_within_a_twentieth_of_a_millisecond() -> None:
    random = np.random.default_rng(1)
    seconds = np.cumsum(random.uniform(0.4, 0.7, 65))
    moments = tuple((Beat(n), Fraction(round(at * 10**6), 10**6)) for n, at in enumerate(seconds))
    tempo_map = write_beats(moments, GRID)
    for place, moment in moments:
        assert abs(tempo_map.time_at(place).seconds - moment) <= Fraction(1, 20_000)


def test_a_path_that_goes_backwards_is_refused() -> None:
    with pytest.raises(FitError, match="contradict"):
        write_path(TempoPath(0.0, (Bend(8, True),), (0.0, 0.5, -0.6)), GRID, Follow.SPANS, True)
    with pytest.raises(FitError, match="backwards"):
        write_beats(((Beat(0), Fraction(1)), (Beat(1), Fraction(1, 2))), GRID)
