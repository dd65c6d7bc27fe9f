"""The beat found in onsets, or refused where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judging.beats import f_measure
from tests.tempofit.played.takes import Floats, Meant, meant

from scorestage.errors import FitError
from scorestage.tempofit.played import TempoRange, onsets_of
from scorestage.tempofit.played.tracking import find_pulse


def struck(take: Meant, seed: int) -> tuple[Floats, Floats]:
    """Onsets of a tune along the beats: quarters, pairs of eighths, held notes."""
    random = np.random.default_rng(seed)
    places = np.arange(len(take.seconds))
    written, quarter = [], 0.0
    while quarter < places[-1]:
        length = random.choice([0.5, 1.0, 2.0], p=[0.4, 0.5, 0.1])
        written += [quarter, quarter + 0.5] if length == 0.5 else [quarter]
        quarter += max(1.0, length)
    at = np.interp(written, places, take.seconds) + random.normal(0, 0.01, len(written))
    weights = [0.9 if one % 4 == 0 else 0.7 if one % 1 == 0 else 0.45 for one in written]
    return at, np.array(weights)


@pytest.mark.parametrize("kind", ["steady", "rit", "rubato"])
def test_the_beat_is_found(kind: str) -> None:
    take = meant(kind, bpm=88, bars=14)
    pulse = find_pulse(onsets_of(*struck(take, 1)))
    assert f_measure(take.seconds, pulse.beats_seconds) > 0.9
    assert pulse.confidence > 0.8
    assert ((pulse.sure >= 0) & (pulse.sure <= 1)).all()


@pytest.mark.parametrize("seed", range(3))
def test_onsets_at_random_keep_no_beat_and_none_is_guessed(seed: int) -> None:
    at = np.sort(np.random.default_rng(seed).uniform(0, 40, 80))
    with pytest.raises(FitError, match="surer than chance"):
        find_pulse(onsets_of(at, np.ones(80)))


def test_the_range_of_tempos_decides_between_the_beat_and_its_double() -> None:
    at = 0.5 * np.arange(80)
    slow = find_pulse(onsets_of(at, np.where(np.arange(80) % 2, 0.6, 1.0)), TempoRange(45, 80, 60))
    assert np.median(np.diff(slow.beats_seconds)) == pytest.approx(1.0, abs=0.01)
    fast = find_pulse(onsets_of(at, np.ones(80)), TempoRange(90, 160, 120))
    assert np.median(np.diff(fast.beats_seconds)) == pytest.approx(0.5, abs=0.01)


def test_a_handful_of_onsets_is_too_little() -> None:
    with pytest.raises(FitError, match="too few"):
        find_pulse(onsets_of(np.arange(4.0), np.ones(4)))
    with pytest.raises(FitError, match="no onsets"):
        onsets_of(np.array([]), np.array([]))


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(FitError, match="between"):
        TempoRange(140, 60)
