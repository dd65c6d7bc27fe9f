"""Dynamics as a curve."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.sketches import dynamics

from scorestage.music import Dynamic, Hairpin, Staff
from scorestage.orchestration.levels import LevelCurve, dynamic_of, tier_of
from scorestage.timebase import Beat


def curve(*marks: tuple[int, str], pins: tuple[Hairpin, ...] = ()) -> LevelCurve:
    return LevelCurve(Staff((), dynamics(*marks), pins))


def test_marks_hold_until_the_next_and_back_to_the_start() -> None:
    found = curve((4, "p"), (8, "ff"))
    assert [found.at(Fraction(at)) for at in (0, 4, 7, 8, 99)] == [-2, -2, -2, 2, 2]
    assert curve().at(Fraction(0)) == 0


def test_a_hairpin_leads_to_the_mark_at_its_end() -> None:
    found = curve((0, "p"), (8, "f"), pins=(Hairpin(Beat(4), Beat(8), True),))
    assert [found.at(Fraction(at)) for at in (4, 6, 8)] == [-2, -0.5, 1]


def test_a_hairpin_without_a_goal_goes_one_step_and_stays() -> None:
    found = curve((0, "mf"), pins=(Hairpin(Beat(0), Beat(4), False),))
    assert [found.at(Fraction(at)) for at in (2, 4, 20)] == [-0.5, -1, -1]


def test_a_mark_against_the_hairpin_is_not_its_goal() -> None:
    found = curve((0, "mf"), (4, "p"), pins=(Hairpin(Beat(0), Beat(4), True),))
    assert found.at(Fraction(3)) > 0
    assert found.at(Fraction(4)) == -2


@pytest.mark.parametrize("dynamic", [Dynamic.PPP, Dynamic.PP, Dynamic.MF, Dynamic.FFF])
def test_levels_print_as_they_came(dynamic: Dynamic) -> None:
    assert dynamic_of(dynamic.level) is dynamic


def test_tiers_rise_with_the_level() -> None:
    tiers = [tier_of(level / 4) for level in range(-20, 20)]
    assert tiers == sorted(tiers)
    assert set(tiers) == {0, 1, 2, 3, 4}
