"""Out to the orchestrator and back: what is packed, and what came back otherwise."""

from __future__ import annotations

import re
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import InputError
from scorestage.workflow.build import build_project
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.orchestrator_package import send_to_orchestrator
from scorestage.workflow.returned import compare_returned, returned_told


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A project with one short cue for piano, its score written."""
    job = small_project(tmp_path_factory.mktemp("out") / "project")
    cue_in(job, 20, 26)
    build_project(job.folder.root, only=("MIDI",), workers=1)
    return again(job)


def test_the_package_holds_all_there_is_and_says_what_is_not(job: Job, tmp_path: Path) -> None:
    made = send_to_orchestrator(job, "1m01", tmp_path / "out.zip")
    with zipfile.ZipFile(made.path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert set(held) == set(made.files)
    assert {"1m01-v1-sketch.musicxml", "1m01-v1-sketch.mid", "house.toml", "read-me.txt"} <= set(
        held
    )
    assert read_score(held["1m01-v1-sketch.musicxml"], "sketch").score.lines
    assert b'id = "piano-solo"' in held["ensemble.toml"]
    assert any("mock-up" in one for one in made.missing)
    assert "mock-up" in held["read-me.txt"].decode()
    twice = send_to_orchestrator(job, "1m01", tmp_path / "two.zip")
    assert twice.path.read_bytes() == made.path.read_bytes()
    with pytest.raises(InputError, match=r"a \.zip"):
        send_to_orchestrator(job, "1m01", tmp_path / "out.tar")


def test_what_came_back_unchanged_differs_in_nothing(job: Job) -> None:
    source = job.folder.cue_folder(job.cues()[0].id) / SCORE
    found = compare_returned(job, "1m01", source)
    assert found.differences == () and found.new_notes == found.lost_notes == 0 < found.kept_notes


def test_a_changed_note_and_a_lost_bar_are_told(job: Job, tmp_path: Path) -> None:
    text = (job.folder.cue_folder(job.cues()[0].id) / SCORE).read_text(encoding="utf-8")
    octave = re.search(r"<octave>(\d)</octave>", text)
    assert octave
    other = tmp_path / "returned.musicxml"
    higher = f"<octave>{int(octave[1]) + 1}</octave>"
    other.write_text(text.replace(octave[0], higher, 1), encoding="utf-8")
    page = tmp_path / "returned.html" if find_spec("verovio") else None
    found = compare_returned(job, "1m01", other, page)
    assert (found.new_notes, found.lost_notes) == (1, 1)
    (only,) = returned_told(found)["differences"]
    assert only["player"] == "Piano" and "in the cue" in only["message"]
    if page is not None:
        assert page.read_text(encoding="utf-8").count('data-origin="new:') == 1
    last = max(re.findall(r'<measure number="(\d+)"', text), key=int)
    cut = re.sub(rf'<measure number="{last}".*?</measure>\n', "", text, flags=re.DOTALL)
    other.write_text(cut, encoding="utf-8")
    kinds = {one.kind for one in compare_returned(job, "1m01", other).differences}
    assert {"click map", "bars"} <= kinds
    with pytest.raises(InputError, match="no such file"):
        compare_returned(job, "1m01", tmp_path / "nowhere.musicxml")


def test_a_bar_put_in_hides_no_changed_note(job: Job, tmp_path: Path) -> None:
    text = (job.folder.cue_folder(job.cues()[0].id) / SCORE).read_text(encoding="utf-8")
    bars = list(re.finditer(r'<measure number="\d+".*?</measure>\n', text, re.DOTALL))
    first = bars[0]
    fresh = re.sub(r"<(direction|attributes|barline)\b.*?</\1>\n?", "", first[0], flags=re.DOTALL)
    fresh = re.sub(r"<octave>\d</octave>", "<octave>1</octave>", fresh)
    fresh = re.sub(r' id="[^"]*"', "", fresh)
    longer = text[: first.end()] + fresh + text[first.end() :]
    at = longer.rindex("<octave>")
    octave = int(longer[at + 8])
    longer = f"{longer[:at]}<octave>{octave + 1}{longer[at + 9 :]}"
    labels = iter(range(1, len(bars) + 2))
    longer = re.sub(r'<measure number="\d+"', lambda _: f'<measure number="{next(labels)}"', longer)
    other = tmp_path / "longer.musicxml"
    other.write_text(longer, encoding="utf-8")
    found = compare_returned(job, "1m01", other)
    told = [(one.kind, one.message) for one in found.differences]
    assert [kind for kind, _ in told] == ["click map", "bars", "notes"]
    assert told[1][1] == "bar 2 is new" and "in the score" in told[2][1]
    assert found.lost_notes == 1 < found.new_notes
