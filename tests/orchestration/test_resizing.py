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


def test_cut_to_24_no_colour_of_a_studio_orchestra_is_lost() -> None:
    whole = load_ensemble("studio-orchestra-c")
    small = resized(whole, 24)
    counts = {player.id: player.count for player in small.players}
    held = {one.id for p in small.players for one in p.instruments}
    assert held == {one.id for p in whole.players for one in p.instruments} - {"bass-trombone"}
    assert [counts[one] for one in ("vn1", "vn2", "va", "vc", "db")] == [3, 3, 3, 2, 1]
    names = {player.id: player.name for player in small.players}
    assert names["tpt1"] == "Trumpet" and names["hn1"] == "Horn 1"
    assert names["fl"] == "Flute / Piccolo / Alto Flute"


@pytest.mark.parametrize("name", names("ensembles"))
def test_a_larger_cut_is_never_without_a_colour_that_a_smaller_one_has(name: str) -> None:
    whole = load_ensemble(name)
    before: set[str] = set()
    for heads in (4, 7, 12, 20, 33, 54, 88):
        if heads > whole.head_count:
            break
        small = resized(whole, heads)
        assert small.head_count == heads
        now = {player.id for player in small.players}
        assert before <= now
        before = now


@pytest.mark.parametrize("name", names("ensembles"))
def test_grown_nobody_leaves_and_chairs_are_told_apart(name: str) -> None:
    whole = load_ensemble(name)
    large = resized(whole, whole.head_count * 2)
    ids = [player.id for player in large.players]
    assert len(set(ids)) == len(ids) and {p.id for p in whole.players} <= set(ids)
    assert len({p.name for p in large.players}) == len(ids)
    assert large.head_count <= whole.head_count * 3 // 2 + len(whole.players)
    assert {p.instrument for p in large.players} == {p.instrument for p in whole.players}


def test_every_ensemble_can_be_halved() -> None:
    for name in names("ensembles"):
        whole = load_ensemble(name)
        half = max(1, whole.head_count // 2)
        assert resized(whole, half).head_count == half, name
