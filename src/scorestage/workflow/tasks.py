"""`task`: who owes what by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from scorestage.errors import InputError
from scorestage.paperwork import is_late, state_of
from scorestage.production import Task
from scorestage.workflow.job import Job


def add_task(
    job: Job, what: str, *, cues: tuple[str, ...] = (), person: str = "", due: str = ""
) -> tuple[Task, ...]:
    """Work that somebody owes, once for each cue named, else of the film."""
    if not what.strip():
        raise InputError("say what is to be done", do="parts, orchestration, mock-up …")
    due = _day(due)
    found = []
    taken = {task.id for task in job.production.tasks}
    for cue_id in [job.cue(name).id for name in cues] or [""]:
        number = next(n for n in range(1, len(taken) + 2) if f"t{n}" not in taken)
        taken.add(f"t{number}")
        found.append(Task(f"t{number}", what.strip(), _person(job, person), cue_id, due))
    job.save(replace(job.production, tasks=(*job.production.tasks, *found)))
    return tuple(found)


def change_task(job: Job, task_id: str, **changes: str) -> Task:
    """Change what, person, cue, due or done of a piece of work; empty text takes it away."""
    task = task_of(job, task_id)
    changes |= {day: _day(changes[day]) for day in ("due", "done") if day in changes}
    if changes.get("cue"):
        changes["cue"] = job.cue(changes["cue"]).id
    if "person" in changes:
        changes["person"] = _person(job, changes["person"])
    changed = replace(task, **changes)
    tasks = tuple(changed if one.id == task.id else one for one in job.production.tasks)
    job.save(replace(job.production, tasks=tasks))
    return changed


def drop_task(job: Job, task_id: str) -> None:
    """Take a piece of work off the list."""
    task = task_of(job, task_id)
    tasks = tuple(one for one in job.production.tasks if one.id != task.id)
    job.save(replace(job.production, tasks=tasks))


def set_recording(job: Job, day: str) -> Job:
    """Keep the first day of the recording; empty forgets it."""
    return job.save(replace(job.production, recording=_day(day)))


def task_of(job: Job, task_id: str) -> Task:
    """The piece of work with this id; `InputError` names what there is."""
    for task in job.production.tasks:
        if task.id == task_id:
            return task
    known = ", ".join(task.id for task in job.production.tasks) or "none"
    raise InputError(f"there is no task {task_id!r}", do=f"tasks: {known}")


def tell_tasks(job: Job, today: str) -> list[dict[str, Any]]:
    """All work as an answer, in the order of its days."""
    numbers = {cue.id: cue.number for cue in job.production.cues}
    people = {person.id: person.name for person in job.production.people}
    ordered = sorted(job.production.tasks, key=lambda one: (bool(one.done), one.due or "9999"))
    return [
        {
            "id": task.id,
            "what": task.what,
            "person": people.get(task.person, task.person),
            "cue": numbers.get(task.cue, task.cue) or None,
            "due": task.due or None,
            "done": task.done or None,
            "late": is_late(task, today),
            "state": state_of(task, today),
        }
        for task in ordered
    ]


def _person(job: Job, name: str) -> str:
    """The id of a person known by name, else the name."""
    for person in job.production.people:
        if name.lower() in (person.id.lower(), person.name.lower()):
            return person.id
    return name


def _day(text: str) -> str:
    """A day in the one way in which days are compared, `2026-12-01`; empty for none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(f"{text!r} is no day", do="write the day as 2026-12-01") from None
