"""`brief`: the talk with the director, written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from scorestage.errors import InputError
from scorestage.production import Note
from scorestage.workflow.job import Job

AMOUNTS = ("none", "sparse", "normal", "wall to wall")


@dataclass(frozen=True, slots=True)
class BriefChange:
    """What is added to the brief; a new amount takes the place of the old one."""

    style: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    amount: str = ""
    note: str = ""
    who: str = ""
    at: str = ""


def change_brief(job: Job, change: BriefChange, today: str) -> Job:
    """Write what was agreed; `today` (ISO date) goes with the note."""
    if change.amount and change.amount not in AMOUNTS:
        raise InputError(f"{change.amount!r} is no amount of music", do=f"say {', '.join(AMOUNTS)}")
    brief = job.production.brief
    notes = brief.notes
    if change.note:
        label = job.clock.nearest_label(job.clock.read(change.at)) if change.at else ""
        notes = (*notes, Note(change.note, change.who, today, label))

    def joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*old, *new)))

    changed = replace(
        brief,
        style=joined(brief.style, change.style),
        tone=joined(brief.tone, change.tone),
        references=joined(brief.references, change.references),
        avoid=joined(brief.avoid, change.avoid),
        amount=change.amount or brief.amount,
        notes=notes,
    )
    return job.save(replace(job.production, brief=changed))


def tell_brief(job: Job) -> dict[str, Any]:
    """The brief as an answer."""
    brief = job.production.brief
    return {
        "style": list(brief.style),
        "tone": list(brief.tone),
        "references": list(brief.references),
        "avoid": list(brief.avoid),
        "amount": brief.amount,
        "notes": [
            {"text": one.text, "who": one.who, "when": one.when, "timecode": one.timecode}
            for one in brief.notes
        ],
    }
