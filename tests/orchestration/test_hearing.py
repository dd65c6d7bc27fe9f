"""The tune heard over what goes with it, in a whole score and in one phrase."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.orchestration.scenes import scene
from tests.sketches import SKETCHES, adventure

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role
from scorestage.orchestration import (
    OPTIONS,
    Settings,
    account_of,
    balance_of,
    orchestrate,
    tune_margins,
)
from scorestage.orchestration.hearing import heard


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("sketch", ["adventure", "lament"])
def test_the_tune_is_heard_in_nearly_every_bar(sketch: str, option: str) -> None:
    """A bar in eight may fall short: one that swells into what comes, a hit in its middle."""
    made = SKETCHES[sketch]()
    players = load_ensemble("studio-orchestra")
    result = orchestrate(made.sketch, players, made.tempo_map, Settings(option=option))
    margins = tune_margins(balance_of(account_of(made.sketch, result), result.score))
    assert margins
    assert sum(one < 0 for one in margins.values()) <= max(2, len(margins) // 8)
    assert min(margins.values()) > -6.0


def test_a_bass_far_too_loud_is_held_back_and_thinned_and_its_carrier_stays() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    tune = [one for one in found.tasks if one.role is Role.MELODY][:1]
    bass = next(one for one in found.tasks if one.rule == "bass.carrier")
    brass = [one for one in found.company.chairs if one.id in ("tba", "btbn", "tbn1", "tbn2")]
    doubles = [
        replace(bass, player=one.id, instrument=one.instrument, rule="bass.unison", essential=False)
        for one in brass
    ]
    answer = heard(found.company, [*tune, bass, *doubles], found.job.curves)
    assert {one.rule for one in answer.dropped} <= {"bass.unison"}
    left = [one for one in answer.tasks if one.role is Role.BASS]
    assert any(one.rule == "bass.carrier" for one in left)
    assert all(one.level_shift < 0 for one in left)


def test_where_the_tune_is_heard_nothing_is_changed() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    tune = [one for one in found.tasks if one.role is Role.MELODY]
    answer = heard(found.company, tune, found.job.curves)
    assert answer.tasks == tune
    assert answer.dropped == answer.joined == ()
