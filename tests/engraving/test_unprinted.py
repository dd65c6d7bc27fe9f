"""What no page shows is named; what pages show is not."""

from tests.engraving.small_cue import instrument, player

from scorestage.engraving.unprinted import unprinted
from scorestage.music import (
    Family,
    Line,
    Note,
    NoteSign,
    Pitch,
    Score,
    Sign,
    Staff,
    StaffSign,
    Voice,
)
from scorestage.timebase import BarGrid, Beat, Beats, Meter

BAR = BarGrid.regular(1, Meter(4, 4))


def score_with(sign: Sign, *at_staff: Sign) -> Score:
    note = Note("n1", Beat(0), Beats(4), (Pitch.parse("C5"),), signs=(NoteSign(sign),))
    signs = tuple(StaffSign(Beat(0), one) for one in at_staff)
    return Score(
        BAR,
        (
            Line(
                player("Violin", instrument("Violin", Family.STRINGS)),
                (Staff((Voice((note,)),), signs=signs),),
            ),
        ),
    )


def direction(inner: Sign) -> Sign:
    return Sign("direction", inner=(Sign("direction-type", inner=(inner,)),))


def test_a_trill_is_printed_by_both() -> None:
    score = score_with(Sign("ornaments", inner=(Sign("trill-mark"),)))
    assert unprinted(score, by_mei=False) == unprinted(score, by_mei=True) == ()


def test_what_neither_prints_is_counted() -> None:
    score = score_with(Sign("technical", inner=(Sign("hole"), Sign("hole"))))
    assert unprinted(score, by_mei=False) == ("not printed: hole (2)",)


def test_dashes_are_drawn_by_one_alone() -> None:
    line = direction(Sign("dashes", "", (("type", "start"),)))
    score = score_with(Sign("fermata", "angled"), line)
    assert unprinted(score, by_mei=False) == ()
    assert unprinted(score, by_mei=True) == ("not printed: dashes (1)",)
