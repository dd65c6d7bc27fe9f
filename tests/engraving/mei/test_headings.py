"""Heads of pages."""

from __future__ import annotations

from tests.engraving.small_cue import small_edition

from scorestage.engraving.mei.headings import next_heading, part_heading, score_heading


def test_every_page_says_cue_title_and_page() -> None:
    score = score_heading(small_edition(), "Score in C", "Tacet: Tuba")
    assert [line.text for line in score.left] == ["1m01", "Score in C", "v2", "Tacet: Tuba"]
    assert score.right[-1].numbered
    after = next_heading(small_edition(), "Flute 1")
    assert after.centre[0].text == "1m01  Rain on Fifth" and after.right[0].numbered


def test_a_part_says_whose_in_what_key_and_how_many() -> None:
    head = part_heading(small_edition(), "Clarinet 2 / Bass Clarinet", "in B♭", "")
    assert [line.text for line in head.left] == ["Clarinet 2 /", "Bass Clarinet", "in B♭"]
    assert [line.text for line in head.right][:2] == ["1m01", "v2"]
