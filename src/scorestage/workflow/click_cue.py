"""`click CUE` with wishes of its own: one cue's click in another shape, and count-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scorestage.errors import InputError
from scorestage.workflow.click_alone import Music
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.clicks import COUNT_OFFS, last_attack, quiet_spans
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.naming import cue_file


def cue_music(job: Job, number: str) -> Music:
    """A cue of a project as music to click to."""
    cue = job.cue(number)
    facts = facts_of(job, cue)
    title = f"{cue.number}  {cue.title}  clicks"
    music = Music(facts.tempo_map, job.clock, facts.house, title)
    if not (job.folder.cue_folder(cue.id) / SCORE).exists():
        return music
    score = read_cue_score(job, cue)
    return replace(music, stop=last_attack(score), quiet=quiet_spans(score))


def one_cue(
    project: Path, cues: Sequence[str], targets: tuple[Path, ...], everybody: bool = True
) -> tuple[Music, tuple[Path, ...]]:
    """The one cue that is asked for, and where its files go.

    Without targets, count-offs and sections (not `everybody`) lie in its build folder.
    """
    job = Job.open(project)
    if len(cues) != 1:
        do = "name one cue; for all as the house has them say only: scorestage click"
        raise InputError(f"{len(cues)} cues are named for a click of its own", do=do)
    cue = job.cue(cues[0])
    music = cue_music(job, cues[0])
    if targets or everybody:
        return music, targets
    default = job.folder.build / cue_file(cue, "click", ".wav", COUNT_OFFS)
    return replace(music, labelled=True), (default,)
