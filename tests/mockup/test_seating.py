"""Where everybody sits."""

from __future__ import annotations

from dataclasses import replace

from tests.mockup.small_orchestra import (
    FLUTES,
    HARPIST,
    HORN_1,
    PIANIST,
    TIMPANIST,
    TRUMPET_1,
    VIOLINS,
)

from scorestage.mockup.seating import STEMS, seats, stem_of


def test_the_usual_seating() -> None:
    horns = tuple(replace(HORN_1, id=f"hn{number}") for number in range(1, 5))
    found = seats((FLUTES, *horns, TRUMPET_1, TIMPANIST, HARPIST, VIOLINS))
    assert found["vn1"].pan < found["hn1"].pan < 0 < found["tpt1"].pan
    assert found["vn1"].distance_m < found["fl2"].distance_m < found["hn1"].distance_m
    assert found["timp"].distance_m == max(seat.distance_m for seat in found.values())
    assert len({found[horn.id].pan for horn in horns}) == 4


def test_one_player_alone_sits_in_the_middle() -> None:
    assert seats((PIANIST,))["pno"].pan == 0


def test_every_player_has_a_stem() -> None:
    assert {stem_of(p) for p in (FLUTES, HORN_1, TIMPANIST, HARPIST, PIANIST, VIOLINS)} == {
        "woodwind",
        "brass",
        "percussion",
        "keys-harp",
        "strings",
    }
    assert len(STEMS) == len(set(STEMS)) == 8
