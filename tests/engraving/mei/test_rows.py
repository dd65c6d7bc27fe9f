"""Texts over and under the system."""

from __future__ import annotations

from fractions import Fraction

from tests.engraving.small_cue import small_score

from scorestage.engraving.lines import written_line
from scorestage.engraving.mei.rows import Rows, label_text
from scorestage.engraving.overhead import FilmTimeTold, HitTold, RampTold, TempoTold, WordsTold
from scorestage.engraving.stretches import Stretch, one_by_one


def rows(*stretches: Stretch) -> Rows:
    score = small_score()
    bars = written_line(score.lines[0], score.grid, concert=True)[0].bars
    return Rows(bars, stretches or one_by_one(len(bars)), 2.0)


def test_a_hit_stands_at_its_beat_boxed_by_its_name_and_twice_the_size_on_small_staves() -> None:
    hit = HitTold((3, Fraction(3, 2)), "0:06.00", ("door slams", "hard"), True)
    [(at, said)] = rows().hits([hit])
    assert at == 3 and 'xml:id="greathit-0"' in said and 'tstamp="2.5"' in said
    assert 'fontsize="19.0pt"' in said and "<lb/>" in said


def test_times_share_a_line() -> None:
    told = list(rows().film_times([FilmTimeTold((i, Fraction(0)), f"0:0{i}.00") for i in range(3)]))
    assert [at for at, _ in told] == [0, 1, 2]
    assert all('vgrp="100"' in said for _, said in told)


def test_a_tempo_says_its_note_and_click_and_slight_ones_are_smaller() -> None:
    told = [TempoTold((0, Fraction(0)), (2, 1), "96", "15-0", slight) for slight in (False, True)]
    (_, large), (_, small) = rows().marks(told, staff=7)
    assert "\ue1d5\ue1e7" in large and "(15-0)" in large and 'staff="7"' in large
    assert 'fontsize="28.0pt"' in large and 'fontsize="20.0pt"' in small


def test_letters_are_boxed_and_words_are_escaped() -> None:
    told = [WordsTold((0, Fraction(0)), "A", True), WordsTold((1, Fraction(0)), "a < b", False)]
    (_, letter), (_, text) = rows().marks(told)
    assert letter.startswith("<reh") and 'rend="box"' in letter and "a &lt; b" in text


def test_labels_stand_in_the_middle_of_their_bars() -> None:
    told = list(rows().labels(["101", "", "103–105", *[""] * 5], 4, 12))
    assert [at for at, _ in told] == [0, 2] and 'xml:id="label-2"' in told[1][1]
    assert 'tstamp="3"' in told[0][1] and 'place="below"' in told[0][1]


def test_what_would_stand_inside_a_long_rest_is_left_out() -> None:
    joined = rows(Stretch(0, 4), Stretch(4))
    assert not list(joined.film_times([FilmTimeTold((2, Fraction(0)), "x")]))


def test_additive_meters_show_their_groups_where_they_begin() -> None:
    assert [(at, "(2+2+3)" in said) for at, said in rows().groupings()] == [(4, True)]


def test_a_name_in_lines() -> None:
    assert label_text(["Clarinet 2 /", "Bass"], 9).count("<lb/>") == 1


def test_a_ramp_is_dashed_until_it_arrives() -> None:
    told = RampTold((2, Fraction(1)), "rit.", (4, Fraction(3, 2)))
    [(at, said)] = rows().marks([told])
    assert at == 2 and 'extender="true"' in said and 'tstamp2="2m+4"' in said
    [(_, short)] = rows().marks([RampTold((2, Fraction(1)), "rit.", None)])
    assert "extender" not in short
