"""`import` and `export` from the command line, inside a project and without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mido
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError, ScorestageError
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_hit


def run(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def asked(*words: object) -> Any:
    return json.loads(run(*words, "--json"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two cues, a map and a hit in the first."""
    job = small_project(tmp_path / "project")
    cue = cue_in(job, title="Storm")
    cue_in(job, 40, 50, title="Calm")
    add_hit(again(job), cue.number, FilmTime(24), words="door slams")
    write_map(job, cue, map_of_bars(FilmTime(20)))
    return job.folder.root


def test_a_cue_goes_out_and_says_what_is_lost(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "storm.mid"
    answer = asked("--project", project, "export", "1m01", "--out", out)
    (one,) = answer["exports"]
    assert one["cue"] == "1m01" and one["not_carried"] == ["regions (1)"]
    assert [event.text for event in mido.MidiFile(out) if event.type == "marker"] == ["door slams"]
    told = run("--project", project, "export", "1m01", "--to", "avid", "--out", tmp_path / "a.txt")
    assert "not carried: the tempo map" in told


def test_a_file_is_shown_and_turned_into_another_without_a_project(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("--project", project, "export", "1m01", "--to", "reaper", "--out", tmp_path / "storm.rpp")
    words = ("import", tmp_path / "storm.rpp", "--timecode", "01:00:00:00")
    answer = asked(*words, "--out", tmp_path / "storm.json")
    assert answer["format"] == "reaper" and answer["map"]["start_seconds"] == "20"
    assert [one["timecode"] for one in answer["markers"]][-1] == "01:00:24:00"
    exported = asked("export", "--map", tmp_path / "storm.json", "--out", tmp_path / "b.mid")
    assert Path(exported["exports"][0]["file"]).is_file()
    assert "6 bars in 4/4, ♩ 120" in run("import", tmp_path / "b.mid", "--timecode", "01:00:00:00")


def test_an_import_shows_the_difference_and_is_taken(project: Path, tmp_path: Path) -> None:
    run("--project", project, "export", "1m01", "--out", tmp_path / "a.mid")
    file = mido.MidiFile(tmp_path / "a.mid")
    for event in list(file.tracks[0]):
        if event.type == "set_tempo":
            file.tracks[0][file.tracks[0].index(event)] = event.copy(tempo=600_000)
    file.save(tmp_path / "slow.mid")
    words = ("--project", project, "import", tmp_path / "slow.mid", "--cue", "1m01")
    answer = asked(*words, "--dry-run")["cues"][0]
    assert answer["before"]["highest_bpm"] == 120 and answer["after"]["highest_bpm"] == 100
    assert answer["lost"] == ["h1"] and not answer["applied"]
    told = run(*words, "--dry-run")
    assert "not taken (dry run)" in told and "MISSED" in told and "door slams" in told
    with pytest.raises(InputError, match="changed by hand"):
        run(*words)
    with pytest.raises(InputError, match="would miss what is caught now: door slams"):
        run(*words, "--again")
    assert asked(*words, "--again", "--accept-misses")["cues"][0]["applied"]


def test_an_editors_list_becomes_hits_of_all_cues(project: Path, tmp_path: Path) -> None:
    lines = (("01:00:26:00", "falls"), ("01:00:41:12", "wakes"), ("01:02:00:00", "later"))
    text = "".join(f"Eva\t{label}\tV1\tred\t{words}\t1\n" for label, words in lines)
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    told = run("--project", project, "import", tmp_path / "list.txt", "--hits")
    assert "in no cue: 01:02:00:00  later" in told and "wakes" in told
    shown = run("--project", project, "cue", "show", "1m02")
    assert "wakes" in shown


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--session", "cassette"),
        ("export", "1m01"),
        ("export", "1m02", "--to", "midi"),
        ("export", "1m01", "--to", "wax"),
        ("import", "none.mid"),
        ("import", "none.mid", "--cue", "9m99"),
        ("export", "--map", "none.json", "--to", "midi"),
    ],
)
def test_what_cannot_be_is_one_error_of_status_2(
    project: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    with pytest.raises(ScorestageError) as fault:
        run("--project", project, *words)
    assert fault.value.exit_status == 2 and not list(project.glob("*.mid"))


def test_a_cut_list_is_shown_kept_converted_and_goes_out_with_our_markers(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = tmp_path / "cut.edl"
    cut.write_text(
        "TITLE: R1\nFCM: NON-DROP FRAME\n"
        "001  A001 V C 00:00:00:00 00:01:40:00 01:00:00:00 01:01:40:00\n"
        "* LOC: 01:00:22:00 RED door\n"
    )
    monkeypatch.chdir(tmp_path)
    told = asked("import", cut)
    assert told["rate"] == "24" and told["events"][0]["reel"] == "A001"
    assert told["markers"][0]["at_seconds"] == "22" and told["not_read"] == []
    assert "1 events, 1 markers" in run("import", cut)
    kept = asked("--project", project, "import", cut, "--edit", "--notes")
    assert Path(kept["edit"]).is_file() and kept["kept_notes"][0]["text"] == "door"
    taken = asked("--project", project, "import", cut, "--hits")
    assert [hit["words"] for hit in taken["cues"][0]["hits"]] == ["door", "door slams"]
    out = asked("--project", project, "export", "--out", tmp_path / "out.otio")["exports"][0]
    assert "own markers (1)" in out["notes"][0]
    done = asked("convert", tmp_path / "out.otio", tmp_path / "back.edl")
    assert done["events"] == 1 and done["markers"] == 4
    with pytest.raises(InputError, match="does not exist at 24"):
        run("import", "--rate", "24", _thirty(tmp_path))


def _thirty(folder: Path) -> Path:
    path = folder / "thirty.edl"
    path.write_text("TITLE: x\n001 A V C 00:00:00:29 00:00:01:00 00:00:00:29 00:00:01:00\n")
    return path
