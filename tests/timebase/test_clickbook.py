from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import tempos

from scorestage.timebase import (
    FRAMES_24,
    FRAMES_29_97_DROP,
    RATES,
    ClickBook,
    FrameClick,
    FrameRate,
    Tempo,
)


def page(click: str, rate: FrameRate = FRAMES_24) -> ClickBook:
    return ClickBook(FrameClick.parse(click).tempo(rate), rate)


@pytest.mark.parametrize(
    ("click", "beat", "clock", "timecode", "feet", "feet_16mm"),
    [
        ("12-0", 2, "0:00.50", "00:00:00:12", "0+12", "0+12"),
        ("12-0", 3, "0:01.00", "00:00:01:00", "1+08", "0+24"),
        ("12-0", 9, "0:04.00", "00:00:04:00", "6+00", "2+16"),
        ("12-0", 101, "0:50.00", "00:00:50:00", "75+00", "30+00"),
        ("14-3", 9, "0:04.79", "00:00:04:19.000", "7+03.000", "2+35.000"),
        ("14-3", 17, "0:09.58", "00:00:09:14.000", "14+06.000", "5+30.000"),
        ("14-3", 101, "0:59.90", "00:00:59:21.500", "89+13.500", "35+37.500"),
        ("16-0", 33, "0:21.33", "00:00:21:08", "32+00", "12+32"),
        ("12-0", 49, "0:24.00", "00:00:24:00", "36+00", "14+16"),
    ],
)
def test_published_rows(
    click: str, beat: int, clock: str, timecode: str, feet: str, feet_16mm: str
) -> None:
    """V11 and V12."""
    row = page(click).row(beat)
    assert (row.clock, row.timecode) == (clock, timecode)
    assert (row.feet_35mm, row.feet_16mm) == (feet, feet_16mm)


def test_fractions_are_printed_and_rounded_once() -> None:
    """V11: beat 25 at 76 is frame 454.737, and the sum of rounded beats would be 24 · 19 = 456."""
    row = ClickBook(Tempo(76), FRAMES_24).row(25)
    assert round(float(row.frames), 3) == 454.737
    assert (row.feet_35mm, row.timecode) == ("28+06.74", "00:00:18:22.74")


def test_timecode_counts_from_its_own_start_and_drops() -> None:
    book = ClickBook(Tempo(60), FRAMES_29_97_DROP, 1798)
    assert book.row(1).timecode == "00:00:59;28.00"
    assert [row.timecode for row in ClickBook(Tempo(1798), RATES["30"], 1799).rows(1, 2)] == [
        "00:00:59:29.00",
        "00:01:00:00.00",
    ]


@given(tempos(30, 300), st.integers(1, 5000), st.sampled_from(sorted(RATES)))
def test_every_row_is_exact(tempo: Tempo, beat: int, name: str) -> None:
    rate = RATES[name]
    row = ClickBook(tempo, rate).row(beat)
    assert row.into.seconds == (beat - 1) * 60 / tempo.bpm
    assert row.frames == row.into.seconds * rate.frames_per_second
    feet, _, frames = row.feet_35mm.partition("+")
    assert abs(int(feet) * 16 + Fraction(frames) - row.frames) <= Fraction(1, 200)
    minutes, _, seconds = row.clock.partition(":")
    assert abs(int(minutes) * 60 + Fraction(seconds) - row.into.seconds) <= Fraction(1, 200)
