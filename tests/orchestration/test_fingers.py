"""Hands and strings against brute force over every way to lay fingers."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.adapters.catalogue import load_instrument
from scorestage.orchestration.checking.fingerboard import Neck, grips
from scorestage.orchestration.checking.frets import shapes
from scorestage.orchestration.fingers import at_once, in_one_hand, two_hands

GUITAR = (40, 45, 50, 55, 59, 64)
VIOLIN = (55, 62, 69, 76)


def lies_on(strings: tuple[int, ...], keys: tuple[int, ...]) -> bool:
    """Every assignment of keys to different strings, tried in turn."""
    for chosen in combinations(strings, len(keys)):
        for order in permutations(chosen):
            frets = [key - string for key, string in zip(keys, order, strict=True)]
            held = [fret for fret in frets if fret > 0]
            if all(0 <= fret <= 19 for fret in frets) and (not held or max(held) - min(held) <= 4):
                return True
    return False


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(38, 76), min_size=1, max_size=4, unique=True))
def test_guitar_chords_as_brute_force_has_them(keys: list[int]) -> None:
    ordered = tuple(sorted(keys))
    assert bool(shapes(GUITAR, ordered)) == lies_on(GUITAR, ordered)


@pytest.mark.parametrize(
    ("keys", "played"),
    [
        ((55, 62), True),  # two open strings
        ((55, 64), True),  # a sixth
        ((57, 60), False),  # both only on the lowest string
        ((62, 69, 76), True),  # three open strings
        ((55, 86), False),  # an octave and a half away on neighbouring strings
        ((64, 72), True),
        ((64, 76), True),  # an octave, or with the open string
        ((57, 69), True),  # an octave
        ((57, 76), False),  # an octave and a half, stopped on both
    ],
)
def test_double_stops_of_the_violin(keys: tuple[int, ...], played: bool) -> None:
    assert bool(grips(Neck.of("violin", VIOLIN), keys)) is played


def test_hands_of_the_piano() -> None:
    piano = load_instrument("piano")
    assert in_one_hand(piano, (60, 64, 67, 72, 74))
    assert not in_one_hand(piano, (60, 64, 67, 72, 76)), "a tenth"
    assert not in_one_hand(piano, (60, 62, 64, 65, 67, 69)), "six notes"
    assert two_hands(piano, (36, 43, 48, 60, 64, 67))
    assert not two_hands(piano, (36, 55, 74))


def test_the_harp_has_four_fingers_a_hand() -> None:
    harp = load_instrument("harp")
    assert in_one_hand(harp, (60, 64, 67, 72))
    assert not in_one_hand(harp, (60, 62, 64, 67, 72))
    assert at_once(harp, (36, 43, 48, 52, 60, 64, 67, 72))


def test_winds_have_one_note() -> None:
    assert not at_once(load_instrument("flute"), (72, 76))
    assert at_once(load_instrument("flute"), (72,))
