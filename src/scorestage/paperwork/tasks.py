"""Who owes what by when."""

from __future__ import annotations

from datetime import date

from scorestage.paperwork.table import Column, Table
from scorestage.production import Production, Task

COLUMNS = (
    Column("Due", 11),
    Column("Who", 22),
    Column("What", 30),
    Column("Cue", 9),
    Column("Title", 26),
    Column("State", 18),
)


def owed(production: Production, today: str) -> Table:
    """Open work by its day, what is late first and strong; done work below with its day.

    Raises `ValueError` for a day that is none.
    """
    people = {person.id: person.name for person in production.people}
    cues = {cue.id: cue for cue in production.cues}
    ordered = sorted(
        production.tasks, key=lambda one: (bool(one.done), one.due or "9999", one.person, one.id)
    )
    rows = []
    for task in ordered:
        cue = cues.get(task.cue)
        rows.append(
            (
                task.due,
                people.get(task.person, task.person),
                task.what,
                cue.number if cue is not None else "",
                cue.title if cue is not None else "",
                state_of(task, today),
            )
        )
    late = [task for task in ordered if is_late(task, today)]
    open_ = [task for task in ordered if not task.done]
    facts = [("Production", production.title), ("Open", str(len(open_))), ("Late", str(len(late)))]
    if production.recording:
        facts.append(("Recording", production.recording))
    return Table(
        title="Who owes what by when",
        columns=COLUMNS,
        rows=tuple(rows),
        facts=tuple(facts),
        strong=frozenset(at for at, task in enumerate(ordered) if is_late(task, today)),
    )


def state_of(task: Task, today: str) -> str:
    """Where a piece of work stands on a day.

    >>> state_of(Task("t1", "parts", due="2031-05-04"), "2031-05-06")
    '2 days late'
    """
    if task.done:
        return f"done {task.done}"
    if not task.due:
        return "open"
    days = (date.fromisoformat(task.due) - date.fromisoformat(today)).days
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'s' * (abs(days) != 1)}"
    return f"in {count}" if days > 0 else f"{count} late"


def is_late(task: Task, today: str) -> bool:
    """Whether work should have been done before this day.

    >>> is_late(Task("t1", "parts", due="2031-05-04"), "2031-05-04")
    False
    """
    return bool(task.due) and not task.done and task.due < today


def owed_for(production: Production, cue_id: str, today: str) -> str:
    """The open work on a cue in one line: what, who, when."""
    people = {person.id: person.name for person in production.people}
    parts = []
    for task in sorted(production.tasks, key=lambda one: (one.due or "9999", one.id)):
        if task.cue != cue_id or task.done:
            continue
        told = [task.what, people.get(task.person, task.person), task.due]
        words = ", ".join(filter(None, told))
        if is_late(task, today):
            words += f" ({state_of(task, today)})"
        parts.append(words)
    return "\n".join(parts)
