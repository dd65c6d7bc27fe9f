"""The music diff: changed places as music, old beside new, with the right bars coloured."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from tests.conform.known_changes import recut
from tests.written_project import new_cut, written_project

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.machines.page_facts import page_file
from scorestage.music import Line, Note, Pitch, Score, Staff, Voice
from scorestage.tempofit.repairs import BarSource, Origin
from scorestage.timebase import BarGrid, Beat, Beats, Meter
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_music import (
    _only,
    _playing,
    excerpt,
    music_places,
    passages,
    short_score,
)
from scorestage.workflow.conform_report import change_report, write_change_report
from scorestage.workflow.job import Job

SAME, JOINT, NEW = Origin.SAME, Origin.JOINT, Origin.NEW


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    return Job.open(written_project(tmp_path_factory.mktemp("music") / "wick"))


def test_each_place_that_changes_has_an_unchanged_bar_on_either_side() -> None:
    sources = [
        *(BarSource(SAME, (bar,)) for bar in (0, 1)),
        BarSource(JOINT, (2, 4)),
        *(BarSource(SAME, (bar,)) for bar in (5, 6)),
        BarSource(NEW),
        BarSource(SAME, (7,)),
    ]
    cut, put_in = passages(sources, 8)
    assert (cut.old_first, cut.old_last, cut.cut) == (1, 6, (2, 3, 4))
    assert (cut.new_first, cut.new_last, cut.fresh) == (1, 4, (2,))
    assert (put_in.old_first, put_in.old_last, put_in.cut) == (6, 8, ())
    assert (put_in.new_first, put_in.new_last, put_in.fresh) == (4, 7, (5,))
    assert passages([BarSource(SAME, (bar,)) for bar in range(8)], 8) == ()


def test_a_cut_at_the_start_and_at_the_end_is_shown_too() -> None:
    first, last = passages([BarSource(SAME, (bar,)) for bar in (2, 3, 4)], 7)
    assert (first.old_first, first.old_last, first.cut) == (0, 3, (0, 1))
    assert (last.old_first, last.old_last, last.cut) == (4, 7, (5, 6))


def test_an_excerpt_has_the_notes_of_its_bars(job: Job) -> None:
    one = conform(job, recut((750, 60, 0)), workers=1).cue("1m01")
    score, tempo_map = short_score(job, one), job.folder.map(one.cue.id, job.clock)
    assert score is not None and tempo_map is not None
    music, _ = excerpt(score, tempo_map, 2, 5)
    low, high = score.grid.starts[2], score.grid.starts[5]
    told = {note.onset for line in music.lines for note in line.notes}
    inside = {
        Beat(0) + (note.onset - low)
        for line in score.lines
        for note in line.notes
        if low <= note.onset < high
    }
    assert inside <= told and all(at < music.grid.end for at in told)
    assert [bar.label for bar in music.grid.bars] == [bar.label for bar in score.grid.bars[2:5]]


def colours(content: bytes, first: int) -> set[str]:
    """Which of red and green is on the pages from `first` on."""
    found: set[str] = set()
    with pypdfium2.PdfDocument(content) as document:
        for at in range(first, len(document)):
            shown = document[at].render(scale=2).to_numpy().astype(int)
            green, red = shown[..., 1], shown[..., 2]
            found |= {"red"} if (red - green > 100).any() else set()
            found |= {"green"} if (green - red > 50).any() else set()
    return found


def test_the_bars_that_change_are_coloured_in_the_report(job: Job, tmp_path: Path) -> None:
    pytest.importorskip("verovio")
    changes = recut((750, 60, 0))
    found, cut = conform(job, changes, workers=1), new_cut(job, changes)
    one = found.cue("1m01")
    repair = next(each for each in one.repairs if each.edits)
    assert repair.edits
    places = music_places(job, one, repair)
    old = job.folder.map(one.cue.id, job.clock)
    assert old is not None
    for place, told in zip(passages(repair.sources, len(old.grid.bars)), places, strict=True):
        for drawing, bars, marked in (
            (told.before, place.old_last - place.old_first, place.cut),
            (told.after, place.new_last - place.new_first, place.fresh),
        ):
            measures = re.findall(r'class="measure( changed)?"', drawing)
            assert len(measures) == bars
            assert sum(bool(each) for each in measures) == len(marked)
    page = tmp_path / "changes.html"
    write_change_report(change_report(job, found, cut, drawn=True), page, "")
    assert page.read_text(encoding="utf-8").count('class="music"') == len(places)
    report = change_report(job, found, cut, drawn=True)
    write_change_report(report, tmp_path / "changes.pdf", "")
    content = (tmp_path / "changes.pdf").read_bytes()
    words = [facts.text for facts in page_file(content, "changes.pdf").pages]
    tables = next(number for number, each in enumerate(words) if "After: " in each)
    assert tables and all("After: " in each for each in words[tables:])
    assert all(f"After: {place.new_bars}" in " ".join(words) for place in places)
    assert colours(content, tables) >= {"red", "green"}


def test_who_is_silent_before_and_after_has_no_staff() -> None:
    player = load_ensemble("string-orchestra").players
    note = Note("n0", Beat(4), Beats(4), (Pitch.parse("C4"),))
    lines = (Line(player[0], (Staff((Voice((note,)),)),)), Line(player[1], (Staff(()),)))
    score = Score(BarGrid.regular(4, Meter(4, 4)), lines)
    assert _playing(score, 1, 2) == {player[0].id} and not _playing(score, 2, 4)
    assert _only(score, _playing(score, 1, 2)).lines == lines[:1]
    assert _only(score, set()).lines == lines
