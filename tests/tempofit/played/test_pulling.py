"""Pulls onto hits, against a general solver of the same problem."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from scorestage.tempofit.played.line import Limit, Played, TempoPath
from scorestage.tempofit.played.pulling import STEP, STRAY_SECONDS, broken_limits, pulled_to

BARLINES = np.arange(0, 33, 4.0)
QUARTERS = np.arange(0.0, 32.0)
PLAIN = TempoPath(0.0, (), (1.0, 0.6))
PLAYED = Played(QUARTERS, PLAIN.seconds_at(QUARTERS), np.ones(len(QUARTERS)))


def limit(quarters: float, off: float, room: float = 0.02, name: str = "h") -> Limit:
    at = PLAIN.second_at(quarters) + off
    return Limit(quarters, at - room, at + room, name)


def test_limits_are_met_and_far_bars_are_left_alone() -> None:
    limits = (limit(12, 0.1), limit(24, 0.0))
    found = pulled_to(PLAIN, PLAYED, BARLINES, limits)
    assert not found.unmet and not broken_limits(found.path, limits)
    assert np.abs(found.stretch).max() < 0.06
    assert abs(found.path.second_at(32.0) - PLAIN.second_at(32.0)) < 0.03


def test_nothing_cheaper_meets_the_limits() -> None:
    """The same cost, minimised by a general constrained solver, is not lower."""
    limits = (limit(10, 0.08), limit(20, -0.06))
    places = np.unique(np.concatenate([QUARTERS, BARLINES]))
    inside = np.clip(places[:, None] - BARLINES[None, :-1], 0, 4)
    rows = np.hstack([np.ones((len(places), 1)), inside]) / STRAY_SECONDS
    steps = np.diff(np.eye(8), axis=0) / (STEP * 0.6)

    def cost(terms: np.ndarray) -> float:
        return float(((rows @ terms) ** 2).sum() + ((steps @ terms[1:]) ** 2).sum())

    def at(terms: np.ndarray, quarters: float) -> float:
        return float(terms[0] + np.clip(quarters - BARLINES[:-1], 0, 4) @ terms[1:])

    bounds = []
    for one in limits:
        early = one.earliest - PLAIN.second_at(one.quarters)
        late = one.latest - PLAIN.second_at(one.quarters)
        bounds += [
            {"type": "ineq", "fun": lambda x, q=one.quarters, e=early: at(x, q) - e},
            {"type": "ineq", "fun": lambda x, q=one.quarters, e=late: e - at(x, q)},
        ]
    best = minimize(cost, np.zeros(9), constraints=bounds, method="SLSQP", options={"maxiter": 500})
    found = pulled_to(PLAIN, PLAYED, BARLINES, limits)
    shift = found.path.second_at(0.0) - PLAIN.second_at(0.0)
    ours = np.concatenate([[shift], found.stretch * 0.6])
    assert cost(ours) <= best.fun * 1.02


def test_two_moments_for_one_place_cannot_be_met() -> None:
    limits = (limit(8, 0.1, 0.01, "a"), limit(8, -0.1, 0.01, "b"))
    assert pulled_to(PLAIN, PLAYED, BARLINES, limits).unmet
