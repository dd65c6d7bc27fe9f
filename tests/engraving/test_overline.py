"""What stands over the system, and where."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import GRID, START, small_edition, small_map, small_score

from scorestage.engraving.edition import Timing
from scorestage.engraving.overhead import spot
from scorestage.engraving.overline import (
    Point,
    Row,
    divisions,
    hit_points,
    mark_points,
    meter_points,
    row_block,
    row_lines,
    time_points,
)
from scorestage.engraving.staves import Frame
from scorestage.engraving.stretches import one_by_one
from scorestage.music import Mark, MarkKind, Staff
from scorestage.music.written import WrittenBar, write_out
from scorestage.production import Hit, HitStatus
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
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)


def _bars(grid: BarGrid = GRID) -> tuple[WrittenBar, ...]:
    return write_out(Staff(()), grid).bars


@given(st.fractions(-1, 40, max_denominator=960))
def test_a_spot_is_the_nearest_eighth_inside_the_bars(quarters: Fraction) -> None:
    bars = _bars()
    place, offset = spot(bars, Beat(quarters))
    assert 0 <= offset < bars[place].length.quarters
    inside = max(Fraction(0), min(quarters, GRID.end.quarters - Fraction(1, 2)))
    assert abs(bars[place].start.quarters + offset - inside) <= Fraction(1, 4)


def test_a_spot_just_before_the_barline_is_the_next_downbeat() -> None:
    assert spot(_bars(), Beat("3999/1000")) == (1, 0)


def test_meters_are_told_where_they_change() -> None:
    told = [(point.place, point.before, point.after) for point in meter_points(_bars())]
    assert told == [
        (0, r"\time 4/4", ""),
        (3, r"\time 3/4", ""),
        (4, r"\time 7/8", r'^\markup \beat-groups "2+2+3"'),
        (5, r"\time 4/4", ""),
    ]


def test_a_pickup_is_told_as_one() -> None:
    bars = _bars(BarGrid.of_meters((Meter(3, 4),) * 2, Beats("1/2")))
    first = next(iter(meter_points(bars)))
    assert first.before == r"\time 3/4 \partial 1*1/8"
    shown = time_points(bars, small_map(), small_edition())
    assert [point.place for point in shown] == [1, 2]


def test_film_times_begin_every_bar() -> None:
    told = [point.before for point in time_points(_bars(), small_map(), small_edition())]
    assert told[:5] == [
        rf'\textMark \markup \film-time "0:0{text}"'
        for text in ("0.00", "2.00", "4.00", "6.00", "7.50")
    ]


def test_the_clock_may_begin_elsewhere_or_be_timecode() -> None:
    early = replace(small_edition(), clock_zero=START - FilmSpan(1))
    assert '"0:01.00"' in next(iter(time_points(_bars(), small_map(), early))).before
    coded = replace(small_edition(), timing=Timing.TIMECODE, timecode_start_frames=86400)
    assert '"01:01:40:00"' in next(iter(time_points(_bars(), small_map(), coded))).before


def test_hits_stand_at_their_beat_with_their_own_time() -> None:
    points = list(hit_points(small_score(), _bars(), small_map(), small_edition()))
    assert [(point.place, point.offset_quarters) for point in points] == [(1, 1), (3, 0)]
    assert points[0].after == r"""^\markup \hit "0:02.50" #'("Maya turns")"""
    assert r"\great-hit" in points[1].after


def test_hits_outside_the_cue_or_dropped_are_not_shown() -> None:
    hits = (
        Hit("early", START - FilmSpan(5)),
        Hit("late", START + FilmSpan(500)),
        Hit("dropped", START + FilmSpan(1), status=HitStatus.DROPPED),
    )
    edition = replace(small_edition(), hits=hits)
    assert list(hit_points(small_score(), _bars(), small_map(), edition)) == []


def test_a_hit_marked_in_the_score_is_shown_once() -> None:
    marks = (Mark(Beat(5), MarkKind.HIT, "Maya turns"), Mark(Beat(8), MarkKind.HIT, "thunder"))
    score = replace(small_score(), marks=marks)
    points = list(hit_points(score, _bars(), small_map(), small_edition()))
    assert sorted((point.place, point.offset_quarters) for point in points) == [
        (1, 1),
        (2, 0),
        (3, 0),
    ]
    assert '"0:04.00"' in points[-1].after


def _marks(*events: Steady | Ramp | Fermata | FreeBar) -> list[tuple[int, Fraction, str]]:
    tempo_map = TempoMap(FilmTime(0), GRID, events)
    score = replace(small_score(), marks=())
    points = mark_points(score, _bars(), tempo_map, FRAMES_24)
    return [(point.place, point.offset_quarters, point.before + point.after) for point in points]


def _beats(bpm: str, click: str) -> str:
    return rf'\tempo \markup \beats #2 #0 "{bpm}" "{click}"'


def _slight(bpm: str, click: str) -> str:
    return _beats(bpm, click).replace("beats", "slight-beats")


def test_tempos_are_told_with_their_click_and_only_once() -> None:
    events = (
        Steady(Beat(0), Tempo(96)),
        Steady(Beat(4), Tempo(96)),
        Steady(Beat(8), Tempo("97.5")),
    )
    assert _marks(*events) == [(0, 0, _beats("96", "15-0")), (2, 0, _slight("97.5", "~14-6"))]


def test_a_new_tempo_is_told_large_and_a_slight_change_small() -> None:
    events = (Steady(Beat(0), Tempo(96)), Steady(Beat(4), Tempo(100)), Steady(Beat(8), Tempo(120)))
    commands = [text.split()[2] for _, _, text in _marks(*events)]
    assert commands == [r"\beats", r"\slight-beats", r"\beats"]


def test_a_ramp_is_told_and_where_it_arrives() -> None:
    ramp = Ramp(Beat(4), Beats(4), Tempo(120), Tempo(90))
    told = _marks(Steady(Beat(0), Tempo(120)), ramp)
    assert [(place, text.partition("\\markup")[0]) for place, _, text in told] == [
        (0, r"\tempo "),
        (1, r"\once \override TextSpanner.bound-details.left.text = "),
        (2, r"\stopTextSpan"),
        (2, r"\tempo "),
    ]
    assert '"rit."' in told[1][2]
    faster = Ramp(Beat(4), Beats(4), Tempo(120), Tempo(130))
    assert '"accel."' in _marks(Steady(Beat(0), Tempo(120)), faster)[1][2]


def test_what_is_held_or_free_says_how_long() -> None:
    told = _marks(
        Steady(Beat(0), Tempo(120)),
        Fermata(Beat(3), Beats(1), FilmSpan("7/2")),
        FreeBar(Beat(4), Beats(4), FilmSpan("25/4")),
    )
    assert told[1:] == [
        (0, 3, r'^\markup \held "3.5″"'),
        (1, 0, r'^\markup \free "6.25″"'),
        (2, 0, r'\tempo \markup \beats #2 #0 "120" "12-0"'),
    ]


def test_the_beat_returns_after_the_last_of_several_free_bars() -> None:
    told = _marks(
        Steady(Beat(0), Tempo(120)),
        FreeBar(Beat(4), Beats(4), FilmSpan(5)),
        FreeBar(Beat(8), Beats(4), FilmSpan(6)),
    )
    assert told[1:] == [
        (1, 0, r'^\markup \free "5″"'),
        (2, 0, r'^\markup \free "6″"'),
        (3, 0, r'\tempo \markup \beats #2 #0 "120" "12-0"'),
    ]


def test_letters_and_words_over_all() -> None:
    points = list(mark_points(small_score(), _bars(), small_map(), FRAMES_24))
    assert points[0] == Point(3, Fraction(0), Row.MARKS, r'\mark \markup \rehearsal "A"')
    calmly = next(point for point in points if "Calmly" in point.before + point.after)
    assert (calmly.place, calmly.offset_quarters, calmly.row) == (5, Fraction(0), Row.MARKS)
    assert calmly.before.startswith(r'\tempo \markup \tempo-words "Calmly" \beats')


def test_a_row_lasts_as_long_as_the_bars() -> None:
    frame = Frame(one_by_one(8), {1: Fraction(1, 2)})
    points = [*hit_points(small_score(), _bars(), small_map(), small_edition())]
    lines = row_lines(points, Row.HITS, _bars(), frame)
    assert lines[1] == (
        r"""\grace { s1*1/8 } s1*1/4 s1*3/4^\markup \hit "0:02.50" #'("Maya turns") |"""
    )
    assert lines[4] == "s1*7/8 |"


def test_what_is_told_within_a_bar_keeps_it_out_of_long_rests() -> None:
    late = Point(3, Fraction(1), Row.MARKS, "x")
    assert set(divisions([late, Point(6, Fraction(0), Row.MARKS, "y")])) == {3, 4, 6}


@pytest.mark.parametrize("unit", ["3/2", "1/2", "2"])
def test_other_beats_are_told_by_their_note(unit: str) -> None:
    log, dots = {"3/2": (2, 1), "1/2": (3, 0), "2": (1, 0)}[unit]
    told = _marks(Steady(Beat(0), Tempo(60, Beats(unit))))
    assert told == [(0, 0, rf'\tempo \markup \beats #{log} #{dots} "60" "24-0"')]


def test_in_free_timing_written_clicks_stand_where_metronome_marks_stood() -> None:
    ramp = Ramp(Beat(8), Beats(4), Tempo(88), Tempo(66), RampLaw.LINEAR_IN_BEATS)
    tempo_map = TempoMap(FilmTime(0), GRID, (Steady(Beat(0), Tempo(88)), ramp))
    score = small_score()
    points = list(mark_points(score, _bars(), tempo_map, FRAMES_24, free_timing=True))
    words = " ".join(point.before + point.after for point in points)
    assert r'\written-click #2 #0 "4 beats in :02⅔" ""' in words
    assert '"rit. 4 beats in :03"' in words
    assert r"\beats" not in words and r"\slight-beats" not in words


def test_a_row_among_staves_gives_way_to_the_staff_above() -> None:
    bars = _bars()
    frame = Frame(one_by_one(len(bars)), {})
    points = list(mark_points(small_score(), bars, small_map(), FRAMES_24))
    over = row_block(points, Row.MARKS, bars, frame)
    among = row_block(points, Row.MARKS, bars, frame, among=True)
    assert among == over.replace(r"\marksRow", r"\marksRow \amongStaves")


def test_a_meter_that_its_writer_hid_changes_unseen() -> None:
    bars = _bars(BarGrid.of_meters((Meter(3, 8), Meter(2, 8), Meter(1, 8), Meter(3, 8))))
    hidden = {bar.start for bar in bars[1:]}
    told = [point.before for point in meter_points(bars, hidden)]
    assert told == [r"\time 3/8", *(rf"\hiddenMeter \time {n}/8" for n in (2, 1, 3))]


def test_words_where_a_tempo_begins_stand_before_it() -> None:
    slowly = Mark(Beat(0), MarkKind.TEXT, "Slowly")
    score = replace(small_score(), marks=(slowly,))
    points = list(mark_points(score, _bars(), small_map(), FRAMES_24))
    said = [point for point in points if "Slowly" in point.before + point.after]
    assert [point.before.split(r"\beats")[0] for point in said] == [
        r'\tempo \markup \tempo-words "Slowly" '
    ]
    longer = replace(slowly, text="Slowly, and as if nothing at all had happened")
    score = replace(score, marks=(longer,))
    points = list(mark_points(score, _bars(), small_map(), FRAMES_24))
    assert any(r"\direction" in point.after and longer.text in point.after for point in points)
