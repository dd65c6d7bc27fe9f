"""What the talk does to the music: tone, who plays, how it was understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.production import Cue
from scorestage.timebase import FilmTime
from scorestage.workflow.asked import asked_of
from scorestage.workflow.brief import BriefChange, change_brief, tell_cue_brief
from scorestage.workflow.compose import COMPOSE, request_of
from scorestage.workflow.fit import settings_of
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.themes import ensure_theme


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    return job.save(replace(job.production, ensemble="studio-orchestra"))


def families(job: Job, cue: Cue) -> set[str]:
    return {str(player.instrument.family) for player in ensemble_of(job, cue).players}


def test_what_is_avoided_does_not_play(job: Job) -> None:
    cue, other = cue_in(job), cue_in(job, 40, 50)
    assert "brass" in families(again(job), cue)
    job = change_brief(again(job), BriefChange(cue=cue.number, avoid=("brass",)), "")
    assert "brass" not in families(job, job.cue(cue.id)) and "brass" in families(job, other)
    job = change_brief(job, BriefChange(avoid=("no timpani", "music over the reveal")), "")
    played = ensemble_of(job, job.cue(other.id)).players
    assert not any("timpani" in one.instrument.id for one in played)
    chosen = replace(job.cue(other.id), players=("timpani", "strings"))
    assert any("timpani" in one.instrument.id for one in ensemble_of(job, chosen).players)


def test_somebody_always_plays(job: Job) -> None:
    cue = cue_in(job)
    job = job.save(replace(again(job).production, ensemble="string-orchestra"))
    job = change_brief(job, BriefChange(avoid=("strings",)), "")
    assert ensemble_of(job, job.cue(cue.id)).players
    told = tell_cue_brief(job, job.cue(cue.id))["understood"]
    assert any("nobody would be left" in one["does"] for one in told)


def test_a_note_speaks_for_the_cue_it_falls_into(job: Job) -> None:
    cue, other = cue_in(job, 20, 40, tone=("sad",)), cue_in(job, 50, 60, tone=("sad",))
    change = BriefChange(note="less sad, more hopeful; no harp here", who="Mia", at="0:30.00")
    job = change_brief(again(job), change, "2031-05-04")
    asked = asked_of(job.production, job.cue(cue.id), job.clock, ensemble_of(job, other))
    assert asked.tone == () and asked.background == ("more hopeful",)
    assert "sad" in asked.avoid and asked.without == ("hp",)
    assert asked_of(job.production, job.cue(other.id), job.clock).tone == ("sad",)
    assert all(one.words and one.does for one in asked.heard)
    bound = change_brief(job, BriefChange(cue=other.number, note="never sad"), "")
    assert asked_of(bound.production, bound.cue(other.id), bound.clock).tone == ()


def test_the_sketch_follows_the_talk(job: Job) -> None:
    """A note against the cue's own mood writes other music, and says why."""
    cue = cue_in(job, 20, 32, tone=("sad",))
    ensure_theme(again(job))
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = again(job)
    before = COMPOSE.make(job, job.cue(cue.id)), COMPOSE.inputs(job, job.cue(cue.id))
    assert request_of(job, job.cue(cue.id)).mood.valence < 0
    job = change_brief(job, BriefChange(note="not sad, joyful", who="Mia", at="0:25"), "")
    assert COMPOSE.inputs(job, job.cue(cue.id)) != before[1]
    written = COMPOSE.make(job, job.cue(cue.id))
    assert written.content != before[0].content
    assert any("Mia" in remark for remark in written.remarks)
    assert request_of(job, job.cue(cue.id)).mood.valence > 0


def test_the_map_follows_the_talk(job: Job) -> None:
    cue = cue_in(job, tone=("chase",))
    fast = settings_of(again(job), cue).wish_bpm
    slow = settings_of(change_brief(again(job), BriefChange(avoid=("chase",)), ""), cue).wish_bpm
    assert slow is not None and fast is not None and slow < fast


def test_a_style_of_the_catalogue_is_taken(job: Job) -> None:
    cue = cue_in(job)
    job = change_brief(again(job), BriefChange(style=("dry", "suspense")), "")
    assert job.production.style == "suspense" and job.production.brief.style == ("dry", "suspense")
    job = change_brief(job, BriefChange(cue=cue.number, style=("tender",)), "")
    assert job.cue(cue.id).style == "tender"
