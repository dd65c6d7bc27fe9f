"""`brief`: the talk with the director, written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.errors import InputError
from scorestage.production import Brief, Cue, CueStatus, Note, moment_of, notes_of_cue
from scorestage.workflow.asked import asked_of
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of

AMOUNTS = ("none", "sparse", "normal", "wall to wall")


@dataclass(frozen=True, slots=True)
class BriefChange:
    """What is added to the brief; a new amount takes the place of the old one.

    `cue` (number or id) makes it the brief of that cue. `without` takes words back, `note_number`
    (from 1) is the note that a new text, person or moment is for; `drop_note` takes one away.
    """

    style: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    amount: str = ""
    note: str = ""
    who: str = ""
    at: str = ""
    cue: str = ""
    without: tuple[str, ...] = ()
    note_number: int = 0
    drop_note: int = 0


def change_brief(job: Job, change: BriefChange, today: str) -> Job:
    """Write what was agreed; `today` (ISO date) goes with a new note.

    A word of style that is a style of the catalogue becomes the production's (or the cue's) style.
    """
    if change.amount and change.amount not in AMOUNTS:
        raise InputError(f"{change.amount!r} is no amount of music", do=f"say {', '.join(AMOUNTS)}")
    brief = job.production.brief
    cue = job.cue(change.cue) if change.cue else None
    notes = _notes(job, change, cue, today)
    style = _catalogue_style(job, change.style)
    if cue is not None:
        if change.amount:
            raise InputError("how much music there is, is said of the whole film")
        changed_cue = _cue_with(cue, change, style)
        cues = tuple(changed_cue if one.id == cue.id else one for one in job.production.cues)
        brief = replace(brief, notes=notes)
        return job.save(replace(job.production, cues=cues, brief=brief))
    _refuse_unsaid(change, (brief.style, brief.tone, brief.references, brief.avoid))

    def joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
        return _joined(old, new, change.without)

    changed = Brief(
        style=joined(brief.style, change.style),
        tone=joined(brief.tone, change.tone),
        references=joined(brief.references, change.references),
        avoid=joined(brief.avoid, change.avoid),
        amount=change.amount or brief.amount,
        notes=notes,
    )
    production = replace(job.production, brief=changed, style=style or job.production.style)
    return job.save(production)


def _joined(
    old: tuple[str, ...], new: tuple[str, ...], without: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys((*old, *new)) if word not in without)


def _refuse_unsaid(change: BriefChange, said: tuple[tuple[str, ...], ...]) -> None:
    there = {word for words in said for word in words}
    for word in change.without:
        if word not in there:
            known = ", ".join(sorted(there)) or "nothing yet"
            raise InputError(f"{word!r} was not said", do=f"said: {known}")


def _cue_with(cue: Cue, change: BriefChange, style: str) -> Cue:
    _refuse_unsaid(change, (cue.tone, cue.references, cue.avoid))
    if change.style and not style:
        raise InputError(
            f"there is no style {change.style[-1]!r}",
            do="say words of tone, or a style of: scorestage catalogue styles",
        )
    return replace(
        cue,
        tone=_joined(cue.tone, change.tone, change.without),
        references=_joined(cue.references, change.references, change.without),
        avoid=_joined(cue.avoid, change.avoid, change.without),
        style=style or cue.style,
        kept=True,
    )


def _catalogue_style(job: Job, words: tuple[str, ...]) -> str:
    known = names("styles", *job.libraries)
    return next((word for word in reversed(words) if word in known), "")


def _notes(job: Job, change: BriefChange, cue: Cue | None, today: str) -> tuple[Note, ...]:
    notes = list(job.production.brief.notes)
    for number in (change.note_number, change.drop_note):
        if not 0 <= number <= len(notes):
            raise InputError(f"there is no note {number}", do=f"there are {len(notes)}")
    label = job.clock.nearest_label(job.reel_clock.read(change.at)) if change.at else ""
    cue_id = cue.id if cue is not None else ""
    if change.drop_note:
        del notes[change.drop_note - 1]
    elif change.note_number:
        old = notes[change.note_number - 1]
        notes[change.note_number - 1] = Note(
            change.note or old.text,
            change.who or old.who,
            old.when,
            label or old.timecode,
            cue_id or old.cue,
        )
    elif change.note:
        notes.append(Note(change.note, change.who, today, label, cue_id))
    elif change.who or change.at:
        raise InputError(
            "who said what?", do="give --note TEXT, or --note-number N to change a note"
        )
    return tuple(notes)


def tell_brief(job: Job) -> dict[str, Any]:
    """The brief as an answer: the film's, and of each cue that has more."""
    brief = job.production.brief
    numbers = {cue.id: cue.number for cue in job.production.cues}
    return {
        "style": list(brief.style),
        "tone": list(brief.tone),
        "references": list(brief.references),
        "avoid": list(brief.avoid),
        "amount": brief.amount,
        "notes": [
            {
                "text": one.text,
                "who": one.who,
                "when": one.when,
                "timecode": _burned_in(job, one),
                **({"cue": numbers.get(one.cue, one.cue)} if one.cue else {}),
            }
            for one in brief.notes
        ],
    }


def tell_cue_briefs(job: Job) -> list[dict[str, Any]]:
    """What is asked of each cue, and how it was understood."""
    return [
        tell_cue_brief(job, cue)
        for cue in job.production.cues
        if cue.status is not CueStatus.OMITTED
    ]


def _burned_in(job: Job, note: Note) -> str:
    """A note's timecode as it stands in its reel; in the files it is the film's."""
    at = moment_of(note, job.clock)
    return job.reel_clock.nearest_label(at) if at is not None else ""


def tell_cue_brief(job: Job, cue: Cue) -> dict[str, Any]:
    """The brief of one cue: its own words, its notes, and what they do to the music."""
    whole = load_ensemble(cue.ensemble or job.production.ensemble, *job.libraries)
    asked = asked_of(job.production, cue, job.clock, whole)
    return {
        "cue": cue.number,
        "title": cue.title,
        "style": cue.style or job.production.style,
        "tone": list(cue.tone),
        "references": list(cue.references),
        "avoid": list(cue.avoid),
        "notes": [
            {"text": one.text, "who": one.who, "when": one.when, "timecode": _burned_in(job, one)}
            for one in notes_of_cue(job.production, cue, job.clock)
        ],
        "tone_heeded": [*asked.tone, *asked.background],
        "players": len(ensemble_of(job, cue).players),
        "understood": [{"words": one.words, "does": one.does} for one in asked.heard],
    }
