"""Every ensemble of the package, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.errors import CatalogueError
from scorestage.music import Family

ALL = names("ensembles")


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
        if player.instrument.family in (Family.WOODWIND, Family.BRASS):
            assert player.count == 1, "winds sit one to a line"


@pytest.mark.parametrize("name", [name for name in ALL if "orchestra" in name])
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
