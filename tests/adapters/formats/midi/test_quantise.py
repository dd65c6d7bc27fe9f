"""Grids: kept where a file has one, found where it was played."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from scorestage.adapters.formats.midi.quantise import Grid

PAIR = (Fraction(0), Fraction(1, 2))
THREE = (Fraction(0), Fraction(1, 3), Fraction(2, 3))
PATTERNS = {
    "eighths": [Fraction(at, 2) for at in range(16)],
    "sixteenths": [Fraction(at, 4) for at in range(32)],
    "triplets": [Fraction(at, 3) for at in range(24)],
    "swing": [at + part for at in range(8) for part in (Fraction(0), Fraction(2, 3))],
    "mixed": [
        at + part
        for at in range(8)
        for part in (
            [Fraction(0), Fraction(1, 2)] if at % 2 else [Fraction(p, 3) for p in range(3)]
        )
    ],
}


@pytest.mark.parametrize("name", PATTERNS)
def test_what_lies_on_note_values_stays_there(name: str) -> None:
    grid = Grid.of_onsets(PATTERNS[name])
    assert [grid.nearest(at) for at in PATTERNS[name]] == PATTERNS[name]


def test_quintuplets_and_32nds_are_kept() -> None:
    onsets = [Fraction(at, 5) for at in range(5)] + [1 + Fraction(at, 8) for at in range(8)]
    grid = Grid.of_onsets(onsets)
    assert [grid.nearest(at) for at in onsets] == onsets


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("seed", range(3))
def test_what_was_played_is_found_again(name: str, seed: int) -> None:
    """A player 12 ms off at 120 bpm: a 40th of a quarter."""
    dice = random.Random(seed)
    played = [
        max(Fraction(0), at + Fraction(round(dice.gauss(0, 12)), 480)) for at in PATTERNS[name]
    ]
    grid = Grid.of_onsets(played)
    assert not grid.exact
    found = [grid.nearest(at) for at in played]
    right = sum(one == told for one, told in zip(found, PATTERNS[name], strict=True))
    assert right >= 0.85 * len(found)
