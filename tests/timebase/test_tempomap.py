from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FeetFrames,
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

FOUR = Meter(4, 4)


def _map(*events: TempoEvent, bars: int = 8, start: int = 0) -> TempoMap:
    return TempoMap(FilmTime(start), BarGrid.regular(bars, FOUR), events)


@pytest.mark.parametrize(
    ("bpm", "beat", "frame", "feet"),
    [(90, 33, "512", "32+00"), (120, 49, "576", "36+00"), (76, 25, "454.737", "28+07")],
)
def test_where_a_beat_lies_on_the_film(bpm: int, beat: int, frame: str, feet: str) -> None:
    """V11: counted from 1, at 24 frames a second."""
    at = _map(Steady(Beat(0), Tempo(bpm)), bars=20).time_at(Beat(beat - 1))
    frames = at.seconds * 24
    assert round(float(frames), 3) == float(frame)
    assert str(FeetFrames(FRAMES_24.nearest_frame(at))) == feet


def test_the_hits_of_a_published_list() -> None:
    """V21: hits at 0, 4, 7.32 and 8.28 s, on beats 0, 8, 15 and 17."""
    tempo_map = _map(
        Steady(Beat(0), Tempo(120)),
        Steady(Beat(8), Tempo(60 * 7 / Fraction("3.32"))),
        Steady(Beat(15), Tempo(125)),
    )
    hits = [tempo_map.time_at(Beat(at)) for at in (0, 8, 15, 17)]
    assert hits == [FilmTime(text) for text in ("0", "4", "7.32", "8.28")]
    assert [tempo_map.beat_at(hit) for hit in hits] == [Beat(at) for at in (0, 8, 15, 17)]


def test_before_the_first_tempo_and_after_the_last_the_tempo_holds() -> None:
    tempo_map = _map(Steady(Beat(0), Tempo(60)), Steady(Beat(4), Tempo(120)), start=10)
    assert tempo_map.time_at(Beat(-3)) == FilmTime(7)
    assert tempo_map.beat_at(FilmTime(7)) == Beat(-3)
    assert tempo_map.time_at(Beat(100)) == FilmTime(62)
    assert tempo_map.tempo_at(Beat(-3)) == Tempo(60)
    assert tempo_map.tempo_at(Beat(4)) == Tempo(120)


def test_a_tempo_of_its_own_for_the_pickup() -> None:
    tempo_map = _map(Steady(Beat(-2), Tempo(60)), Steady(Beat(0), Tempo(120)), start=10)
    assert tempo_map.time_at(Beat(-2)) == FilmTime(8)
    assert tempo_map.time_at(Beat(0)) == FilmTime(10)
    assert tempo_map.time_at(Beat(2)) == FilmTime(11)
    late = _map(Steady(Beat(2), Tempo(60)), start=10)
    assert late.time_at(Beat(0)) == FilmTime(10)


def test_a_ramp_goes_on_in_its_last_tempo() -> None:
    ramp = Ramp(Beat(4), Beats(8), Tempo(100), Tempo(60))
    tempo_map = _map(Steady(Beat(0), Tempo(100)), ramp)
    assert round(float((tempo_map.time_at(Beat(12)) - tempo_map.time_at(Beat(4))).seconds), 6) == (
        6.129907
    )
    assert tempo_map.time_at(Beat(14)) - tempo_map.time_at(Beat(13)) == FilmSpan(1)
    assert tempo_map.tempo_at(Beat(8)) == Tempo(80)


def test_clicks_leave_free_bars_out_and_fermatas_in() -> None:
    tempo_map = _map(
        Steady(Beat(0), Tempo(60)),
        FreeBar(Beat(4), Beats(4), FilmSpan("7.5")),
        Fermata(Beat(11), Beats(1), FilmSpan(3)),
        bars=3,
    )
    clicks = tempo_map.clicks()
    assert [click.at.quarters for click in clicks] == [0, 1, 2, 3, 8, 9, 10, 11]
    assert [click.stress for click in clicks] == [3, 1, 2, 1] * 2
    assert clicks[4].time == FilmTime("11.5")
    assert tempo_map.end == FilmTime("17.5")


def test_baked_tempos_of_a_ramp_are_one_a_quarter() -> None:
    ramp = Ramp(Beat(4), Beats("5/2"), Tempo(100), Tempo(60))
    baked = _map(Steady(Beat(0), Tempo(100)), ramp).baked()
    assert [at.quarters for at, _ in baked] == [0, 4, 5, 6, Fraction(13, 2)]
    assert baked[0][1] == Tempo(100)
    assert baked[-1][1] == Tempo(60)
    bpms = [tempo.bpm for _, tempo in baked]
    assert bpms == sorted(bpms, reverse=True)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ((), "begin with a tempo"),
        ((Fermata(Beat(0), Beats(1), FilmSpan(1)),), "begin with a tempo"),
        ((Steady(Beat(4), Tempo(60)), Steady(Beat(0), Tempo(60))), "out of order"),
        (
            (Ramp(Beat(0), Beats(4), Tempo(60), Tempo(90)), Steady(Beat(3), Tempo(90))),
            "overlap",
        ),
        ((Ramp(Beat(0), Beats(0), Tempo(60), Tempo(90)),), "no length"),
        ((Steady(Beat(0), Tempo(60)), FreeBar(Beat(4), Beats(4), FilmSpan(0))), "lasts no time"),
    ],
)
def test_tempo_lists_that_cannot_stand(events: tuple[TempoEvent, ...], why: str) -> None:
    with pytest.raises(InputError, match=why):
        _map(*events)


def test_the_joints_are_where_one_law_gives_way_to_another() -> None:
    tempo_map = _map(
        Steady(Beat(0), Tempo(100)),
        Ramp(Beat(4), Beats(4), Tempo(100), Tempo(80)),
        Fermata(Beat(10), Beats(1), FilmSpan(3)),
        start=7,
    )
    places = [Beat(0), Beat(4), Beat(8), Beat(10), Beat(11)]
    assert tempo_map.joints == tuple((at, tempo_map.time_at(at)) for at in places)
