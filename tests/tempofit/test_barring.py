"""Bars against trying every sequence of meters."""

from __future__ import annotations

import itertools
import math

import pytest

from scorestage.production import Hit, HitWant
from scorestage.tempofit.barring import write_bars
from scorestage.tempofit.ground import Ground, lay_ground, odd_factor
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, FilmTime, Meter

DOWNBEATS = tuple(
    Hit(text, FilmTime(text), weight=5, want=HitWant.DOWNBEAT) for text in ("2", "5", "6.5")
)


def _ground(hits: tuple[Hit, ...] = DOWNBEATS) -> Ground:
    return lay_ground(FilmTime(0), FilmTime(10), hits, FRAMES_24, FitSettings())


def _all_ways(ground: Ground, landed: dict[int, int], total: int) -> float:
    best = math.inf
    for count in range(1, total // 4 + 1):
        for numbers in itertools.product(range(len(ground.meters)), repeat=count):
            meters = [ground.meters[number] for number in numbers]
            if sum(2 * meter.numerator for meter in meters) != total:
                continue
            points, at = 0.0, 0
            for number, meter in zip(numbers, meters, strict=True):
                share = ground.weights.last_bar if at + 2 * meter.numerator == total else 1.0
                points += ground.weights.odd_bar * odd_factor(meter, number) * share
                for point, unit in landed.items():
                    if at <= unit < at + 2 * meter.numerator:
                        points += ground.place_points(ground.points[point], meter)[unit - at]
                at += 2 * meter.numerator
            best = min(best, points)
    return best


@pytest.mark.parametrize(
    ("landed", "total"),
    [({1: 6}, 24), ({1: 7, 2: 17}, 26), ({1: 10, 2: 16, 3: 20}, 28), ({}, 30), ({1: 6, 2: 6}, 16)],
)
def test_bars_cost_the_least_possible(landed: dict[int, int], total: int) -> None:
    ground = _ground()
    written = write_bars(ground, landed, total, 0)
    assert written is not None
    points, bars = written
    assert points == pytest.approx(_all_ways(ground, landed, total))
    assert sum(2 * meter.numerator for meter in bars) == total


def test_the_odd_bar_comes_just_before_the_hit() -> None:
    written = write_bars(_ground(), {1: 30}, 46, 0)
    assert written is not None
    four, three = Meter(4, 4), Meter(3, 4)
    assert written[1] == (four, four, four, three, four, four)


def test_a_pickup_belongs_to_no_bar() -> None:
    written = write_bars(_ground(), {1: 18}, 34, 2)
    assert written is not None
    assert written[1] == (Meter(4, 4),) * 4
    assert written[0] == 0


def test_what_no_bars_fill_is_none() -> None:
    assert write_bars(_ground(), {}, 3, 0) is None
