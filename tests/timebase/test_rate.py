from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import TimecodeError
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_29_97,
    RATES,
    FilmSpan,
    FilmTime,
    FrameRate,
    frame_rate,
)


@pytest.mark.parametrize(
    ("name", "per_second", "nominal"),
    [
        ("23.976", Fraction(24000, 1001), 24),
        ("23.98", Fraction(24000, 1001), 24),
        ("24", Fraction(24), 24),
        ("25 fps", Fraction(25), 25),
        ("29.97", Fraction(30000, 1001), 30),
        ("29.97 drop", Fraction(30000, 1001), 30),
        ("47.952", Fraction(48000, 1001), 48),
        ("59.94 NDF", Fraction(60000, 1001), 60),
        ("119.88 drop", Fraction(120000, 1001), 120),
        ("12.5", Fraction(25, 2), 13),
        ("24000/1001", Fraction(24000, 1001), 24),
        ("23,976p", Fraction(24000, 1001), 24),
        ("29.97drop", Fraction(30000, 1001), 30),
        ("29.97-drop", Fraction(30000, 1001), 30),
        ("29.97nd", Fraction(30000, 1001), 30),
    ],
)
def test_rates_are_exact(name: str, per_second: Fraction, nominal: int) -> None:
    rate = frame_rate(name)
    assert rate.frames_per_second == per_second
    assert rate.nominal == nominal
    assert rate.drop == ("drop" in name)


@pytest.mark.parametrize("name", ["29.97df", "29.97 DF", "29,97-d", "30000/1001 drop-frame"])
def test_drop_is_read_however_it_is_written(name: str) -> None:
    assert frame_rate(name) == RATES["29.97 drop"]


@pytest.mark.parametrize(
    "text",
    ["", "drop", "24 drop", "30df", "24 x", "29.97 dropped", "25.x", "0", "-24", "24/0", "24 25"],
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(TimecodeError):
        frame_rate(text)


def test_every_rate_the_trade_uses_is_there() -> None:
    wanted = [
        "23.976",
        "24",
        "25",
        "29.97",
        "30",
        "47.952",
        "48",
        "50",
        "59.94",
        "60",
        "119.88",
        "120",
    ]
    assert [name for name, rate in RATES.items() if not rate.drop] == wanted
    assert [name for name, rate in RATES.items() if rate.drop] == [
        "29.97 drop",
        "59.94 drop",
        "119.88 drop",
    ]


def test_the_pull_of_a_thousandth() -> None:
    """V23: 48 kHz pulled down, and a cue of three minutes that drifts by 4.32 frames."""
    assert round(float(48000 / Fraction("1.001")), 3) == 47952.048
    drift = 180 - 180 * FRAMES_23_976.frames_per_second / 24
    assert round(float(drift), 4) == 0.1798
    assert round(float(FRAMES_24.frames_in(FilmSpan(drift))), 2) == 4.32


def test_feet_of_a_streamer() -> None:
    """V24: frames of streamers of 2, 3, 4 and 5 seconds at 24 fps."""
    assert [FRAMES_24.frames_in(FilmSpan(length)) for length in (2, 3, 4, 5)] == [48, 72, 96, 120]


def test_a_frame_is_found_from_below_zero_too() -> None:
    assert FRAMES_29_97.frame_at(FilmTime(Fraction(-1, 10**9))) == -1
    assert FRAMES_29_97.nearest_frame(FilmTime(Fraction(-1, 10**9))) == 0


def test_drop_needs_a_rate_that_has_it() -> None:
    with pytest.raises(TimecodeError, match="drop"):
        FrameRate(30, drop=True)
