"""The net of ways between hits, against plain counting."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit import FitSettings
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.net import Fineness, Net, order_of
from scorestage.tempofit.price import caught_points
from scorestage.timebase import FRAMES_24, FilmTime

SETTINGS = FitSettings(draws=0, lowest_bpm=Fraction(80), highest_bpm=Fraction(120))
FINE = Fineness(bucket=0.01, passed=8)


def _ground(*seconds: str, length: int = 15) -> Ground:
    hits = tuple(Hit(f"h{n}", FilmTime(one), weight=n + 1) for n, one in enumerate(seconds))
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, SETTINGS)


def _net(ground: Ground) -> Net:
    return Net(ground, np.array([[point.seconds for point in ground.points]]), FINE)


def test_every_whole_number_of_units_at_every_tempo_is_there_once() -> None:
    ground = _ground("4.1", "9.7")
    net = _net(ground)
    for point in (1, 2, 3):
        rows, wanted = net.rows[point], set()
        for before in range(point):
            gap = ground.points[point].seconds - ground.points[before].seconds
            wanted |= {
                (before, units)
                for units in range(1, 200)
                if ground.lowest - 1e-9 <= units / gap <= ground.highest + 1e-9
            }
        found = list(zip(rows.before.tolist(), rows.units.tolist(), strict=True))
        assert len(found) == len(set(found)) and set(found) == wanted
        assert np.all(np.diff(rows.arrive) >= 0)
        heard = np.log(rows.units / rows.lasting)
        assert (
            np.abs(heard - (net.bottom + rows.arrive * FINE.bucket)).max() <= FINE.bucket / 2 + 1e-9
        )


@pytest.mark.parametrize("passed", ["7.5", "7.51", "7.83"])
def test_a_hit_passed_over_is_caught_by_the_grid_or_missed_at_its_price(passed: str) -> None:
    ground = _ground("4", passed, "11")
    rows, hit = _net(ground).rows[3], ground.points[2]
    for row in np.flatnonzero(rows.before == 1).tolist():
        pace = int(rows.units[row]) / 7
        unit = round(pace * (hit.seconds - 4))
        off = unit / pace - (hit.seconds - 4)
        caught = -FINE.room * hit.early <= off <= FINE.room * hit.late
        price = caught_points(ground.weights, off, hit.weight) if caught else hit.price
        assert float(rows.priced[row]) == pytest.approx(price, abs=1e-6)


def test_small_and_large_keys_are_sorted_alike() -> None:
    keys = np.random.default_rng(1).integers(0, 900, 500)
    assert order_of(keys).tolist() == order_of(keys + (1 << 20)).tolist()
    assert order_of(keys).tolist() == sorted(range(500), key=lambda one: (keys[one], one))


def test_the_tempos_reach_from_the_lowest_to_the_highest() -> None:
    net = _net(_ground("4"))
    top = net.bottom + (net.buckets - 1) * FINE.bucket
    assert math.exp(net.bottom) == pytest.approx(80 / 30) and math.exp(top) >= 120 / 30 - 1e-9
