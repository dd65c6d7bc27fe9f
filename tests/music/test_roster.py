"""Who of an ensemble plays a cue."""

from __future__ import annotations

import pytest

from scorestage.errors import MusicError
from scorestage.music import Ensemble, Family, Instrument, Player, subset


def _instrument(name: str, family: Family) -> Instrument:
    return Instrument(name, name, name, family, None, None)


def _player(name: str, family: Family, *held: str) -> Player:
    return Player(name, name, name, tuple(_instrument(one, family) for one in held))


BAND = Ensemble(
    "band",
    "Band",
    (
        _player("fl1", Family.WOODWIND, "flute", "piccolo"),
        _player("hn1", Family.BRASS, "horn"),
        _player("hn2", Family.BRASS, "horn"),
        _player("hp", Family.PLUCKED, "harp"),
        _player("vc", Family.STRINGS, "cello"),
    ),
)


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ((), ["fl1", "hn1", "hn2", "hp", "vc"]),
        (("vc", "hp"), ["hp", "vc"]),
        (("brass", "piccolo"), ["fl1", "hn1", "hn2"]),
        (("hn*", "-hn2"), ["hn1"]),
        (("-brass",), ["fl1", "hp", "vc"]),
        (("-brass", "hn1"), ["fl1", "hn1", "hp", "vc"]),
    ],
)
def test_words_choose_players_and_keep_the_order_of_the_score(
    wanted: tuple[str, ...], left: list[str]
) -> None:
    assert [player.id for player in subset(BAND, wanted).players] == left


@pytest.mark.parametrize(
    ("wanted", "told"), [(("tuba",), "called 'tuba'"), (("hp", "-plucked"), "is left")]
)
def test_a_word_for_nobody_and_an_empty_stage_are_refused(
    wanted: tuple[str, ...], told: str
) -> None:
    with pytest.raises(MusicError, match=told):
        subset(BAND, wanted)


def test_desks_are_counted_two_by_two() -> None:
    section = Player("vn", "Violins", "Vln.", (_instrument("violin", Family.STRINGS),), 13)
    assert section.desks == 7 and BAND.players[0].desks == 1
