"""Whatever a person types stays text."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.engraving.ink import (
    file_stem,
    lines_of,
    name_lines,
    number,
    pitch_word,
    quoted,
    quoted_list,
    remark,
    scaled_whole,
    shortened,
)
from scorestage.errors import MusicError
from scorestage.music import Pitch

_STRING = re.compile(r'"(?:[^"\\\n]|\\["\\])*"')


@given(st.text())
def test_any_text_is_one_string_and_nothing_else(text: str) -> None:
    assert _STRING.fullmatch(quoted(text))


@given(st.text(alphabet='a"\\#(){}%$\n é'))
def test_a_string_reads_back_as_what_was_typed(text: str) -> None:
    read = re.sub(r"\\(.)", r"\1", quoted(text)[1:-1])
    assert read == " ".join(text.split())


@given(st.lists(st.text(alphabet='a"\\#() ', min_size=1), max_size=3))
def test_a_list_holds_only_strings(texts: list[str]) -> None:
    inside = quoted_list(texts).removeprefix("#'(").removesuffix(")")
    assert len(_STRING.findall(inside)) == len(texts)
    assert _STRING.sub("", inside).strip() == ""


@given(st.text())
def test_a_remark_stays_on_its_line_and_opens_nothing(text: str) -> None:
    said = remark(text)
    assert said.startswith("% ") and "\n" not in said
    assert not set(said[1:]) & set('%{}\\"#')


@given(st.text())
def test_a_file_stem_is_safe_everywhere(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-?", file_stem(text))
    assert len(file_stem(text)) <= 48


@given(st.text(alphabet="ab /"), st.integers(4, 30))
def test_names_break_into_few_short_lines(name: str, letters: int) -> None:
    lines = name_lines(name, letters)
    assert len(lines) <= 4
    assert all(len(line) <= letters + 2 for line in lines)


@given(st.text(alphabet="abc "), st.integers(6, 30), st.integers(1, 3))
def test_long_words_are_cut_and_say_so(text: str, letters: int, most: int) -> None:
    lines = lines_of(text, letters, most)
    assert len(lines) <= most
    assert all(len(line) <= letters + 1 for line in lines)
    whole = " ".join(lines).replace(" ", "") == "".join(text.split())
    assert whole or lines[-1].endswith("…")


@given(st.text(alphabet="ab "), st.integers(4, 20))
def test_what_is_short_enough_is_not_cut(text: str, letters: int) -> None:
    kept = " ".join(text.split())
    assert (shortened(text, letters) == kept) == (len(kept) <= letters)


@given(st.fractions(Fraction(1, 64), 12, max_denominator=64))
def test_lengths_are_told_exactly(quarters: Fraction) -> None:
    told = scaled_whole(quarters).removeprefix("1*") if quarters != 4 else "1"
    assert Fraction(told) * 4 == quarters


@pytest.mark.parametrize(
    ("name", "word"),
    [("C4", "c'"), ("B3", "b"), ("C3", "c"), ("B2", "b,"), ("Eb6", "ees'''"), ("A##1", "aisis,,")],
)
def test_pitches_by_name(name: str, word: str) -> None:
    assert pitch_word(Pitch.parse(name)) == word


def test_quarter_tones_have_names_and_other_shades_do_not() -> None:
    assert pitch_word(Pitch("F", Fraction(1, 2), 4)) == "fih'"
    with pytest.raises(MusicError, match="no accidental"):
        pitch_word(Pitch("F", Fraction(1, 3), 4))


def test_lengths_on_paper_are_plain_decimals() -> None:
    assert number(Fraction("228.6")) == "228.6"
    assert number(Fraction(1, 3)) == "0.3333"
