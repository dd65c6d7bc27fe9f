"""Which cues music is written for: score that is there to be written, and what a person names."""

from __future__ import annotations

from scorestage.production import Cue, Layer
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.job import Job
from scorestage.workflow.sources import SourceReport, SourceState
from scorestage.workflow.spot import is_persons

SCORE = "score.musicxml"


def cues_to_write(
    job: Job, names: tuple[str, ...] = ()
) -> tuple[tuple[Cue, ...], tuple[SourceReport, ...]]:
    """The cues named, or all but music of the scene that was only heard; and a word on those.

    Such a cue is there to be cleared. One that a person made or changed, or that has music, is
    written like any other.
    """
    cues = job.cues(names)
    heard = () if names else tuple(cue for cue in cues if _only_heard(job, cue))
    told = tuple(
        SourceReport(
            cue.number,
            SKETCH,
            SourceState.KEPT,
            (f"music heard in the scene; to write some for it, say: compose {cue.number}",),
        )
        for cue in heard
    )
    return tuple(cue for cue in cues if cue not in heard), told


def _only_heard(job: Job, cue: Cue) -> bool:
    folder = job.folder.cue_folder(cue.id)
    return (
        cue.layer is Layer.SOURCE
        and not any((folder / file).exists() for file in (SKETCH, SCORE))
        and not is_persons(job, cue)
    )
