"""The search for a line, against trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from scorestage.music.harmony import roman
from scorestage.music.key import Key
from scorestage.thematics.line import (
    Bounds,
    Slot,
    _move_cost,
    _own_cost,
    _Stand,
    _turn_cost,
    belongs,
    find_line,
    interval_cost,
)
from scorestage.timebase import Beat

KEY = Key("C")
TONIC, DOMINANT = roman("I", KEY, Beat(0)), roman("V7", KEY, Beat(0))


def _slots() -> tuple[Slot, ...]:
    chords = (TONIC, TONIC, DOMINANT, DOMINANT, TONIC)
    stresses = (3, 1, 3, 1, 3)
    return tuple(
        Slot(Fraction(index), Fraction(1), stress, chord, 2.0)
        for index, (chord, stress) in enumerate(zip(chords, stresses, strict=True))
    )


def _cost(slots: tuple[Slot, ...], line: tuple[int, ...], bounds: Bounds) -> float:
    stands = [_Stand.of(slot, KEY, bounds.low, bounds.high) for slot in slots]
    total = sum(_own_cost(stand, step) for stand, step in zip(stands, line, strict=True))
    for index in range(1, len(line)):
        last, step = line[index - 1], line[index]
        before = line[index - 2] if index > 1 else None
        foreign = stands[index - 1].foreign[last - bounds.low]
        total += _move_cost(last, step, stands[index], stands[index - 1], bounds.leaps)
        total += _turn_cost(before, last, step, foreign)
    return total


def test_no_line_is_cheaper_than_the_one_found() -> None:
    bounds = Bounds(0, 4)
    slots = _slots()
    found = find_line(slots, KEY, bounds, Random(1), noise=0.0)
    everything = product(range(0, 5), repeat=len(slots))
    best = min(_cost(slots, line, bounds) for line in everything)
    assert abs(_cost(slots, found, bounds) - best) < 1e-9


def test_fixed_steps_are_kept() -> None:
    slots = list(_slots())
    slots[-1] = Slot(Fraction(4), Fraction(2), 3, TONIC, 0.0, only=(7,))
    assert find_line(tuple(slots), KEY, Bounds(-3, 8), Random(2))[-1] == 7


def test_strong_places_get_chord_tones() -> None:
    for seed in range(20):
        line = find_line(_slots(), KEY, Bounds(-3, 8), Random(seed))
        strong = [(step, slot) for step, slot in zip(line, _slots(), strict=True) if slot.weighs]
        inside = [belongs(KEY, step, slot.chord) for step, slot in strong]
        assert sum(inside) >= len(inside) - 1


def test_sevenths_and_tritones_cost_more_than_any_leap_a_singer_takes() -> None:
    awkward = min(interval_cost(6, 3, 4), interval_cost(10, 6, 4), interval_cost(11, 6, 4))
    assert awkward > max(interval_cost(12, 7, 0), interval_cost(9, 5, 0))
    assert interval_cost(7, 4, 4) < interval_cost(7, 4, 1)
