"""What both engravers know of signs: told alike, printed alike."""

from __future__ import annotations

import pytest

from scorestage.engraving import notesigns, signnames
from scorestage.engraving.mei import notesigns as mei_notesigns
from scorestage.music import BOX, NoteSign, Sign


@pytest.mark.parametrize("name", sorted(signnames.TEXTS))
def test_what_is_told_in_words_is_told_by_both(name: str) -> None:
    sign = Sign("technical", inner=(Sign(name),))
    told = notesigns.post_words((NoteSign(sign),))
    assert signnames.TEXTS[name] in told
    assert notesigns.is_printed(Sign(name)) and mei_notesigns.is_printed(Sign(name))


@pytest.mark.parametrize(
    ("sign", "printed"),
    [
        (Sign("notehead", "normal"), True),
        (Sign("notehead", "cluster"), False),
        (Sign("accidental", "flat"), True),
        (Sign("accidental", "sori"), False),
        (Sign("stem", "none"), True),
        (Sign("stem", "double"), False),
        (Sign("other-notation", BOX), True),
        (Sign("other-notation", "squiggle"), False),
    ],
)
def test_both_print_the_same(sign: Sign, printed: bool) -> None:
    assert notesigns.is_printed(sign) is printed
    assert mei_notesigns.is_printed(sign) is printed


def test_the_end_of_a_span_says_nothing() -> None:
    stop = Sign("hammer-on", "H", (("type", "stop"),))
    assert signnames.said_in_words(stop, {}, signnames.SAYING) == ""


def test_groups_are_opened_and_dynamics_stay_together() -> None:
    signs = (
        NoteSign(Sign("technical", inner=(Sign("up-bow"), Sign("harmonic")))),
        NoteSign(Sign("dynamics", inner=(Sign("sf"),))),
    )
    assert [sign.name for sign in signnames.leaves(signs)] == ["up-bow", "harmonic", "dynamics"]
