"""What a person says of a fit: read as meant, or refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from scorestage.errors import InputError
from scorestage.tempofit import FitSettings
from scorestage.timebase import (
    FRAMES_24,
    Bar,
    BarGrid,
    BarLabel,
    FilmClock,
    FilmRange,
    FilmTime,
    Meter,
    Tempo,
    TempoMap,
)
from scorestage.workflow.fit_wish import (
    FitWish,
    breath,
    kept_bars,
    meters,
    number,
    spans,
    start_late,
    tempo_range,
)

CLOCK = FilmClock(FRAMES_24, 86400)


def test_nothing_said_is_nothing_changed() -> None:
    assert FitWish(top=4).settings(FitSettings()) == FitSettings()
    assert not FitWish(top=9).says_anything and FitWish(fermatas=False).says_anything


def test_ranges_and_shares() -> None:
    assert tempo_range("60:") == (60, None) and tempo_range(" ") == (None, None)
    assert breath("") is None and breath("0.025") == Fraction(5, 2) and breath("6%") == 6


def test_upbeats_count_the_click_of_the_usual_meter() -> None:
    wish = FitWish(pickups_beats=(Fraction(0), Fraction(1)), meters=(Meter(6, 8),))
    found = wish.settings(FitSettings())
    assert [pickup.quarters for pickup in found.pickups] == [0, Fraction(3, 2)]


def test_spans_in_every_form() -> None:
    expected = FilmRange(FilmTime(10), FilmTime("45/2"))
    texts = ["10-22.5", "01:00:10:00-01:00:22:12", "15+00 - 33+12", "0:10-0:22.5"]
    assert spans(texts, CLOCK) == (expected,) * 4


def test_runs_of_bars() -> None:
    bars = tuple(Bar(Meter(4, 4), BarLabel.parse(one)) for one in ("1", "2", "2A", "3"))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), BarGrid(bars))
    assert kept_bars(["1-2A", " 3 "], tempo_map) == ((0, 3), (3, 4))
    for text, told in (("1-4", "no bar 4 .*1 to 3"), ("3-1", "swap"), ("one", "no bar number")):
        with pytest.raises(InputError, match=told):
            kept_bars([text], tempo_map)


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (tempo_range, "fast", "no number for a tempo"),
        (tempo_range, "nan:120", "no number"),
        (tempo_range, "60:inf", "no number"),
        (breath, "2.5", "0.025 is 2.5 %"),
        (breath, "-1", "--breath: a step of -1 is below nothing"),
        (breath, "-2 %", "--breath"),
        (start_late, "-2", "--start-late"),
        (breath, "some", "no number for a share"),
        (meters, "4/4,common", "no meter"),
        (lambda text: spans([text], CLOCK), "10", "no span"),
        (lambda text: spans([text], CLOCK), "20-10", "ends before it starts"),
        (lambda text: spans([text], CLOCK), "10-soon", "no moment of a film"),
        (lambda text: number(text, "a tempo"), "1e400", "no number"),
    ],
)
def test_what_cannot_be_read_is_refused(read: Callable[[str], Any], text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(text)
