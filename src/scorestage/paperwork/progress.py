"""How far the work is: what each cue waits for, who has it, minutes a day to the recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorestage.paperwork.heading import people_facts
from scorestage.paperwork.table import Column, Table
from scorestage.paperwork.tasks import is_late, owed_for
from scorestage.production import Cue, CueStatus, Person, Production
from scorestage.timebase import clock_text

COLUMNS = (
    Column("Cue", 9),
    Column("Title", 28),
    Column("Length", 9, right=True),
    Column("Status", 13),
    Column("Next", 26),
    Column("With", 22),
    Column("Owed", 30),
)
_ORDER = tuple(status for status in CueStatus if status is not CueStatus.OMITTED)
_NEXT = {
    CueStatus.PROPOSED: ("to be spotted with the director", "music editor"),
    CueStatus.SPOTTED: ("sketch", "composer"),
    CueStatus.SKETCHED: ("mock-up", "composer"),
    CueStatus.MOCKED_UP: ("approval", "director"),
    CueStatus.APPROVED: ("orchestration", "orchestrator"),
    CueStatus.ORCHESTRATED: ("parts", "copyist"),
    CueStatus.COPIED: ("recording", "stage"),
    CueStatus.RECORDED: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Seconds of music in all and by status reached, and what is left to write each day.

    `unwritten_seconds` is music that is not sketched yet; `a_day_seconds` spreads it over the days
    to the recording, None where no day is known or none is left.
    """

    total_seconds: Fraction
    reached_seconds: Mapping[CueStatus, Fraction]
    unwritten_seconds: Fraction
    days_left: int | None
    a_day_seconds: Fraction | None


def progress_of(production: Production, days_left: int | None = None) -> Progress:
    """The state of the whole film; cues of unknown length count as nothing.

    >>> from scorestage.timebase import FRAMES_24
    >>> cue = Cue("c", "1m01", length_seconds=Fraction(120), status=CueStatus.SPOTTED)
    >>> float(progress_of(Production("x", FRAMES_24, cues=(cue,)), 4).a_day_seconds)
    30.0
    """
    living = [cue for cue in production.cues if cue.status is not CueStatus.OMITTED]
    lengths = {cue.id: cue.seconds or Fraction(0) for cue in living}
    total = sum(lengths.values(), Fraction(0))

    def from_status(status: CueStatus) -> Fraction:
        rank = _ORDER.index(status)
        return sum((lengths[c.id] for c in living if _ORDER.index(c.status) >= rank), Fraction(0))

    reached: dict[CueStatus, Fraction] = {status: from_status(status) for status in _ORDER}
    licensed = sum((lengths[c.id] for c in living if _is_to_clear(production, c)), Fraction(0))
    unwritten = total - reached[CueStatus.SKETCHED] - licensed
    a_day = unwritten / days_left if days_left is not None and days_left > 0 else None
    return Progress(total, reached, unwritten, days_left, a_day)


def _is_to_clear(production: Production, cue: Cue) -> bool:
    """Whether a cue is licensed music, which nobody sketches."""
    is_written = _ORDER.index(cue.status) >= _ORDER.index(CueStatus.SKETCHED)
    return production.licence(cue.id) is not None and not is_written


def progress_table(production: Production, days_left: int | None = None, today: str = "") -> Table:
    """Each cue with what it waits for and whose turn it is; totals above.

    With `today`, work that is owed by a day stands with its cue, and what is late is strong.
    """
    people = {person.id: person for person in production.people}
    living = [cue for cue in production.cues if cue.status is not CueStatus.OMITTED]
    found = progress_of(production, days_left)
    facts = [("Production", production.title), *people_facts(production)]
    facts.append(("Music", clock_text(found.total_seconds)))
    facts += [
        (str(status).capitalize(), clock_text(found.reached_seconds[status]))
        for status in (CueStatus.SKETCHED, CueStatus.APPROVED, CueStatus.COPIED, CueStatus.RECORDED)
    ]
    if days_left is not None:
        facts.append(("Days left", str(days_left)))
    if found.a_day_seconds is not None:
        facts.append(("To write a day", clock_text(found.a_day_seconds)))
    late = {task.cue for task in production.tasks if today and is_late(task, today)}
    if late:
        facts.append(("Late", str(sum(is_late(task, today) for task in production.tasks))))
    return Table(
        title="Progress",
        columns=COLUMNS,
        rows=tuple(_row(cue, people, production, today) for cue in living),
        facts=tuple(facts),
        strong=frozenset(at for at, cue in enumerate(living) if cue.id in late),
        legend=("Times are minutes of music that have come so far or further.",),
    )


def _holders(production: Production, role: str) -> str:
    return ", ".join(one.name for one in production.people if role and role in one.roles)


def _row(
    cue: Cue, people: Mapping[str, Person], production: Production, today: str
) -> tuple[str, ...]:
    step, role = _NEXT[cue.status]
    licence = production.licence(cue.id)
    if licence is not None:
        step, role = ("", "") if licence.is_cleared else ("licence", "music supervisor")
    own = {"composer": cue.composer, "orchestrator": cue.orchestrator}.get(role, "")
    person = people.get(own)
    name = person.name if person is not None else own or _holders(production, role)
    length = clock_text(cue.seconds) if cue.seconds is not None else "free"
    owed = owed_for(production, cue.id, today) if today else ""
    return cue.number, cue.title, length, str(cue.status), step, name or role, owed
