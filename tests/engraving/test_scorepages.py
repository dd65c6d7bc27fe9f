"""What is particular to scores."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.engraving.small_cue import LOS_ANGELES, small_edition, small_map, small_score

from scorestage.engraving.paging import PageLayout
from scorestage.engraving.scorepages import Indents, score_book, set_lines


def _text(*, short: bool = False, **house: bool) -> str:
    edition = replace(small_edition(), house=replace(LOS_ANGELES, **house))
    return score_book(small_score(), small_map(), edition, "score", short=short)


def test_names_get_the_room_they_need() -> None:
    layout = PageLayout(Fraction(4), 1, Fraction(250))
    indents = Indents.of(set_lines(small_score(), small_edition()), layout)
    assert indents.first_mm > indents.next_mm > 5
    assert indents.first_spaces == pytest.approx(float(250 - indents.first_mm))


def test_lines_break_only_where_told() -> None:
    assert "line-break-permission = ##f" in _text()


def test_large_signatures_are_a_choice_of_the_house() -> None:
    assert r"\tallSignature" in _text()
    assert r"\tallSignature" not in _text(large_time_signatures=False)


def test_every_bar_is_numbered_where_the_house_likes_it() -> None:
    assert "centerBarNumbers = ##t" in _text()
    assert "centerBarNumbers = ##t" not in _text(bar_number_every_bar=False)
    assert '#("101" "102" "103" "104" "105" "106" "107" "108")' in _text()


def test_a_sketch_has_its_chords_on_top_and_a_score_without_rhythm_section_none() -> None:
    assert _text().count(r"\chord-name") == 0
    assert _text(short=True).count(r"\chord-name") == 1
    assert 'pageKind = "Sketch in C"' in _text(short=True)
