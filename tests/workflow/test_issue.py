"""A version is frozen as handed out; then exactly the pages that changed are told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import small_edition, small_map, small_score
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.machines.engravers import Engraver, print_part
from scorestage.adapters.machines.page_marks import page_marks
from scorestage.engraving.reprint import PageFate, PartPages, reprints
from scorestage.errors import InputError
from scorestage.paperwork import Table
from scorestage.workflow.build import build_project
from scorestage.workflow.issue import issue_cue, last_issued, reprint_list
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.reprint_paper import reprint_table, write_reprints

ENGRAVER = Engraver.VEROVIO if find_spec("verovio") is not None else Engraver.LILYPOND


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A project with one short cue for piano, its score written."""
    job = small_project(tmp_path / "project")
    cue_in(job, 20, 26)
    build_project(job.folder.root, only=("MIDI",), workers=1)
    return again(job)


def test_a_version_is_frozen_and_keeps_its_number(job: Job) -> None:
    cue = job.cues()[0]
    with pytest.raises(InputError, match="never issued"):
        reprint_list(job, cue.number, engraver=ENGRAVER)
    made = issue_cue(job, cue.number, ENGRAVER)
    assert made.version == "v1" and again(job).cues()[0].version == "v1"
    assert (made.folder / SCORE).read_bytes() == (
        job.folder.cue_folder(cue.id) / SCORE
    ).read_bytes()
    record = json.loads((made.folder / "issue.json").read_text())
    assert [part["name"] for part in record["parts"]] == ["Score", "Piano"]
    assert last_issued(job, cue) == made
    assert made.count.score_units == -(-made.bars // 4) and made.count.part_units >= 1
    held = {path.name for path in (job.folder.build / "issued").rglob("*.pdf")}
    assert "Wick-1m01-v1-Piano.pdf" in held and "Wick-1m01-v1-Print_list.pdf" in held


def test_nothing_changed_is_no_version_and_no_page(job: Job) -> None:
    number = job.cues()[0].number
    issue_cue(job, number, ENGRAVER)
    job = again(job)
    with pytest.raises(InputError, match="nothing has changed"):
        issue_cue(job, number, ENGRAVER)
    changes = reprint_list(job, number, engraver=ENGRAVER)
    assert changes.now == "v1" and changes.reprints == () and changes.music == ()
    assert changes.count.sheets == 0


def test_a_changed_note_is_told_with_its_page_and_bar(job: Job, tmp_path: Path) -> None:
    cue = job.cues()[0]
    issue_cue(job, cue.number, ENGRAVER)
    job = again(job)
    path = job.folder.cue_folder(cue.id) / SCORE
    text = path.read_text(encoding="utf-8")
    found = re.search(r"<octave>(\d)</octave>", text)
    assert found
    higher = f"<octave>{int(found[1]) + 1}</octave>"
    path.write_text(text.replace(found[0], higher, 1), encoding="utf-8")
    assert again(job).cue(cue.number).version == "v2"
    changes = reprint_list(again(job), cue.number, "v1", ENGRAVER)
    assert changes.now == "v2"
    assert {one.name for one in changes.reprints} == {"Score", "Piano"}
    assert all(one.page == 1 and one.fate is PageFate.CHANGED for one in changes.reprints)
    assert changes.music[0].player == "Piano" and changes.music[0].bar
    assert (changes.count.score_units, changes.count.part_units) == (1, 1)
    assert changes.count.sheets == len(changes.reprints)
    table: Table = reprint_table(job, changes)
    assert changes.music[0].bar in table.rows[1][-1]
    for ending in (".csv", ".pdf"):
        write_reprints(job, changes, tmp_path / f"list{ending}")
        assert (tmp_path / f"list{ending}").stat().st_size > 60
    with pytest.raises(InputError):
        write_reprints(job, changes, tmp_path / "list.doc")
    assert issue_cue(again(job), cue.number, ENGRAVER).version == "v2"
    assert again(job).cue(cue.number).version == "v2"
    with pytest.raises(InputError, match="never issued as v7"):
        reprint_list(again(job), cue.number, "v7", ENGRAVER)


@pytest.mark.parametrize("engraver", [Engraver.LILYPOND, ENGRAVER])
def test_a_page_that_says_another_version_only_is_the_same(
    engraver: Engraver, tmp_path: Path
) -> None:
    def marks(version: str, title: str = "Rain on Fifth") -> tuple[str, ...]:
        edition = replace(small_edition(), version=version, title=title)
        room = tmp_path / f"{version}-{len(title)}"
        room.mkdir(exist_ok=True)
        made = print_part(small_score(), "horn1", small_map(), edition, engraver, room)
        found, lines = page_marks(made.files[0][1], version)
        assert sum(lines) >= 1 and len(lines) == len(found)
        return found

    assert marks("v1") == marks("v12")
    assert marks("v1") != marks("v2", "Rain on Sixth Street")


def test_new_players_and_players_who_left() -> None:
    horn = PartPages("hn", "Horn", "h.pdf", 1, ("a",))
    desk = PartPages("vn", "Violins", "v.pdf", 7, ("b",))
    found = reprints([horn], [desk])
    assert [(one.name, one.fate, one.copies) for one in found] == [
        ("Violins", PageFate.NEW, 7),
        ("Horn", PageFate.DROPPED, 1),
    ]
