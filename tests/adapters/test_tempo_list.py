"""Maps as lists of tempos: laid out from a session's first moment, and put together again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from tests.strategies import tempo_maps

from scorestage.adapters.tempo_list import (
    ListedTempo,
    MapParts,
    baked_starts,
    bars_from,
    begun_at_bar,
    checked_tempo,
    extended,
    listed,
    map_from,
    trimmed,
)
from scorestage.errors import FormatError
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)

NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
FOUR = BarGrid.regular(6, Meter(4, 4))


def at_96(start: int | str = 70) -> TempoMap:
    return TempoMap.steady(FilmTime(start), Tempo(96), FOUR)


# ── the way out ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lead", "bars", "first_bpm"),
    [("5", 2, 96), ("6", 2, 68), ("7", 3, 120), ("2.5", 1, 96), ("1", 1, 240), ("0", 0, 96)],
)
def test_one_bar_of_the_lead_in_is_stretched_to_fill_it(
    lead: str, bars: int, first_bpm: int
) -> None:
    """A bar at 96 lasts 2.5 s: of 6 s, 3.5 are one slow bar; of 7 s, 2 are one quick one."""
    laid = listed(at_96(), FilmTime(70) - FilmSpan(lead))
    assert laid.bars_before == bars and laid.tempos[0].at == 0
    assert round(laid.tempos[0].quarters_per_minute) in (first_bpm, first_bpm + 1)


@settings(max_examples=25, deadline=None, phases=NO_SHRINK)
@given(tempo_maps(3), st.fractions(Fraction(1, 24), 20, max_denominator=48))
def test_tempos_that_hold_reach_every_point_when_the_map_does(
    tempo_map: TempoMap, lead: Fraction
) -> None:
    start = tempo_map.start - FilmSpan(lead)
    laid = listed(tempo_map, start)
    bar = tempo_map.grid.bars[0].meter.length.quarters
    seconds, before = Fraction(0), laid.tempos[0]
    for tempo in laid.tempos:
        seconds += (tempo.at - before.at) * 60 / before.quarters_per_minute
        before = tempo
        assert abs(seconds - tempo.seconds) < Fraction(1, 10**6)
        if tempo.at >= bar * laid.bars_before:
            beat = Beat(tempo.at - bar * laid.bars_before)
            assert tempo.seconds == (tempo_map.time_at(beat) - start).seconds


def test_ramps_are_met_at_every_beat_and_barline_wherever_they_begin() -> None:
    ramp = Ramp(Beat("1/3"), Beats(6), Tempo(80), Tempo(100))
    tempo_map = TempoMap(FilmTime(0), FOUR, (Steady(Beat(0), Tempo(80)), ramp))
    starts = baked_starts(tempo_map, Beat(0), FOUR.end)
    assert {Beat(number) for number in range(1, 7)} <= set(starts)


def test_a_ramp_stays_only_where_it_runs_into_the_next_tempo() -> None:
    law = frozenset((RampLaw.LINEAR_IN_TIME,))

    def laid(after: int) -> list[RampLaw | None]:
        ramp = Ramp(Beat(4), Beats(4), Tempo(96), Tempo(80), RampLaw.LINEAR_IN_TIME)
        events = (Steady(Beat(0), Tempo(96)), ramp, Steady(Beat(8), Tempo(after)))
        return [
            one.ramp for one in listed(TempoMap(FilmTime(0), FOUR, events), FilmTime(0), law).tempos
        ]

    assert RampLaw.LINEAR_IN_TIME in laid(80)
    assert RampLaw.LINEAR_IN_TIME not in laid(90), "it would run to 90"


def test_a_session_cannot_begin_after_bar_one() -> None:
    with pytest.raises(FormatError, match="after bar 1"):
        listed(at_96(), FilmTime(71))


# ── the way in ──────────────────────────────────────────────────────────────────────────────────


def test_meters_as_programs_write_them() -> None:
    four, six = Meter(4, 4), Meter(6, 8)
    grid, notes = bars_from({Fraction(0): four, Fraction(6): six}, Fraction(9), "x")
    assert [str(bar.meter) for bar in grid.bars] == ["4/4", "2/4", "6/8"]
    assert notes == ("bar 2 is cut to 2/4: the time signature changes within it",)
    grid, _ = bars_from({Fraction(0): four}, Fraction(0), "x", least_bars=3)
    assert len(grid.bars) == 3
    with pytest.raises(FormatError, match="more than 5000 bars"):
        bars_from({}, Fraction(10**9), "x")


def test_tempos_that_no_music_has() -> None:
    assert checked_tempo(Fraction(60), "bar 1", "x") == 60
    for bpm in (Fraction(0), Fraction(-60), Fraction(10**9)):
        with pytest.raises(FormatError, match="at bar 1"):
            checked_tempo(bpm, "bar 1", "x")


def test_parts_become_a_map_without_what_lies_before_bar_one() -> None:
    tempos = (
        ListedTempo(Fraction(0), Fraction(0), Fraction(120)),
        ListedTempo(Fraction(6), Fraction(3), Fraction(60)),
    )
    parts = MapParts(tempos, {Fraction(0): Meter(4, 4)}, Fraction(16), bars_before=1)
    found, _ = map_from(parts, FilmTime(10), "x")
    assert found.start == FilmTime(12) and len(found.grid.bars) == 3
    assert found.events == (Steady(Beat(0), Tempo(120)), Steady(Beat(2), Tempo(60)))


@settings(max_examples=25, deadline=None, phases=NO_SHRINK)
@given(tempo_maps(3), st.integers(0, 11))
def test_a_later_bar_as_bar_one_moves_no_beat(tempo_map: TempoMap, index: int) -> None:
    assume(index < len(tempo_map.grid.bars))
    found = begun_at_bar(tempo_map, index)
    zero = tempo_map.grid.starts[index].quarters
    for start in tempo_map.grid.starts[index:]:
        apart = found.time_at(Beat(start.quarters - zero)) - tempo_map.time_at(start)
        assert abs(apart.seconds) <= Fraction(3, 10**9)


def test_bars_to_fill_a_cue() -> None:
    longer = extended(at_96(), FilmTime(90))
    assert len(longer.grid.bars) == 8 and longer.time_at(Beat(8)) == at_96().time_at(Beat(8))
    assert [str(bar.label) for bar in longer.grid.bars][-1] == "8"
    shorter = trimmed(at_96(), FilmTime("75.1"))
    assert len(shorter.grid.bars) == 3 and shorter.end >= FilmTime("75.1")
    assert len(trimmed(at_96(), FilmTime(0)).grid.bars) == 1
