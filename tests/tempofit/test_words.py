"""What is said of a map, and how maps are named and told apart, on maps written by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, judged
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.naming import mean_pace, named
from scorestage.tempofit.ranking import alike, maps_differ
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

FOUR = Meter(4, 4)
HITS = (Hit("cut", FilmTime(5), words="a cut"), Hit("gun", FilmTime("7.35"), words="a gun shot"))


def _map(*events: TempoEvent, bars: int = 8) -> TempoMap:
    return TempoMap(FilmTime(0), BarGrid.regular(bars, FOUR), events)


def _steady(at: int, bpm: int | str) -> Steady:
    return Steady(Beat(at), Tempo(Fraction(bpm)))


def _judged(tempo_map: TempoMap, name: str = "balanced") -> Candidate:
    end = tempo_map.end
    ground = lay_ground(FilmTime(0), end, HITS, FRAMES_24, FitSettings(draws=0))
    return judged(name, tempo_map, ground, HITS, FRAMES_24)


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("98.4", "largest step 2.5 % (not noticed)"),
        ("100", "largest step 4.2 % (heard, fine at a phrase)"),
        ("106", "largest step 10.4 % (must be written as a new tempo)"),
    ],
)
def test_a_step_is_told_by_what_is_heard_of_it(second: str, told: str) -> None:
    assert told in _judged(_map(_steady(0, 96), _steady(16, second))).why


def test_hits_missed_and_what_is_written_are_told_with_their_places() -> None:
    ramp = Ramp(
        Beat(24), Beats(8), Tempo(Fraction(96)), Tempo(Fraction(80)), RampLaw.LINEAR_IN_TIME
    )
    told = _judged(_map(_steady(0, 96), ramp)).why
    assert told.startswith("1 of 2 hits caught, 1 on downbeats; starts at 96")
    assert "rit. 96 to 80 into the ending" in told and told.endswith("misses a gun shot")
    hold = Fermata(Beat(31), Beats(1), FilmSpan(Fraction(3, 2)))
    assert "a fermata at bar 8 beat 4, 1.5 s" in _judged(_map(_steady(0, 96), hold)).why


def test_names_say_what_a_map_is_and_no_name_comes_twice() -> None:
    hold = Fermata(Beat(31), Beats(1), FilmSpan(Fraction(3, 2)))
    maps = [
        _map(_steady(0, 96), _steady(16, 98)),
        _map(_steady(0, 104)),
        _map(_steady(0, 104), bars=9),
        _map(_steady(0, 96), hold),
    ]
    names = [one.name for one in named([_judged(each) for each in maps])]
    assert names == [
        "balanced",
        "one tempo, faster",
        "one tempo, faster, 9 bars",
        "with a fermata at the end",
    ]
    assert mean_pace(maps[1]) == pytest.approx(104 / 60)


def test_maps_differ_by_bars_or_by_three_percent() -> None:
    plain = _map(_steady(0, 100))
    assert maps_differ(plain, _map(_steady(0, 100), bars=9))
    assert not maps_differ(plain, _map(_steady(0, 102)))
    assert maps_differ(plain, _map(_steady(0, "103.1")))
    assert maps_differ(plain, _map(_steady(0, 100), _steady(28, 104)))
    assert alike(plain, _map(_steady(0, "100.01")))
    assert not alike(plain, _map(_steady(0, "100.1")))
