"""The tempo drawn over a cue's seconds: ramps rise or fall, holds leave it as it was."""

from __future__ import annotations

from fractions import Fraction

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
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.workflow.products.tempo_path import RAMP_STEPS, tempo_path


def test_ramps_fall_evenly_and_holds_are_left_out() -> None:
    events = (
        Steady(Beat(0), Tempo(100)),
        Fermata(Beat(3), Beats(1), FilmSpan(3)),
        FreeBar(Beat(4), Beats(4), FilmSpan(6)),
        Ramp(Beat(8), Beats(4), Tempo(100), Tempo(76)),
    )
    tempo_map = TempoMap(FilmTime(1), BarGrid.regular(4, Meter(4, 4)), events)
    path = tempo_path(tempo_map)
    assert path[0] == (1, 100, True) and path[1][0] == tempo_map.time_at(Beat(8)).seconds
    assert [bpm for _, bpm, _ in path[1:]] == [
        *(100 - 24 * Fraction(2 * step + 1, 2 * RAMP_STEPS) for step in range(RAMP_STEPS)),
        76,
    ]
    assert path[-1][0] == tempo_map.time_at(Beat(12)).seconds
    assert [told for _, _, told in path] == [True, *(False,) * RAMP_STEPS, True]


def test_where_a_new_tempo_begins_the_end_of_a_ramp_is_not_told() -> None:
    events = (
        Steady(Beat(0), Tempo(100)),
        Ramp(Beat(4), Beats(4), Tempo(100), Tempo(76)),
        Steady(Beat(8), Tempo(104)),
    )
    path = tempo_path(TempoMap(FilmTime(0), BarGrid.regular(4, Meter(4, 4)), events))
    assert [bpm for _, bpm, told in path if told] == [100, 104]
    assert len({seconds for seconds, _, _ in path}) == len(path)


def test_tempos_are_told_in_the_click() -> None:
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(90), BarGrid.regular(2, Meter(6, 8)))
    assert tempo_path(tempo_map) == ((0, 60, True),)
