"""`catalogue`: lists, pages and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scorestage.adapters.catalogue import names
from scorestage.apps.cli.main import app
from scorestage.errors import CatalogueError

RUN = CliRunner()


def said(*words: str) -> str:
    done = RUN.invoke(app, ["catalogue", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def test_every_instrument_and_ensemble_is_listed() -> None:
    told = json.loads(said("instruments", "--json"))["instruments"]
    assert {one["id"] for one in told} == set(names("instruments"))
    assert told[0]["family"] == "woodwind" and told[-1]["family"] == "strings"
    ensembles = json.loads(said("ensembles", "--json"))["ensembles"]
    assert {one["id"] for one in ensembles} == set(names("ensembles"))
    sizes = [one["players"] for one in ensembles]
    assert sizes == sorted(sizes) and sizes[0] == 1 and sizes[-1] == 100


def test_lists_can_be_narrowed() -> None:
    brass = json.loads(said("instruments", "--family", "brass", "--json"))["instruments"]
    assert {one["family"] for one in brass} == {"brass"} and len(brass) > 20
    chinese = said("instruments", "--tradition", "china")
    assert "erhu" in chinese and "duduk" not in chinese
    with pytest.raises(CatalogueError, match="no instrument is of that kind"):
        said("instruments", "--family", "brassy")


def test_an_instrument_is_shown_by_id_name_or_other_name() -> None:
    page = said("show", "clarinet-bb")
    for words in ("chalumeau", "D3 to Bb6", "E3 to C7", "2 semitones lower", "flutter.", "scales"):
        assert words in page
    told = json.loads(said("show", "Cor anglais", "--json"))
    assert told["id"] == "english-horn"
    assert told["written"]["professional"] == ["B3", "G6"]
    assert told["registers"][0]["softest"] and told["breath_seconds"] == {"f": 12, "p": 22}
    assert "stands in for it" in said("show", "duduk")
    assert "strokes" in said("show", "taiko")
    with pytest.raises(CatalogueError, match="did you mean"):
        said("show", "cornnet")


def test_an_ensemble_is_shown_with_desks_and_doublings() -> None:
    page = said("show", "studio-orchestra-a")
    assert "95 players" in page and "Flute, Piccolo" in page
    told = json.loads(said("show", "studio-orchestra-a", "--json"))
    lines = {one["id"]: one for one in told["lines"]}
    assert lines["vn1"]["desks"] == 8 and lines["fl3"]["change_seconds"] == {"piccolo": 8}


def test_the_users_own_are_shown_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "big-drum.toml").write_text(
        'id = "big-drum"\nlike = "bass-drum"\nname = "Big Drum"\nabbreviation = "B. Dr."\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path))
    assert "Big Drum (big-drum)" in said("show", "big-drum")
