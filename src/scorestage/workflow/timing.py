"""The timing notes of a cue, with what a reader wants to know above them."""

from __future__ import annotations

from scorestage.paperwork import Table, people_facts, timing_notes
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
        *_people(job, cue, people),
    )
    told = tuple((name, words) for name, words in facts if words)
    return timing_notes(cue, job.reel_clock, notes_of(job, cue), job.production.title, told)


def _people(job: Job, cue: Cue, people: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Who the cue's own composer and orchestrator are, else the film's; and all others."""
    own = {
        "Composer": people.get(cue.composer, cue.composer),
        "Orchestrator": people.get(cue.orchestrator, cue.orchestrator),
    }
    own = {role: name for role, name in own.items() if name}
    others = [(role, names) for role, names in people_facts(job.production) if role not in own]
    return (*own.items(), *others)
