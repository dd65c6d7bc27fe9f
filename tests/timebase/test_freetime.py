from __future__ import annotations

from fractions import Fraction

import pytest

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
    TempoEvent,
    TempoMap,
    free_stretches,
)

GRID = BarGrid.regular(8, Meter(4, 4))


def _map(*events: TempoEvent, grid: BarGrid = GRID) -> TempoMap:
    return TempoMap(FilmTime(10), grid, events)


@pytest.mark.parametrize(
    ("bpm", "bar", "longer"),
    [
        (88, "4 beats in :02⅔", "16 beats in :11"),
        (96, "4 beats in :02⅔", "8 beats in :05"),
        (60, "4 beats in :04", None),
        (120, "4 beats in :02", None),
        (90, "4 beats in :02⅔", None),
    ],
)
def test_a_bar_is_counted_in_thirds_and_more_bars_where_they_fit_better(
    bpm: int, bar: str, longer: str | None
) -> None:
    (one,) = free_stretches(_map(Steady(Beat(0), Tempo(bpm))))
    assert str(one.written) == bar
    assert (str(one.longer) if one.longer else None) == longer
    assert (one.at, one.end, one.ramp) == (Beat(0), Beat(32), False)


def test_what_is_written_is_the_formula_of_the_trade() -> None:
    """W = 60 / bpm x beats to the nearest third, by brute force over every third."""
    for bpm in range(50, 181):
        (one,) = free_stretches(_map(Steady(Beat(0), Tempo(bpm))))
        assert one.written is not None
        exact = Fraction(60 * 4, bpm)
        nearest = min((abs(Fraction(n, 3) - exact), -n) for n in range(1, 30))
        assert one.written.thirds == -nearest[1]


def test_every_stretch_has_its_own_click_and_ramps_are_counted_whole() -> None:
    ramp = Ramp(Beat(8), Beats(8), Tempo(96), Tempo(72), RampLaw.LINEAR_IN_BEATS)
    tempo_map = _map(Steady(Beat(0), Tempo(96)), ramp, Steady(Beat(24), Tempo(60)))
    found = free_stretches(tempo_map)
    assert [(one.at, one.end, one.ramp) for one in found] == [
        (Beat(0), Beat(8), False),
        (Beat(8), Beat(16), True),
        (Beat(16), Beat(24), False),
        (Beat(24), Beat(32), False),
    ]
    played = tempo_map.time_at(Beat(16)) - tempo_map.time_at(Beat(8))
    assert found[1].slower and found[1].written is not None
    assert found[1].written.beats == 8
    assert abs(found[1].written.played.seconds - played.seconds) <= Fraction(1, 6)
    assert found[2].tempo.bpm == 72


def test_what_is_held_or_free_is_not_counted() -> None:
    held = Fermata(Beat(8), Beats(1), FilmSpan(3))
    free = FreeBar(Beat(16), Beats(4), FilmSpan(7))
    found = free_stretches(_map(Steady(Beat(0), Tempo(60)), held, free))
    assert [(one.at, one.end) for one in found] == [
        (Beat(0), Beat(8)),
        (Beat(9), Beat(16)),
        (Beat(20), Beat(32)),
    ]


def test_the_beat_is_the_click_of_the_meter() -> None:
    grid = BarGrid.regular(8, Meter(6, 8))
    tempo = Tempo(60, Beats("3/2"))
    (one,) = free_stretches(_map(Steady(Beat(0), tempo), grid=grid))
    assert str(one.written) == "2 beats in :02"
    assert one.tempo.unit == Beats("3/2")


def test_stretches_shorter_than_a_bar_are_counted_as_they_are() -> None:
    found = free_stretches(_map(Steady(Beat(0), Tempo(60)), Steady(Beat(2), Tempo(90))))
    assert str(found[0].written) == "2 beats in :02"
    half = free_stretches(_map(Steady(Beat(0), Tempo(60)), Steady(Beat("1/2"), Tempo(90))))
    assert half[0].written is None


def test_changes_during_a_pickup_count_from_bar_one() -> None:
    grid = BarGrid(GRID.bars, Beats(2))
    found = free_stretches(_map(Steady(Beat(-2), Tempo(60)), grid=grid))
    assert [(one.at, one.end) for one in found] == [(Beat(0), Beat(32))]


def _every_beat(*bpm: int, since: int = 4) -> TempoMap:
    steps = (Steady(Beat(since + n), Tempo(one)) for n, one in enumerate(bpm))
    return _map(Steady(Beat(0), Tempo(bpm[0] - 2)), *steps)


def test_tempos_that_change_on_every_beat_are_counted_as_one_accelerando() -> None:
    tempo_map = _every_beat(100, 102, 104, 106, 108, 110)
    first, gathered, last = free_stretches(tempo_map)
    assert (first.at, first.end) == (Beat(0), Beat(4))
    assert (gathered.at, gathered.end) == (Beat(4), Beat(9))
    assert gathered.ramp and not gathered.slower
    exact = sum(Fraction(60, bpm) for bpm in (100, 102, 104, 106, 108))
    assert gathered.written is not None and gathered.written.beats == 5
    assert abs(gathered.written.played.seconds - exact) <= Fraction(1, 6)
    assert (last.at, last.tempo.bpm) == (Beat(9), 110)


def test_tempos_that_go_to_and_fro_are_counted_by_the_bar_at_their_mean() -> None:
    found = free_stretches(_every_beat(*(100, 103, 99, 102) * 3))
    assert [(one.at, one.ramp) for one in found[1:4]] == [
        (Beat(4), False),
        (Beat(8), False),
        (Beat(12), False),
    ]
    assert found[1].written is not None and found[1].written.beats == 4
    assert found[1].tempo.bpm == 4 / sum(Fraction(1, bpm) for bpm in (100, 103, 99, 102))


def test_a_leap_of_tempo_within_a_bar_is_told_by_itself() -> None:
    found = free_stretches(_every_beat(60, 61, 120, 121))
    assert [(one.at, one.end) for one in found] == [
        (Beat(0), Beat(4)),
        (Beat(4), Beat(6)),
        (Beat(6), Beat(7)),
        (Beat(7), Beat(32)),
    ]
