"""Laws of meters and bars."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from tests.strategies import bar_grids, beats, meters

from scorestage.timebase import BarGrid, Beat, Beats, Meter


@given(meters())
def test_a_meter_is_read_back_from_its_text(meter: Meter) -> None:
    assert Meter.parse(str(meter)) == meter


@given(meters())
def test_clicks_and_groups_fill_the_bar_exactly(meter: Meter) -> None:
    assert meter.clicks[0] == meter.stresses[0] == Beats(0)
    assert meter.click * len(meter.clicks) == meter.length
    assert meter.unit * meter.numerator == meter.length
    assert all(later > sooner for sooner, later in pairwise(meter.clicks))
    assert all(later > sooner for sooner, later in pairwise(meter.stresses))
    assert meter.stresses[-1] < meter.length


@given(bar_grids(), beats())
def test_bar_and_beat_name_one_point(grid: BarGrid, at: Beat) -> None:
    assert grid.beat_of(grid.position(at)) == at


@given(bar_grids())
def test_bars_follow_each_other_without_gap(grid: BarGrid) -> None:
    assert len(grid.starts) == len(grid.bars) + 1
    for index, bar in enumerate(grid.bars):
        assert grid.starts[index] + bar.meter.length == grid.starts[index + 1]
        assert grid.index_at(grid.starts[index]) == index
        last_moment = grid.starts[index + 1] - Beats(Fraction(1, 10**6))
        assert grid.index_at(last_moment) == index
        assert grid.stress_at(grid.starts[index]) == 3
        assert grid.position(grid.starts[index]).beat == 1
    assert grid.end == grid.starts[-1]


@given(bar_grids(), beats())
def test_later_music_is_never_in_an_earlier_bar(grid: BarGrid, at: Beat) -> None:
    here, after = grid.position(at), grid.position(at + Beats(Fraction(1, 960)))
    assert (here.bar_index, here.beat) < (after.bar_index, after.beat)
