"""The catalogue as a production sees it: nearest shelf first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.adapters import catalogue
from scorestage.errors import CatalogueError
from scorestage.workflow.cues import change_cue
from scorestage.workflow.library import ensemble_of, house_of, listed, refuse_unknown, style_of

PACKAGE = Path(catalogue.__file__).parent


def own_copy(shelf: Path, kind: str, name: str, new_name: str, title: str) -> None:
    """A person's own variant of an entry of the package, under another or the same id."""
    text = (PACKAGE / kind / f"{name}.toml").read_text(encoding="utf-8")
    top, bracket, tables = text.partition("\n[")
    lines = [line for line in top.splitlines() if not line.startswith(("id =", "name ="))]
    (shelf / kind).mkdir(parents=True, exist_ok=True)
    head = [f'id = "{new_name}"', f'name = "{title}"']
    (shelf / kind / f"{new_name}.toml").write_text(
        "\n".join(head + lines) + bracket + tables, encoding="utf-8"
    )


def test_a_cue_may_have_players_and_style_of_its_own(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    plain, own = cue_in(job, 1, 9), cue_in(job, 20, 30)
    change_cue(again(job), own.number, ensemble="jazz-combo", style="suspense")
    job = again(job)
    assert ensemble_of(job, job.cue(plain.id)).id == "piano-solo"
    assert ensemble_of(job, job.cue(own.id)).id == "jazz-combo"
    assert style_of(job, job.cue(plain.id)).id == "tender"
    assert style_of(job, job.cue(own.id)).id == "suspense"
    assert house_of(job).id == job.production.house


def test_the_project_wins_over_the_person_and_the_person_over_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path / "own"))
    job = small_project(tmp_path / "wick")
    job = job.save(replace(job.production, house="los-angeles"))
    assert house_of(job).name != "Mine"
    own_copy(tmp_path / "own", "houses", "los-angeles", "los-angeles", "Mine")
    assert house_of(job).name == "Mine"
    own_copy(job.folder.user_library, "houses", "los-angeles", "los-angeles", "Ours")
    assert house_of(job).name == "Ours"


def test_lists_name_what_every_shelf_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path / "own"))
    own_copy(tmp_path / "own", "houses", "los-angeles", "backyard", "Backyard")
    found = {one["id"]: one for one in listed("houses", (tmp_path / "own",))}
    files = {path.stem for path in (PACKAGE / "houses").glob("*.toml")}
    assert set(found) == files | {"backyard"} and found["backyard"]["name"] == "Backyard"
    refuse_unknown(house="backyard")


@pytest.mark.parametrize("kind", ["ensemble", "style", "house"])
def test_what_nobody_has_is_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path))
    refuse_unknown()
    refuse_unknown(ensemble="piano-solo", style="tender", house="los-angeles")
    with pytest.raises(CatalogueError, match=f"no {kind} 'kazoo'"):
        refuse_unknown(**{kind: "kazoo"})
