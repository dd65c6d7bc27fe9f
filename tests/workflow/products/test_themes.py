"""The theme ledger among the papers: there by itself, and made anew when the music changes."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.timebase import FilmTime
from scorestage.workflow.compose import COMPOSE, SKETCH
from scorestage.workflow.job import Job
from scorestage.workflow.products.themes import PAGE, SHEET, make_theme_ledger, theme_papers
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme


def _written(job: Job, start: int) -> None:
    """A cue of twelve seconds with its sketch."""
    cue = cue_in(job, start, start + 12)
    write_map(job, cue, map_of_bars(FilmTime(start)))
    refresh(again(job), again(job).cue(cue.id), COMPOSE)


def _table(job: Job) -> list[list[str]]:
    root = job.folder.root
    outputs = make_theme_ledger(str(root), str(job.folder.build))
    assert [one.path for one in outputs] == [PAGE, SHEET]
    assert "Themes of Wick" in (job.folder.build / PAGE).read_text(encoding="utf-8")
    return list(csv.reader((job.folder.build / SHEET).read_text("utf-8-sig").splitlines()))


def test_new_cues_enter_by_themselves(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    assert theme_papers(job) == ()
    cue_in(job)
    job = ensure_theme(again(job))
    _written(job, 60)
    (first,) = theme_papers(again(job))
    head, row = _table(again(job))
    assert head[2:4] == ["1m01", "1m02"] and row[2] == "" and int(row[3]) >= 1
    (same,) = theme_papers(again(job))
    assert same.inputs == first.inputs
    _written(job, 80)
    (later,) = theme_papers(again(job))
    assert later.inputs != first.inputs
    assert _table(again(job))[0][2:5] == ["1m01", "1m02", "1m03"]


def test_a_sketch_changed_by_hand_makes_it_anew(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job)
    job = ensure_theme(again(job))
    _written(job, 60)
    cue = again(job).cues()[1]
    (before,) = theme_papers(again(job))
    path = job.folder.cue_folder(cue.id) / SKETCH
    path.write_bytes(path.read_bytes().replace(b"<octave>5", b"<octave>6"))
    (after,) = theme_papers(again(job))
    assert after.inputs != before.inputs
