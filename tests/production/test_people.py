"""People, credits and the brief are plain values that compare by what they say."""

from __future__ import annotations

from fractions import Fraction

from scorestage.production import Brief, Credit, Note, Person


def test_a_brief_that_says_nothing_asks_for_the_normal_amount() -> None:
    assert Brief() == Brief(amount="normal") != Brief(amount="sparse")
    assert not (Brief().style or Brief().tone or Brief().notes)


def test_values_can_stand_in_sets() -> None:
    notes = {Note("no brass", "Mia"), Note("no brass", "Mia"), Note("no brass", "Leo")}
    shares = {Credit("ada", "C", Fraction(1, 2)), Credit("ada", "C", Fraction(2, 4))}
    assert len(notes) == 2 and len(shares) == 1
    assert Person("ada", "Ada") == Person("ada", "Ada", "", "")
