"""Signs on notes in LilyPond's words: each known one prints, none can smuggle code."""

import pytest

from scorestage.engraving.notesigns import (
    breath_word,
    head_word,
    is_printed,
    post_words,
    tremolo_edge,
)
from scorestage.engraving.signnames import dynamics_text
from scorestage.music import NoteSign, Sign


def on_note(name: str, text: str = "", **details: str) -> NoteSign:
    return NoteSign(Sign(name, text, tuple(details.items())))


def group(kind: str, *inner: Sign) -> NoteSign:
    return NoteSign(Sign(kind, inner=inner))


@pytest.mark.parametrize(
    ("name", "word"),
    [("trill-mark", r"\trill"), ("mordent", r"\mordent"), ("inverted-mordent", r"\prall")],
)
def test_ornaments(name: str, word: str) -> None:
    assert post_words((group("ornaments", Sign(name)),)) == word


def test_a_trill_drawn_on_is_one_sign() -> None:
    wave = Sign("wavy-line", "", (("type", "start"),))
    assert post_words((group("ornaments", Sign("trill-mark"), wave),)) == r"\startTrillSpan"


def test_a_line_that_ends_where_it_begins_is_no_span() -> None:
    waves = [Sign("wavy-line", "", (("type", kind),)) for kind in ("start", "stop")]
    assert post_words((group("ornaments", Sign("trill-mark"), *waves),)) == r"\trill"


def test_fingers_and_strings() -> None:
    told = post_words((group("technical", Sign("fingering", "3"), Sign("string", "2")),))
    assert told == r"-3\2"


def test_words_of_strangers_stay_words() -> None:
    evil = '" #(system "x") \\include "y'
    told = post_words((group("technical", Sign("other-technical", evil)),))
    assert told == r'^\markup \words "\" #(system \"x\") \\include \"y"'


def test_breaths_and_caesuras() -> None:
    assert breath_word((group("articulations", Sign("caesura")),)).endswith(r"\breathe")
    assert breath_word(()) == ""


def test_heads_are_shaped_one_by_one() -> None:
    cross = NoteSign(Sign("notehead", "x"), 1)
    assert head_word((cross,), 0) == ""
    assert head_word((cross,), 1) == r"\tweak style #'cross "


def test_tremolo_between_notes() -> None:
    start = group("ornaments", Sign("tremolo", "2", (("type", "start"),)))
    assert tremolo_edge((start,)) == ("start", 2)


def test_dynamics_of_a_note_are_told_together() -> None:
    assert dynamics_text(Sign("dynamics", inner=(Sign("sf"), Sign("p")))) == "sf p"


def test_what_nobody_can_print_is_known() -> None:
    assert not is_printed(Sign("hole"))
    assert not is_printed(Sign("accidental", "arrow-up"))
    assert is_printed(Sign("notehead", "diamond"))
