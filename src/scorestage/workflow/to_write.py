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

    Such a cue is there to be cleared, and licensed music is not written at all. A cue that a person
    made or changed, or that has music, is written like any other.
    """
    cues = job.cues(names)
    bought = () if names else tuple(cue for cue in cues if job.production.licence(cue.id))
    heard = () if names else tuple(cue for cue in cues if _only_heard(job, cue))
    heard = tuple(cue for cue in heard if cue not in bought)
    told = tuple(
        SourceReport(
            cue.number,
            SKETCH,
            SourceState.KEPT,
            (f"music heard in the scene; to write some for it, say: compose {cue.number}",),
        )
        for cue in heard
    )
    told += tuple(
        SourceReport(
            cue.number,
            SKETCH,
            SourceState.KEPT,
            (f"licensed music; to write some in its place, say: licence drop {cue.number}",),
        )
        for cue in bought
    )
    return tuple(cue for cue in cues if cue not in (*heard, *bought)), told


def _only_heard(job: Job, cue: Cue) -> bool:
    folder = job.folder.cue_folder(cue.id)
    return (
        cue.layer is Layer.SOURCE
        and not any((folder / file).exists() for file in (SKETCH, SCORE))
        and not is_persons(job, cue)
    )
