"""Players of one name."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import small_score

from scorestage.engraving.alike import told_apart, with_players_apart

NAMES = st.lists(st.sampled_from(["Violin", "violin ", "Violin 1", "Violin 2", "Viola", ""]))


@given(NAMES)
def test_no_two_are_called_alike_and_nobody_else_is_renamed(names: list[str]) -> None:
    told = told_apart(names)
    plain = [" ".join(name.casefold().split()) for name in told]
    assert len(set(plain)) == len(plain)
    for name, new in zip(names, told, strict=True):
        same = [one for one in names if one.casefold().split() == name.casefold().split()]
        assert (new == name) == (len(same) == 1) or name == ""


def test_a_score_with_names_of_its_own_stays_as_it_is() -> None:
    score = small_score()
    assert with_players_apart(score) == (score, ())


def test_abbreviations_are_numbered_too() -> None:
    lines = [
        replace(line, player=replace(line.player, name="Violin", abbreviation="Vln."))
        for line in small_score().lines[:2]
    ]
    score, shared = with_players_apart(replace(small_score(), lines=tuple(lines)))
    assert [(one.player.name, one.player.abbreviation) for one in score.lines] == [
        ("Violin 1", "Vln. 1"),
        ("Violin 2", "Vln. 2"),
    ]
    assert shared == ("Violin",)
