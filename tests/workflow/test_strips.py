"""After a conform of an issued cue: strips to paste over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.conform.known_changes import recut
from tests.written_project import new_cut, written_project

from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.machines.page_facts import page_file
from scorestage.apps.cli.main import app
from scorestage.engraving.strips import printed_systems
from scorestage.errors import InputError
from scorestage.music import Staff
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform
from scorestage.workflow.errata import errata_tables, write_errata
from scorestage.workflow.issue import issue_cue, issued_as
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import read_cue_score
from scorestage.workflow.products.cuefacts import edition_of, facts_of
from scorestage.workflow.strips import (
    handed_out,
    issued_music,
    paste_over,
    player_strips,
    stand_words,
)

pytest.importorskip("verovio")


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A cue issued as v1, then conformed to a cut 30 frames shorter near its end."""
    job = Job.open(written_project(tmp_path_factory.mktemp("strips") / "wick"))
    issue_cue(job, "1m01", Engraver.VEROVIO)
    job = Job.open(job.folder.root)
    grid = read_cue_score(job, job.cue("1m01")).grid
    (told,) = stand_words(job, job.cue("1m01"), grid, [0, len(grid.bars) - 1]).values()
    assert told.startswith("page 1 system 1")
    changes = recut((820, 30, 0))
    return apply_conform(job, conform(job, changes, workers=1), new_cut(job, changes))


def test_strips_carry_the_lines_that_changed_and_no_others(job: Job, tmp_path: Path) -> None:
    cue = job.cue("1m01")
    before = issued_music(job, cue, issued_as(job, cue), Engraver.VEROVIO)
    facts, score = facts_of(job, cue), read_cue_score(job, cue)
    (one,) = player_strips(before, score, facts.tempo_map, edition_of(job, cue, facts.house))
    (path,) = paste_over(handed_out(job, "1m01", engraver=Engraver.VEROVIO), tmp_path)
    pages = page_file(path.read_bytes(), path.name).pages
    labels = [face.label for face in one.new]
    shown = printed_systems(pages, labels)
    assert [labels[line.first] for line in shown[1:]] == [
        labels[plan.first] for plan in one.plans[1:]
    ]
    words = " ".join(page.text for page in pages)
    for plan in one.plans:
        assert f"Page {plan.over.page}, system {plan.over.system}:" in words
    changed = {bar for plan in one.plans for bar in range(plan.over.first, plan.over.last)}
    for bar, face in enumerate(one.old):
        if bar not in changed:
            assert (face.label, face.mark) in {(new.label, new.mark) for new in one.new}


def test_pages_that_no_longer_lie_there_are_engraved_again(job: Job) -> None:
    cue = job.cue("1m01")
    issued = issued_as(job, cue)
    there = issued_music(job, cue, issued, Engraver.VEROVIO)
    for path in (job.folder.build / "issued").rglob("*Piano.pdf"):
        path.unlink()
    assert issued_music(job, cue, issued, Engraver.VEROVIO).systems == there.systems


def test_the_verb_writes_them(job: Job, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    words = ("-p", str(job.folder.root), "reprint", "1m01", "--strips", str(tmp_path))
    result = CliRunner().invoke(app, [*words, "--engraver", "verovio"], catch_exceptions=False)
    (path,) = tmp_path.glob("*-strips.pdf")
    assert path.name in result.stdout.replace("\n", "")


def test_errata_name_every_bar_that_differs_and_its_place(job: Job, tmp_path: Path) -> None:
    found = handed_out(job, "1m01", engraver=Engraver.VEROVIO)
    (one,) = found.players
    (table,) = errata_tables(found)
    told = {row[0] for row in table.rows}
    old = {face.label: face for face in one.old}
    for face in one.new:
        assert (face.label in told) == (old.get(face.label) != face)
    for row in table.rows:
        bar = [face.label for face in one.old].index(row[0].partition("–")[0])
        (line,) = [each for each in one.systems if each.first <= bar < each.last]
        assert row[3:] == (str(line.page), str(line.system))
    for end in (".pdf", ".md", ".csv"):
        write_errata(found, tmp_path / f"errata{end}")
    assert "Errata: Piano" in (tmp_path / "errata.md").read_text(encoding="utf-8")
    with pytest.raises(InputError, match=r"\.pdf, \.md or \.csv"):
        write_errata(found, tmp_path / "errata.doc")


def test_who_falls_silent_or_comes_in_anew_is_told(job: Job) -> None:
    found = handed_out(job, "1m01", engraver=Engraver.VEROVIO)
    assert found.whole_parts == ()
    (line,) = found.score.lines
    empty = tuple(Staff(()) for _ in line.staves)
    silent = replace(found.score, lines=(replace(line, staves=empty),))
    assert silent.lines[0].is_silent
    args = found.tempo_map, found.edition
    (one,) = players = player_strips(found.before, silent, *args)
    assert not one.plans
    now = replace(found, score=silent, players=players)
    assert now.whole_parts == (line.player.name,)
    (table,) = errata_tables(now)
    assert any("rest" in row[2] for row in table.rows)
    tacet = replace(found.before.score, lines=silent.lines)
    before = replace(found.before, score=tacet)
    assert player_strips(before, silent, *args) == ()
    (one,) = players = player_strips(before, found.score, *args)
    (table,) = errata_tables(replace(found, before=before, players=players))
    assert any("rest" in row[1] for row in table.rows) and not one.plans
    lost = replace(found.before, systems={})
    (one,) = players = player_strips(lost, found.score, *args)
    assert errata_tables(replace(found, before=lost, players=players)) and not one.plans
    nobody = replace(found.before, score=replace(found.before.score, lines=()))
    assert player_strips(nobody, found.score, *args) == ()
    assert replace(found, before=nobody, players=()).whole_parts == (line.player.name,)
