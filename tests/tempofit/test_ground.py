from __future__ import annotations

import math

import pytest

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus, HitWant
from scorestage.tempofit.ground import LOCKED, lay_ground
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, Beats, FilmTime, Meter

ZERO, TEN = FilmTime(0), FilmTime(10)


def test_hits_outside_are_named() -> None:
    hits = (
        Hit("early", FilmTime(1)),
        Hit("inside", FilmTime(5)),
        Hit("late", FilmTime(11), words="gate falls"),
    )
    with pytest.raises(FitError, match=r"early \(no words, -1\.00 s\), late \(gate falls, \+9"):
        lay_ground(FilmTime(2), TEN, hits, FRAMES_24, FitSettings())


def test_dropped_hits_do_not_count() -> None:
    hits = (Hit("gone", FilmTime(99), status=HitStatus.DROPPED), Hit("here", FilmTime(5)))
    ground = lay_ground(ZERO, TEN, hits, FRAMES_24, FitSettings())
    assert [point.hit.id for point in ground.hits if point.hit] == ["here"]


def test_aims_and_tolerances_are_in_frames() -> None:
    hit = Hit("a", FilmTime(5), aim_frames=2, early_frames=3, locked=True)  # type: ignore[arg-type]
    ground = lay_ground(FilmTime(1), TEN, (hit,), FRAMES_24, FitSettings())
    point = ground.hits[0]
    assert point.seconds == pytest.approx(4 + 2 / 24)
    assert (point.early, point.late) == (pytest.approx(3 / 24), pytest.approx(0.75 / 24))
    assert point.price > LOCKED
    assert ground.length == pytest.approx(9)


def test_the_grid_follows_the_beat() -> None:
    simple = lay_ground(ZERO, TEN, (), FRAMES_24, FitSettings())
    assert (simple.unit, simple.bar_units) == (Beats("1/2"), 8)
    assert simple.wish == pytest.approx(96 / 30)
    meters = (Meter(6, 8), Meter(9, 8))
    dotted = lay_ground(ZERO, TEN, (), FRAMES_24, FitSettings(meters=meters))
    assert (dotted.unit, dotted.bar_units) == (Beats("1/2"), 6)
    assert dotted.wish == pytest.approx(96 / 20)
    assert list(dotted.stress(meters[0])) == [3, 0, 0, 2, 0, 0]


def test_places_cost_by_what_the_hit_wants() -> None:
    hits = tuple(Hit(want.value, FilmTime(5), weight=3, want=want) for want in HitWant)
    ground = lay_ground(ZERO, TEN, hits, FRAMES_24, FitSettings())
    for point in ground.hits:
        table = ground.place_points(point, Meter(4, 4))
        assert table[0] == min(table) == 0
        assert table[0] <= table[4] <= table[2] <= table[1]
        assert point.hit is not None
        assert (max(table) == 0) == (point.hit.want is HitWant.ANY)


def test_what_fills_a_stretch_of_units() -> None:
    ground = lay_ground(ZERO, TEN, (), FRAMES_24, FitSettings())
    odd = ground.odd_points(24)
    assert odd[0] == odd[8] == odd[16] == 0
    assert odd[14] == ground.weights.odd_bar
    assert math.isinf(odd[2])
    assert math.isinf(odd[7])
