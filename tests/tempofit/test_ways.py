"""The ways a cue is searched: each gives what its name says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.tempofit.test_constants import film_like

from scorestage.production import Hit
from scorestage.tempofit import FitSettings
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.plan import Law
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.smooth import largest_change, sensible
from scorestage.tempofit.ways import Ways
from scorestage.timebase import FRAMES_24, FilmTime

SETTINGS = FitSettings(draws=0)


def _ground(seed: int = 2, length: int = 40) -> Ground:
    hits = film_like(seed, 6, length, FRAMES_24)
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, SETTINGS)


@pytest.fixture(scope="module")
def ways() -> Ways:
    return Ways(_ground(), SETTINGS)


def test_every_plan_is_priced_on_the_ground_it_is_for(ways: Ways) -> None:
    found = list(ways.all())
    assert {"steadiest", "balanced", "closest", "ritardando"} <= {one.name for one in found}
    for one in found:
        assert one.points == pytest.approx(plan_points(ways.ground, one.plan))
    steadiest = next(one for one in found if one.name == "steadiest")
    assert len(steadiest.plan.knots) - 1 == 1
    rit = next(one for one in found if one.name == "ritardando")
    assert rit.plan.knots[-2].law is Law.RAMP


def test_the_first_good_plan_is_sensible(ways: Ways) -> None:
    first = ways.first()
    assert first is not None and sensible(ways.ground, first.plan)
    assert first.points < 10 * min(one.points for one in ways.all())


def test_the_balanced_plan_hides_its_steps(ways: Ways) -> None:
    best = min(ways.all(), key=lambda one: one.points)
    assert largest_change(ways.ground, best.plan) <= ways.ground.hidden + 1e-6


def test_one_tempo_from_a_start_keeps_both(ways: Ways) -> None:
    plain, bent = ways.at_constant(1 / 48, 100 / 30)
    assert plain.plan.rates[0] == pytest.approx(100 / 30, rel=1e-3)
    assert plain.plan.knots[0].seconds == pytest.approx(1 / 48)
    assert bent.points <= plain.points


def test_an_open_end_without_hits_is_bars_at_the_wished_tempo() -> None:
    ground = lay_ground(FilmTime(0), None, (), FRAMES_24, SETTINGS)
    (only,) = Ways(ground, SETTINGS).all()
    assert only.name == "plain" and len(only.plan.bars) == SETTINGS.bars_without_end
    assert only.plan.rates[0] == pytest.approx(ground.wish)


def test_other_tempos_stay_in_the_range() -> None:
    narrow = replace(SETTINGS, lowest_bpm=Fraction(90), highest_bpm=Fraction(100))
    hits = (Hit("a", FilmTime(7), weight=5),)
    ground = lay_ground(FilmTime(0), FilmTime(20), hits, FRAMES_24, narrow)
    names = {one.name for one in Ways(ground, narrow).all()}
    assert not names & {"slower", "faster"}
