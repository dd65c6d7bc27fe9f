"""`person`: who works on the film, and who is paid which share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from typing import Any

from scorestage.errors import InputError
from scorestage.production import Credit, Person
from scorestage.workflow.job import Job

CREDIT_ROLES = ("C", "A", "CA", "AR", "E")
"""Composer, author, both, arranger, publisher, as the societies write them (CISAC)."""


def add_person(
    job: Job, name: str, *, roles: tuple[str, ...] = (), society: str = "", ipi: str = ""
) -> Person:
    """Somebody who works on the film; `InputError` where they are there already."""
    name = name.strip()
    if not name:
        raise InputError("say the person's name")
    if _found(job, name) is not None:
        raise InputError(f"{name} is there already", do=f"say `person change {name!r}`")
    person = Person(_id_of(job, name), name, society.strip(), ipi.strip(), _roles(roles))
    job.save(replace(job.production, people=(*job.production.people, person)))
    return person


def change_person(job: Job, who: str, /, **changes: Any) -> Person:
    """Change `name`, `society`, `ipi` or `roles`; what is theirs elsewhere stays theirs."""
    person = person_of(job, who)
    if "roles" in changes:
        changes["roles"] = _roles(changes["roles"])
    changed = replace(person, **changes)
    changed = replace(changed, name=changed.name.strip())
    if not changed.name:
        raise InputError("a person has a name")
    same = _found(job, changed.name)
    if same is not None and same.id != person.id:
        raise InputError(f"{changed.name} is there already", do="give them another name")
    people = tuple(changed if one.id == person.id else one for one in job.production.people)
    job.save(replace(job.production, people=people))
    return changed


def drop_person(job: Job, name: str) -> Person:
    """Take somebody off the film, with their credits; not while a cue or task is theirs."""
    person = person_of(job, name)
    cues = [
        one.number for one in job.production.cues if person.id in (one.composer, one.orchestrator)
    ]
    tasks = [one.id for one in job.production.tasks if one.person == person.id and not one.done]
    if cues or tasks:
        held = ", ".join((*cues, *tasks))
        raise InputError(f"{person.name} still has {held}", do="give these to somebody else first")
    kept = tuple(one for one in job.production.people if one.id != person.id)
    paid = tuple(one for one in job.production.credits if one.person != person.id)
    job.save(replace(job.production, people=kept, credits=paid))
    return person


def credit_person(job: Job, name: str, role: str, share_percent: Fraction) -> Credit:
    """Say that a person has a share in a role of the whole score; a share of 0 takes it away."""
    person = person_of(job, name)
    role = role.strip().upper()
    if role not in CREDIT_ROLES:
        raise InputError(f"{role} is no role of a cue sheet", do=f"say {', '.join(CREDIT_ROLES)}")
    if not 0 <= share_percent <= 100:
        raise InputError(f"a share of {share_percent} % is not between 0 and 100 %")
    others = tuple(
        one for one in job.production.credits if (one.person, one.role) != (person.id, role)
    )
    made = Credit(person.id, role, share_percent)
    job.save(replace(job.production, credits=(*others, made) if share_percent else others))
    return made


def person_of(job: Job, name: str) -> Person:
    """The person of that name or id; `InputError` names who there is."""
    person = _found(job, name)
    if person is None:
        known = ", ".join(one.name for one in job.production.people) or "nobody yet"
        raise InputError(f"nobody here is called {name!r}", do=f"people: {known}")
    return person


def tell_people(job: Job) -> list[dict[str, Any]]:
    """All people as an answer, with their credits and cues."""
    production = job.production
    return [
        {
            "id": person.id,
            "name": person.name,
            "roles": list(person.roles),
            "society": person.society or None,
            "ipi": person.ipi or None,
            "credits": [
                {"role": one.role, "share_percent": str(one.share_percent)}
                for one in production.credits
                if one.person == person.id
            ],
            "cues": [
                cue.number
                for cue in production.cues
                if person.id in (cue.composer, cue.orchestrator)
            ],
        }
        for person in production.people
    ]


def _found(job: Job, name: str) -> Person | None:
    wanted = name.strip().lower()
    return next(
        (one for one in job.production.people if wanted in (one.id.lower(), one.name.lower())),
        None,
    )


def _roles(roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip().lower() for one in roles if one.strip()))


def _id_of(job: Job, name: str) -> str:
    """The first name in plain letters, the whole name or a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words: list[str] = re.findall(r"[a-z0-9]+", plain) or ["person"]
    taken = {one.id for one in job.production.people}
    numbered = (f"{words[0]}{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (words[0], "-".join(words), *numbered) if one not in taken)
