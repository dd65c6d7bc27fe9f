"""Choirs: complete, in order, open below, moving little; against brute force on small cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Pitch
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.voicing import seats_for, voiced


def chord(text: str, bass: str = "") -> Slice:
    pitches = tuple(Pitch.parse(one) for one in text.split())
    ground = Pitch.parse(bass) if bass else None
    return Slice("x", Fraction(0), Fraction(4), pitches, ground)


HORNS = seats_for([load_instrument("horn")] * 4, 60, 4.5)
BRASS = seats_for(
    [load_instrument(one) for one in ("tuba", "trombone", "trombone", "trumpet-bb")], 55, 7
)
CASES = ["C4 E4 G4", "D4 F4 A4 C5", "Bb3 D4 F4", "E4 G#4 B4 D5"]


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize("seats", [HORNS, BRASS])
def test_a_choir_has_the_whole_chord_from_low_to_high(text: str, seats: list[object]) -> None:
    one = chord(text)
    keys = voiced(seats, one, (), 0.0)  # type: ignore[arg-type]
    assert len(keys) == 4
    assert list(keys) == sorted(keys)
    assert {key % 12 for key in keys} == set(one.names)


def test_voices_move_to_the_nearest_tones() -> None:
    first = voiced(HORNS, chord("C4 E4 G4"), (), 0.0)
    second = voiced(HORNS, chord("C4 F4 A4"), first, 0.0)
    assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) <= 8


def test_no_third_deep_down_and_nobody_under_the_bass() -> None:
    low = seats_for([load_instrument("trombone")] * 3, 44, 4)
    keys = voiced(low, chord("C4 E4 G4", "C3"), (), 1.0)
    assert min(keys) >= 48
    deep = voiced(low, chord("C4 E4 G4", "C2"), (), 1.0)
    assert all(b - a >= 5 for a, b in pairwise(deep) if a < 48)


def test_fewer_players_than_tones_still_sound_well() -> None:
    keys = voiced(HORNS[:2], chord("C4 E4 G4 B4"), (), 0.0)
    assert len({key % 12 for key in keys}) == 2


def test_the_layout_is_the_cheapest_of_all() -> None:
    """Two voices, every pair of keys tried with the same prices."""
    from scorestage.orchestration import voicing

    one = chord("C4 E4 G4")
    pair = HORNS[:2]
    options = [voicing._choices(seat, one, None, 0.0) for seat in pair]
    best = min(
        a[1] + b[1] + voicing._gap(a[0], b[0]) + (3.0 if a[0] % 12 == b[0] % 12 else 0.0)
        for a, b in product(*options)
        if a[0] <= b[0]
    )
    keys = voiced(pair, one, (), 0.0)
    prices = [dict(choice) for choice in options]
    paid = prices[0][keys[0]] + prices[1][keys[1]] + voicing._gap(keys[0], keys[1])
    assert paid == pytest.approx(best)
