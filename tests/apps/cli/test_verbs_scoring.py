"""`orchestrate` on the command line: a file's sketch, options, account, levels, kept bars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sketches import SKETCHES
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from typer.testing import CliRunner

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.orchestration import OPTIONS
from scorestage.timebase import FilmTime

RUN = CliRunner()
QUARTET = ("--ensemble", "string-quartet")


@pytest.fixture(scope="module")
def lament(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = SKETCHES["lament"]()
    path = tmp_path_factory.mktemp("sketch") / "lament.musicxml"
    path.write_bytes(write_score(made.sketch.as_score(), made.tempo_map))
    return path


def said(*words: object) -> str:
    done = RUN.invoke(app, ["orchestrate", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def answer(*words: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(said(*words, "--json"))
    return told


def test_a_sketch_becomes_a_score_and_is_told(lament: Path, tmp_path: Path) -> None:
    target = tmp_path / "full.musicxml"
    told = said("--sketch", lament, *QUARTET, "-o", target)
    assert "0 lost" in told
    assert str(target) in told
    score = read_score(target.read_bytes()).score
    assert len(score.lines) == 4
    assert any(line.notes for line in score.lines)


def test_the_account_has_every_note_and_exact_places(lament: Path, tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    told = answer("--sketch", lament, *QUARTET, "--explain", "--page", page)
    assert told["proof"]["lost"] == told["proof"]["unexplained"] == 0
    assert len(told["sketch_notes"]) == told["proof"]["sketch_notes"] > 30
    for one in told["sketch_notes"]:
        assert one["carried_by"], one
        assert {"bar", "bar_index", "beat", "quarters", "role", "strand"} <= set(one)
        assert all(carrier["why"] for carrier in one["carried_by"])
    assert {one["bar_index"] for one in told["tune_over_the_rest_db"]}
    html = page.read_text(encoding="utf-8")
    assert "<html" in html
    assert "Violin 1" in html or "vn1" in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_options_lie_side_by_side(lament: Path) -> None:
    told = answer("--sketch", lament, *QUARTET, "--options")
    assert [one["option"] for one in told["options"]] == list(OPTIONS)
    assert all(one["players"] >= 1 and one["wrong"] == 0 for one in told["options"])
    table = said("--sketch", lament, *QUARTET, "--options")
    assert all(option in table for option in OPTIONS)


def test_only_what_is_marked_is_given_out(lament: Path, tmp_path: Path) -> None:
    target = tmp_path / "some.musicxml"
    words = ("--sketch", lament, *QUARTET, "-o", target, "--level", "assign")
    told = answer(*words, "--assign", "melody=va")
    assert told["not_yet_given"]
    assert all(one["role"] != "Melody" and one["notes"] for one in told["not_yet_given"])
    played = [
        line.player.name for line in read_score(target.read_bytes()).score.lines if line.notes
    ]
    assert played == ["Viola"]
    assert "not yet given" in said(*words, "--assign", "melody=va")


def test_a_score_in_which_nothing_is_marked_says_so_and_how_to_mark_it(
    lament: Path, tmp_path: Path
) -> None:
    words = ("--sketch", lament, *QUARTET, "-o", tmp_path / "none.musicxml", "--level", "assign")
    told = answer(*words)
    assert "the score is empty" in told["waits"] and "--assign 'Melody=" in told["waits"]
    assert sum(one["notes"] for one in told["not_yet_given"]) == int(
        told["waits"].partition("; ")[2].partition(" ")[0]
    )
    assert answer(*words[:-2])["waits"] == ""


def test_questions_that_do_not_go_together_are_refused(lament: Path) -> None:
    for words, why in (
        (("--sketch", lament), "where shall the score go"),
        (("--sketch", lament, "-o", lament), "write over the sketch"),
        (("--sketch", lament, "--options", "--explain"), "three questions"),
        (("--sketch", lament, "-o", "x.musicxml", "--page", "x.html"), "--page goes with"),
        (("--map", "x.json"), "--map goes with --sketch"),
        (("--marks",), "--marks goes with -o"),
        (("-o", "x.musicxml", "--options"), "-o writes a score"),
        (("--all",), "--all goes with --again"),
        (("--sketch", lament, "-o", "x.musicxml", "--option", "huge"), "no option"),
        (("--sketch", lament, "-o", "x.musicxml", "--level", "half"), "no level"),
    ):
        with pytest.raises(InputError, match=why):
            RUN.invoke(app, ["orchestrate", *map(str, words)], catch_exceptions=False)


def test_a_persons_bars_stay_and_are_listed(tmp_path: Path) -> None:
    root = tmp_path / "wick"
    job = small_project(root)
    cue = cue_in(job, ensemble="string-quartet", style="tender")
    write_map(job, cue, map_of_bars(FilmTime(20)))

    def run(*words: str) -> dict[str, Any]:
        done = RUN.invoke(
            app, ["--project", str(root), "orchestrate", cue.number, *words, "--json"],
            catch_exceptions=False,
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        told: dict[str, Any] = json.loads(done.stdout)["files"][-1]
        return told

    assert run()["state"] == "made"
    path = again(job).folder.cue_folder(cue.id) / "score.musicxml"
    text = path.read_text(encoding="utf-8")
    assert "<step>D</step>" in text
    path.write_text(text.replace("<step>D</step>", "<step>E</step>", 1), encoding="utf-8")
    assert run()["state"] == "by hand"
    told = run("--again", "--option", "transparent")
    assert told["state"] == "made"
    [kept] = told["kept_bars"]
    assert kept["player"] in ("vn1", "vn2", "va", "vc")
    assert len(kept["bars"]) == len(kept["bar_indices"]) >= 1
    assert "kept as you wrote them" in told["remarks"][0]
    assert f"{kept['name']} {kept['bars'][0]}" in told["remarks"][0]
    assert run("--again", "--all")["kept_bars"] == []
    assert run()["state"] == "kept"
