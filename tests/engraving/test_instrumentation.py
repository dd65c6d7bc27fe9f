"""Who plays, as the head of a score tells it."""

from __future__ import annotations

from dataclasses import replace

from tests.engraving.small_cue import small_edition, small_map, small_score

from scorestage.engraving.instrumentation import instrument_list
from scorestage.engraving.mei.books import mei_score
from scorestage.engraving.scorepages import score_book


def test_everybody_who_plays_is_told_once_in_score_order() -> None:
    score = small_score()
    playing = [line for line in score.lines if not line.is_silent]
    told = instrument_list(score)
    places = [told.index(line.player.name.rstrip("0123456789 ")) for line in playing]
    assert places == sorted(places)
    for line in score.lines:
        if line.is_silent:
            assert line.player.name not in told
        elif line.player.is_section:
            assert f"{line.player.name} ({line.player.count})" in told


def test_players_of_one_instrument_stand_together() -> None:
    score = small_score()
    first = next(line for line in score.lines if not line.is_silent)
    twins = [
        replace(first, player=replace(first.player, id=f"x{number}", name=f"Horn {number}"))
        for number in (1, 2, 3)
    ]
    assert instrument_list(replace(score, lines=tuple(twins))) == "Horn 1–3"
    assert instrument_list(replace(score, lines=tuple(twins[:1]))) == ""


def test_the_list_stands_on_the_first_page_of_either_engraver() -> None:
    score = small_score()
    told = instrument_list(score)
    source = score_book(score, small_map(), small_edition(), "score")
    assert r"instrumentLines = \markup" in source and told[:20] in source
    drawn = mei_score(score, small_map(), small_edition())
    assert " ".join(line.text for line in drawn.first.below).startswith(told[:20])
    assert drawn.following.below == ()
