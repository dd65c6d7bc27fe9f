"""Fewer players than tones: who holds a chord tone breaks it for one that nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from scorestage.music import Note, Role
from scorestage.orchestration.chairs import chairs_of
from scorestage.orchestration.coverage import MUST, Uncovered, silent
from scorestage.orchestration.harmonics import stopped
from scorestage.orchestration.job import Job
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.playing import ROLE_WORDS, played
from scorestage.orchestration.practice import IMPOSSIBLE, key_cost
from scorestage.orchestration.serving import Means, Settle, serve
from scorestage.orchestration.values import Chair, Task
from scorestage.timebase import Beat, Beats

_REACH = (0, 1, -1, 2, -2)
_FARTHEST = 9
_SHORTEST_SECONDS = 0.25
_HELD_SECONDS = 0.5
_LATE, _MOVED, _OTHER_LINE = 4.0, 2.0, 1.5
_PRIORITY = 6
_NEVER = frozenset({*MUST, Role.ACCENT})


@dataclass(frozen=True, slots=True)
class Break:
    """A held note let go at a moment for a tone that its player takes from there on."""

    player: str
    note: str
    at: Fraction
    task: Task


def break_chords(
    job: Job,
    tasks: dict[str, list[Task]],
    settled: dict[str, list[Placed]],
    settle: Settle,
) -> None:
    """Tones that nobody has are taken by who holds another of the chord, one after the other.

    A note held from before is let go when the tone begins; one that begins with it has the first
    half of the time. Tune, bass and hits are never broken, and no piece is shorter than a quarter
    of a second. `tasks` and `settled` are changed in place, phrase by phrase only where more is
    heard for it, so that a phrase is broken as it would be by itself.
    """
    serve(job, tasks, settled, settle, Means(_missing, _breaks, _asked, _at))


def _missing(job: Job, notes: Sequence[Note]) -> tuple[Uncovered, ...]:
    return silent(job.strands, notes)


def _asked(tasks: Sequence[Task], own: Sequence[Break]) -> list[Task]:
    return [*(_let_go(task, own) for task in tasks), *(one.task for one in own)]


def _at(one: Break) -> Fraction:
    return one.at


def _let_go(task: Task, breaks: Sequence[Break]) -> Task:
    """The task with those of its notes shorter that are broken."""
    ends = {one.note: one.at for one in breaks}
    notes = tuple(
        replace(stopped(note), length=Beats(ends[note.id] - note.onset.quarters))
        if note.id in ends and note.onset.quarters < ends[note.id] < note.end.quarters
        else note
        for note in task.notes
    )
    return replace(task, notes=notes) if notes != task.notes else task


def _breaks(
    job: Job, missing: Sequence[Uncovered], settled: Mapping[str, Sequence[Placed]]
) -> Iterator[Break]:
    """For each tone that nobody has the note that is best broken for it, each note once."""
    held: dict[int, list[Placed]] = {}
    for placed in settled.values():
        for own in _breakable(job, placed):
            for quarter in range(floor(own.start), ceil(own.end)):
                held.setdefault(quarter, []).append(own)
    used: set[tuple[str, str]] = set()
    for one in missing:
        best: tuple[float, int, Placed, Chair, Fraction, int] | None = None
        for own in held.get(floor(one.tone.start), ()):
            taken = (own.task.player, own.note.id) in used
            if taken or not own.start <= one.tone.start < own.end:
                continue
            option = _option(job, one, own)
            if option is not None and (best is None or option[:2] < best[:2]):
                best = option
        if best is not None:
            _, _, own, chair, at, octaves = best
            task = _task(one, own, chair, at, octaves)
            if task is not None:
                used.add((chair.id, own.note.id))
                yield Break(chair.id, own.note.id, at, task)


def _breakable(job: Job, placed: Sequence[Placed]) -> list[Placed]:
    """Single notes of inner lines and doublings that last long enough for two."""
    return [
        one
        for one in placed
        if one.task.role not in _NEVER
        and len(one.note.pitches) == 1
        and one.note.sounding
        and not one.note.tremolo
        and one.staff == one.voice == 0
        and one.task.instrument.max_polyphony < 3
        and job.timing.between(one.start, one.end) >= 2 * _SHORTEST_SECONDS
    ]


def _option(
    job: Job, one: Uncovered, own: Placed
) -> tuple[float, int, Placed, Chair, Fraction, int] | None:
    """What it costs to break a note for a tone, where, and in which octave the tone is taken."""
    at = _moment(job, one, own)
    if at is None:
        return None
    chairs = chairs_of(job.ensemble, job.phrases[own.task.phrase])
    chair = next((seat for seat in chairs if seat.id == own.task.player), None)
    if chair is None or chair.instrument.id != own.task.instrument.id:
        return None
    best: tuple[float, int] | None = None
    for octaves in _REACH:
        key = one.tone.key + 12 * octaves
        register = key_cost(chair.instrument, key, 0.0)
        off = abs(key - own.note.sounding[0].key)
        if register < IMPOSSIBLE and off <= _FARTHEST:
            cost = register + 0.5 * off + (_MOVED if octaves else 0.0)
            best = min(best or (cost, octaves), (cost, octaves))
    if best is None:
        return None
    cost = best[0] + (_LATE if at > one.tone.start else 0.0)
    cost += _OTHER_LINE if own.task.strand != one.strand else 0.0
    return cost, chair.seat, own, chair, at, best[1]


def _moment(job: Job, one: Uncovered, own: Placed) -> Fraction | None:
    """When a note is let go for a tone; None where one of them would be too short."""
    start, end = one.tone.start, min(one.tone.end, own.end)
    between = job.timing.between
    if own.start < start:
        long = between(own.start, start) >= _HELD_SECONDS
        return start if long and between(start, end) >= _SHORTEST_SECONDS else None
    half = _half(end - start)
    if between(start, start + half) < _SHORTEST_SECONDS:
        return None
    return start + half if between(start + half, end) >= _SHORTEST_SECONDS else None


def _half(length: Fraction) -> Fraction:
    """The first half of a length, on a beat where it has several.

    >>> [str(_half(Fraction(n, 2))) for n in (1, 2, 3, 4, 6, 8, 14)]
    ['1/4', '1/2', '1', '1', '2', '2', '4']
    """
    if length > 2 or length == Fraction(3, 2):
        return Fraction(-(-length // 2))
    return length / 2


def _task(one: Uncovered, own: Placed, chair: Chair, at: Fraction, octaves: int) -> Task | None:
    whole = played(one.tone, chair, octaves)
    if whole is None:
        return None
    end = min(one.tone.end, own.end)
    note = replace(whole, onset=Beat(at), length=Beats(end - at), grace=())
    word, had = ROLE_WORDS[one.role].split("-")[0], own.note.sounding[0]
    why = f"breaks the chord: {had}, then {note.sounding[0]}, which nobody else has"
    return replace(
        own.task,
        role=one.role,
        rule=f"{word}.broken",
        why=why,
        priority=_PRIORITY,
        strand=one.strand,
        notes=(note,),
        essential=True,
        added=False,
    )
