"""A small project whose cues are fitted, composed and orchestrated, to be conformed to new cuts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from scorestage.conform import ChangeList
from scorestage.production import Hit
from scorestage.timebase import FilmTime
from scorestage.workflow.build import SOURCES
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.job import Job
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme
from tests.small_project import again, cue_in, small_project


def written_project(root: Path) -> Path:
    """Two cues in a film of 200 seconds: 20 to 44 s with three hits, and 100 to 116 s."""
    job = small_project(root)
    hits = (
        Hit("h1", FilmTime(26), "door", weight=4),
        Hit("h2", FilmTime(Fraction(63, 2)), "look", weight=3),
        Hit("h3", FilmTime(40), "cut to sea", weight=4),
    )
    first = cue_in(job, 20, 44)
    again(job).save_cue(replace(first, hits=hits))
    cue_in(job, 100, 116)
    ready = ensure_theme(again(job))
    for cue in ready.cues():
        for source in SOURCES:
            refresh(again(job), again(job).cue(cue.id), source)
    return root


def new_cut(job: Job, changes: ChangeList, name: str = "v2") -> NewCut:
    """The next picture version, of which only the measures are known."""
    version = replace(job.picture(), id=name, label="cut 4", frames=changes.new_frames)
    return NewCut(changes, version, film=False)
