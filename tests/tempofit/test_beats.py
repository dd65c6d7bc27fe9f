"""When beats sound, in floats, against the exact map."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.tempofit.beats import beat_at, places_of, seconds_at, touched
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)

METERS = (Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(5, 8), Meter(4, 4))
MAP = TempoMap(
    FilmTime(7),
    BarGrid.of_meters(METERS),
    (
        Steady(Beat(0), Tempo(Fraction(97))),
        Ramp(Beat(5), Beats(3), Tempo(Fraction(97)), Tempo(Fraction(80)), RampLaw.LINEAR_IN_TIME),
        Steady(Beat(9), Tempo(Fraction(101))),
        Fermata(Beat("31/2"), Beats(1), FilmSpan(Fraction(3))),
    ),
)


def test_every_beat_sounds_when_the_map_says() -> None:
    places = places_of(MAP)
    clicks = MAP.clicks()
    assert [beat_at(places, index) for index in range(len(clicks))] == [one.at for one in clicks]
    assert beat_at(places, len(clicks)) == MAP.grid.end
    wanted = [float((one.time - MAP.start).seconds) for one in clicks]
    assert seconds_at(MAP, places.beats)[:-1] == pytest.approx(wanted, abs=1e-12)
    assert [int(one) for one in places.bar] == [one.bar_index for one in clicks]
    assert places.bars.tolist() == [
        float(at.quarters) for at in (*MAP.grid.starts[:5], MAP.grid.end)
    ]


def test_what_is_written_touches_the_beats_it_sounds_in() -> None:
    quarters = np.array([0.0, 5.0, 6.0, 8.0, 9.0, 15.0, 16.0, 16.5])
    assert touched(MAP, quarters).tolist() == [False, True, True, False, False, True, True]
    holds = touched(MAP, quarters, holds_only=True)
    assert holds.tolist() == [False, False, False, False, False, True, True]
