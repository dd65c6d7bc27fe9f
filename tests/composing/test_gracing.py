"""Ornaments written out."""

from __future__ import annotations

from fractions import Fraction

from tests.composing.idioms.test_idioms import _passage

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    lasts,
    stepped,
    stress_of,
    with_graces,
    with_sign,
)
from scorestage.music import Note, Pitch
from scorestage.timebase import Beat, Beats

PASSAGE = _passage("4/4")
NOTE = Note("", Beat(4), Beats(1), (Pitch.parse("C4"),), origin="theme:a:statement")


def test_a_divided_note_lasts_as_long_and_names_what_was_added() -> None:
    parts = divided(NOTE, [Pitch.parse(p) for p in ("C4", "D4", "C4", "B3")], "turn")
    assert parts[0].origin == NOTE.origin
    assert {part.origin for part in parts[1:]} == {"theme:a:statement+turn"}
    assert parts[-1].end == NOTE.end
    assert all(part.length == Beats("1/4") for part in parts)


def test_what_can_be_divided() -> None:
    assert divides(NOTE, 2, PASSAGE)
    assert not divides(NOTE, 3, PASSAGE)
    assert not divides(NOTE, 8, PASSAGE)
    assert lasts(NOTE, PASSAGE) == Fraction(1, 2)
    assert stress_of(NOTE, PASSAGE) == 3


def test_signs_and_graces() -> None:
    assert "mordent" in with_sign(NOTE, "mordent").sign_names
    once = with_graces(NOTE, stepped(PASSAGE, NOTE.sounding[0], 1))
    assert [str(one) for one in once.grace] == ["D4"]
    assert with_graces(once, Pitch.parse("B3")) is once
    assert ends_phrase([NOTE], 0)
