"""Bars that stay: exactly as they were, whatever happens around them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.errors import FitError
from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit
from scorestage.tempofit.kept import Span, new_labels, spans_of
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

QUICK = FitSettings(draws=0, top=3)
END = FilmTime(60)


def _hits(seed: int) -> tuple[Hit, ...]:
    frames = sorted(np.random.default_rng(seed).choice(np.arange(48, 1400), 9, replace=False))
    return tuple(Hit(f"h{n}", FRAMES_24.time_of(int(frame))) for n, frame in enumerate(frames))


def assert_same_bars(old: TempoMap, new: TempoMap, first: int, last: int, moved: int) -> None:
    """Bars `first` to `last` of the old map are bars of the new one `moved` places later."""
    for index in range(first, last):
        was, now = old.grid.bars[index], new.grid.bars[index + moved]
        assert was == now
        start, again = old.grid.starts[index], new.grid.starts[index + moved]
        for eighths in range(int(was.meter.length.quarters * 2)):
            into = Beats(Fraction(eighths, 2))
            assert old.time_at(start + into) == new.time_at(again + into)
            assert old.tempo_at(start + into) == new.tempo_at(again + into)


@pytest.mark.parametrize(
    ("seed", "kept", "missed"),
    [(1, (0, 6), 2), (2, (8, 14), 2), (3, (15, 24), 2), (8, (8, 14), 3), (12, (15, 24), 4)],
)
def test_kept_bars_are_the_same_to_the_last_fraction(
    seed: int, kept: tuple[int, int], missed: int
) -> None:
    hits = _hits(seed)
    old = fit(FilmTime(0), END, hits, FRAMES_24, QUICK)[0].tempo_map
    first, last = kept[0], min(kept[1], len(old.grid.bars))
    moved = tuple(
        Hit(hit.id, FRAMES_24.time_of(FRAMES_24.frame_at(hit.at) + 9))
        if not first <= old.grid.index_at(old.beat_at(hit.at)) < last
        else hit
        for hit in hits
    )
    found = fit(FilmTime(0), END, moved, FRAMES_24, QUICK, old, keep_bars=((first, last),))
    for one in found:
        label = old.grid.bars[first].label
        place = [bar.label for bar in one.tempo_map.grid.bars].index(label)
        assert_same_bars(old, one.tempo_map, first, last, place - first)
        assert abs(FRAMES_24.frames_in(one.tempo_map.end - END)) <= 1
        assert len({bar.label for bar in one.tempo_map.grid.bars}) == len(one.tempo_map.grid.bars)
    caught = [len(one.caught) for one in found]
    assert max(caught) >= len(hits) - missed


def test_a_ramp_is_not_cut_in_two() -> None:
    grid = BarGrid.regular(12, Meter(4, 4))
    ramp = Ramp(Beat(12), Beats(12), Tempo(100), Tempo(80))
    events = (Steady(Beat(0), Tempo(100)), ramp, Steady(Beat(24), Tempo(80)))
    old = TempoMap(FilmTime(0), grid, events)
    assert spans_of(old, ((4, 5), (8, 9))) == [Span(3, 6), Span(8, 9)]
    hit = Hit("late", FilmTime(old.time_at(Beat(38)).seconds + Fraction(1, 7)))
    found = fit(FilmTime(0), old.end, (hit,), FRAMES_24, QUICK, old, keep_bars=((0, 4),))
    assert found[0].hits[0].caught
    assert_same_bars(old, found[0].tempo_map, 0, 6, 0)


def test_keeping_everything_changes_nothing() -> None:
    old = fit(FilmTime(0), END, _hits(4), FRAMES_24, QUICK)[0].tempo_map
    count = len(old.grid.bars)
    found = fit(FilmTime(0), END, _hits(5), FRAMES_24, QUICK, old, keep_bars=((0, count),))
    assert [one.tempo_map for one in found] == [old]


def test_bars_that_are_not_there_cannot_be_kept() -> None:
    old = fit(FilmTime(0), END, (), FRAMES_24, QUICK)[0].tempo_map
    with pytest.raises(FitError, match="cannot be kept"):
        fit(FilmTime(0), END, (), FRAMES_24, QUICK, old, keep_bars=((0, 999),))


def test_new_bars_get_letters_before_a_bar_that_keeps_its_number() -> None:
    assert [str(label) for label in new_labels(2, 4, 4)] == ["3A", "3B"]
    assert [str(label) for label in new_labels(1, 4, 6)] == ["4"]
    assert [str(label) for label in new_labels(3, 4, None)] == ["4", "5", "6"]
