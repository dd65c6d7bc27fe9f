"""The beats of every meter fill its bars."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.takedown.beatgrid import beat_lengths, beats_of
from scorestage.timebase import BarGrid, Beats, Meter


@pytest.mark.parametrize("text", ["4/4", "3/4", "2/2", "6/8", "7/8", "5/16", "3/2", "12/8"])
def test_beats_fill_the_bar(text: str) -> None:
    meter = Meter.parse(text)
    assert sum(beat_lengths(meter)) == meter.length.quarters


def test_a_pickup_has_beats_before_bar_one() -> None:
    beats = beats_of(BarGrid.of_meters((Meter(4, 4),), Beats(Fraction(3, 2))))
    assert [beat.start for beat in beats] == [-2, -1, 0, 1, 2, 3]
