"""Who could play a sketch, and who plays what and why, from a small project."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import FormatError
from scorestage.orchestration import GROOVES
from scorestage.production import Cue, Groove, ScoringOption
from scorestage.timebase import FilmTime
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.cues import change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, SCORE
from scorestage.workflow.orchestrate_alone import ScoringWish
from scorestage.workflow.products.orchestration import cue_account, make_account
from scorestage.workflow.scoring import (
    copy_of_cue,
    explained,
    explained_answer,
)
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.tell import scoring_words
from scorestage.workflow.themes import ensure_theme


def test_every_choice_is_explained(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    refresh(job, cue, COMPOSE)
    told = explained(job, cue)
    assert "Pno." in told.table
    answer = explained_answer(told)
    reasons = answer["reasons"]
    assert isinstance(reasons, list)
    assert {"player", "bars", "bar_index", "rule", "why"} <= set(reasons[0])
    assert {one["player"] for one in reasons} == {"pno"}
    assert not answer["by_hand"]


def test_a_cues_score_goes_to_a_file_with_marks_and_its_page_is_built(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    refresh(job, cue, COMPOSE)
    refresh(job, cue, ORCHESTRATE)
    job = again(job)
    before = (job.folder.cue_folder(cue.id) / SCORE).read_bytes()
    plain, marked = tmp_path / "plain.musicxml", tmp_path / "marked.musicxml"
    copy_of_cue(job, cue, plain)
    copy_of_cue(job, cue, marked, marks=True)
    assert b"[tune; main" in marked.read_bytes()
    assert b"[tune" not in plain.read_bytes()
    assert (job.folder.cue_folder(cue.id) / SCORE).read_bytes() == before
    with pytest.raises(FormatError, match="cannot be written"):
        copy_of_cue(job, cue, tmp_path / "score.doc")
    (product,) = cue_account(job, cue)
    (output,) = make_account(str(job.folder.root), str(tmp_path / "out"), cue.id)
    page = (tmp_path / "out" / output.path).read_text(encoding="utf-8")
    assert product.kind == output.kind == "orchestration"
    assert "<html" in page
    assert cue_account(again(job), cue)[0].inputs == product.inputs
    changed = change_cue(again(job), cue.id, option="lush")
    assert cue_account(again(job), changed)[0].inputs != product.inputs


def test_the_grooves_of_a_cue_are_those_that_can_be_played() -> None:
    assert tuple(Groove) == GROOVES


def test_a_cue_says_how_it_is_scored_and_its_sketch_stays(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, ensemble="jazz-combo", style="noir-jazz")
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    refresh(job, cue, COMPOSE)
    refresh(job, cue, ORCHESTRATE)
    assert _added(job, cue)
    cue = change_cue(again(job), cue.id, groove=Groove.NONE, added_notes=False, everyone=False)
    job = again(job)
    assert refresh(job, cue, COMPOSE).state is SourceState.KEPT
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.MADE
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.KEPT
    assert not _added(job, cue)


def _added(job: Job, cue: Cue) -> set[str]:
    """The rules by which the orchestrator wrote what is its own; doublings of chords apart."""
    reasons = explained(job, cue).result.reasons
    return {reason.rule for reason in reasons if reason.added} - {"harmony.choir"}


def test_what_is_said_of_the_scoring_is_kept_with_the_cue_and_makes_another_score(
    tmp_path: Path,
) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    change_cue(again(job), cue.id, ensemble="chamber-ensemble")
    job = ensure_theme(again(job))
    cue = job.cue(cue.id)
    for source in (COMPOSE, ORCHESTRATE):
        refresh(job, cue, source)
    score = job.folder.cue_folder(cue.id) / SCORE
    before = score.read_bytes()
    wanted = ScoringWish("small", "", ("melody=hn",)).on(cue)
    change_cue(job, cue.id, option=wanted.option, assign=wanted.assign)
    job = again(job)
    cue = job.cue(cue.id)
    assert (cue.option, cue.assign) == (ScoringOption.SMALL, ("melody=hn",))
    assert "scored small" in scoring_words(cue)
    assert refresh(job, cue, COMPOSE).state is SourceState.KEPT
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.MADE
    assert score.read_bytes() != before
    told = explained(job, cue)
    assert {one.player for one in told.result.reasons if one.rule == "tune.carrier"} == {"hn"}
    assert ScoringWish(assign=("none",)).on(cue).assign == ()
