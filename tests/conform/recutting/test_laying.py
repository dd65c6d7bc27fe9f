"""Cards on the bars of music: the cheapest of all ways, as trying them all shows."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.conform.recutting.laying import Card, Seam, lay, length_points, wished_lengths
from scorestage.errors import InputError

SEAMS = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from((0.5, 2.0, 3.0))),
    min_size=5,
    max_size=9,
    unique_by=lambda one: one[0],
)
CARDS = st.lists(
    st.tuples(st.none() | st.integers(10, 200), st.integers(1, 40), st.none() | st.just(300)),
    min_size=1,
    max_size=4,
)


def by_trying(cards: list[Card], seams: list[Seam]) -> float:
    places = sorted(seams, key=lambda one: one.frame)
    best = max(one.worth for one in places)
    wishes = wished_lengths(cards, places[-1].frame - places[0].frame)
    cheapest = inf
    for inner in combinations(places[1:-1], len(cards) - 1):
        bounds = [places[0], *inner, places[-1]]
        lengths = [b.frame - a.frame for a, b in pairwise(bounds)]
        points = sum(map(length_points, cards, wishes, lengths))
        cheapest = min(cheapest, points + sum(best - one.worth for one in inner))
    return cheapest


@settings(max_examples=80, deadline=None)
@given(seams=SEAMS, cards=CARDS)
def test_nothing_cheaper_is_found_by_trying(
    seams: list[tuple[int, float]], cards: list[tuple[int | None, int, int | None]]
) -> None:
    music = [Seam(*one) for one in seams]
    told = [Card(f"c{n}", *one) for n, one in enumerate(cards)]
    tried = by_trying(told, music)
    if tried == inf:
        with pytest.raises(InputError):
            lay(told, music)
        return
    found = lay(told, music)
    assert float(found.points) == pytest.approx(tried, abs=0.001)
    assert all(a.last == b.first for a, b in pairwise(found.laid))
    assert found.laid[0].first == min(seams)[0] and found.laid[-1].last == max(seams)[0]


def test_a_card_begins_where_it_was_asked_to() -> None:
    seams = [Seam(48 * n, 2.0, f"bar {n + 1}") for n in range(9)]
    cards = [Card("a"), Card("b"), Card("c", at=96), Card("d")]
    found = lay(cards, seams)
    assert found.laid[2].first == 96 and found.laid[2].seam.words == "bar 3"


def test_what_does_not_fit_is_told_in_frames() -> None:
    seams = [Seam(48 * n, 2.0) for n in range(4)]
    with pytest.raises(InputError, match="4 cards do not fit on 3"):
        lay([Card("x")] * 4, seams)
    with pytest.raises(InputError, match="200 frames at least, the music has 144"):
        lay([Card("x", least_frames=100)] * 2, seams)
    with pytest.raises(InputError, match="last 100 frames at most, the music 144"):
        lay([Card("x", 50, most_frames=50)] * 2, seams)
