"""Natural harmonics: high, long, quiet tones of the strings on the nodes of their open strings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from scorestage.music import Family, Instrument, Note, NoteSign, Role, Sign, Technique
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.values import Task

_PARTIALS = (12, 19, 24)
"""Semitones of the second, third and fourth partial above the open string."""
_ABOVE_THE_TOP_STRING = 3
_LEAST_SECONDS = 1.5
_SOFT = 1
_HELD = (Role.HARMONY, Role.COLOUR)
_CIRCLE = NoteSign(
    Sign("technical", inner=(Sign("harmonic", inner=(Sign("natural"), Sign("sounding-pitch"))),))
)
_WHY = "high and quiet: natural harmonics, as they sound, with a circle"


def natural_keys(instrument: Instrument) -> frozenset[int]:
    """The sounding MIDI keys, above the top string, that a bowed instrument has as natural
    harmonics with its second to fourth partials.

    >>> natural_keys(Instrument("x", "X", "X.", Family.STRINGS, None, None))
    frozenset()
    """
    strings = [one.key for one in instrument.open_strings]
    if instrument.family is not Family.STRINGS or "harm." not in instrument.plays or not strings:
        return frozenset()
    least = max(strings) + _ABOVE_THE_TOP_STRING
    keys = {string + up for string in strings for up in _PARTIALS}
    return frozenset(key for key in keys if key >= least)


def touched(company: Company, tasks: Sequence[Task], told: Collection[int]) -> list[Task]:
    """The tasks of a soft phrase, held string tones that lie on a node touched, not stopped.

    Only whole tones of harmony and colour, bowed without tremolo, at least `_LEAST_SECONDS` long;
    never in a strand of which the composer says how it is played (`told`).
    """
    if company.phrase.tier > _SOFT:
        return list(tasks)
    return [task if task.strand in told else _with_circles(company, task) for task in tasks]


def stopped(note: Note) -> Note:
    """The note without the circle, for when it is too short to speak."""
    return replace(note, signs=tuple(sign for sign in note.signs if sign != _CIRCLE))


def _with_circles(company: Company, task: Task) -> Task:
    keys = natural_keys(task.instrument)
    if not keys or task.role not in _HELD or Technique.PIZZICATO in task.techniques:
        return task
    notes = tuple(
        replace(note, signs=(*note.signs, _CIRCLE)) if _serves(company, note, keys) else note
        for note in task.notes
    )
    if notes == task.notes:
        return task
    return replace(task, notes=notes, why=f"{task.why}; {_WHY}")


def _serves(company: Company, note: Note, keys: Collection[int]) -> bool:
    """Whether a note is one tone on a node, held long enough to speak."""
    one = len(note.sounding) == 1 and note.sounding[0].key in keys
    plain = not note.tremolo and not note.articulations and not note.signs and not note.grace
    seconds = company.timing.between(note.onset.quarters, note.end.quarters)
    return one and plain and seconds >= _LEAST_SECONDS
