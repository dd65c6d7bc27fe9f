"""Seats, instruments in hand, and whose turn it is."""

from __future__ import annotations

import pytest
from tests.orchestration.scenes import scene
from tests.sketches import adventure

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.orchestration.chairs import by_height, turns_of


@pytest.mark.parametrize("name", names("ensembles"))
def test_two_parties_wherever_two_can_lead(name: str) -> None:
    turns = turns_of(load_ensemble(name), 1)
    assert turns.party
    if len(turns.party) > 1:
        assert set(turns.party.values()) == {0, 1}


def test_parties_alternate() -> None:
    first, second = (scene(adventure(), "studio-orchestra", bar) for bar in (0, 4))
    turns = first.job.turns
    leading = [
        {c.id for c in one.company.chairs if turns.leads(c, one.company.phrase)}
        for one in (first, second)
    ]
    assert leading[0] and leading[1]
    assert not leading[0] & leading[1]


def test_doubling_players_take_what_suits_the_dynamic() -> None:
    soft = {c.id: c.instrument.id for c in scene(adventure(), "studio-orchestra", 4).company.chairs}
    loud = {
        c.id: c.instrument.id for c in scene(adventure(), "studio-orchestra", 16).company.chairs
    }
    assert soft["pno"] == "celesta"
    assert loud["pno"] == "piano" and loud["perc1"] == "percussion"


def test_horns_sit_high_low_high_low() -> None:
    chairs = scene(adventure(), "studio-orchestra", 0).company.chairs
    horns = [one for one in chairs if one.instrument.id == "horn"]
    assert [one.id for one in by_height(horns)] == ["hn1", "hn3", "hn2", "hn4"]
    trombones = [one for one in chairs if one.instrument.id == "trombone"]
    assert [one.id for one in by_height(trombones)] == ["tbn1", "tbn2"]
