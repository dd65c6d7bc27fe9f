"""Which clicks sound: against counts and times reckoned here from the tempo alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import tempos

from scorestage.production import AdditiveClick, ClickPattern, ClickStyle
from scorestage.sync import (
    ClickStroke,
    SoftPassage,
    count_off,
    cue_timeline,
    plan_clicks,
    warning_strokes,
)
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

FOUR = BarGrid.regular(8, Meter(4, 4))
AT_120 = TempoMap.steady(FilmTime(10), Tempo(120), FOUR)
STYLE = ClickStyle()


def with_events(*events: TempoEvent, bpm: int = 120) -> TempoMap:
    return TempoMap(FilmTime(10), FOUR, (Steady(Beat(0), Tempo(bpm)), *events))


def seconds(strokes: tuple[ClickStroke, ...]) -> list[Fraction]:
    return [stroke.at.seconds for stroke in strokes]


def test_warning_clicks_may_have_a_tempo_of_their_own() -> None:
    found = warning_strokes(AT_120, 4, ClickStyle(warning_bpm=Fraction(60)))
    assert seconds(found) == [6, 7, 8, 9]
    assert seconds(warning_strokes(AT_120, 4)) == [8, Fraction("8.5"), 9, Fraction("9.5")]
    timeline = cue_timeline(AT_120, 4, FRAMES_24, style=ClickStyle(warning_bpm=Fraction(60)))
    assert timeline.first_click == FilmTime(6)


def test_nobody_is_counted_into_a_free_bar() -> None:
    free = with_events(FreeBar(Beat(0), Beats(4), FilmSpan(7)))
    assert warning_strokes(free, 8) == ()
    assert cue_timeline(free, 8, FRAMES_24).first_click == FilmTime(10)


def test_free_bars_are_left_by_a_pickup_in_the_tempo_of_the_return() -> None:
    """Bar 3 is free and lasts 9 s from 14 s on; the return at 23 s is at 60."""
    music = with_events(FreeBar(Beat(8), Beats(4), FilmSpan(9)), Steady(Beat(12), Tempo(60)))
    found = plan_clicks(music, replace(STYLE, reentry_clicks=3), 0)
    preps = [one for one in found if one.prep]
    assert seconds(tuple(preps)) == [20, 21, 22]
    assert not [at for at in seconds(found) if 14 <= at < 20]
    assert len(found) == 28 + 3


def test_free_bars_in_a_row_are_left_once() -> None:
    frees = [FreeBar(Beat(4 * n), Beats(4), FilmSpan(5)) for n in (2, 3)]
    found = plan_clicks(with_events(*frees), STYLE, 0)
    assert seconds(tuple(one for one in found if one.prep)) == [23, Fraction("23.5")]


def test_the_click_holds_with_the_fermata_and_prepares_what_follows() -> None:
    """Beat 4 of bar 2 is held for 5 s from 13.5 s on: its attack clicks, then one before 18.5."""
    found = plan_clicks(with_events(Fermata(Beat(7), Beats(1), FilmSpan(5))), STYLE, 0)
    inside = [one for one in found if Fraction("13.5") <= one.at.seconds <= Fraction("18.5")]
    assert [(one.at.seconds, one.prep) for one in inside] == [
        (Fraction("13.5"), False),
        (18, True),
        (Fraction("18.5"), False),
    ]


def test_a_fermata_over_a_long_note_drops_the_beats_under_it() -> None:
    found = plan_clicks(with_events(Fermata(Beat(4), Beats(4), FilmSpan(6))), STYLE, 0)
    held = [one.at.seconds for one in found if 12 < one.at.seconds < 18]
    assert held == [Fraction("17.5")]


def test_a_short_fermata_has_no_room_for_a_preparation() -> None:
    found = plan_clicks(with_events(Fermata(Beat(7), Beats(1), FilmSpan("0.9"))), STYLE, 0)
    assert not any(one.prep for one in found)
    assert len(found) == 32


def test_the_last_fermata_is_not_left_by_a_click() -> None:
    held = with_events(Fermata(Beat(28), Beats(4), FilmSpan(9)))
    found = plan_clicks(held, STYLE, 0, stop=Beat(28))
    assert found[-1].at == held.time_at(Beat(28))


@pytest.mark.parametrize(
    ("additive", "offsets"),
    [
        (AdditiveClick.GROUPS, ["0", "3/2", "5/2"]),
        (AdditiveClick.UNITS, ["0", "1/2", "1", "3/2", "2", "5/2", "3"]),
    ],
)
def test_three_two_two(additive: AdditiveClick, offsets: list[str]) -> None:
    meter = Meter.parse("3+2+2/8")
    music = TempoMap.steady(FilmTime(0), Tempo(60), BarGrid.regular(2, meter))
    found = plan_clicks(music, ClickStyle(additive=additive), 3)
    bar = [one for one in found if 0 <= one.at.seconds < Fraction("3.5")]
    assert seconds(tuple(bar)) == [Fraction(offset) for offset in offsets]
    strong = [one.at.seconds for one in bar if one.stress >= 2]
    assert strong == [0, Fraction("3/2"), Fraction("5/2")]
    warning = [one.at.seconds + Fraction("3.5") for one in found if one.warning]
    assert warning == [Fraction(offset) for offset in offsets[-3:]]


def test_a_pattern_of_its_own() -> None:
    """6/8 in signs: downbeat, an eighth between, and only the second eighth of the second half."""
    jig = TempoMap.steady(FilmTime(0), Tempo(60, Beats("3/2")), BarGrid.regular(1, Meter(6, 8)))
    style = ClickStyle(patterns=(ClickPattern(Meter(6, 8), "X-..x."),))
    found = plan_clicks(jig, style, 0)
    assert [(one.at.seconds, one.stress) for one in found] == [
        (0, 3),
        (Fraction(1, 3), 0),
        (Fraction(4, 3), 1),
    ]


def test_subdivisions_hold_on_through_breathing_and_stop_when_it_is_fast() -> None:
    """Below 60 divided, at 62 still (it breathes), at 64 no longer, at 62 from above not again."""
    steps = [Steady(Beat(4 * n), Tempo(bpm)) for n, bpm in enumerate((58, 62, 64, 62, 59))]
    music = TempoMap(FilmTime(0), BarGrid.regular(5, Meter(4, 4)), tuple(steps))
    found = plan_clicks(music, ClickStyle(subdivide_below_bpm=Fraction(60)), 0)
    between = [one for one in found if one.stress == 0]
    per_bar = [
        sum(4 * n <= one.beat.quarters < 4 * n + 4 for one in between if one.beat) for n in range(5)
    ]
    assert per_bar == [4, 4, 0, 0, 3]


def test_a_dotted_beat_is_divided_in_three_and_a_group_into_its_eighths() -> None:
    slow = ClickStyle(subdivide_below_bpm=Fraction(60), additive=AdditiveClick.GROUPS)
    jig = TempoMap.steady(FilmTime(0), Tempo(40, Beats("3/2")), BarGrid.regular(1, Meter(6, 8)))
    assert [one.stress for one in plan_clicks(jig, slow, 0)] == [3, 0, 0, 2]
    odd = BarGrid.of_meters((Meter.parse("3+2+2/8"),))
    lame = TempoMap.steady(FilmTime(0), Tempo(30), odd)
    assert [one.stress for one in plan_clicks(lame, slow, 0)] == [3, 0, 0, 2, 0, 2]


def test_warning_clicks_are_divided_too() -> None:
    slow = TempoMap.steady(FilmTime(10), Tempo(50), FOUR)
    found = warning_strokes(slow, 4, ClickStyle(subdivide_below_bpm=Fraction(60)))
    assert [one.stress for one in found] == [3, 0, 1, 0, 2, 0, 1, 0]
    assert {
        later - first for first, later in zip(seconds(found), seconds(found)[1:], strict=False)
    } == {Fraction(3, 5)}


def test_the_click_may_stop_earlier_than_the_last_attack() -> None:
    found = plan_clicks(AT_120, ClickStyle(stop_early_clicks=2), 0, stop=Beat("21/2"))
    assert found[-1].beat == Beat(8)
    assert plan_clicks(AT_120, STYLE, 0, stop=Beat("21/2"))[-1].beat == Beat(10)


def test_the_click_fades_where_it_is_soft() -> None:
    soft = (SoftPassage(Beat(8), Beat(16), Fraction(-6)),)
    levels = {
        one.beat.quarters: one.level_db
        for one in plan_clicks(AT_120, STYLE, 4, soft=soft)
        if one.beat is not None and not one.warning
    }
    assert [levels[n] for n in (5, 6, 7, 8, 15, 16, 17, 18)] == [0, 0, -3, -6, -6, -6, -3, 0]


def test_eight_free_to_five_in_the_tempo_of_the_entry() -> None:
    """The entry is at 90 after bars at 120: eight clicks of 2/3 s before it, two bars of 4/4."""
    music = with_events(Steady(Beat(16), Tempo(90)))
    main = plan_clicks(music, STYLE, 8)
    found = count_off(music, 4, 8, main, STYLE)
    entry = 10 + Fraction(16, 2)
    assert seconds(found[:9]) == [entry - Fraction(2 * n, 3) for n in range(8, -1, -1)]
    assert [one.stress for one in found[:8]] == [3, 1, 2, 1] * 2
    assert [one.warning for one in found[:9]] == [True] * 8 + [False]
    assert found[8:] == tuple(one for one in main if one.at.seconds >= entry)


def test_a_count_off_into_a_ramp_is_steady() -> None:
    music = with_events(Ramp(Beat(8), Beats(16), Tempo(120), Tempo(60)))
    found = count_off(music, 3, 4, (), STYLE)
    gaps = {b - a for a, b in zip(seconds(found), seconds(found)[1:], strict=False)}
    assert gaps == {60 / music.tempo_at(Beat(12)).bpm}


def test_a_count_off_in_an_odd_meter_ends_with_its_bar() -> None:
    grid = BarGrid.of_meters((Meter(4, 4), Meter.parse("3+2+2/8"), Meter(4, 4)))
    music = TempoMap.steady(FilmTime(0), Tempo(60), grid)
    found = count_off(music, 1, 4, (), ClickStyle(additive=AdditiveClick.GROUPS))
    assert [4 - at for at in seconds(found)] == [Fraction(n) for n in ("4.5", "3.5", "2", "1")]


@settings(max_examples=40, deadline=None)
@given(
    tempos(40, 240),
    tempos(40, 240),
    st.integers(0, 12),
    st.sampled_from(["4/4", "3/4", "6/8", "3+2+2/8", "5/4", "12/8"]),
    st.integers(0, 31),
)
def test_clicks_are_in_order_and_on_the_map(
    first: Tempo, second: Tempo, warning: int, meter: str, last: int
) -> None:
    grid = BarGrid.regular(8, Meter.parse(meter))
    events = (Steady(Beat(0), first), Ramp(Beat(3), Beats(5), first, second))
    music = TempoMap(FilmTime(30), grid, events)
    found = plan_clicks(music, STYLE, warning, stop=Beat(last))
    times = seconds(found)
    assert times == sorted(set(times))
    assert sum(one.warning for one in found) == warning
    for one in found:
        if not one.warning:
            assert one.beat is not None and one.at == music.time_at(one.beat)
            assert one.beat <= Beat(last)
