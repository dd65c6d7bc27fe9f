"""Bars find their likes though others were put in or taken out between them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

from scorestage.engraving.setcheck import Sheet, SheetBar, Sound
from scorestage.workflow.bars_matched import (
    _likeness,
    _likest,
    changed_bars,
    match_bars,
    told_in_old_bars,
    without_bars,
)


def _sheet(*bars: str) -> Sheet:
    """A player's line; each letter is a quarter of another pitch."""
    sounds = tuple(
        Sound(place, Fraction(at), Fraction(1), Fraction(ord(letter)))
        for place, bar in enumerate(bars)
        for at, letter in enumerate(bar)
    )
    told = (SheetBar(str(place + 1), "4/4", Fraction(4)) for place in range(len(bars)))
    return Sheet("Horn", tuple(told), sounds)


def test_a_bar_put_in_before_a_changed_one_is_told_from_it() -> None:
    old, new = _sheet("abcd", "efgh", "ijkl"), _sheet("abcd", "xyzw", "efgX", "ijkl")
    met = match_bars([old], [new])
    assert (met.old_of_new, met.added, met.removed) == ({0: 0, 2: 1, 3: 2}, (1,), ())
    there = told_in_old_bars(new, old, met)
    assert set(there.sounds) ^ set(old.sounds) == {
        Sound(1, Fraction(3), Fraction(1), Fraction(ord(letter))) for letter in "hX"
    }


def test_a_bar_taken_out_is_found() -> None:
    old, new = _sheet("abcd", "efgh", "ijkl", "mnop"), _sheet("abcd", "Xjkl", "mnop")
    met = match_bars([old], [new])
    assert (met.old_of_new, met.added, met.removed) == ({0: 0, 1: 2, 2: 3}, (), (1,))
    assert {one.bar for one in without_bars(old, met.removed).sounds} == {0, 2, 3}


def test_as_many_bars_are_held_one_by_one() -> None:
    met = match_bars([_sheet("abcd", "efgh")], [_sheet("efgh", "abcd")])
    assert (met.old_of_new, met.added, met.removed) == ({0: 0, 1: 1}, (), ())


def test_no_other_pairing_has_more_in_common() -> None:
    draw = Random(5)
    for _ in range(200):
        ours, theirs = (
            [tuple(draw.choices("abc", k=3)) for _ in range(draw.randint(0, 5))] for _ in "ab"
        )
        met = _likest(ours, theirs)
        count = min(len(ours), len(theirs))
        assert len(met) == count
        assert met == sorted(met) and len({there for _, there in met}) == count
        best = max(
            sum(_likeness(ours[a], theirs[b]) for a, b in zip(one, two, strict=True))
            for one in combinations(range(len(ours)), count)
            for two in combinations(range(len(theirs)), count)
        )
        assert abs(sum(_likeness(ours[a], theirs[b]) for a, b in met) - best) < 1e-9


def test_only_bars_that_differ_are_counted() -> None:
    old = _sheet("abcd", "efgh", "ijkl")
    assert changed_bars([old], [old]) == 0
    assert changed_bars([old], [_sheet("abcd", "efgX", "ijkl")]) == 1
    assert changed_bars([old], [_sheet("abcd", "xyzw", "efgX", "ijkl")]) == 2
    assert changed_bars([old], [_sheet("abcd", "ijkl")]) == 0
    assert changed_bars([], [old]) == 3
