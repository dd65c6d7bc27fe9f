"""The command line as a stranger meets it: one clear line and status 2 for what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.small_film import small_film


def scorestage(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process of its own."""
    command = [sys.executable, "-m", "scorestage.apps.cli.main", *map(str, words)]
    environment = os.environ | {"COLUMNS": "100"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("cli")
    film = small_film(room / "film.mp4")
    done = scorestage("new", room / "project", "--picture", film, "--ensemble", "piano-solo")
    assert done.returncode == 0, done.stderr
    return room / "project"


def test_help_names_every_verb() -> None:
    done = scorestage("--help")
    assert done.returncode == 0
    for verb in (
        *("demo", "new", "picture", "brief", "spot", "cue", "hit", "fit", "theme", "compose"),
        *("orchestrate", "engrave", "check", "click", "streamers", "build", "calc", "analyse"),
    ):
        assert f"  {verb} " in done.stdout or f"  {verb}\n" in done.stdout, verb


def test_starting_loads_nothing_heavy() -> None:
    code = (
        "import sys, scorestage.apps.cli.main\n"
        "heavy = {'numpy', 'scipy', 'av', 'PIL', 'jinja2', 'tomlkit', 'rich'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("spot",), "no project here"),
        (("--project", "nowhere", "build"), "no such folder"),
        (("new", "p", "--picture", "missing.mp4"), "missing.mp4"),
        (("new", "p", "--picture", "sound.wav"), "sound.wav"),
        (("new", "p", "--picture", "short.mp4"), "short.mp4"),
        (("new", "p", "--picture", "."), "folder"),
        (("new", "p", "--rate", "23.5x"), "no frame rate"),
        (("new", "p", "--ensemble", "kazoo-band"), "kazoo-band"),
        (("analyse", "text.mp4"), "text.mp4"),
        (("calc", "time", "01:00:00:24"), "does not exist"),
        (("calc", "time", "00:01:00;00", "--rate", "29.97 drop"), "dropped"),
        (("calc", "click", "quick"), "no tempo"),
        (("fit", "--hits", "hits.csv", "--end", "20"), "line 3"),
        (("fit", "--hits", "nohits.csv"), "no list of hits"),
        (("convert", "text.mp4", "x.pdf"), "cannot be read"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    import wave

    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        sound.writeframes(bytes(9600))
    film = small_film(tmp_path / "whole.mp4", frames=30).read_bytes()
    (tmp_path / "short.mp4").write_bytes(film[: len(film) // 3])
    (tmp_path / "text.mp4").write_text("not a film at all")
    (tmp_path / "hits.csv").write_text("id,at\na,1.5\nb,soon\n")
    (tmp_path / "nohits.csv").write_text("name;when\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = scorestage(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("scorestage: ") and told in lines[0]
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cue", "show", "9m99"), "there is no cue"),
        (("cue", "add", "10", "4"), "before it starts"),
        (("cue", "add", "10", "400"), "outside the film"),
        (("cue", "add", "ten", "eleven"), "no moment of a film"),
        (("hit", "add", "1m01", "0:14.9"), "outside the cue"),
        (("theme", "add", "production.toml"), "production.toml"),
        (("brief", "--amount", "lots"), "no amount"),
        (("fit", "1m01", "--bpm", "fast"), "no number"),
        (("build", "--only", "vinyl"), "vinyl"),
    ],
)
def test_bad_input_leaves_the_project_unharmed(
    project: Path, words: tuple[str, ...], told: str
) -> None:
    if not (project / "cues/cue001").exists():
        assert scorestage("cue", "add", "1", "13", cwd=project).returncode == 0
        assert scorestage("cue", "add", "13", "14", cwd=project).returncode == 0
        assert scorestage("cue", "omit", "1m02", cwd=project).returncode == 0

    def content() -> dict[Path, bytes]:
        files = (path for path in project.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files if path.name != ".scorestage.lock"}

    before = content()
    done = scorestage(*words, cwd=project)
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and told in lines[0]
    changed = {path for path, old in before.items() if content().get(path) != old}
    assert not changed


def test_answers_as_json(project: Path) -> None:
    done = scorestage("cue", "list", "--json", cwd=project)
    cue = json.loads(done.stdout)["cues"][0]
    assert cue["number"] == "1m01" and cue["start_seconds"] == "1"
    done = scorestage("fit", "1m01", "--json", cwd=project)
    candidate = json.loads(done.stdout)["candidates"][0]
    assert candidate["bars"][0]["bar"] == "1" and candidate["beats"][0]["at_seconds"] == "1"
    done = scorestage("calc", "click", "96", "--json")
    assert json.loads(done.stdout)["frame_click"] == "15-0"


def test_a_typo_in_a_file_is_told_with_its_line(project: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    text = (copy / "production.toml").read_text()
    (copy / "production.toml").write_text(text.replace("title =", "title ==", 1))
    done = scorestage("cue", "list", cwd=copy)
    assert done.returncode == 2 and "production.toml, line 2" in done.stderr
