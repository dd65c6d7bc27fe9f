"""Names of players as people write them."""

from __future__ import annotations

import pytest

from scorestage.adapters.catalogue import load_ensemble
from scorestage.orchestration import players_named


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hn", ("hn1", "hn2", "hn3", "hn4")),
        ("Hn 1-2", ("hn1", "hn2")),
        ("Hn. 1, 3", ("hn1", "hn3")),
        ("2. Horn", ("hn2",)),
        ("Vln 1 div.", ("vn1",)),
        ("Violin II", ("vn2",)),
        ("Vl. I, II", ("vn1", "vn2")),
        ("fl1, vn1", ("fl1", "vn1")),
        ("Fl. 1 + Ob. 1", ("fl1", "ob1")),
        ("solo Vc.", ("vc",)),
        ("Vc. & Db.", ("vc", "db")),
        ("Flute 2 / Piccolo", ("fl2",)),
        ("Trb. 1-2", ("tbn1", "tbn2")),
        ("a2 Bassoons", ("bn1", "bn2")),
        ("Double Bass pizz.", ("db",)),
        ("Strings", ("vn1", "vn2", "va", "vc", "db")),
        ("Harp", ("hp",)),
        ("espr.", ()),
        ("Bass line", ()),
        ("warm and broad", ()),
        ("Duduk", ()),
        ("Hn 9", ()),
        ("", ()),
    ],
)
def test_players_are_known_by_what_people_write(text: str, ids: tuple[str, ...]) -> None:
    assert players_named(text, load_ensemble("studio-orchestra")) == ids


def test_every_player_of_every_ensemble_answers_to_name_and_id() -> None:
    from scorestage.adapters.catalogue import names

    for name in names("ensembles"):
        ensemble = load_ensemble(name)
        known = [player.name for player in ensemble.players]
        for player in ensemble.players:
            assert players_named(player.id, ensemble) == (player.id,)
            if known.count(player.name) == 1 and "/" not in player.name:
                assert players_named(player.name, ensemble) == (player.id,), player.name
