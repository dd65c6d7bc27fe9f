"""Lead sheets."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from scorestage.music.key import Key
from scorestage.music.mood import mood_of
from scorestage.music.style import Harmony, Style
from scorestage.thematics.sheet import LeadSheet, draw_sheet
from scorestage.timebase import Meter

STYLE = Style(
    "x",
    "X",
    harmony=Harmony(
        progressions_major=(("I", "vi", "IV", "V"), ("IV", "ii", "I", "V")),
        cadences_major=(("ii", "V7", "I"),),
    ),
)


def test_a_divided_bar_has_two_chords() -> None:
    sheet = LeadSheet(Key("C"), Meter(4, 4), ("I", "ii-V7"))
    assert [(str(chord), chord.at.quarters) for chord in sheet.chords()] == [
        ("C", 0),
        ("Dm", 4),
        ("G7", 6),
    ]
    assert str(sheet.chord_at(1, Fraction(1))) == "Dm"
    assert str(sheet.chord_at(1, Fraction(3))) == "G7"


@pytest.mark.parametrize("form", ["sentence", "period", "hybrid", "loop"])
def test_eight_bars_close_with_the_styles_cadence(form: str) -> None:
    sheet = draw_sheet(STYLE, mood_of([]), Key("C"), Meter(4, 4), form, Random(1))
    assert len(sheet.entries) == 8
    assert sheet.entries[6:] == ("ii-V7", "I")


def test_a_period_opens_twice_and_stays_open_in_the_middle() -> None:
    sheet = draw_sheet(STYLE, mood_of([]), Key("C"), Meter(4, 4), "period", Random(1))
    assert sheet.entries[:2] == sheet.entries[4:6]
    assert sheet.entries[3] == "V7"


def test_tone_may_bring_its_own_two_chords() -> None:
    mood = mood_of(["grief"])
    sheets = [
        draw_sheet(STYLE, mood, Key("C"), Meter(4, 4), "loop", Random(seed)) for seed in range(20)
    ]
    assert any(sheet.entries[:4] == ("I", "iii", "I", "iii") for sheet in sheets)
