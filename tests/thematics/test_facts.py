"""Facts of a tune that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.thematics.tunes import ODE_TO_JOY, tune

from scorestage.music import Pitch
from scorestage.thematics import of_notes, theme_facts
from scorestage.thematics.facts import demerits, is_awkward
from scorestage.timebase import Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")


def test_the_ode_in_numbers() -> None:
    facts = theme_facts(JOY)
    assert facts.range_semitones == 7
    assert facts.apex_count == 4
    assert facts.awkward_leaps == 0
    assert facts.ends_on_tonic
    assert facts.rhythms == 4
    assert facts.repeated_share == Fraction(9, 29)
    assert facts.step_share == Fraction(20, 29)


def test_awkward_is_what_nobody_sings() -> None:
    def between(one: str, other: str) -> bool:
        return is_awkward(Pitch.parse(one), Pitch.parse(other))

    assert between("F4", "B4") and between("C4", "B4") and between("Ab4", "B4")
    assert not between("C4", "A4") and not between("C4", "C5") and not between("B4", "C5")


def test_a_bad_tune_has_more_demerits() -> None:
    jagged = tune("C4 B4 C4 F#4 C4 E5 C4 Bb5 C4 B4 C4 F#4 C4 D5 C4 C4 " * 2)
    bad = of_notes(jagged, Meter(4, 4), theme_id="bad")
    assert demerits(bad) > demerits(JOY) + 20


def test_a_theme_without_notes_has_no_facts() -> None:
    with pytest.raises(ValueError, match="no notes"):
        theme_facts(replace(JOY, notes=()))
