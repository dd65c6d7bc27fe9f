"""Dynamics, hairpins and words on their skips."""

from __future__ import annotations

from fractions import Fraction

from tests.engraving.small_cue import note, staff

from scorestage.engraving.signs import barline_stops, joined_dynamics, sign_words
from scorestage.music import Dynamic, DynamicMark, Hairpin, Technique, TechniqueMark, Words
from scorestage.music.written import WrittenBar, write_out
from scorestage.timebase import BarGrid, Beat, Meter


def _bars(**signs: object) -> tuple[WrittenBar, ...]:
    held = staff(note("n", 0, 8, "C5"), **signs)
    return write_out(held, BarGrid.regular(2, Meter(4, 4))).bars


def test_signs_stand_at_their_offset_and_the_skips_fill_the_bar() -> None:
    (bar, _) = _bars(
        dynamics=(DynamicMark(Beat(0), Dynamic.PP),),
        techniques=(TechniqueMark(Beat(1), Technique.SUL_TASTO),),
        words=(Words(Beat(3), 'espr. "lontano"'),),
    )
    assert sign_words(bar.directions, Fraction(4)) == [
        r"s1*1/4\pp",
        r'''s1*1/2^\markup \technique "sul tasto"''',
        r'''s1*1/4^\markup \words "espr. \"lontano\""''',
    ]


def test_a_hairpin_between_dynamics_starts_after_the_one_and_stops_before_the_other() -> None:
    (bar, _) = _bars(
        dynamics=(DynamicMark(Beat(0), Dynamic.P), DynamicMark(Beat(2), Dynamic.F)),
        hairpins=(Hairpin(Beat(0), Beat(2), True), Hairpin(Beat(2), Beat(3), False)),
    )
    assert sign_words(bar.directions, Fraction(4)) == [r"s1*1/2\p\<", r"s1*1/4\!\f\>", r"s1*1/4\!"]


def test_a_hairpin_to_the_barline_stops_in_the_next_bar_but_short_in_the_last() -> None:
    first, last = _bars(
        hairpins=(Hairpin(Beat(0), Beat(4), True), Hairpin(Beat(4), Beat(8), False))
    )
    assert sign_words(first.directions, Fraction(4)) == [r"s1\<"]
    stops = barline_stops(first.directions, Fraction(4))
    told = sign_words(last.directions, Fraction(4), stops, ends=True)
    assert told == [r"s1*15/16\!\>", r"s1*1/16\!"]


def test_what_is_forced_joins_its_dynamic() -> None:
    (bar, _) = _bars(
        dynamics=(DynamicMark(Beat(0), Dynamic.F),), hairpins=(Hairpin(Beat(1), Beat(2), False),)
    )
    told = sign_words(bar.directions, Fraction(4), sforzati={Fraction(0), Fraction(1), Fraction(3)})
    assert told == [r"s1*1/4\forced-f", r"s1*1/4\sfz\>", r"s1*1/4\!", r"s1*1/4\sfz"]


def test_two_dynamics_at_one_point_are_said_as_one() -> None:
    two = (DynamicMark(Beat(0), Dynamic.MP, "[mp]"), DynamicMark(Beat(0), Dynamic.P))
    (bar, _) = _bars(dynamics=two)
    assert sign_words(bar.directions, Fraction(4)) == [r"""s1-\printedDynamic #'("[mp]" "p")"""]
    (bar, _) = _bars(dynamics=(DynamicMark(Beat(0), Dynamic.F), DynamicMark(Beat(0), Dynamic.F)))
    assert sign_words(bar.directions, Fraction(4)) == [r"s1\f"]
    (bar, _) = _bars(dynamics=(DynamicMark(Beat(0), Dynamic.F), DynamicMark(Beat(1), Dynamic.F)))
    assert len(joined_dynamics(bar.directions)) == 2
