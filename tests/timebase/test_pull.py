"""Pull-up and pull-down: the vectors of the trade, and that one undoes the other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import InputError
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_25,
    RATES,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmRange,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.timebase.pull import DOWN, UP, Pull

RATE_PAIRS = st.tuples(
    st.sampled_from(("23.976", "24", "25", "29.97", "30")),
    st.sampled_from(("23.976", "24", "25", "29.97", "30")),
)
MOMENTS = st.fractions(-10_000, 10_000, max_denominator=48_000)
BPM = st.fractions(20, 300, max_denominator=1000)


@st.composite
def maps(draw: st.DrawFn) -> TempoMap:
    """Maps with steps, ramps of every law, fermatas and free bars."""
    events: list[Steady | Ramp | Fermata | FreeBar] = [Steady(Beat(0), Tempo(draw(BPM)))]
    for bar in range(1, draw(st.integers(1, 6))):
        at, kind = Beat(8 * bar), draw(st.integers(0, 3))
        if kind == 0:
            events.append(Steady(at, Tempo(draw(BPM), Beats(draw(st.sampled_from(("1", "3/2")))))))
        elif kind == 1:
            law = draw(st.sampled_from(tuple(RampLaw)))
            events.append(Ramp(at, Beats(4), Tempo(draw(BPM)), Tempo(draw(BPM)), law))
        else:
            played = FilmSpan(draw(st.fractions(Fraction(1, 10), 20, max_denominator=1000)))
            shape = Fermata if kind == 2 else FreeBar
            events.append(shape(at, Beats(4), played))
    return TempoMap(FilmTime(draw(MOMENTS)), BarGrid.regular(16, Meter(4, 4)), tuple(events))


def test_pulled_down_120_is_119_88() -> None:
    assert DOWN.tempo(Tempo(120)).bpm == Fraction(120_000, 1001)
    assert round(float(DOWN.tempo(Tempo(120)).bpm), 6) == 119.880120


def test_three_minutes_pulled_down_end_4_32_frames_late() -> None:
    later = DOWN.time(FilmTime(180)) - FilmTime(180)
    assert later.seconds == Fraction(18, 100)
    assert round(float(180 - UP.time(FilmTime(180)).seconds), 4) == 0.1798
    assert round(float(FRAMES_24.frames_in(later)), 2) == 4.32


def test_a_tenth_of_a_percent_is_1_7304_cents_and_24_to_25_70_6724() -> None:
    assert round(UP.cents, 4) == 1.7304
    assert DOWN.cents == pytest.approx(-UP.cents)
    assert round(Pull.of_rates(FRAMES_24, FRAMES_25).cents, 4) == 70.6724


def test_24_to_25_makes_120_bpm_125() -> None:
    pull = Pull.of_rates(FRAMES_24, FRAMES_25)
    assert pull.factor == Fraction(25, 24)
    assert pull.tempo(Tempo(120)).bpm == 125
    assert round(float(pull.factor - 1) * 100, 4) == 4.1667


def test_24_to_23_976_is_the_pull_down() -> None:
    assert Pull.of_rates(FRAMES_24, FRAMES_23_976) == DOWN
    assert Fraction(48_000) * DOWN.factor == Fraction(48_000_000, 1001)


@given(MOMENTS, MOMENTS, RATE_PAIRS)
def test_up_after_down_is_the_identity_for_moments(
    at: Fraction, about: Fraction, pair: tuple[str, str]
) -> None:
    pull = Pull.of_rates(RATES[pair[0]], RATES[pair[1]], FilmTime(about))
    assert pull.inverse.time(pull.time(FilmTime(at))) == FilmTime(at)
    assert pull.time(FilmTime(about)) == FilmTime(about)


@given(maps(), RATE_PAIRS)
def test_up_after_down_is_the_identity_for_whole_maps(
    tempo_map: TempoMap, pair: tuple[str, str]
) -> None:
    pull = Pull.of_rates(RATES[pair[0]], RATES[pair[1]])
    assert pull.inverse.map(pull.map(tempo_map)) == tempo_map


@given(maps(), RATE_PAIRS, st.integers(-16, 260))
def test_the_pulled_map_is_where_the_pulled_film_is(
    tempo_map: TempoMap, pair: tuple[str, str], quarter: int
) -> None:
    pull = Pull.of_rates(RATES[pair[0]], RATES[pair[1]])
    at = Beat(Fraction(quarter, 4))
    meant = pull.time(tempo_map.time_at(at))
    found = pull.map(tempo_map).time_at(at)
    assert abs((found - meant).seconds) <= Fraction(20, 10**9)
    if all(isinstance(event, Steady) for event in tempo_map.events):
        assert found == meant


@given(st.integers(0, 200_000), RATE_PAIRS)
def test_a_hit_stays_on_its_frame(frame: int, pair: tuple[str, str]) -> None:
    before, after = RATES[pair[0]], RATES[pair[1]]
    pulled = Pull.of_rates(before, after).time(before.time_of(frame))
    assert pulled == after.time_of(frame)


def test_ranges_and_spans_go_with_it() -> None:
    span = FilmRange(FilmTime(10), FilmTime(20))
    pulled = DOWN.range(span)
    assert pulled.end - pulled.start == FilmSpan(Fraction(1001, 100))


@pytest.mark.parametrize("factor", ["0", "-1", "5", "1/10"])
def test_a_pull_that_cannot_be_is_refused(factor: str) -> None:
    with pytest.raises(InputError, match="times its speed"):
        Pull(factor)
