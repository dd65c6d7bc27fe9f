"""Reels balanced in a project: labels move, cues do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.production import FirstFrame, Layer, Numbering
from scorestage.timebase import FilmTime
from scorestage.workflow.cue_order import renumber
from scorestage.workflow.cues import change_cue
from scorestage.workflow.editorial import reel_clock
from scorestage.workflow.reels import balance, tell_reels


def test_balancing_moves_labels_and_the_reels_of_numbers_alone(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    first, second = cue_in(job, 20, 32), cue_in(job, 90, 99)
    job, told = balance(again(job), (FilmTime(80),), renumbered=True)
    assert told == (("1m02", "2m02"),)
    assert [cue.start for cue in job.production.cues] == [first.start, second.start]
    one, two = tell_reels(job)
    assert one["first_frame_of_action"] == "01:00:00:00" and one["frames"] == 1920
    assert two["first_frame_of_action"] == "02:00:00:00" and two["cues"][0]["feet"] == "27+00"
    assert two["cues"][0]["timecode"] == "02:00:10:00"
    back, told = balance(job, (), renumbered=True)
    assert told == (("2m02", "1m02"),) and len(back.production.reels) == 1


def test_hours_and_leaders_as_said(tmp_path: Path) -> None:
    job, _ = balance(small_project(tmp_path), (FilmTime(100),), 3, FirstFrame.AFTER_LEADER)
    assert [one["picture_start"] for one in tell_reels(job)] == ["03:00:00:00", "04:00:00:00"]
    with pytest.raises(InputError, match="begins on a frame"):
        balance(job, (FilmTime("1/100"),))


def test_numbers_anew_keep_source_alternates_and_television(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    cue_in(job, 20, 32, number="1m07")
    cue_in(job, 19, 32, number="1m07 ALT")
    cue_in(job, 40, 50, number="1m09")
    change_cue(again(job), "1m09", layer=Layer.SOURCE)
    cue_in(job, 110, 120, number="1m10a")
    assert dict(renumber(again(job))) == {
        "1m07": "1m01",
        "1m07 ALT": "1m01 ALT",
        "1m09s": "1m02s",
        "1m10a": "2m03",
    }
    assert renumber(again(job)) == ()
    assert dict(renumber(again(job), Numbering.PER_REEL))["2m03"] == "2m1"
    assert dict(renumber(again(job), episode=101))["2m1"] == "101m03"


def test_reels_from_the_command_line(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    root = str(job.folder.root)
    words = ["--project", root, "reel", "balance", "01:00:50:00", "01:01:40:00", "--json"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert [one["first_frame"] for one in told["reels"]] == [0, 1200, 2400]
    shown = CliRunner().invoke(app, ["--project", root, "reel", "list"])
    assert "2-pop" in shown.stdout and "03:00:00:00" in shown.stdout
    said = CliRunner().invoke(
        app, ["--project", root, "reel", "balance", "--first-frame", ":08", "--json"]
    )
    assert json.loads(said.stdout)["reels"][0]["first_frame_of_action"] == "01:00:08:00"


def test_what_the_lists_print_of_a_reel_can_be_typed_in_again(tmp_path: Path) -> None:
    """The film's own label 01:00:10:00 lies ten seconds in; the first reel's two."""
    job = small_project(tmp_path / "p")
    balance(job, (FilmTime(80),), 1, FirstFrame.AFTER_LEADER)
    root = str(job.folder.root)

    def tell(*words: str) -> str:
        answer = CliRunner().invoke(app, ["--project", root, *words])
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    tell("cue", "add", "01:00:10:00", "01:00:20:12")
    tell("cue", "add", "02:00:10:00", "02:00:20:00", "--json")
    tell("hit", "add", "1m01", "01:00:12:00", "the door")
    tell("brief", "--note", "later", "--at", "02:00:11:00")
    one, two = again(job).production.cues
    assert (one.start, one.end, one.hits[0].at) == (FilmTime(2), FilmTime("25/2"), FilmTime(4))
    assert (two.number, two.start) == ("2m02", FilmTime(82))
    listed = tell("cue", "list")
    assert all(label in listed for label in ("01:00:10:00", "01:00:20:12", "02:00:10:00"))
    assert "01:00:12:00" in tell("hit", "list", "1m01")
    told = json.loads(tell("brief", "2m02", "--json"))["notes"]
    assert told[0]["timecode"] == "02:00:11:00"
    moved = json.loads(tell("cue", "move", "2m02", "--to", "02:00:15:00", "--json"))
    assert moved["start_timecode"] == "02:00:15:00" and moved["start_seconds"] == "87"


def test_an_editors_markers_of_a_reel_lie_in_that_reel(tmp_path: Path) -> None:
    """02:00:12:00 is no timecode of the film (from 01:00:00:00); 01:00:12:00 is, and reel 1's."""
    job = small_project(tmp_path / "p")
    balance(job, (FilmTime(80),), 1, FirstFrame.AFTER_LEADER)
    cue_in(again(job), 0, 30)
    cue_in(again(job), 80, 99)
    root = str(job.folder.root)

    def told(name: str, text: str, *words: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        asked = ["--project", root, "import", str(tmp_path / name), "--hits", *words]
        answer = CliRunner().invoke(app, asked)
        assert answer.exit_code == 0, answer.output
        return answer.output

    def door(label: str) -> str:
        return f"Mia\t{label}\tV1\tred\tdoor {label}\t1\n"

    def places() -> list[list[FilmTime]]:
        return [sorted(hit.at for hit in cue.hits) for cue in again(job).production.cues]

    assert "timecode is that of reel 2" in told("a.txt", door("02:00:12:00"))
    assert places() == [[], [FilmTime(84)]]
    assert "say --reel 1" in told("a.txt", door("01:00:12:00"))
    assert places() == [[FilmTime(12)], [FilmTime(84)]]
    assert "timecode" not in told("a.txt", door("01:00:14:00"), "--reel", "1")
    assert places() == [[FilmTime(6), FilmTime(12)], [FilmTime(84)]]
    told("hits.csv", "at,words\n20.5,a\n")
    assert places()[0][-1] == FilmTime("41/2")
    with pytest.raises(InputError, match="there is no reel 9"):
        reel_clock(again(job), 9)
