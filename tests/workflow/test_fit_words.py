"""A fit in words: the map as it is, nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.production import Hit
from scorestage.tempofit import Candidate, CostTerms, FitSettings, land
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmClock,
    FilmRange,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.workflow import fit_words as words
from scorestage.workflow.fit_answers import tell_candidate, tell_tempos

GRID = BarGrid.of_meters((Meter(4, 4), Meter(4, 4), Meter(3, 4), Meter(4, 4)), Beats(1))
MAP = TempoMap(
    FilmTime(1),
    GRID,
    (
        Steady(Beat(0), Tempo(120)),
        Ramp(Beat(4), Beats(2), Tempo(120), Tempo(90)),
        Steady(Beat(6), Tempo(90)),
        Fermata(Beat(7), Beats(1), FilmSpan(2)),
        FreeBar(Beat(8), Beats(3), FilmSpan(4)),
        Steady(Beat(11), Tempo(90)),
    ),
)
CLOCK = FilmClock(FRAMES_24, 86400)
ZERO = Fraction(0)


def candidate(*hits: Hit, step: str = "0") -> Candidate:
    landings = tuple(land(hit, MAP, FRAMES_24) for hit in hits)
    costs = CostTerms(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
    return Candidate("kept", "why", MAP, landings, costs, Fraction(step), 2, Fraction(step))


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        ("0", "no step"),
        ("1/1000", "hidden"),
        ("2.5", "hidden"),
        ("2.501", "audible, fine at a phrase"),
        ("6", "audible, fine at a phrase"),
        ("6.001", "must be written"),
    ],
)
def test_steps_by_what_listeners_notice(percent: str, told: str) -> None:
    assert words.step_words(Fraction(percent)) == told


def test_the_path_names_everything_that_happens() -> None:
    assert words.tempo_path(MAP) == (
        "bar 1 ♩ 120 · bar 2 rit. ♩ 120 to 90 over 2 beats · bar 2 beat 3 ♩ 90 · "
        "bar 2 beat 4 fermata 2.00 s · bar 3 free 4.00 s · bar 4 ♩ 90"
    )
    assert words.tempo_span(MAP) == "♩ 90–120, 1 ramp, 1 fermata, 1 free bar"
    assert words.meter_words(MAP) == "4/4, bar 3 3/4, bar 4 4/4"
    compound = TempoMap.steady(
        FilmTime(0), Tempo(60, Beats("3/2")), BarGrid.regular(2, Meter(6, 8))
    )
    assert words.tempo_span(compound) == "♩. 60"


def test_places_in_words() -> None:
    assert words.position_words(Beat(-1), MAP) == "pickup"
    assert words.position_words(GRID.end, MAP) == "final barline"
    assert words.position_words(Beat(2), MAP) == "bar 1 beat 3"
    last = candidate(Hit("end", MAP.end))
    assert words.place_word(last.hits[0], MAP) == "final barline"


def test_hits_met_and_missed() -> None:
    on, early, missed = Hit("a", FilmTime(1)), Hit("b", FilmTime("97/48")), Hit("c", FilmTime(3))
    missed = replace(missed, at=FilmTime("53/48"), words="lamp")  # 5 frames after beat 1
    rows = words.hit_rows(candidate(on, early, missed), CLOCK)
    assert rows[0] == ("a", "01:00:01:00", "bar 1", "downbeat", "+0.00", "", "")
    assert rows[1][4:6] == ("-0.50", "early")
    assert rows[2][4:] == ("-2.50", "MISSED, early by more than 0.75", "lamp")
    overview = words.overview_row(2, candidate(on, early, missed, step="3"))
    assert overview == (
        "2.",
        "kept",
        "4",
        "♩ 90–120, 1 ramp, 1 fermata, 1 free bar",
        "2 of 3",
        "-0.50 fr",
        "3.0 % audible",
        "lamp",
    )


def test_a_conflict_is_named() -> None:
    one, other = Hit("a", FilmTime(1), "door"), Hit("b", FilmTime("25/24"))
    assert words.conflicts(candidate(one, other), FRAMES_24) == (
        "b and door are 1 frame apart: both fall on bar 1, only door is met",
    )
    assert not words.conflicts(candidate(one), FRAMES_24)
    third = Hit("c", FilmTime("25/24"), "clash")
    (told,) = words.conflicts(candidate(one, other, third), FRAMES_24)
    assert told == "b, clash and door lie within 1 frame: all fall on bar 1, only door is met"


def test_wishes_in_words() -> None:
    settings = FitSettings(
        fermatas=True, pickups=(Beats(0), Beats(1)), steady=(FilmRange(FilmTime(1), FilmTime(2)),)
    )
    told = dict(words.asked_words(settings, CLOCK))
    assert told["tempo"] == "♩ 60 to 160, wished 96"
    assert told["allowed"] == "ritardandi and accelerandi, fermatas"
    assert told["upbeats"] == "none, 1 beat"
    assert told["steady"] == "01:00:01:00 to 01:00:02:00"


def test_an_answer_has_every_beat_but_those_of_free_bars() -> None:
    told = tell_candidate(candidate(), FRAMES_24)
    assert [bar["free"] for bar in told["bars"]] == [False, False, True, False]
    assert [(one["bar"], one["beat"]) for one in told["beats"]] == [
        *(("1", str(beat)) for beat in range(1, 5)),
        *(("2", str(beat)) for beat in range(1, 5)),
        *(("4", str(beat)) for beat in range(1, 5)),
    ]
    assert [(one["bar"], one["beat"]) for one in told["upbeats"]] == [("1", "0")]
    for beat in (*told["upbeats"], *told["beats"]):
        assert FilmTime(beat["at_seconds"]) == MAP.time_at(Beat(beat["quarters"]))
    assert told["start_seconds"] == "1/2" and told["bars"][0]["at_seconds"] == "1"
    laws = [event["law"] for event in tell_tempos(MAP)]
    assert laws == ["constant", "linear in beats", "constant", "fermata", "free", "constant"]
    ramp = tell_tempos(MAP)[1]
    assert (ramp["bpm"], ramp["bpm_exact"], ramp["to_bpm"]) == (120.0, "120", 90.0)
    assert ramp["length_quarters"] == "2"


def test_luck_is_told_in_every_answer() -> None:
    """A program that looks for it finds it, also where there is nothing to be lucky with."""
    keys = {"caught_mean", "caught_p95", "better_than_chance", "words"}
    bare = tell_candidate(candidate(), FRAMES_24)["chance"]
    assert keys <= set(bare) and bare["better_than_chance"] is False and bare["caught_mean"] == 0
    unasked = tell_candidate(candidate(Hit("a", FilmTime(1))), FRAMES_24)["chance"]
    assert keys <= set(unasked) and unasked["better_than_chance"] is None
