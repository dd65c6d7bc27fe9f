from __future__ import annotations

from fractions import Fraction

import pytest
from tests.sync.houses import PLAIN

from scorestage.errors import InputError
from scorestage.production import Hit
from scorestage.sync import (
    Flutter,
    FlutterWish,
    Punch,
    StagePlan,
    StageScheme,
    Trouble,
    cue_timeline,
    plan_stage,
)
from scorestage.sync.flutters import flutters_between, planned_flutters, tempo_changes
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
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

GRID = BarGrid.regular(12, Meter(4, 4))
EVENTS = (
    Steady(Beat(0), Tempo(120)),
    Steady(Beat(16), Tempo(96)),
    Ramp(Beat(24), Beats(8), Tempo(96), Tempo(80), RampLaw.LINEAR_IN_BEATS),
)
CHANGING = TempoMap(FilmTime(10), GRID, EVENTS)


def _plan(text: str, hits: tuple[Hit, ...] = (), punches: int = 5) -> StagePlan:
    wish = FlutterWish.parse(text, punches)
    timeline = cue_timeline(CHANGING, 8, FRAMES_24)
    letters = ((Beat(8), "A"), (Beat(32), "B"))
    scheme = StageScheme(flutters=wish)
    return plan_stage(CHANGING, timeline, hits, PLAIN, FRAMES_24, scheme, letters)


def _frame(at: int) -> int:
    return FRAMES_24.nearest_frame(CHANGING.time_at(Beat(at)))


def test_every_bar_has_its_flutter_but_the_downbeat_that_has_a_punch() -> None:
    plan = _plan("bars")
    assert [one.frame for one in plan.flutters] == [_frame(4 * bar) for bar in range(1, 12)]
    assert [one.marks for one in plan.flutters][:2] == ["bar 2", "bar 3"]
    assert plan.warnings == ()


def test_every_fourth_bar_phrases_and_tempos() -> None:
    assert [one.marks for one in _plan("4").flutters] == ["bar 5", "bar 9"]
    assert [one.marks for one in _plan("phrases").flutters] == ["phrase A", "phrase B"]
    assert [one.marks for one in _plan("tempos").flutters] == ["tempo 96", "rit."]
    assert [one.marks for one in _plan("4,tempos,phrases").flutters] == [
        "phrase A",
        "tempo 96",
        "rit.",
        "phrase B",
    ]
    assert _plan("none").flutters == ()


@pytest.mark.parametrize("punches", [3, 5, 7])
def test_a_flutter_flashes_on_alternate_frames_around_its_beat(punches: int) -> None:
    plan = _plan("4", punches=punches)
    middle = _frame(16)
    shown = [frame for frame in range(middle - 20, middle + 21) if plan.flash(frame)]
    assert shown == list(range(middle - punches + 1, middle + punches, 2))


def test_a_flutter_that_would_blur_a_punch_is_left_out_and_told() -> None:
    hit = Hit("door", FRAMES_24.time_of(_frame(16) + 4), words="door", streamer=True)
    plan = _plan("4", (hit,))
    assert [one.marks for one in plan.flutters] == ["bar 9"]
    (told,) = (one for one in plan.warnings if one.trouble is Trouble.LEFT_OUT)
    assert (told.first, told.second, told.frames) == ("bar 5", "door", 4)


def test_bars_faster_than_a_flutter_are_thinned_and_told() -> None:
    marks = tuple(Flutter(100 + 9 * number, 5, "#f4f4f0", f"bar {number}") for number in range(4))
    kept, told = flutters_between(marks, ())
    assert [one.marks for one in kept] == ["bar 0", "bar 2"]
    assert [warning.first for warning in told] == ["bar 1", "bar 3"]


def test_the_way_back_in_always_flutters() -> None:
    kept, _ = flutters_between((Flutter(100, 5, "#f4f4f0"),), (Punch(98, 2, "#f4f4f0"),), (100,))
    assert [one.frame for one in kept] == [100]


def test_no_flutter_inside_free_bars() -> None:
    events = (Steady(Beat(0), Tempo(120)), FreeBar(Beat(8), Beats(8), FilmSpan(7)))
    free = TempoMap(FilmTime(10), GRID, events)
    marks = planned_flutters(free, FRAMES_24, FlutterWish(1), "#f4f4f0")
    assert [one.marks for one in marks[:3]] == ["bar 1", "bar 2", "bar 5"]


def test_a_tempo_that_only_goes_on_is_no_change() -> None:
    events = (Steady(Beat(0), Tempo(96)), Steady(Beat(8), Tempo(96)))
    assert tempo_changes(TempoMap(FilmTime(0), GRID, events)) == ()


@pytest.mark.parametrize("text", ["often", "0", "-1", "bars,often"])
def test_wishes_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="flutters cannot mark"):
        FlutterWish.parse(text)


@pytest.mark.parametrize("punches", [0, 1, 2, 4, 9])
def test_only_three_five_or_seven_punches(punches: int) -> None:
    with pytest.raises(InputError, match="no middle"):
        FlutterWish(punches=punches)


def test_flutters_at_a_fractional_frame_rate_stand_on_the_nearest_frame() -> None:
    plan = _plan("tempos")
    off = FRAMES_24.time_of(plan.flutters[1].frame).seconds - CHANGING.time_at(Beat(24)).seconds
    assert abs(off) <= Fraction(1, 48)


def test_tempos_on_every_beat_are_one_change() -> None:
    steps = (Steady(Beat(4 + n), Tempo(100 + 3 * n)) for n in range(4))
    events = (Steady(Beat(0), Tempo(96)), *steps)
    found = tempo_changes(TempoMap(FilmTime(0), GRID, events))
    assert found == ((Beat(4), "accel."), (Beat(7), "tempo 109"))
