"""Ids that survive there and back, numbers that other programs can read."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from scorestage.adapters.formats.musicxml.names import (
    HIT_WORDS,
    decimal,
    name_of_id,
    unit_name,
    xml_id,
)

NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._\-]*")


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_any_name_becomes_an_id_and_comes_back(name: str) -> None:
    assert NCNAME.fullmatch(xml_id(name))
    assert name_of_id(xml_id(name)) == name


@given(st.lists(st.text(max_size=6), unique=True, max_size=6))
@example(["", "\x00"])
def test_different_names_have_different_ids(names: list[str]) -> None:
    assert len({xml_id(name) for name in names}) == len(names)


@given(st.fractions(-1000, 1000))
def test_decimals_are_near(number: Fraction) -> None:
    assert abs(Fraction(decimal(number)) - number) * 10**9 <= Fraction(1, 2)
    assert "e" not in decimal(number)


def test_note_values_are_named_with_their_dots() -> None:
    assert unit_name(Fraction(3, 4)) == ("eighth", 1)
    assert unit_name(Fraction(2)) == ("half", 0)
    assert unit_name(Fraction(7, 2)) == ("half", 2)


def test_words_of_a_hit_are_told_from_other_words() -> None:
    hit = HIT_WORDS.fullmatch("[01:00:14:12] door [again]")
    assert hit is not None
    assert hit[2] == "door [again]"
    assert HIT_WORDS.fullmatch("[tutti] all") is None
