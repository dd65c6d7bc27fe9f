"""The timing notes of a cue, with what a reader wants to know above them."""

from __future__ import annotations

from scorestage.paperwork import Table, timing_notes
from scorestage.production import Cue
from scorestage.workflow.job import Job
from scorestage.workflow.watching import notes_of


def cue_timing_notes(job: Job, cue: Cue) -> Table:
    """Timing notes as the reels are labelled: with reel, picture, music version and composer."""
    people = {person.id: person.name for person in job.production.people}
    labels = {one.id: one.label or one.id for one in job.production.pictures}
    reel = job.reel_clock.reel_at(cue.start) if cue.start is not None else None
    facts = (
        ("Reel", str(reel) if reel is not None and len(job.production.reels) > 1 else ""),
        ("Picture", labels.get(cue.written_to, "")),
        ("Music", cue.version),
        ("Composer", people.get(cue.composer, cue.composer)),
    )
    told = tuple((name, words) for name, words in facts if words)
    return timing_notes(cue, job.reel_clock, notes_of(job, cue), job.production.title, told)
