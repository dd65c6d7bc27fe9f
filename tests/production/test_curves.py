"""Curves drawn over a cue."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.production import CurvePoint, parse_curve


@pytest.mark.parametrize(
    "place", ["0:00", "1:02.5", "12", "12.5", "19/8", "01:00:10:00", "bar:9", "bar:12A", "hit:3"]
)
def test_places_are_read_and_written_alike(place: str) -> None:
    point = CurvePoint.parse(f" {place} = 7.5 ")
    assert point == CurvePoint(place, Fraction(15, 2))
    assert CurvePoint.parse(str(point)) == point


@pytest.mark.parametrize("text", ["0:00", "0:00=11", "0:00=-1", "here=3", "=3", "0:00=x", "bar:=1"])
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_curve(text)


def test_a_place_has_one_level() -> None:
    with pytest.raises(InputError, match="drawn twice"):
        parse_curve("0:00=2, 0:00=3")
    assert parse_curve("") == ()
