"""Levels as they are written."""

from __future__ import annotations

import pytest
from tests.mockup.small_orchestra import FLUTE, TRUMPET

from scorestage.mockup.dynamics import STEP_DB, Levels, level_db, levels_of
from scorestage.music import Dynamic, DynamicMark, Hairpin
from scorestage.timebase import Beat


def _levels(marks: dict[int, str], *hairpins: tuple[int, int, bool]) -> Levels:
    return levels_of(
        (DynamicMark(Beat(at), Dynamic(d)) for at, d in marks.items()),
        (Hairpin(Beat(a), Beat(b), opens) for a, b, opens in hairpins),
    )


def test_without_any_mark_it_is_mf() -> None:
    assert _levels({}).at(-4) == _levels({}).at(100) == 0


def test_a_mark_holds_until_the_next() -> None:
    levels = _levels({4: "p", 8: "ff"})
    assert [levels.at(q) for q in (0, 4, 7.99, 8, 50)] == [-2, -2, -2, 2, 2]


def test_a_hairpin_leads_to_the_mark_at_its_end() -> None:
    levels = _levels({0: "p", 8: "f"}, (4, 8, True))
    assert [levels.at(q) for q in (3, 4, 6, 7, 8)] == [-2, -2, -0.5, 0.25, 1]


def test_a_hairpin_may_end_a_little_before_or_after_its_goal() -> None:
    assert _levels({0: "f", 8: "pp"}, (4, 7, False)).at(7) == -3
    assert _levels({0: "pp", 7: "f"}, (4, 8, True)).at(8) == 1


def test_a_hairpin_to_nowhere_is_a_step_or_two_where_it_is_long() -> None:
    assert _levels({0: "mf"}, (4, 8, True)).at(20) == 1
    assert _levels({0: "mf"}, (4, 8, False)).at(20) == -1
    assert _levels({0: "mf"}, (4, 16, True)).at(20) == 2


def test_a_crescendo_to_a_sudden_piano() -> None:
    levels = _levels({0: "mf", 8: "p"}, (4, 8, True))
    assert levels.at(7.999) == pytest.approx(1, abs=0.01)
    assert levels.at(8) == -2


def test_two_hairpins_make_a_swell() -> None:
    levels = _levels({0: "p", 8: "p"}, (0, 4, True), (4, 8, False))
    assert [levels.at(q) for q in (0, 4, 8)] == [-2, -1, -2]


def test_a_flute_balances_a_trumpet_when_soft_and_a_quarter_of_it_when_loud() -> None:
    assert level_db(-2, FLUTE) == pytest.approx(level_db(-2, TRUMPET))
    assert level_db(1, TRUMPET) - level_db(1, FLUTE) == pytest.approx(6.02, abs=0.01)
    assert level_db(1, TRUMPET) - level_db(0, TRUMPET) == pytest.approx(STEP_DB)
    assert level_db(0, TRUMPET, 2) - level_db(0, TRUMPET) == pytest.approx(3.01, abs=0.01)
