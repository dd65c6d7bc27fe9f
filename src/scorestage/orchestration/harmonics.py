"""Harmonics: high, long, quiet tones of the strings, on open strings or a fourth over a stop."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from scorestage.music import Family, Instrument, Note, NoteSign, Role, Sign, Technique
from scorestage.music.harmonics import CIRCLE, drawn_signs, touched_fourth
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.checking.fingerboard import Neck, harmonic_places
from scorestage.orchestration.values import Task

_PARTIALS = (12, 19, 24)
"""Semitones of the second, third and fourth partial above the open string."""
_FOURTH = 5
_ABOVE_THE_TOP_STRING = 3
_LEAST_SECONDS = 1.5
_SOFT = 1
_HELD = (Role.HARMONY, Role.COLOUR)
_CIRCLE = NoteSign(
    Sign("technical", inner=(Sign("harmonic", inner=(Sign("natural"), Sign("sounding-pitch"))),))
)
_WHY = "high and quiet: natural harmonics, as they sound, with a circle"
_WHY_STOPPED = "high and quiet: harmonics two octaves over the stopped note, a fourth touched"
_TWO_OCTAVES = 24
_HIGHEST, _THIN = 12, 15
"""Semitones above the top string: the highest stop, and from where a stopped tone is thin."""


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
    circles = (_CIRCLE, CIRCLE)
    return replace(note, signs=tuple(sign for sign in note.signs if sign not in circles))


def artificial_keys(instrument: Instrument) -> frozenset[int]:
    """The sounding MIDI keys that a bowed instrument has two octaves over a stop, a fourth touched.

    Only those above where a stopped tone is thin, by a stop in its comfortable range; no basses.

    >>> artificial_keys(Instrument("x", "X", "X.", Family.STRINGS, None, None))
    frozenset()
    """
    strings = tuple(one.key for one in instrument.open_strings)
    easy = instrument.comfortable
    if not natural_keys(instrument) or easy is None or instrument.octave_display:
        return frozenset()
    neck, highest = Neck.of(instrument.id, strings), max(strings) + _HIGHEST
    stops = range(max(strings) + _THIN - _TWO_OCTAVES, min(easy.high.key, highest) + 1)
    return frozenset(
        stop + _TWO_OCTAVES for stop in stops if harmonic_places(neck, stop, stop + _FOURTH)
    )


def drawn(note: Note) -> Note:
    """A tone that is to be an artificial harmonic as it stands on the page: stopped and touched."""
    if CIRCLE not in note.signs:
        return note
    heads = [head for tone in note.sounding for head in touched_fourth(tone)]
    signs = drawn_signs(note.signs, len(note.sounding))
    return replace(note, pitches=tuple(heads), signs=signs)


def _with_circles(company: Company, task: Task) -> Task:
    keys = natural_keys(task.instrument)
    if not keys or task.role not in _HELD or Technique.PIZZICATO in task.techniques:
        return task
    for circle, nodes, why in (
        (_CIRCLE, keys, _WHY),
        (CIRCLE, artificial_keys(task.instrument), _WHY_STOPPED),
    ):
        notes = tuple(
            replace(note, signs=(*note.signs, circle)) if _serves(company, note, nodes) else note
            for note in task.notes
        )
        if notes != task.notes:
            task = replace(task, notes=notes, why=f"{task.why}; {why}")
    return task


def _serves(company: Company, note: Note, keys: Collection[int]) -> bool:
    """Whether a note is one tone on a node, held long enough to speak."""
    one = len(note.sounding) == 1 and note.sounding[0].key in keys
    plain = not note.tremolo and not note.articulations and not note.signs and not note.grace
    seconds = company.timing.between(note.onset.quarters, note.end.quarters)
    return one and plain and seconds >= _LEAST_SECONDS
