"""How a phrase is played: pizzicato, mutes, tremolo, and who must hold back for the tune."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scorestage.music import Family, Role, Technique
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.practice import strength
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.values import Chair, Task
from scorestage.timebase import Beats

_PIZZ_PER_SECOND = 5.0
_STEP = 10 ** (5 / 20)
_SHARE = 0.9
_FLOOR = -3.0
_BACKGROUND = (Role.HARMONY, Role.RHYTHM, Role.COUNTER, Role.COLOUR)
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
    listed = list(tasks)
    busy = Counter(task.player for task in listed)
    found = []
    for task in listed:
        strings = task.instrument.family is Family.STRINGS
        if strings and task.strand not in told and task.role is not Role.ACCENT:
            task = _strings(company, task, winds_lead, single=busy[task.player] == 1)
        found.append(task)
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


def balanced(
    company: Company, tasks: Sequence[Task], curves: Mapping[int, LevelCurve]
) -> list[Task]:
    """Every layer under the tune held back until the tune is heard over it.

    One step at most in soft and medium music, two in loud. Weights are the catalogue's, in
    trumpets at forte, spread over the players of a layer; a step of dynamics counts 5 dB.
    """
    chairs = {chair.id: chair for chair in company.chairs}
    middle = (company.phrase.start + company.phrase.end) / 2

    def power(some: Iterable[Task]) -> float:
        once = {task.player: task for task in some if task.notes}
        total = 0.0
        for task in once.values():
            curve = curves.get(task.strand)
            level = (curve.at(middle) if curve else 0.0) + task.level_shift
            total += _weight(chairs[task.player], level) * _STEP**level
        return total / math.sqrt(max(1, len(once)))

    tune = power(task for task in tasks if task.role is Role.MELODY)
    if tune <= 0:
        return list(tasks)
    most = 1 if company.phrase.tier <= 2 else 2
    held = dict.fromkeys(_BACKGROUND, 0)
    for role in _BACKGROUND:
        layer = power(task for task in tasks if task.role is role)
        while layer > _SHARE * tune and held[role] < most:
            held[role] += 1
            layer /= _STEP
    return [_held_back(company, task, held.get(task.role, 0)) for task in tasks]


def _held_back(company: Company, task: Task, steps: int) -> Task:
    """The task some steps softer, but never below pp on that account."""
    room = max(0, int(company.phrase.level - _FLOOR + 0.5))
    shift = max(-room, task.level_shift - steps)
    return task if task.dynamics else replace(task, level_shift=shift)


def _weight(chair: Chair, level: float) -> float:
    return strength(chair.instrument, chair.player.count, level)
