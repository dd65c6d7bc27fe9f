"""Grace notes in LilyPond's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.engraving.small_cue import note, staff

from scorestage.engraving.graces import after_words, grace_length, grace_words, value_of
from scorestage.engraving.ink import pitch_word
from scorestage.music import GraceNote, NoteSign, Pitch, Sign
from scorestage.music.written import NoteValue, WrittenEvent, WrittenGrace, WrittenPitch, write_out
from scorestage.timebase import BarGrid, Meter


def _heads(graces: Sequence[WrittenPitch]) -> str:
    return "".join(pitch_word(one.pitch) for one in graces if isinstance(one.pitch, Pitch))


def _event(*graces: GraceNote, plain: tuple[str, ...] = ()) -> WrittenEvent:
    own = replace(
        note("n", 0, 4, "C5"), graces=graces, grace=tuple(Pitch.parse(name) for name in plain)
    )
    return write_out(staff(own), BarGrid.regular(1, Meter(4, 4))).bars[0].voices[0].events[0]


def _grace(name: str, shown: str = "16th", **more: bool) -> GraceNote:
    return GraceNote((Pitch.parse(name),), shown, slash=more.get("slash", False),
                     after=more.get("after", False))  # fmt: skip


def test_one_plain_grace_is_a_slashed_eighth_and_several_are_beamed_sixteenths() -> None:
    assert grace_words(_event(plain=("D5",)), _heads, Fraction(0)) == [r"\slashedGrace { d''8 }"]
    told = grace_words(_event(plain=("D5", "E5")), _heads, Fraction(0))
    assert told == [r"\grace { d''16[ e''16] }"]


def test_drawn_graces_keep_value_and_signs() -> None:
    accent = NoteSign(Sign("articulations", inner=(Sign("accent"),)))
    event = _event(replace(_grace("D5", "quarter"), signs=(accent,)))
    assert grace_words(event, _heads, Fraction(0)) == [r"\grace { d''4-> }"]
    assert grace_length(event) == 1


def test_a_wider_room_is_filled_before_the_notes() -> None:
    event = _event(_grace("D5"))
    assert grace_words(event, _heads, Fraction(1)) == [
        r"\grace { s1*3/16 }",
        r"\grace { d''16 }",
    ]
    assert grace_words(_event(), _heads, Fraction(1)) == [r"\grace { s1*1/4 }"]
    assert grace_words(_event(), _heads, Fraction(0)) == []


def test_graces_after_a_note_follow_it() -> None:
    event = _event(_grace("B4", after=True), _grace("C5", after=True))
    assert grace_words(event, _heads, Fraction(0)) == []
    assert after_words(event, "c''1", _heads) == r"\afterGrace 7/8 c''1 { b'16[ c''16] }"
    assert after_words(_event(), "c''1", _heads) == "c''1"


@pytest.mark.parametrize(("shown", "value"), [("32nd", NoteValue.THIRTY_SECOND),
                                              ("unheard-of", NoteValue.EIGHTH)])  # fmt: skip
def test_values(shown: str, value: NoteValue) -> None:
    assert value_of(WrittenGrace((), shown, False)) is value
