"""The order in which a contractor books an ensemble."""

from __future__ import annotations

from collections import Counter

import pytest

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.music import Family, Role
from scorestage.orchestration.practice import is_chordal, suit
from scorestage.orchestration.seats import booking, kind

WINDS = (Family.WOODWIND, Family.BRASS)


@pytest.mark.parametrize("name", names("ensembles"))
def test_everybody_is_booked_once_and_a_section_from_its_leader_on(name: str) -> None:
    ensemble = load_ensemble(name)
    seats = booking(ensemble)
    assert len(set(seats)) == len(seats) == ensemble.head_count
    for player in ensemble.players:
        numbers = [seat.number for seat in seats if seat.player is player]
        assert numbers == list(range(player.count))


@pytest.mark.parametrize("name", names("ensembles"))
def test_four_and_more_have_a_tune_a_bass_and_chords_if_the_whole_has(name: str) -> None:
    ensemble = load_ensemble(name)
    four = [seat.player.instrument for seat in booking(ensemble)[:4]]
    whole = [player.instrument for player in ensemble.players]
    for role, least in ((Role.MELODY, 6), (Role.BASS, 7)):
        if any(suit(one, role) >= least for one in whole):
            assert any(suit(one, role) >= least for one in four), role
    chords = sum(3 if is_chordal(one) else suit(one, Role.HARMONY) >= 4 for one in four)
    assert chords >= min(2, len(four)) or name in ("percussion-ensemble", "taiko-ensemble")


@pytest.mark.parametrize("name", names("ensembles"))
def test_no_second_of_a_wind_before_the_first_of_each(name: str) -> None:
    ensemble = load_ensemble(name)
    kinds = {kind(p.instrument) for p in ensemble.players if p.instrument.family in WINDS}
    seen: Counter[str] = Counter()
    strings = any(p.instrument.family is Family.STRINGS and p.is_section for p in ensemble.players)
    if strings and "brass.trombone" in kinds:
        kinds.discard("brass.tuba")  # waits until there are strings to be heard beside it
    for seat in booking(ensemble):
        if seat.player.instrument.family in WINDS:
            own = kind(seat.player.instrument)
            if seen[own] and own in kinds:
                assert kinds <= set(seen), f"second {own} before {kinds - set(seen)}"
            seen[own] += 1


def test_the_order_is_that_of_the_trade() -> None:
    def first(name: str, heads: int) -> set[str]:
        return {seat.player.id for seat in booking(load_ensemble(name))[:heads]}

    assert first("string-orchestra", 4) == {"vn1", "vn2", "va", "vc"}
    assert first("brass-ensemble", 5) == {"tpt1", "tpt2", "hn1", "tbn1", "tba"}
    assert {"bass", "pno"} <= first("big-band", 4) and "drums" in first("big-band", 6)
    sinfonietta = {"fl", "ob", "cl", "bn", "hn1", "tpt1", "tbn", "timp", "hp", "pno"}
    assert sinfonietta | {"vn1", "vn2", "va", "vc", "db"} <= first("studio-orchestra-c", 16)
