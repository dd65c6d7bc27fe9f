"""Several ways, each another one, the first the cheapest."""

from __future__ import annotations

from fractions import Fraction

from scorestage.conform.recutting import (
    LEAST_CHANGE,
    Aim,
    Place,
    Prices,
    Shot,
    Target,
    Task,
    recuts,
)


def task() -> Task:
    shots = tuple(
        Shot(n + 1, f"S{n}", 60 * n, 60 * n + 60, head_frames=20, tail_frames=20) for n in range(6)
    )
    aims = tuple(
        Aim(Place(n), (Target(60 * n + 5, 2.0, Fraction(60 * n + 5)),), must=n == 3)
        for n in range(1, 6)
    )
    return Task(shots, aims)


def test_the_first_is_the_cheapest_and_no_two_are_one() -> None:
    found = recuts(task())
    assert found[0].name == LEAST_CHANGE
    assert all(found[0].points <= one.points for one in found)
    assert len({(one.changes, one.order) for one in found}) == len(found) >= 3


def test_each_is_what_its_name_says() -> None:
    found = {one.name: one for one in recuts(task(), top=20)}
    assert all(one.landed[2].is_met for one in found.values())
    same = found["as long as before"]
    assert same.frames == 360
    if "no frame put on" in found:
        changes = found["no frame put on"].changes
        assert all(one.head_frames >= 0 and one.tail_frames <= 0 for one in changes)


def test_dearer_ways_by_other_prices_are_told_at_the_usual_ones() -> None:
    for one in recuts(task(), Prices(), top=20):
        assert one.points >= 0
