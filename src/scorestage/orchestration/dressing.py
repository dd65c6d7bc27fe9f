"""How a phrase is played: pizzicato, mutes, tremolo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scorestage.music import Family, Role, Technique
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat, Beats

_PIZZ_PER_SECOND = 5.0
_LONG = Beats(2)


def dressed(
    company: Company, tasks: Iterable[Task], strands: Sequence[StrandReading]
) -> list[Task]:
    """Strings told how to play this phrase, where the composer has not."""
    told = {one.index for one in strands if one.strand.staff.techniques}
    winds_lead = not any(
        company.turns.leads(chair, company.phrase) and chair.instrument.family is Family.STRINGS
        for chair in company.chairs
    )
    bowed = _bowed(strands)
    listed = list(tasks)
    busy = Counter(task.player for task in listed)
    found = []
    for task in listed:
        strings = task.instrument.family is Family.STRINGS
        if strings and task.strand not in told and task.role is not Role.ACCENT:
            free = busy[task.player] == 1 and not (
                task.role is Role.RHYTHM
                and any((task.strand, note.onset) in bowed for note in task.notes)
            )
            task = _strings(company, task, winds_lead, single=free)
        found.append(task)
    return found


def _bowed(strands: Sequence[StrandReading]) -> set[tuple[int, Beat]]:
    """Where the composer's slurs begin, by strand: what is slurred is not plucked."""
    found = set()
    for one in strands:
        firsts = {slur.first for slur in one.strand.staff.slurs}
        found |= {(one.index, note.onset) for note in one.strand.staff.notes if note.id in firsts}
    return found


def _strings(company: Company, task: Task, winds_lead: bool, *, single: bool) -> Task:
    phrase = company.phrase
    if single and _plucks(company, task):
        return replace(task, techniques=frozenset({Technique.PIZZICATO}))
    if phrase.tier == 0 and "con sord." in task.instrument.plays:
        return replace(task, techniques=frozenset({Technique.CON_SORDINO}))
    shakes = task.role is Role.HARMONY and phrase.tier >= 3 and winds_lead
    if shakes and "trem." in task.instrument.plays:
        notes = tuple(
            replace(note, tremolo=3) if note.length >= _LONG and not note.tremolo else note
            for note in task.notes
        )
        return replace(task, notes=notes)
    return task


def _plucks(company: Company, task: Task) -> bool:
    """Short notes in soft and medium music, every other phrase, slow enough for a finger."""
    phrase = company.phrase
    if "pizz." not in task.instrument.plays or phrase.tier > 2 or phrase.tier == 0:
        return False
    if task.role not in (Role.RHYTHM, Role.BASS) or not task.notes:
        return False
    if task.role is Role.BASS and (task.essential or "double-bass" not in task.instrument.id):
        return False
    if phrase.dice(f"pizz|{task.role}") < 0.4 or any(note.tremolo for note in task.notes):
        return False
    start, end = task.notes[0].onset.quarters, task.notes[-1].end.quarters
    seconds = company.timing.between(start, end)
    lengths = [float(note.length.quarters) for note in task.notes]
    short = sum(lengths) / len(lengths) <= (1.0 if task.role is Role.RHYTHM else 2.0)
    return short and len(task.notes) <= _PIZZ_PER_SECOND * seconds
