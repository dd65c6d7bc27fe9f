from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.timebase import FRAMES_24, FRAMES_25, read_tempo


def test_every_way_of_writing_a_tempo() -> None:
    assert read_tempo("93.5", FRAMES_24).bpm == Fraction("93.5")
    assert read_tempo("12-0", FRAMES_25).bpm == 125
    assert read_tempo("14/3", FRAMES_24).bpm == Fraction(11520, 115)
    assert read_tempo("4 in 2 2/3", FRAMES_24).bpm == 90
    assert read_tempo(" 120 bpm ", FRAMES_24).bpm == 120


@pytest.mark.parametrize("text", ["", "0", "nan", "inf", "-96", "1e3", "99999", "0-0", "12-8", "x"])
def test_what_is_no_tempo_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_tempo(text, FRAMES_24)
