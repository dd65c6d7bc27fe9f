from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.timebase import Meter


@pytest.mark.parametrize(
    ("text", "click", "clicks", "stresses"),
    [
        ("4/4", "1", 4, ["0", "2"]),
        ("3/4", "1", 3, ["0"]),
        ("2/2", "2", 2, ["0"]),
        ("5/4", "1", 5, ["0", "3"]),
        ("2+3/4", "1", 5, ["0", "2"]),
        ("6/8", "3/2", 2, ["0", "3/2"]),
        ("12/8", "3/2", 4, ["0", "3/2", "3", "9/2"]),
        ("9/16", "3/4", 3, ["0", "3/4", "3/2"]),
        ("7/8", "1/2", 7, ["0", "1", "2"]),
        ("3+2+2/8", "1/2", 7, ["0", "3/2", "5/2"]),
        ("3/8", "3/2", 1, ["0"]),
        ("(4)/4", "1", 4, ["0"]),
    ],
)
def test_how_a_bar_is_beaten(text: str, click: str, clicks: int, stresses: list[str]) -> None:
    meter = Meter.parse(text)
    assert meter.click.quarters == Fraction(click)
    assert len(meter.clicks) == clicks
    assert [offset.quarters for offset in meter.stresses] == [Fraction(at) for at in stresses]


@pytest.mark.parametrize("text", ["", "4", "4/3", "0/4", "-3/4", "4/4/4", "3+/8", "0+4/4", "(4/4"])
def test_what_is_no_meter_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Meter.parse(text)


def test_a_grouping_must_add_up() -> None:
    with pytest.raises(InputError, match="does not add up to 7"):
        Meter(7, 8, (3, 3))
