"""Two maps of a list say two things."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.tempofit import FitSettings
from scorestage.tempofit.exactly import HARDLY, exact_map
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.plan import Knot, Law, Plan, with_bars
from scorestage.tempofit.ranking import differ, maps_differ
from scorestage.timebase import (
    FRAMES_24,
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
    TempoEvent,
    TempoMap,
)

COMMON = Meter(4, 4)


def _map(*events: TempoEvent, bars: int = 8) -> TempoMap:
    return TempoMap(FilmTime(0), BarGrid.of_meters((COMMON,) * bars), events)


def _steady(beat: int, bpm: str) -> Steady:
    return Steady(Beat(beat), Tempo(Fraction(bpm)))


def _hold(beat: int, seconds: str) -> Fermata:
    return Fermata(Beat(beat), Beats(1), FilmSpan(Fraction(seconds)))


def _rit(beat: int, length: int, first: str, last: str) -> Ramp:
    tempos = Tempo(Fraction(first)), Tempo(Fraction(last))
    return Ramp(Beat(beat), Beats(length), *tempos, RampLaw.LINEAR_IN_TIME)


def test_how_long_the_end_is_held_is_no_difference() -> None:
    held = _map(_steady(0, "96"), _hold(31, "2"))
    assert not maps_differ(held, _map(_steady(0, "96"), _hold(31, "3")))
    assert not maps_differ(held, _map(_steady(0, "96.5"), _hold(27, "4"), bars=7))
    assert not maps_differ(held, _map(_steady(0, "96")))
    assert maps_differ(held, _map(_steady(0, "96"), bars=9)) is False
    assert maps_differ(held, _map(_steady(0, "99.5"), _hold(27, "4"), bars=7))
    assert maps_differ(held, _map(_steady(0, "96"), _steady(12, "100"), _hold(31, "3")))


def test_a_bar_more_is_a_difference_where_nothing_is_held() -> None:
    assert maps_differ(_map(_steady(0, "96")), _map(_steady(0, "97"), bars=9))


def test_another_meter_is_a_difference_but_in_the_last_bar_of_a_held_end() -> None:
    threes = BarGrid.of_meters((COMMON,) * 3 + (Meter(3, 4),) + (COMMON,) * 4)
    events = (_steady(0, "96"), _hold(30, "2"))
    plain = _map(_steady(0, "96"), _hold(31, "2"))
    assert maps_differ(plain, TempoMap(FilmTime(0), threes, events))
    last = BarGrid.of_meters((COMMON,) * 7 + (Meter(2, 4),))
    short = TempoMap(FilmTime(0), last, (_steady(0, "96"), _hold(29, "2")))
    assert not maps_differ(plain, short)


def test_a_ritardando_is_a_difference_by_its_own_beats() -> None:
    plain, bent = _map(_steady(0, "96")), _map(_steady(0, "96"), _rit(28, 4, "96", "80"))
    assert maps_differ(plain, bent)
    assert not maps_differ(bent, _map(_steady(0, "97"), _rit(28, 4, "97", "81")))


def _plan(ground: Ground, *knots: Knot) -> Plan:
    found = with_bars(ground, knots, 0)
    assert found is not None
    return found


@pytest.mark.parametrize("law", [Law.STEADY, Law.RAMP, Law.FERMATA])
@pytest.mark.parametrize("until", [19.0, 19.2, 19.4])
def test_plans_differ_as_their_maps_do(law: Law, until: float) -> None:
    ground = lay_ground(FilmTime(0), FilmTime(20), (), FRAMES_24, FitSettings(draws=0))
    one = _plan(ground, Knot(0, 0.0, 0), Knot(62, 19.2), Knot(64, 20.0, 1))
    other = _plan(ground, Knot(0, 0.0, 0), Knot(56, until - 2, None, law), Knot(64, 20.0, 1))
    maps = [exact_map(ground, plan, FRAMES_24, HARDLY) for plan in (one, other)]
    assert differ(ground, one, other) == maps_differ(*maps)
    assert not differ(ground, one, one)
