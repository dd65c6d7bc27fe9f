"""Choosing cues: as good as trying every set of stretches there is."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawn_clips import flat
from tests.spotting.footage_kit import watched

from scorestage.production import WayIn, WayOut
from scorestage.spotting import Amount, CueRules, Evidence, Need
from scorestage.spotting.choosing import SHARES, Stretch, _Scorer, choose_stretches
from scorestage.spotting.joints import Entrance, Exit, Joint
from scorestage.timebase import FilmTime

PROOF = Evidence("drawn", 1.0, "", 0, FilmTime(0))
PICTURE = watched([flat(0, 32, 18)] * 2880)
RULES = CueRules()


def joint(at_seconds: int, entrance: float | None, way_out: float | None) -> Joint:
    return Joint(
        FilmTime(at_seconds),
        None if entrance is None else Entrance(entrance, WayIn.HARD, "in", PROOF),
        None if way_out is None else Exit(way_out, WayOut.CUT, "out", PROOF),
    )


def need(wanted: np.ndarray) -> Need:
    per_frame = np.repeat(wanted.astype(float), 24)
    nothing = np.zeros(len(per_frame))
    lengths = np.full(len(per_frame), 1 / 24)
    return Need(per_frame, lengths, *[nothing] * 9)


WORTH = st.one_of(st.none(), st.integers(0, 10).map(lambda tenth: tenth / 10))
PLACES = st.lists(
    st.tuples(st.integers(0, 120), WORTH, WORTH), min_size=2, max_size=7, unique_by=lambda j: j[0]
)
WANTED = st.lists(st.integers(-8, 10), min_size=120, max_size=120)


@settings(max_examples=150, deadline=None)
@given(PLACES, WANTED)
def test_no_other_set_of_cues_is_better(
    places: list[tuple[int, float | None, float | None]], tenths: list[int]
) -> None:
    amount = Amount.WALL_TO_WALL
    joints = tuple(joint(*place) for place in sorted(places, key=lambda place: place[0]))
    asked = need(np.array(tenths) / 10)
    chosen = choose_stretches(PICTURE, joints, asked, amount, RULES)
    scorer = _Scorer(PICTURE, joints, asked, amount, RULES)
    best = _best_of_all(joints, scorer)
    if best > 1e-6:
        assert _worth(chosen) == pytest.approx(best, abs=1e-3)
    elif chosen:
        assert len(chosen) == 1


def _worth(chosen: tuple[Stretch, ...]) -> float:
    segues = sum(stretch.segue_in for stretch in chosen)
    return sum(stretch.score for stretch in chosen) - RULES.segue_cost * segues


def _best_of_all(joints: tuple[Joint, ...], scorer: _Scorer) -> float:
    """The best sum over every set of cues that keep apart or follow each other at once."""
    cues = [
        (first, last, scorer.cue(first, last))
        for first, last in combinations(range(len(joints)), 2)
        if scorer.cue(first, last) is not None
        and scorer.seconds(first, last) <= 4 * scorer.usual_seconds
    ]
    best = 0.0

    def grow(after: int, ended: int | None, total: float) -> None:
        nonlocal best
        best = max(best, total)
        for number in range(after, len(cues)):
            first, last, score = cues[number]
            cost = 0.0
            if ended is not None:
                if first < ended:
                    continue
                if first == ended:
                    cost = RULES.segue_cost
                elif scorer.seconds(ended, first) < float(RULES.least_gap.seconds):
                    continue
            grow(number + 1, last, total + (score or 0.0) - cost)

    grow(0, None, 0.0)
    return best


def test_none_is_none() -> None:
    joints = (joint(0, 1, None), joint(60, None, 1))
    assert choose_stretches(PICTURE, joints, need(np.ones(120)), Amount.NONE, RULES) == ()


def test_there_is_always_one_cue() -> None:
    joints = (joint(0, 0.1, None), joint(30, 0.1, 0.1), joint(120, None, 0.1))
    (only,) = choose_stretches(PICTURE, joints, need(np.full(120, -1.0)), Amount.SPARSE, RULES)
    assert (only.first.at, only.last.at) == (FilmTime(0), FilmTime(30))


def test_amounts_are_far_enough_apart_to_be_heard() -> None:
    """What is sparse for one film is never normal for it."""
    assert SHARES[Amount.SPARSE][1] < SHARES[Amount.NORMAL][0]
    assert SHARES[Amount.NORMAL][1] < 0.7


@pytest.mark.parametrize("level", [-0.9, -0.3, 0.0, 0.3, 0.9])
@pytest.mark.parametrize("amount", [Amount.SPARSE, Amount.NORMAL])
def test_the_amount_is_kept_whatever_the_film_asks_for(level: float, amount: Amount) -> None:
    tides = level + 0.3 * np.sin(np.arange(120) / 7)
    inner = (joint(at, 0.7, 0.7) for at in range(10, 120, 10))
    places = (joint(0, 0.9, None), *inner, joint(120, None, 1.0))
    chosen = choose_stretches(PICTURE, places, need(tides), amount, RULES)
    share = sum(float((one.last.at - one.first.at).seconds) for one in chosen) / 120
    low, high = SHARES[amount]
    assert low <= share <= high


def test_a_film_shorter_than_a_cue_is_one_cue() -> None:
    joints = (joint(0, 1, None), joint(4, None, 1))
    assert len(choose_stretches(PICTURE, joints, need(np.ones(120)), Amount.NORMAL, RULES)) == 1


def test_a_long_cue_is_parted_at_the_best_joint() -> None:
    places = [joint(0, 1, None), joint(50, 0.3, 0.3), joint(60, 0.9, 0.9), joint(120, None, 1)]
    chosen = choose_stretches(
        PICTURE, tuple(places), need(np.ones(120)), Amount.WALL_TO_WALL, RULES
    )
    assert [(one.first.at.seconds, one.last.at.seconds) for one in chosen] == [(0, 60), (60, 120)]
    assert [(one.segue_in, one.segue_out) for one in chosen] == [(False, True), (True, False)]


def test_cues_keep_a_rest_or_none_at_all() -> None:
    wanted = np.ones(120)
    wanted[40:42] = -9
    places = [joint(0, 1, None), joint(40, None, 1), joint(42, 1, None), joint(120, None, 1)]
    chosen = choose_stretches(PICTURE, tuple(places), need(wanted), Amount.WALL_TO_WALL, RULES)
    assert [(one.first.at.seconds, one.last.at.seconds) for one in chosen] == [(42, 120)]
    far = [joint(0, 1, None), joint(39, None, 1), joint(42, 1, None), joint(120, None, 1)]
    assert len(choose_stretches(PICTURE, tuple(far), need(wanted), Amount.WALL_TO_WALL, RULES)) == 2


def test_a_shorter_usual_length_parts_sooner() -> None:
    places = tuple(
        joint(n, 0.8 if n < 120 else None, 0.8 if n else None) for n in range(0, 121, 20)
    )
    short = CueRules(usual_share=Fraction(1, 6))
    one = choose_stretches(PICTURE, places, need(np.full(120, 0.6)), Amount.NORMAL, short)
    two = choose_stretches(PICTURE, places, need(np.full(120, 0.6)), Amount.NORMAL, CueRules())
    assert len(one) > len(two)
