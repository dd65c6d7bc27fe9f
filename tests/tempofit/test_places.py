"""Places of the bar: what each costs by what a hit wants and does, the units that count them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scorestage.production import Hit, HitKind, HitWant
from scorestage.tempofit.places import common_unit, place_prices
from scorestage.timebase import Beats, FilmTime, Meter


@pytest.mark.parametrize("want", HitWant)
@pytest.mark.parametrize("kind", HitKind)
def test_a_stronger_place_never_costs_more_and_the_downbeat_nothing(
    want: HitWant, kind: HitKind
) -> None:
    prices = place_prices(Hit("cut", FilmTime(1), want=want, kind=kind), 1.0)
    assert all(weak >= strong for weak, strong in pairwise(prices))
    assert prices[3] == 0.0


def test_prices_grow_with_the_weight_and_a_catch_takes_any_half_beat() -> None:
    light, heavy = (place_prices(Hit("a", FilmTime(1), weight=w), 1.0) for w in (1, 5))
    assert heavy == pytest.approx([5 * one for one in light])
    catch = place_prices(Hit("a", FilmTime(1), kind=HitKind.CATCH), 1.0)
    assert catch == place_prices(Hit("a", FilmTime(1), want=HitWant.HALF), 1.0)
    asked = Hit("a", FilmTime(1), kind=HitKind.CATCH, want=HitWant.DOWNBEAT)
    assert place_prices(asked, 1.0)[0] == 12.0


def test_a_common_unit_counts_every_meter_in_whole_numbers() -> None:
    meters = (Meter(4, 4), Meter(6, 8), Meter(7, 8))
    unit = common_unit(meters)
    assert unit == Beats("1/2")
    assert all((one.length.quarters / unit.quarters).denominator == 1 for one in meters)
