"""Pages of any score file, without a project; and of a cue, by the engraver that is wished for."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from tests.shared_material import shared
from tests.small_project import cue_in, small_project

from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.store import ROOMS
from scorestage.errors import CatalogueError, FormatError, InputError
from scorestage.music import Theme
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.timebase import Beat, Beats, Meter
from scorestage.workflow.build import build_project
from scorestage.workflow.engrave import engrave_file
from scorestage.workflow.themes import theme_file

BOTH = [
    Engraver.LILYPOND,
    pytest.param(
        Engraver.VEROVIO,
        marks=pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed"),
    ),
]


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    """A bar of quarters."""
    notes = tuple(
        Note(f"n{i}", Beat(i), Beats(1), (Pitch.parse(f"{name}4"),))
        for i, name in enumerate("EGAB")
    )
    path = tmp_path / "tune.musicxml"
    path.write_bytes(theme_file(Theme("tune", "A Tune", notes, Meter(4, 4))))
    return path


def words(path: Path) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("engraver", BOTH)
def test_a_file_is_printed_with_its_own_title(
    tune: Path, tmp_path: Path, engraver: Engraver
) -> None:
    made = engrave_file(tune, tmp_path / "pages", parts=True, engraver=engraver)
    assert made.maker.lower().startswith(engraver.value)
    pages = [file for file in made.files if file.suffix == ".pdf"]
    assert pages[0].name == "tune-Score.pdf" and pages[-1].name == "tune-Print_list.pdf"
    assert len(pages) == 3 and all("A Tune" in words(file) for file in pages)
    others = {file.suffix for file in made.files} - {".pdf"}
    assert others == {".musicxml", ".csv"}
    only = engrave_file(tune, tmp_path / "score", engraver=engraver)
    assert [file.name for file in only.files] == ["tune-Score.pdf"]


def test_what_is_no_score_is_refused_and_nothing_is_left(tune: Path, tmp_path: Path) -> None:
    into = tmp_path / "pages"
    with pytest.raises(InputError, match="no such file"):
        engrave_file(tmp_path / "missing.musicxml", into)
    (tmp_path / "bad.musicxml").write_text("<score-partwise")
    with pytest.raises(FormatError):
        engrave_file(tmp_path / "bad.musicxml", into)
    with pytest.raises(InputError, match="no folder"):
        engrave_file(tune, tune)
    with pytest.raises(CatalogueError, match="nowhere"):
        engrave_file(tune, into, house="nowhere")
    assert not into.exists()


@pytest.mark.parametrize("engraver", BOTH)
@pytest.mark.parametrize(
    "name",
    ["23b-Tuplets-Styles.xml", "03d-Rhythm-DottedDurations-Factors.xml", "22a-Noteheads.xml"],
)
def test_odd_files_are_printed_and_what_is_lost_is_told(
    name: str, engraver: Engraver, tmp_path: Path
) -> None:
    made = engrave_file(shared(f"musicxml-suite/{name}"), tmp_path, engraver=engraver)
    assert made.files[0].stat().st_size > 1000


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with one short cue for piano, its pages printed by Verovio."""
    if find_spec("verovio") is None:
        pytest.skip("Verovio is not installed")
    root = tmp_path_factory.mktemp("engraved") / "project"
    cue_in(small_project(root))
    outcome = build_project(root, only=("score and parts",), workers=1, engraver=Engraver.VEROVIO)
    assert not outcome.report.failures
    yield root


def test_the_manifest_says_who_engraved(printed: Path) -> None:
    manifest = json.loads((printed / "build/manifest.json").read_text())
    makers = {one["kind"]: one["maker"] for one in manifest["products"]}
    assert makers["score"].startswith("Verovio ") and makers["part"] == makers["score"]
    assert "Piano" in words(next((printed / "build/cues").glob("*/parts/*-Piano.pdf")))


def test_pages_are_kept_for_the_same_engraver_and_made_anew_for_another(printed: Path) -> None:
    def again(engraver: Engraver) -> bool:
        kinds = ("score and parts",)
        outcome = build_project(printed, only=kinds, workers=1, engraver=engraver)
        return bool(outcome.report.rebuilt)

    assert not again(Engraver.VEROVIO)
    assert again(Engraver.LILYPOND)
    assert again(Engraver.VEROVIO)


def test_a_build_killed_outright_leaves_no_room_behind_the_next(tmp_path: Path) -> None:
    root = tmp_path / "project"
    cue_in(small_project(root))
    build_project(root, only=("MIDI",), workers=1)
    rooms = root / "build" / ROOMS
    command = [sys.executable, "-m", "scorestage.apps.cli.main", "-p", str(root), "build"]
    command += ["--only", "score", "--workers", "1", "--engraver", "lilypond"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not list(rooms.glob("*/**/.pages-*")) and time.monotonic() < deadline:
            assert child.poll() is None, "the build ended before it could be killed"
            time.sleep(0.02)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert list(rooms.glob("*.lock"))
    outcome = build_project(root, only=("MIDI",), workers=1)
    assert not outcome.report.failures and not rooms.exists()
