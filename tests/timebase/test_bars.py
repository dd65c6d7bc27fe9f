from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter, Position

CHANGING = BarGrid.of_meters(tuple(Meter.parse(text) for text in ("4/4", "3/4", "6/8", "3+2+2/8")))


@pytest.mark.parametrize(
    ("quarters", "bar", "beat", "stress"),
    [
        ("0", "1", "1", 3),
        ("2", "1", "3", 2),
        ("3", "1", "4", 1),
        ("7/2", "1", "9/2", 0),
        ("4", "2", "1", 3),
        ("7", "3", "1", 3),
        ("17/2", "3", "2", 2),
        ("9", "3", "7/3", 0),
        ("10", "4", "1", 3),
        ("23/2", "4", "4", 2),
        ("12", "4", "5", 1),
        ("-1", "1", "0", 0),
        ("-3/2", "1", "-1/2", 0),
    ],
)
def test_bar_beat_and_stress(quarters: str, bar: str, beat: str, stress: int) -> None:
    position = CHANGING.position(Beat(quarters))
    assert (str(position.label), position.beat) == (bar, Fraction(beat))
    assert CHANGING.stress_at(Beat(quarters)) == stress


def test_labels_are_kept_where_a_bar_was_put_in() -> None:
    labels = [BarLabel.parse(text) for text in ("1", "2", "2A", "3")]
    grid = BarGrid(tuple(Bar(Meter(4, 4), label) for label in labels))
    assert str(grid.position(Beat(9))) == "2A beat 2"
    assert labels == sorted(labels)


@pytest.mark.parametrize("text", ["", "A", "1a", "A1", "1.5", "-1"])
def test_what_is_no_bar_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="bar number"):
        BarLabel.parse(text)


def test_after_the_last_bar_counting_goes_on() -> None:
    position = CHANGING.position(CHANGING.end + Beats(1))
    assert position == Position(3, BarLabel(4), Fraction(10))
    assert CHANGING.beat_of(position) == CHANGING.end + Beats(1)
