"""`fit` on the command line, with a project and without one."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.small_project import cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import ScorestageError

RUN = CliRunner()
HITS = """id,at,weight,want,early_frames,late_frames,locked,words
h1,0:04.50,4,downbeat,1,2,no,door
h2,00:00:11:06,3,beat,1,2,no,"she turns, sees him"
h3,20+04,5,beat,1,2,yes,shot
"""


@pytest.fixture
def hits(tmp_path: Path) -> Path:
    path = tmp_path / "hits.csv"
    path.write_text(HITS)
    return path


def said(*words: object) -> str:
    done = RUN.invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def fitted(hits: Path, *words: object) -> dict[str, Any]:
    asked = ("fit", "--hits", hits, "--start", "0", "--end", "20.5", "--rate", "24", "--json")
    return dict(json.loads(said(*asked, "--draws", "20", *words)))


def test_an_answer_holds_what_was_asked_for(hits: Path) -> None:
    """Every beat's time, every hit's distance, reckoned again from the answer alone."""
    told = fitted(
        hits, "--bpm", "60:140", "--wish", "96", "--meters", "4/4,3/4", "--breath", "0.025",
        "--top", "5",
    )  # fmt: skip
    assert told["cue"] is None and told["rate"] == "24" and 1 <= len(told["candidates"]) <= 5
    assert told["asked"]["meters"] == ["4/4", "3/4"] and told["asked"]["breath_percent"] == 2.5
    for one in told["candidates"]:
        assert {"name", "why", "largest_step_percent"} <= set(one)
        times = [Fraction(beat["at_seconds"]) for beat in one["beats"]]
        assert times == sorted(times) and len(set(times)) == len(times)
        for bar in one["bars"]:
            beats = [beat for beat in one["beats"] if beat["bar_index"] == bar["bar_index"]]
            assert len(beats) == int(bar["meter"].split("/")[0])
            assert beats[0]["at_seconds"] == bar["at_seconds"] and beats[0]["beat"] == "1"
        for hit in one["hits"]:
            off = Fraction(hit["music_at_seconds"]) - Fraction(hit["at_seconds"])
            assert off * 24 == Fraction(hit["off_frames_exact"])
            assert isinstance(hit["off_frames"], float)
            assert hit["caught"] == (-1 <= off * 24 <= 2)
        assert one["missed"] == [hit["id"] for hit in one["hits"] if not hit["caught"]]
        assert "h3" not in one["missed"]  # locked
        assert {"caught_mean", "caught_p95", "better_than_chance"} <= set(one["chance"])
        assert one["tempos"][0]["law"] and isinstance(one["tempos"][0]["bpm"], float)


def test_a_table_for_people(hits: Path) -> None:
    told = said("fit", "--hits", hits, "--end", "20.5", "--draws", "20")
    for word in ("falls on", "frames off", "largest step", "she turns, sees him", "tempo  bar 1"):
        assert word in told
    second = said("fit", "--hits", hits, "--end", "20.5", "--draws", "0", "--show", "2")
    assert "\n  2. " in second and "hits at random" not in second


def test_columns_that_are_not_ours_are_told_beside_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "hits.csv"
    path.write_text("id,at,scene\na,3,kitchen\n")
    done = RUN.invoke(app, ["fit", "--hits", str(path), "--end", "9", "--draws", "0", "--json"])
    assert json.loads(done.stdout)["candidates"]
    assert "the column 'scene' is not read" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rate", "0"), "no frame rate"),
        (("--rate", "nan"), "no frame rate"),
        (("--bpm", "140:60"), "swap the two"),
        (("--bpm", "0:0"), "nobody plays at 0 bpm"),
        (("--bpm", "60:100000"), "nobody plays at 100000 bpm"),
        (("--bpm", "nan:120"), "no number"),
        (("--wish", "300", "--bpm", "60:140"), "above the fastest"),
        (("--meters", "0/4"), "no meter"),
        (("--breath", "3"), "0.025 is 2.5 %"),
        (("--steady", "9-3"), "ends before it starts"),
        (("--steady", "30-40"), "30 to 40 s lies outside the cue"),
        (("--pickup", "7"), "no part of a bar"),
        (("--show", "99"), "there is no map 99"),
        (("--end", "10"), "line 4, column at: 2 hits lie outside|line 3, column at"),
    ],
)
def test_bad_input_is_told(hits: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(ScorestageError, match=told) as caught:
        said("fit", "--hits", hits, "--end", "20.5", "--draws", "0", *words)
    assert caught.value.exit_status == 2


def test_wishes_said_hold_for_once(tmp_path: Path) -> None:
    """A fit with wishes shows maps and keeps none, until one is chosen."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    where = ("--project", job.folder.root)
    path = job.folder.cue_folder(cue.id) / "map.toml"
    told = json.loads(said(*where, "fit", "1m01", "--bpm", "100:110", "--json"))
    assert not path.exists() and told["asked"]["lowest_bpm"] == 100
    said(*where, "fit", "1m01", "--bpm", "100:110", "--choose", "1")
    chosen = path.read_bytes()
    several = json.loads(said(*where, "fit", "--json"))
    assert [one["cue"] for one in several["cues"]] == ["1m01"] and path.read_bytes() == chosen


def test_bars_that_are_there_stay(hits: Path, tmp_path: Path) -> None:
    """A hit moved at the end: bars 1 to 3 of the earlier answer sound when they did."""
    known = tmp_path / "fit.json"
    first = fitted(hits, "--bpm", "80:120")
    known.write_text(json.dumps(first))
    hits.write_text(HITS.replace("20+04", "20+06"))
    again = fitted(hits, "--bpm", "80:120", "--map", known, "--keep-bars", "1-3")
    before = first["candidates"][0]["bars"][:3]
    for one in again["candidates"]:
        assert one["bars"][:3] == before
    for words, told in (
        (("--keep-bars", "1-3"), "no map to keep bars of"),
        (("--map", known, "--keep-bars", "1-99"), "the map has no bar 99"),
        (("--map", tmp_path / "none.json"), "no such tempo map"),
    ):
        with pytest.raises(ScorestageError, match=told):
            fitted(hits, *words)


def test_a_map_is_mended_near_the_hit_that_moved(hits: Path, tmp_path: Path) -> None:
    """Bars far from it sound when they did; what serves already stays as it is."""
    known = tmp_path / "fit.json"
    hits.write_text(HITS.replace("20+04", "46.5"))
    long = ("--end", "60", "--map", known, "--mend")
    first = fitted(hits, "--end", "60")
    known.write_text(json.dumps(first))
    same = fitted(hits, *long)["candidates"]
    assert [one["bars"] for one in same] == [first["candidates"][0]["bars"]]
    hits.write_text(HITS.replace("20+04", "46.75"))
    mended = fitted(hits, *long)["candidates"][0]
    assert mended["caught"] == 3
    far = int(mended["hits"][-1]["bar_index"]) - 10
    assert far > 4 and mended["bars"][:far] == first["candidates"][0]["bars"][:far]
    for words, told in (
        (("--mend",), "no map to mend"),
        ((*long, "--keep-bars", "1"), "keeps by itself"),
    ):
        with pytest.raises(ScorestageError, match=told):
            fitted(hits, *words)


def test_one_map_at_once(hits: Path) -> None:
    told = fitted(hits, "--fast")
    assert len(told["candidates"]) == 1
    assert told["candidates"][0]["chance"]["better_than_chance"] is None


def test_a_locked_pair_that_cannot_be_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hits.csv"
    path.write_text(
        "id,at,early_frames,late_frames,locked,words\n"
        "a,00:00:05:00,0.2,0.2,yes,door\nb,00:00:05:02,0.2,0.2,yes,lamp\n"
    )
    told = fitted(path)
    for one in told["candidates"]:
        assert one["missed"] and any("lamp" in words for words in one["conflicts"])
    assert "conflict:" in said("fit", "--hits", path, "--end", "20.5", "--draws", "0")


def test_bars_kept_in_a_project(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    where = ("--project", job.folder.root)
    with pytest.raises(ScorestageError, match="no map to keep bars of"):
        said(*where, "fit", "1m01", "--keep-bars", "1")
    said(*where, "fit", "1m01")
    kept = (job.folder.cue_folder(cue.id) / "map.toml").read_bytes()
    before = json.loads(said(*where, "fit", "1m01", "--json"))["candidates"][0]["bars"]
    told = json.loads(said(*where, "fit", "1m01", "--keep-bars", "1-2", "--json"))
    assert all(one["bars"][:2] == before[:2] for one in told["candidates"])
    assert (job.folder.cue_folder(cue.id) / "map.toml").read_bytes() == kept
    mended = json.loads(said(*where, "fit", "1m01", "--mend", "--json"))
    assert [one["bars"] for one in mended["candidates"]] == [before]


def test_a_cue_without_a_map_does_not_stop_the_others(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job)
    cue_in(job, 40, "40.05")
    words = ("--project", str(job.folder.root), "fit", "--json")
    done = RUN.invoke(app, words)
    assert done.exit_code == 2 and "1m02: no whole bar fits" in done.stderr
    assert [one["cue"] for one in json.loads(done.stdout)["cues"]] == ["1m01"]
