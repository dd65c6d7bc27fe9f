"""The walk through states against every path there is."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.orchestration.checking.walk import Event, walk


def distance(before: int, after: int) -> float:
    return float(abs(after - before))


states = st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), states), min_size=2, max_size=6))
def test_no_path_has_fewer_impossible_changes(steps: list[tuple[int, list[int]]]) -> None:
    events, now = [], 0.0
    for gap, own in steps:
        now += gap
        events.append(Event(now, now, Fraction(int(now)), tuple(own)))

    def missed(path: tuple[int, ...]) -> int:
        pairs = zip(path, path[1:], events, events[1:], strict=False)
        return sum(distance(a, b) > after.start - one.end for a, b, one, after in pairs)

    least = min(missed(path) for path in product(*(event.states for event in events)))
    found = walk(events, distance)
    assert missed(found.states) == least == len(found.shortages)


def test_a_shortage_says_what_it_needs_and_has() -> None:
    events = [
        Event(0.0, 1.0, Fraction(0), ("open",)),
        Event(3.3, 4.0, Fraction(3), ("muted",)),
    ]
    (short,) = walk(events, lambda a, b: 0.0 if a == b else 4.0).shortages
    assert (short.index, short.needs_seconds) == (1, 4.0)
    assert abs(short.has_seconds - 2.3) < 1e-9
    assert walk(events, lambda a, b: 2.5, spare=0.9).shortages == ()
    assert walk([], lambda a, b: 1.0).states == ()
