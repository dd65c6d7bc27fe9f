"""Brackets as a person set them, and those of families left without."""

from __future__ import annotations

import pytest

from scorestage.engraving.grouping import Bracket, brackets_of, crossing, tree_of
from scorestage.music import Family, Instrument, Line, PartGroup, Player, Sign, Staff

WINDS, STRINGS = Family.WOODWIND, Family.STRINGS


def _lines(*families: Family) -> tuple[Line, ...]:
    found = []
    for number, family in enumerate(families):
        own = Instrument(f"i{number}", f"I{number}", f"I{number}", family, None, None)
        found.append(Line(Player(f"p{number}", f"P{number}", f"P{number}", (own,)), (Staff(()),)))
    return tuple(found)


def _group(first: int, last: int, symbol: str = "bracket", barline: str = "yes") -> PartGroup:
    inner = (Sign("group-symbol", symbol), Sign("group-barline", barline))
    return PartGroup(f"p{first}", f"p{last}", Sign("part-group", inner=inner))


def test_outer_brackets_come_before_inner_ones_and_crossing_ones_are_left_out() -> None:
    lines = _lines(*[STRINGS] * 5)
    groups = [_group(1, 2, "brace", "no"), _group(0, 3), _group(2, 4)]
    outer, inner = Bracket(0, 3, "bracket", True), Bracket(1, 2, "brace", False)
    assert brackets_of(groups, lines, lines) == (outer, inner)
    assert crossing(groups, lines) == 1
    assert tree_of((outer, inner), 5) == ((outer, (0, (inner, (1, 2)), 3)), 4)


def test_a_bracket_closes_round_those_who_are_shown() -> None:
    lines = _lines(*[STRINGS] * 4)
    shown = (lines[0], lines[2], lines[3])
    assert brackets_of([_group(1, 3)], lines, shown) == (Bracket(1, 2, "bracket", True),)
    assert brackets_of([_group(1, 1)], lines, shown) == ()


def test_families_left_without_a_bracket_get_one() -> None:
    lines = _lines(WINDS, WINDS, Family.BRASS, Family.KEYBOARD, Family.KEYBOARD, STRINGS, STRINGS)
    assert brackets_of([_group(5, 6)], lines, lines) == (
        Bracket(5, 6, "bracket", True),
        Bracket(0, 1, "bracket", True),
    )


def test_without_a_person_s_brackets_nothing_is_told() -> None:
    lines = _lines(WINDS, WINDS)
    assert brackets_of([], lines, lines) == ()
    assert brackets_of([_group(7, 9)], lines, lines) == ()


@pytest.mark.parametrize("count", [1, 4])
def test_a_tree_without_brackets_is_the_lines(count: int) -> None:
    assert tree_of((), count) == tuple(range(count))
