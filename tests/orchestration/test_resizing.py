"""Ensembles made smaller and larger."""

from __future__ import annotations

import pytest

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.errors import InputError
from scorestage.music import Family, Role
from scorestage.orchestration import resized
from scorestage.orchestration.practice import suit


@pytest.mark.parametrize("heads", [60, 40, 20, 8, 3, 1])
def test_it_has_as_many_as_are_asked_for_and_keeps_its_order(heads: int) -> None:
    whole = load_ensemble("studio-orchestra-a")
    small = resized(whole, heads)
    assert small.head_count == heads
    order = [player.id for player in whole.players]
    places = [order.index(player.id) for player in small.players]
    assert places == sorted(places)
    if heads > 1:
        assert any(suit(p.instrument, Role.BASS) >= 7 for p in small.players)


def test_strings_keep_their_share_and_their_proportions() -> None:
    small = resized(load_ensemble("studio-orchestra-a"), 48)
    strings = [p.count for p in small.players if p.instrument.family is Family.STRINGS]
    assert strings == sorted(strings, reverse=True)
    assert 27 <= sum(strings) <= 33  # 60 of 95 were strings


def test_what_a_leaving_player_doubled_goes_to_a_colleague() -> None:
    small = resized(load_ensemble("studio-orchestra-b"), 50)
    held = {one.id for p in small.players for one in p.instruments}
    gone = {p.id for p in load_ensemble("studio-orchestra-b").players} - {
        p.id for p in small.players
    }
    assert gone, "some chairs went"
    assert {"piccolo", "english-horn", "bass-clarinet"} <= held


def test_it_grows_by_its_sections_and_no_quartet_becomes_an_orchestra() -> None:
    assert resized(load_ensemble("string-orchestra"), 60).head_count == 60
    quartet = load_ensemble("string-quartet")
    assert resized(quartet, 40) is quartet
    with pytest.raises(InputError, match="cannot play"):
        resized(quartet, 0)


def test_every_ensemble_can_be_halved() -> None:
    for name in names("ensembles"):
        whole = load_ensemble(name)
        half = max(1, whole.head_count // 2)
        assert resized(whole, half).head_count == half, name
