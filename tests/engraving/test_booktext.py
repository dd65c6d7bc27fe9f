"""Papers, headers and file names."""

from __future__ import annotations

from dataclasses import replace

from tests.engraving.small_cue import LOS_ANGELES, small_edition

from scorestage.engraving.booktext import book, header_block, labels_words, paper_block


def test_a_sheet_is_told_a_hair_smaller_so_that_points_round_right() -> None:
    told = paper_block(LOS_ANGELES.part_paper, "partHeader", ["ragged-bottom = ##f"])
    for words in (
        r"paper-width = 228.599\mm",
        r"paper-height = 304.799\mm",
        r"left-margin = 12.7\mm",
        r"oddHeaderMarkup = \partHeader",
        "ragged-bottom = ##f",
    ):
        assert f"  {words}\n" in told


def test_nobody_is_credited_without_a_name() -> None:
    assert "Music by Ada Composer" in header_block(small_edition(), {})
    nameless = header_block(replace(small_edition(), composer=" ", orchestrator=""), {})
    assert "Music by" not in nameless and "Orchestrated" not in nameless


def test_long_titles_are_set_in_lines_and_cut_where_a_line_must_do() -> None:
    title = "A Very Long Title of a Cue That Goes On for Too Many Words"
    told = header_block(replace(small_edition(), title=title), {})
    assert (
        """\\centred-lines #'("A Very Long Title of a" "Cue That Goes On for Too" "Many Words")"""
        in told
    )
    assert 'cueTitle = "A Very Long Title of a Cue That Goes On for …"' in told


def test_a_book_is_printed_under_its_name() -> None:
    assert book("part-01-fl1", "x").startswith('\\book {\n\\bookOutputName "part-01-fl1"\nx}')


def test_labels_are_strings() -> None:
    assert labels_words(["1", '2"'], 12) == r'barNumberFormatter = #(printed 12 #("1" "2\""))'
