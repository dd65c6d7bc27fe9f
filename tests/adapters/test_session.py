"""Values of a session: where it ends, and what comes in, moved as a whole."""

from __future__ import annotations

from scorestage.adapters.session import Clip, Imported, Marker, Session, Track, TrackKind
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    FilmClock,
    FilmSpan,
    FilmTime,
    Meter,
    Tempo,
    TempoMap,
)

CLOCK = FilmClock(FRAMES_24)
MAP = TempoMap.steady(FilmTime(4), Tempo(120), BarGrid.regular(2, Meter(4, 4)))


def test_a_session_lasts_as_long_as_what_is_in_it() -> None:
    clip = Clip("media/a.wav", FilmTime(3), FilmSpan(4))
    assert Session("x", CLOCK, FilmTime(2)).last == FilmTime(2)
    assert Session("x", CLOCK, FilmTime(2), MAP).last == FilmTime(8)
    markers = (Marker(FilmTime(5), "cue", FilmTime(9)),)
    tracks = (Track("a", TrackKind.MUSIC, (clip,)),)
    assert Session("x", CLOCK, FilmTime(2), MAP, markers, tracks).last == FilmTime(9)
    assert Session("x", CLOCK, FilmTime(2), MAP, end=FilmTime(30)).last == FilmTime(30)
    assert clip.name == "a.wav"


def test_before_midnight_the_label_is_that_of_the_evening_before() -> None:
    assert str(Session("x", CLOCK, FilmTime(-5)).timecode) == "23:59:55:00"
    assert str(Session("x", CLOCK, FilmTime(5)).timecode) == "00:00:05:00"


def test_what_came_in_moves_as_a_whole() -> None:
    found = Imported("x", MAP, (Marker(FilmTime(5), "door", FilmTime(6)),)).shifted(FilmSpan(10))
    assert found.tempo_map == MAP.shifted(FilmSpan(10))
    assert (found.markers[0].at, found.markers[0].end) == (FilmTime(15), FilmTime(16))
