"""Curves become few marks and hairpins, on notes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.takedown.hands import tone, track

from scorestage.music import Dynamic
from scorestage.takedown.loudness import Sample, accented, carries_dynamics, dynamics_of
from scorestage.takedown.performance import ControlLane
from scorestage.takedown.playing import ORDINARY
from scorestage.takedown.voices import PlacedTone

ONSETS = [Fraction(at) for at in range(32)]


def curve(*steps: float, seed: int = 0, noise: float = 0.1) -> list[Sample]:
    """Levels at every fourth quarter, straight between, as a wheel moves."""
    rng = np.random.default_rng(seed)
    at = np.arange(0, 4 * (len(steps) - 1), 0.5)
    levels = np.interp(at, 4 * np.arange(len(steps)), steps)
    return [
        Sample(float(one), float(level + rng.normal(0, noise)))
        for one, level in zip(at, levels, strict=True)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_swell_is_two_hairpins_and_few_marks(seed: int) -> None:
    found = dynamics_of(curve(-2, -2, -2, 1, 1, -2, -2, -2, seed=seed), ONSETS, Fraction(28))
    assert [pin.opens for pin in found.hairpins] == [True, False]
    first, second = found.hairpins
    assert abs(first.start.quarters - 8) <= 1 and abs(first.end.quarters - 12) <= 1
    assert abs(second.start.quarters - 16) <= 1 and abs(second.end.quarters - 20) <= 1
    assert found.marks[0].dynamic is Dynamic.P and len(found.marks) <= 4


@pytest.mark.parametrize("seed", range(5))
def test_a_hand_that_wavers_gets_one_mark(seed: int) -> None:
    found = dynamics_of(curve(0, 0, 0, 0, 0, seed=seed, noise=0.2), ONSETS[:16], Fraction(16))
    assert not found.hairpins and [mark.dynamic for mark in found.marks] == [Dynamic.MF]


def test_a_sudden_change_is_a_mark_without_a_hairpin() -> None:
    soft = [Sample(at / 2, -2.0) for at in range(16)]
    loud = [Sample(8 + at / 2, 2.0) for at in range(16)]
    found = dynamics_of([*soft, *loud], ONSETS[:16], Fraction(16))
    assert not found.hairpins
    assert [(mark.at.quarters, mark.dynamic) for mark in found.marks] == [
        (0, Dynamic.P),
        (8, Dynamic.FF),
    ]


def test_a_controller_that_stands_still_says_nothing() -> None:
    still = ControlLane(1, ((Fraction(0), 64), (Fraction(1), 66)))
    moved = ControlLane(11, ((Fraction(0), 20), (Fraction(1), 110)))
    assert carries_dynamics(track([tone(0, 1, 60)], lanes=(still, moved))) == (11,)


def test_accents_stand_out_and_are_few() -> None:
    def placed(velocities: list[int]) -> list[PlacedTone]:
        return [
            PlacedTone(Fraction(at), 60, at / 2, at / 2 + 0.4, velocity, ORDINARY)
            for at, velocity in enumerate(velocities)
        ]

    assert accented(placed([70, 72, 71, 110, 69, 70, 72, 71, 70, 72])) == {3}
    assert not accented(placed([70, 110, 70, 110, 70, 110, 70, 110]))


def test_breath_makes_it_loud_and_a_person_says_what_does() -> None:
    lanes = tuple(
        ControlLane(number, ((Fraction(0), 20), (Fraction(1), 110))) for number in (1, 2, 11)
    )
    plain = track([tone(0, 1, 60)], lanes=lanes)
    assert carries_dynamics(plain) == (1, 2, 11)
    assert carries_dynamics(replace(plain, loudness=(11,))) == (11,)
    assert carries_dynamics(replace(plain, loudness=())) == ()
