"""Every ensemble of the package, and what is said of a faulty one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorestage.adapters.catalogue import (
    load_ensemble,
    load_ensemble_file,
    load_instrument,
    names,
)
from scorestage.errors import CatalogueError
from scorestage.music import Family

ALL = names("ensembles")
ORCHESTRAS = tuple(
    one for one in ALL if "orchestra" in one and "folk" not in one and "tango" not in one
)


def test_the_seven_that_are_promised_exist() -> None:
    assert {
        "studio-orchestra", "string-orchestra", "chamber-ensemble", "piano-solo", "jazz-combo",
        "rock-band", "synth-ensemble",
    } <= set(ALL)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_file_makes_sense(name: str) -> None:
    ensemble = load_ensemble(name)
    assert ensemble.id == name and ensemble.name and ensemble.description
    assert ensemble.head_count >= len(ensemble.players) >= 1
    for player in ensemble.players:
        assert len(player.abbreviation) <= 9
        if player.instrument.family in (Family.WOODWIND, Family.BRASS) and "band" not in name:
            assert player.count == 1, "winds sit one to a line"


@pytest.mark.parametrize(
    "name",
    [one for one in ALL if "orchestra" in one and "-folk-" not in one and one[:5] != "tango"],
)
def test_orchestras_stand_in_score_order(name: str) -> None:
    order = [Family.WOODWIND, Family.BRASS, Family.PERCUSSION]
    families = [player.instrument.family for player in load_ensemble(name).players]
    winds = [order.index(family) for family in families if family in order]
    assert winds == sorted(winds)
    assert families[-5:] == [Family.STRINGS] * 5


def test_the_studio_orchestra_is_the_size_it_says() -> None:
    ensemble = load_ensemble("studio-orchestra")
    strings = [p.count for p in ensemble.players if p.instrument.family is Family.STRINGS]
    assert strings == [14, 12, 10, 8, 6]
    assert len([p for p in ensemble.players if p.instrument.id == "horn"]) == 4
    doubling = {p.id: [i.id for i in p.instruments][1:] for p in ensemble.players}
    assert doubling["fl2"] == ["piccolo"] and doubling["cl2"] == ["bass-clarinet"]


def test_a_persons_own_ensemble_with_an_own_instrument(tmp_path: Path) -> None:
    (tmp_path / "ensembles").mkdir()
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "duduk.toml").write_text(
        'id = "duduk"\nname = "Duduk"\nabbreviation = "Dud."\nfamily = "woodwind"\n'
        'professional = ["F#3", "A4"]\nsustain_f_seconds = 8\nsustain_p_seconds = 14\n',
        encoding="utf-8",
    )
    (tmp_path / "ensembles" / "duo.toml").write_text(
        'id = "duo"\nname = "Duo"\n[[players]]\nid = "d"\ninstruments = ["duduk"]\n'
        '[[players]]\nid = "p"\ninstruments = ["piano"]\n',
        encoding="utf-8",
    )
    duo = load_ensemble("duo", tmp_path)
    assert [player.name for player in duo.players] == ["Duduk", "Piano"]
    assert "duo" in names("ensembles", tmp_path) and "duo" not in ALL


def test_sizes_from_one_player_to_a_hundred() -> None:
    sizes = {name: load_ensemble(name).head_count for name in ALL}
    assert len(ALL) >= 50
    assert min(sizes.values()) == 1 and max(sizes.values()) == 100
    assert 90 <= sizes["studio-orchestra-a"] <= 100
    assert 60 <= sizes["studio-orchestra-b"] <= 70
    assert 35 <= sizes["studio-orchestra-c"] <= 45
    assert sizes["big-band"] == 17 and sizes["string-quartet"] == 4


def _own(folder: Path, text: str) -> None:
    (folder / "ensembles").mkdir(exist_ok=True)
    (folder / "ensembles" / "ours.toml").write_text(text, encoding="utf-8")


def test_an_ensemble_can_be_like_another_with_names_and_without_some(tmp_path: Path) -> None:
    _own(
        tmp_path,
        'id = "ours"\nname = "Ours"\nlike = "studio-orchestra"\nwithout = ["tba", "perc*"]\n'
        '[[players]]\nid = "fl2"\nperson = "Ann Lee"\n'
        '[[players]]\nid = "vn1"\ncount = 9\n'
        '[[players]]\nid = "dud"\nafter = "fl2"\ninstruments = ["duduk", "bansuri"]\n',
    )
    ours, whole = load_ensemble("ours", tmp_path), load_ensemble("studio-orchestra")
    ids = [player.id for player in ours.players]
    assert ids[:3] == ["fl1", "fl2", "dud"] and not {"tba", "perc1"} & set(ids)
    by_id = {player.id: player for player in ours.players}
    assert by_id["fl2"].person == "Ann Lee" and len(by_id["fl2"].instruments) == 2
    assert (by_id["vn1"].count, by_id["vn1"].desks) == (9, 5)
    assert ours.head_count == whole.head_count - 3 + 1 - 5


def test_the_examples_of_the_guide_are_read(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "docs" / "instruments.md"
    instrument, ensemble = re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    for kind, name, text in (
        ("instruments", "duduk-in-g", instrument),
        ("ensembles", "our-orchestra", ensemble),
    ):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"{name}.toml").write_text(text, encoding="utf-8")
    assert load_instrument("duduk-in-g", tmp_path).bands[0].colour.startswith("darker")
    ours = load_ensemble("our-orchestra", tmp_path)
    assert ours.players[0].person == "Ann Lee"
    assert [player.id for player in ours.players if player.id in ("bn", "dud")] == ["bn", "dud"]


LIKE_FAULTS = {
    'like = "studio-orchestr"': "did you mean",
    'like = "ours"': "is like",
    'like = "studio-orchestra"\nwithout = ["kazoo"]': "is called 'kazoo'",
    'without = ["tba"]': "to be like",
    'like = "string-quartet"\nwithout = ["strings"]': "nobody .* is left",
    'like = "string-trio"\n[[players]]\nid = "x"\nafter = "y"\ninstruments = ["oboe"]': "no pl",
}


@pytest.mark.parametrize(("written", "told"), LIKE_FAULTS.items())
def test_what_is_wrong_with_a_likeness_is_told(written: str, told: str, tmp_path: Path) -> None:
    _own(tmp_path, f'id = "ours"\nname = "Ours"\n{written}\n')
    with pytest.raises(CatalogueError, match=told) as caught:
        load_ensemble("ours", tmp_path)
    assert str(caught.value.where.file).endswith("ours.toml")


FAULTS = {
    '[[players]]\nid = "a"\ninstruments = ["flut"]': (5, "did you mean"),
    '[[players]]\nid = "a"\ninstruments = []': (5, "needs an instrument"),
    '[[players]]\nid = "a"\ninstruments = ["flute"]\ncount = 0': (6, "cannot play"),
    '[[players]]\nid = "a.b"\ninstruments = ["flute"]': (4, "is no id"),
    '[[players]]\nid = "a"\ninstruments = ["flute"]\n'
    '[[players]]\nid = "a"\ninstruments = ["flute"]': (7, "two players"),
    "": (1, "nobody plays"),
}


@pytest.mark.parametrize(("written", "told"), FAULTS.items())
def test_a_fault_names_file_and_line(written: str, told: tuple[int, str], tmp_path: Path) -> None:
    (tmp_path / "ensembles").mkdir()
    text = f'id = "band"\nname = "Band"\n{written}\n'
    (tmp_path / "ensembles" / "band.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=told[1]) as caught:
        load_ensemble("band", tmp_path)
    assert str(caught.value.where.file).endswith("band.toml")
    assert caught.value.where.line == told[0]


def test_who_takes_up_other_instruments_than_the_model_is_called_by_them(tmp_path: Path) -> None:
    _own(
        tmp_path,
        'id = "ours"\nname = "Ours"\nlike = "studio-orchestra"\n'
        '[[players]]\nid = "fl2"\ninstruments = ["flute", "piccolo", "alto-flute"]\n'
        '[[players]]\nid = "ob2"\ninstruments = ["english-horn"]\n'
        '[[players]]\nid = "hn1"\nperson = "Ann Lee"\n',
    )
    names = {player.id: player.name for player in load_ensemble("ours", tmp_path).players}
    assert names["fl2"] == "Flute 2 / Piccolo / Alto Flute"
    assert (names["ob2"], names["hn1"]) == ("English Horn", "Horn 1")


def test_a_file_anywhere_with_an_instrument_of_its_own_beside_it(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    own = 'id = "low-flute"\nlike = "flute"\nname = "Low Flute"\n'
    (tmp_path / "instruments" / "low-flute.toml").write_text(own, encoding="utf-8")
    file = tmp_path / "mine.toml"
    players = '[[players]]\nid = "fl"\nname = "Flute"\ninstruments = ["low-flute", "piccolo"]\n'
    file.write_text(f'id = "mine"\nname = "Mine"\n{players}', encoding="utf-8")
    (player,) = load_ensemble_file(file).players
    assert [one.name for one in player.instruments] == ["Low Flute", "Piccolo"]
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_ensemble_file(tmp_path / "none.toml")
