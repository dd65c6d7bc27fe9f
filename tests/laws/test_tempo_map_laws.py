"""Laws of the map between film time and beats: there and back, order, and what DAWs will play."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.strategies import beats, fractions, note_lengths, quarters, ramps, tempo_maps

from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
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

NANOSECOND = Fraction(1, 10**9)
LAWS = st.sampled_from(RampLaw)


@given(tempo_maps(), st.lists(beats(), min_size=1, max_size=8))
def test_there_and_back_is_the_identity_at_written_positions(
    tempo_map: TempoMap, written: list[Beat]
) -> None:
    for at in written:
        assert tempo_map.beat_at(tempo_map.time_at(at)) == at


@given(ramps(), quarters(0, 40))
def test_there_and_back_inside_a_ramp(ramp: Ramp, into: Fraction) -> None:
    assume(into <= ramp.length.quarters)
    assert ramp.beats_after(ramp.seconds_after(Beats(into))) == Beats(into)


@given(tempo_maps(), beats(), note_lengths(8))
def test_later_in_the_music_is_later_in_the_film(
    tempo_map: TempoMap, at: Beat, length: Beats
) -> None:
    assert tempo_map.time_at(at) < tempo_map.time_at(at + length)


@given(tempo_maps(), st.lists(fractions(-30, 300, 48000), min_size=2, max_size=8))
def test_later_in_the_film_is_never_earlier_in_the_music(
    tempo_map: TempoMap, offsets: list[Fraction]
) -> None:
    found = [tempo_map.beat_at(tempo_map.start + FilmSpan(offset)) for offset in sorted(offsets)]
    assert found == sorted(found)


@given(ramps(Beat(0)), fractions(0, 30), st.integers(1, 8))
def test_order_holds_within_a_nanosecond_too(ramp: Ramp, near: Fraction, parts: int) -> None:
    tempo_map = TempoMap(FilmTime(0), BarGrid.regular(1, Meter(4, 4)), (ramp,))
    around = (near, ramp.seconds_after(ramp.length))
    for centre in around:
        film = [FilmTime(centre + step * NANOSECOND / parts) for step in range(-2 * parts, 9)]
        found = [tempo_map.beat_at(at) for at in film]
        assert found == sorted(found)


@given(tempo_maps(), fractions(-30, 300, 48000))
def test_any_film_time_comes_back_within_a_nanosecond(
    tempo_map: TempoMap, offset: Fraction
) -> None:
    at = tempo_map.start + FilmSpan(offset)
    back = tempo_map.time_at(tempo_map.beat_at(at))
    assert abs(back - at).seconds <= NANOSECOND


@given(tempo_maps())
def test_bar_one_begins_at_the_start(tempo_map: TempoMap) -> None:
    assert tempo_map.time_at(Beat(0)) == tempo_map.start
    assert tempo_map.beat_at(tempo_map.start) == Beat(0)


@given(tempo_maps(), fractions(-100, 100).map(FilmSpan), beats())
def test_a_shifted_map_plays_the_same_music_later(
    tempo_map: TempoMap, by: FilmSpan, at: Beat
) -> None:
    assert tempo_map.shifted(by).time_at(at) == tempo_map.time_at(at) + by


@given(ramps())
def test_a_ramp_lasts_what_its_law_says(ramp: Ramp) -> None:
    t0, t1 = float(ramp.start.quarters_per_minute), float(ramp.end.quarters_per_minute)
    count = float(ramp.length.quarters)
    if math.isclose(t0, t1, rel_tol=1e-9):
        wanted = 60 * count / t0
    elif ramp.law is RampLaw.LINEAR_IN_BEATS:
        wanted = 60 * count * math.log(t1 / t0) / (t1 - t0)
    elif ramp.law is RampLaw.LINEAR_IN_TIME:
        wanted = 120 * count / (t0 + t1)
    else:
        wanted = 30 * count * (1 / t0 + 1 / t1)
    grid_seconds = 1e-9  # times inside a ramp stand on a grid of 1 ns
    found = float(ramp.seconds_after(ramp.length))
    assert math.isclose(found, wanted, rel_tol=1e-7, abs_tol=grid_seconds)


@given(ramps(), fractions(0, 1))
def test_the_tempo_told_inside_a_ramp_is_the_speed_it_runs_at(ramp: Ramp, part: Fraction) -> None:
    """The derivative of the map, measured over a short width, is `tempo_at` in its middle.

    The mean over the width lies off the middle by the curve of the law: at most a sixth of the
    square of the tempo's change over the width, beside the slowest tempo.
    """
    width = min(Fraction(1, 500), ramp.length.quarters / 10)
    into = part * (ramp.length.quarters - width)
    lasting = ramp.seconds_after(Beats(into + width)) - ramp.seconds_after(Beats(into))
    measured = 60 * width / lasting
    tempo_map = TempoMap(FilmTime(0), BarGrid.regular(1, Meter(4, 4)), (ramp,))
    told = tempo_map.tempo_at(ramp.at + Beats(into + width / 2)).quarters_per_minute
    steepness = abs(ramp.end.quarters_per_minute - ramp.start.quarters_per_minute)
    tempos = sorted((ramp.start.quarters_per_minute, ramp.end.quarters_per_minute))
    lean = steepness * width / ramp.length.quarters * (tempos[1] / tempos[0]) ** 2
    curve = lean**2 / (6 * tempos[0])
    assert abs(told - measured) <= measured * Fraction(1, 10**4) + steepness * width + curve


@given(tempo_maps())
def test_the_baked_map_plays_the_same_times(tempo_map: TempoMap) -> None:
    """As a DAW does: the tempos in turn, each until the next, agree exactly where each begins."""
    baked = tempo_map.baked()
    base = tempo_map.time_at(baked[0][0]).seconds
    for (at, tempo), (after, _) in pairwise(baked):
        assert tempo_map.time_at(at).seconds == base
        base += (after - at).quarters * tempo.seconds_per_quarter
    last = baked[-1][0]
    assert tempo_map.time_at(last).seconds == base
    beyond = last + Beats(100)
    steady = base + 100 * baked[-1][1].seconds_per_quarter
    assert tempo_map.time_at(beyond).seconds == steady


@given(tempo_maps())
def test_baked_tempos_in_whole_microseconds_err_by_half_a_microsecond_a_quarter(
    tempo_map: TempoMap,
) -> None:
    """What a MIDI file can hold, a whole number of microseconds, is never off by more."""
    for (at, tempo), (after, _) in pairwise(tempo_map.baked()):
        quarters_in = (after - at).quarters
        written = Fraction(round(tempo.seconds_per_quarter * 10**6), 10**6) * quarters_in
        lasting = (tempo_map.time_at(after) - tempo_map.time_at(at)).seconds
        assert abs(written - lasting) <= quarters_in * Fraction(1, 2 * 10**6)


@given(tempo_maps())
def test_every_click_is_on_its_beat_and_none_in_a_free_bar(tempo_map: TempoMap) -> None:
    clicks = tempo_map.clicks()
    written = {
        tempo_map.grid.starts[index] + offset
        for index, bar in enumerate(tempo_map.grid.bars)
        for offset in bar.meter.clicks
    }
    assert {click.at for click in clicks} == {at for at in written if not tempo_map.is_free(at)}
    assert all(sooner.time < later.time for sooner, later in pairwise(clicks))
    for click in clicks:
        assert tempo_map.time_at(click.at) == click.time
        assert tempo_map.grid.position(click.at).bar_index == click.bar_index
        assert tempo_map.grid.position(click.at).beat == click.beat
        assert (click.stress == 3) == (click.beat == 1)


@given(fractions(40, 200), note_lengths(8), fractions(0, 20, above=True))
@example(Fraction(120), Beats(1), Fraction(3))
def test_a_fermata_or_free_bar_lasts_what_is_played(
    bpm: Fraction, length: Beats, played: Fraction
) -> None:
    for kind in (Fermata, FreeBar):
        held = kind(Beat(4), length, FilmSpan(played))
        grid = BarGrid.regular(8, Meter(4, 4))
        tempo_map = TempoMap(FilmTime(0), grid, (Steady(Beat(0), Tempo(bpm)), held))
        before, after = tempo_map.time_at(Beat(4)), tempo_map.time_at(Beat(4) + length)
        assert (after - before) == FilmSpan(played)
        assert tempo_map.time_at(Beat(5) + length) - after == FilmSpan(60 / bpm)
        assert tempo_map.is_free(Beat(4)) == (kind is FreeBar)
        assert not tempo_map.is_free(Beat(4) + length)


@given(LAWS, fractions(40, 200), fractions(40, 200))
def test_a_ramp_begins_and_ends_at_its_tempos(law: RampLaw, one: Fraction, two: Fraction) -> None:
    ramp = Ramp(Beat(4), Beats(8), Tempo(one), Tempo(two), law)
    events = (Steady(Beat(0), Tempo(one)), ramp)
    tempo_map = TempoMap(FilmTime(0), BarGrid.regular(8, Meter(4, 4)), events)
    assert tempo_map.tempo_at(Beat(4)).bpm == one
    assert tempo_map.tempo_at(Beat(12)).bpm == two
    assert tempo_map.tempo_at(Beat(30)).bpm == two
