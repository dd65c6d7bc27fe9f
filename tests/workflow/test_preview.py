"""The preview: every note on the page leads to the note of the score, and what put it there."""

from __future__ import annotations

import re
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.engraving.small_cue import small_map, small_score
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import read_provenance
from scorestage.engraving.mei.places import DrawnNote
from scorestage.errors import InputError
from scorestage.workflow.build import build_project
from scorestage.workflow.engrave import PageWish
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.preview import preview_file, with_origins
from scorestage.workflow.preview_cue import preview_cue

pytestmark = pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cue.musicxml"
    content = write_score(small_score(), small_map(), title="<script>alert(1)</script>")
    path.write_bytes(content)
    return path


def test_every_note_of_the_score_is_on_the_page(source: Path, tmp_path: Path) -> None:
    made = preview_file(source, tmp_path / "out.html", PageWish())
    page = made.files[0].read_text(encoding="utf-8")
    drawn = set(re.findall(r'data-note="([^"]*)"', page))
    assert drawn == {note.id for _, note in small_score().notes()}
    assert "<script>alert" not in page and page.count("<script>") == 1
    horn = re.search(r'data-note="h1" data-player="([^"]*)" data-bar="(\d+)"', page)
    assert horn and horn.groups() == ("Horn 1", "103")


def test_pages_as_svg_are_well_formed(source: Path, tmp_path: Path) -> None:
    made = preview_file(source, tmp_path / "out.svg", PageWish())
    assert made.pages == len(made.files) >= 1
    for file in made.files:
        assert ElementTree.fromstring(file.read_bytes()).tag.endswith("svg")
    with pytest.raises(InputError, match=r"\.svg or \.html"):
        preview_file(source, tmp_path / "out.png", PageWish())


def test_a_cue_leads_to_its_provenance(tmp_path: Path) -> None:
    job = small_project(tmp_path / "project")
    cue_in(job, 20, 26)
    build_project(job.folder.root, only=("MIDI",), workers=1)
    job = again(job)
    cue = job.cues()[0]
    made = preview_cue(job, cue.number, tmp_path / "cue.html")
    page = made.files[0].read_text(encoding="utf-8")
    pairs = dict(re.findall(r'data-note="([^"]*)".*?data-origin="([^"]*)"', page))
    told = read_provenance(job.folder.cue_folder(cue.id)).origins
    known = {one.note: one.origin for one in told if one.file == SCORE}
    assert known and all(unescape(pairs[note]) == known[note] for note in pairs if note in known)
    assert set(known) & set(pairs)


def test_hostile_words_stay_words() -> None:
    note = DrawnNote("n1-0-1-0", "a", '"><script>x</script>', "1", 0, "1")
    told = with_origins('<g id="n1-0-1-0" class="note">', [note], {"a": "theme:<b>"})
    assert "<script>" not in told and "theme:&lt;b&gt;" in told
