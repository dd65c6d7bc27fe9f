"""Written ways of arriving: where they may stand, how long they last, what they cost."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit, HitKind
from scorestage.tempofit import FitSettings, fit
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.net import Fineness, Net, Rows
from scorestage.tempofit.plan import Law
from scorestage.tempofit.tails import (
    LONGEST_HOLD_SECONDS,
    SHORTEST_HOLD,
    SLOWEST,
    Written,
    with_tails,
)
from scorestage.timebase import FRAMES_24, Fermata, FilmTime

SETTINGS = FitSettings(draws=0, lowest_bpm=Fraction(80), highest_bpm=Fraction(120))


def _ground(*hits: Hit, length: int = 20) -> Ground:
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, SETTINGS)


def _net(ground: Ground) -> Net:
    seconds = np.array([[point.seconds for point in ground.points]])
    return Net(ground, seconds, Fineness(bucket=0.02))


def _tail(rows: Rows, law: Law) -> np.ndarray:
    return np.flatnonzero(rows.tail == int(law))


def test_a_ritardando_takes_up_the_time_that_its_tempo_leaves() -> None:
    ground = _ground(Hit("a", FilmTime(12), weight=5))
    net = with_tails(_net(ground), Written(ramps=True, only_end=True))
    rows = net.rows[-1]
    ramps = _tail(rows, Law.RAMP)
    assert len(ramps) and not len(_tail(net.rows[1], Law.RAMP))
    for row in ramps[:: max(1, len(ramps) // 50)].tolist():
        before = math.exp(net.bottom + int(rows.leave[row]) * net.fineness.bucket)
        gap = ground.length - ground.points[int(rows.before[row])].seconds
        head = (int(rows.units[row]) - int(rows.tail_units[row])) / before
        final = 2 * int(rows.tail_units[row]) / (gap - head) - before
        assert SLOWEST <= final / before < 1
        assert ground.lowest <= final <= ground.highest


def test_a_hold_lasts_longer_than_what_is_written_and_not_for_ever() -> None:
    ground = _ground(Hit("a", FilmTime(12), weight=5))
    rows = with_tails(_net(ground), Written(fermatas=True, only_end=True)).rows[-1]
    held = _tail(rows, Law.FERMATA)
    assert len(held)
    pace = np.exp(rows.heard[held])
    gaps = ground.length - np.array([ground.points[one].seconds for one in rows.before[held]])
    played = gaps - (rows.units[held] - rows.tail_units[held]) / pace
    assert np.all(played >= SHORTEST_HOLD * ground.click_units / pace - 1e-9)
    assert np.all(played <= ground.click_units / pace + LONGEST_HOLD_SECONDS + 1e-9)
    assert np.allclose(rows.priced[held], ground.weights.fermata * ground.weights.ending)


@pytest.mark.parametrize("only_end", [True, False])
def test_after_a_stop_the_end_is_held_and_nothing_more_is_played(only_end: bool) -> None:
    ground = _ground(Hit("black", FilmTime(17), weight=5, kind=HitKind.STOP))
    rows = with_tails(_net(ground), Written(fermatas=True, only_end=only_end)).rows[-1]
    held = _tail(rows, Law.FERMATA)
    from_stop = held[rows.before[held] == 1]
    assert len(from_stop)
    more = rows.units[from_stop] > rows.tail_units[from_stop]
    assert bool(more.any()) is not only_end


def test_a_cue_that_is_cut_to_silence_ends_held() -> None:
    hits = (
        Hit("a", FilmTime(6), weight=4),
        Hit("black", FilmTime(37), weight=5, kind=HitKind.STOP),
    )
    for one in fit(FilmTime(0), FilmTime(40), hits, FRAMES_24, replace(SETTINGS, top=6)):
        end = one.tempo_map.grid.end
        for event in one.tempo_map.events:
            if isinstance(event, Fermata):
                assert event.at + event.length == end


def test_nothing_is_written_within_a_steady_span_or_where_it_is_not_asked_for() -> None:
    ground = replace(_ground(Hit("a", FilmTime(12), weight=5)), steady=((5.0, 25.0),))
    assert not np.any(with_tails(_net(ground), Written(ramps=True)).rows[-1].tail)
    assert not np.any(with_tails(_net(_ground()), Written()).rows[-1].tail)


def test_where_the_end_must_be_written_no_plain_row_is_left() -> None:
    ground = _ground(Hit("a", FilmTime(12), weight=5))
    needed = with_tails(_net(ground), Written(ramps=True, only_end=True, needed=True))
    assert np.all(needed.rows[-1].tail == int(Law.RAMP))
    assert not np.any(needed.rows[1].tail)
