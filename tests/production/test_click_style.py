from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.production import AdditiveClick, ClickPattern, ClickStyle, ClickVariant
from scorestage.timebase import Meter


def stresses(style: ClickStyle, meter: str) -> list[int]:
    return [click.stress for click in style.pattern(Meter.parse(meter))]


def test_meters_click_as_they_are_beaten() -> None:
    style = ClickStyle()
    assert stresses(style, "4/4") == [3, 1, 2, 1]
    assert stresses(style, "6/8") == [3, 2]
    assert stresses(style, "3+2+2/8") == [3, 1, 1, 2, 1, 2, 1]
    assert stresses(ClickStyle(additive=AdditiveClick.GROUPS), "3+2+2/8") == [3, 2, 2]
    assert stresses(ClickStyle(additive=AdditiveClick.GROUPS), "6/8") == [3, 2]


def test_a_pattern_for_one_grouping_goes_before_one_for_all() -> None:
    seven, lame = Meter(7, 8), Meter.parse("3+2+2/8")
    style = ClickStyle(patterns=(ClickPattern(seven, "7"), ClickPattern(lame, "3+4")))
    assert len(style.pattern(lame)) == 2
    assert len(style.pattern(Meter.parse("2+3+2/8"))) == 1


def test_lengths_fill_the_bar() -> None:
    for text in ("3+2+2", "X.-x.x.", "1+1+1+1+1+1+1"):
        clicks = ClickPattern(Meter(7, 8), text).clicks
        assert sum(click.length.quarters for click in clicks) == Fraction(7, 2)


@pytest.mark.parametrize("text", ["", "3+2", "3+0+4", "X.x", ".......", "abcdefg", "8", "+7"])
def test_a_pattern_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="pattern"):
        ClickPattern(Meter(7, 8), text)


def test_a_variant_divides_where_the_others_do_not() -> None:
    style = ClickStyle(subdivide_below_bpm=Fraction(40))
    varied = style.varied(ClickVariant("rhythm", Fraction(80)))
    assert (varied.subdivide_below_bpm, style.subdivide_below_bpm) == (80, 40)
