"""How players err: as far, as slowly and as locally as people do."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.mockup.timing import Drift, seed_of, wobble


def _errors(player: str, seed: int = 1, first: int = 0, last: int = 2_000) -> np.ndarray:
    drift = Drift(player, seed, 0.008, first, last)
    return np.array([drift.seconds_at(q / 2) for q in range(2 * first, 2 * last)])


def test_spread_and_correlation() -> None:
    errors = _errors("vn1")
    assert errors.std() == pytest.approx(0.008, rel=0.15)
    assert abs(errors.mean()) < 0.001
    neighbours = np.corrcoef(errors[:-1], errors[1:])[0, 1]
    assert neighbours == pytest.approx(0.75, abs=0.06)
    assert np.abs(errors).max() <= 2.2 * 0.008 + 1e-12


def test_players_err_each_in_their_own_way_and_the_same_every_time() -> None:
    assert np.array_equal(_errors("vn1", last=50), _errors("vn1", last=50))
    assert abs(np.corrcoef(_errors("vn1"), _errors("vn2"))[0, 1]) < 0.1
    assert not np.array_equal(_errors("vn1", last=50), _errors("vn1", seed=2, last=50))


def test_a_longer_cue_moves_nobody() -> None:
    short, long = _errors("hn1", last=40), _errors("hn1", last=400)
    assert np.array_equal(short[:78], long[:78])


def test_small_differences_depend_on_the_place_alone() -> None:
    found = [wobble(1, "vn1", quarter, 60) for quarter in range(500)]
    assert wobble(1, "vn1", 7, 60) == found[7]
    assert -1 <= min(found) < -0.9
    assert 0.9 < max(found) <= 1
    assert abs(sum(found)) < 50
    assert seed_of("a", 1) == 1_677_741_765  # on every machine, in every process
