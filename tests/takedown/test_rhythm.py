"""Rhythms of known notes come back from hands that scatter, rush and lag."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.takedown.beatgrid import beats_of
from scorestage.takedown.rhythm import Stroke, doubtful, read_rhythm, votes_of
from scorestage.timebase import BarGrid, Meter

MIXED = ("0", "1", "3/2", "2", "9/4", "5/2", "11/4", "3", "4", "13/3", "14/3", "5", "6", "13/2")
WALTZ = ("0", "1/2", "1", "3/2", "7/4", "2", "5/2", "3", "7/2", "4", "9/2", "5")


def strokes(
    written: tuple[str, ...], *, seed: int, scatter: float, pace: float = 0.5, lag: float = 0.0
) -> tuple[Stroke, ...]:
    rng = np.random.default_rng(seed)
    found = []
    for place, onset in enumerate(written):
        late = float(np.clip(rng.normal(0, scatter), -2 * scatter, 2 * scatter)) + lag
        at = float(Fraction(onset)) + late / pace
        found.append(Stroke(at, at * pace, (60 + place % 5,)))
    return tuple(found)


@pytest.mark.parametrize("seed", range(12))
def test_sixteenths_and_triplets_are_told_apart(seed: int) -> None:
    beats = beats_of(BarGrid.regular(3, Meter(4, 4)))
    read = read_rhythm(strokes(MIXED, seed=seed, scatter=0.010), beats)
    wrong = {
        int(Fraction(one))
        for one, got in zip(MIXED, read.onsets, strict=True)
        if Fraction(one) != got
    }
    assert wrong <= set(doubtful(read)) and len(wrong) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_eighths_of_six_eight_need_no_triplets(seed: int) -> None:
    beats = beats_of(BarGrid.regular(2, Meter.parse("6/8")))
    read = read_rhythm(strokes(WALTZ, seed=seed, scatter=0.012), beats)
    assert read.onsets == tuple(Fraction(one) for one in WALTZ)


def test_a_hand_that_lags_is_told_and_read_on_the_beat() -> None:
    written = tuple(str(Fraction(at, 4)) for at in range(32))
    beats = beats_of(BarGrid.regular(2, Meter(4, 4)))
    read = read_rhythm(strokes(written, seed=3, scatter=0.006, lag=0.035), beats)
    assert read.onsets == tuple(Fraction(one) for one in written)
    assert 0.02 <= read.lag_seconds <= 0.05


def test_exact_strokes_stay_where_they_are() -> None:
    beats = beats_of(BarGrid.regular(3, Meter(4, 4)))
    read = read_rhythm(strokes(MIXED, seed=1, scatter=0.0), beats)
    assert read.onsets == tuple(Fraction(one) for one in MIXED) and not doubtful(read)


def test_a_stroke_between_two_readings_is_doubtful() -> None:
    beats = beats_of(BarGrid.regular(1, Meter(4, 4)))
    wide = (Stroke(0.0, 0.0, (60,)), Stroke(0.292, 0.146, (62,)), Stroke(1.0, 0.5, (64,)))
    assert doubtful(read_rhythm(wide, beats)) == (0,)


def test_the_others_speak_for_threes() -> None:
    beats = beats_of(BarGrid.regular(4, Meter(4, 4)))
    triplets = tuple(str(Fraction(at, 3)) for at in range(24))
    sure = read_rhythm(strokes(triplets, seed=2, scatter=0.004), beats)
    votes = votes_of([sure, sure])
    assert votes[0] == (0.0, 1.0)
    vague = strokes(("0", "0.29", "1"), seed=1, scatter=0.0)
    assert read_rhythm(vague, beats, votes).onsets[1] == Fraction(1, 3)


def test_nothing_struck_is_nothing_read() -> None:
    assert read_rhythm((), beats_of(BarGrid.regular(1, Meter(4, 4)))).onsets == ()
