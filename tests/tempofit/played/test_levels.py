"""Rival readings of one pulse, and what speaks for each."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.tempofit.played import TempoRange
from scorestage.tempofit.played.levels import EVIDENCE, evidence_of, readings_of, relation
from scorestage.tempofit.played.ways import Floats, Way

BEATS = 1.0 + 0.6 * np.arange(48)


def read(at: Floats, weights: Floats, wish: TempoRange | None = None) -> tuple[float, float]:
    """Tempo of the likeliest reading, and its phase in beats of the way."""
    best = readings_of([Way(BEATS, 1, 1.0)], at, weights, wish or TempoRange())[0]
    return best.bpm, float((best.beats_seconds[0] - BEATS[0]) / 0.6)


def test_accents_between_the_beats_of_a_way_make_them_the_beat() -> None:
    at = np.sort(np.concatenate([BEATS, BEATS + 0.3]))
    soft_first = np.where(np.arange(len(at)) % 2, 0.9, 0.45)
    assert read(at, soft_first) == pytest.approx((100.0, 0.5))
    assert read(at, soft_first[::-1]) == pytest.approx((100.0, 0.0))


def test_a_beat_struck_by_turns_is_twice_too_fast() -> None:
    fast = Way(1.0 + 0.3 * np.arange(96), 1, 1.0)
    weights = np.where(np.arange(96) % 2, 0.4, 0.9)
    best = readings_of([fast], fast.seconds, weights, TempoRange())[0]
    assert best.bpm == pytest.approx(100)


def test_shares_are_shares_and_rivals_are_named() -> None:
    found = readings_of([Way(BEATS, 1, 1.0)], BEATS, np.ones(48), TempoRange())
    assert sum(one.share for one in found) <= 1
    assert list(found) == sorted(found, key=lambda one: -one.share)
    words = {relation(found[0], one) for one in found[1:]}
    assert {"half as fast", "half a beat off"} <= words
    assert all(40 * 0.97 <= one.bpm <= 200 * 1.03 for one in found)


def test_a_range_leaves_only_the_readings_within() -> None:
    found = readings_of([Way(BEATS, 1, 1.0)], BEATS, np.ones(48), TempoRange(45, 60, 50))
    assert found
    assert all(round(one.bpm) == 50 for one in found)
    assert readings_of([Way(BEATS, 1, 1.0)], BEATS, np.ones(48), TempoRange(110, 120, 115)) == ()


def test_the_evidence_has_a_row_for_each_reading() -> None:
    found = readings_of([Way(BEATS, 1, 1.0)], BEATS, np.ones(48), TempoRange())
    rows = evidence_of(found, BEATS, np.ones(48), 96.0)
    assert rows.shape == (len(found), len(EVIDENCE))
    assert np.isfinite(rows).all()
