"""Options kept apart: other carriers in two bars of five, in small ensembles too."""

from __future__ import annotations

from itertools import combinations

import pytest
from tests.judging.carriers import apart, carriers_of
from tests.orchestration.scenes import scene
from tests.sketches import SKETCHES, adventure

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role
from scorestage.orchestration import OPTIONS, Settings, compared, orchestrate
from scorestage.orchestration.manners import MANNERS
from scorestage.orchestration.rivals import (
    Carried,
    carried_in,
    likeness,
    share_apart,
    shy_of,
    voice,
)

PAIRED = [
    ("chamber-ensemble", "lament"),
    ("chamber-ensemble", "changing"),
    ("wind-octet", "lament"),
    ("string-orchestra", "lament"),
]


@pytest.mark.parametrize(("name", "sketch"), PAIRED)
def test_all_pairs_of_options_differ_in_two_bars_of_five(name: str, sketch: str) -> None:
    made = SKETCHES[sketch]()
    players = load_ensemble(name)
    found = {}
    for option in OPTIONS:
        result = orchestrate(made.sketch, players, made.tempo_map, Settings(option=option))
        found[option] = carriers_of(made.sketch, result.score)
    for one, other in combinations(OPTIONS, 2):
        assert apart(found[one], found[other]).mostly >= 0.4, f"{one} / {other}"


def test_an_option_near_another_is_told_and_not_offered() -> None:
    made = adventure()
    players = load_ensemble("string-quartet")
    results = {
        option: orchestrate(made.sketch, players, made.tempo_map, Settings(option=option))
        for option in ("balanced", "brass-led")
    }
    results["small"] = results["balanced"]
    rows = {row.option: row for row in compared(made.sketch, results)}
    assert rows["balanced"].offered
    assert "only 0%" in rows["small"].not_offered and "balanced" in rows["small"].not_offered
    assert (
        "brass" in rows["brass-led"].not_offered and "here are 0" in rows["brass-led"].not_offered
    )


def test_what_a_manner_needs() -> None:
    led = MANNERS["brass-led"]
    assert led.lacks(load_ensemble("chamber-ensemble").players)
    assert not led.lacks(load_ensemble("brass-quintet").players)
    assert not MANNERS["lush"].lacks(load_ensemble("wind-quintet").players)


def test_carriers_are_told_from_the_notes_of_the_tasks() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    carried = carried_in(found.lines, found.tasks, found.job.ensemble.players, found.job.timing)
    tune = next(one for one in found.tasks if one.rule == "tune.carrier")
    player = next(one for one in found.job.ensemble.players if one.id == tune.player)
    assert voice(player) in carried[16, Role.MELODY]
    assert share_apart(carried, carried) == 0.0 and likeness(carried, carried) == 1.0


def test_half_of_all_carriers_elsewhere_is_apart() -> None:
    one: Carried = {(0, Role.MELODY): frozenset({"flute", "oboe"})}
    other: Carried = {(0, Role.MELODY): frozenset({"flute"})}
    assert share_apart(one, other) == 1.0 and likeness(one, other) == 0.5
    more: Carried = {(0, Role.MELODY): frozenset({"flute", "oboe", "vn1"})}
    assert share_apart(one, more) == 0.0


def test_shy_of_what_is_taken_by_how_often() -> None:
    carried: Carried = {
        (0, Role.MELODY): frozenset({"flute"}),
        (1, Role.MELODY): frozenset({"flute"}),
        (1, Role.BASS): frozenset({"bassoon"}),
    }
    shy = shy_of((carried,), 8.0)
    chairs = {
        one.instrument.id: one for one in scene(adventure(), "chamber-ensemble", 16).company.chairs
    }
    assert shy.of(chairs["flute"], Role.MELODY) == 8.0
    assert shy.of(chairs["bassoon"], Role.BASS) == 4.0
    assert shy.of(chairs["oboe"], Role.MELODY) == 0.0
