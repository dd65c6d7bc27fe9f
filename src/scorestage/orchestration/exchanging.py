"""Few players, many lines: a tone that two of them double makes room for one that nobody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import Note
from scorestage.orchestration.chairs import chairs_of
from scorestage.orchestration.coverage import MUST, Uncovered, unheard
from scorestage.orchestration.job import Job
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.playing import ROLE_WORDS, played
from scorestage.orchestration.practice import IMPOSSIBLE, key_cost
from scorestage.orchestration.serving import Means, Settle, serve
from scorestage.orchestration.values import Chair, Task
from scorestage.timebase import Beats

_REACH = (0, 1, -1, 2, -2)
_FARTHEST = 9
_MOVED = 2.0
_LINE = 3.0
_PRIORITY = 6


@dataclass(frozen=True, slots=True)
class Exchange:
    """A note given up, by its player and id, and the tone its player takes instead."""

    player: str
    note: str
    task: Task


def exchange(
    job: Job,
    tasks: dict[str, list[Task]],
    settled: dict[str, list[Placed]],
    settle: Settle,
) -> None:
    """Tones that only double given up for tones that nobody has, where more is heard for it.

    `tasks` and `settled` are changed in place, phrase by phrase only where more is heard for it.
    """
    serve(job, tasks, settled, settle, Means(_missing, exchanges, _asked, _begins))


def _missing(job: Job, notes: Sequence[Note]) -> tuple[Uncovered, ...]:
    return unheard(job.strands, notes)


def _asked(tasks: Sequence[Task], own: Sequence[Exchange]) -> list[Task]:
    given = {one.note for one in own}
    asked = (*(_without(task, given) for task in tasks), *(one.task for one in own))
    return [task for task in asked if task.notes]


def _begins(one: Exchange) -> Fraction:
    return one.task.notes[0].onset.quarters


def _without(task: Task, given: set[str]) -> Task:
    return replace(task, notes=tuple(note for note in task.notes if note.id not in given))


def exchanges(
    job: Job, missing: Sequence[Uncovered], settled: Mapping[str, Sequence[Placed]]
) -> list[Exchange]:
    """For tones that nobody has, players who only double another tone at that moment.

    Tune and bass are never given up, nor is the last of a tone; what is taken lies near what is
    given up, so that no line leaps for it.
    """
    at_once: dict[Fraction, list[Placed]] = {}
    for placed in settled.values():
        for own in placed:
            at_once.setdefault(own.start, []).append(own)
    found: list[Exchange] = []
    given: set[str] = set()
    names: dict[Fraction, Counter[int]] = {}
    for one in missing:
        at = one.tone.start
        here = at_once.get(at, [])
        heard = names.setdefault(
            at, Counter(pitch.key % 12 for own in here for pitch in own.note.sounding)
        )
        options = [own for own in here if own.note.id not in given and _spare(own, heard)]
        best = _nearest(job, one, options)
        if best is None or heard[one.tone.key % 12]:
            continue
        own, chair, octaves = best
        note = _until_next(played(one.tone, chair, octaves), own, settled[chair.id])
        if note is not None:
            given.add(own.note.id)
            heard[own.note.sounding[0].key % 12] -= 1
            heard[one.tone.key % 12] += 1
            found.append(Exchange(chair.id, own.note.id, _task(one, own, note, octaves)))
    return found


def _spare(own: Placed, heard: Mapping[int, int]) -> bool:
    """Whether a note is neither tune nor bass nor rescued, and another sounds its tone too."""
    if own.task.role in MUST or own.task.essential or len(own.note.sounding) != 1:
        return False
    return len(own.note.pitches) == 1 and heard[own.note.sounding[0].key % 12] > 1


def _nearest(
    job: Job, one: Uncovered, options: Sequence[Placed]
) -> tuple[Placed, Chair, int] | None:
    """Who gives up least, and in which octave the tone lies nearest to what they had."""
    best: tuple[float, int, Placed, Chair, int] | None = None
    for own in options:
        chairs = chairs_of(job.ensemble, job.phrases[own.task.phrase])
        chair = next(seat for seat in chairs if seat.id == own.task.player)
        if chair.instrument.id != own.task.instrument.id:
            continue
        for octaves in _REACH:
            key = one.tone.key + 12 * octaves
            register = key_cost(chair.instrument, key, 0.0)
            off = abs(key - own.note.sounding[0].key)
            if register >= IMPOSSIBLE or off > _FARTHEST:
                continue
            cost = register + 0.5 * off + (_MOVED if octaves else 0.0)
            cost += _LINE if own.task.rule.endswith(".carrier") else 0.0
            if best is None or (cost, chair.seat) < best[:2]:
                best = cost, chair.seat, own, chair, octaves
    return best[2:] if best is not None else None


def _until_next(note: Note | None, own: Placed, placed: Sequence[Placed]) -> Note | None:
    """The note as long as its player is free for it."""
    if note is None:
        return None
    after = min((one.start for one in placed if one.start > own.start), default=note.end.quarters)
    free = max(after, own.end) if own.end > after else after
    length = min(note.length.quarters, free - own.start)
    return replace(note, length=Beats(length))


def _task(one: Uncovered, own: Placed, note: Note, octaves: int) -> Task:
    word = ROLE_WORDS[one.role].split("-")[0]
    had = own.note.sounding[0]
    why = f"takes {note.sounding[0]} of the {ROLE_WORDS[one.role]} for {had}, which another has"
    return replace(
        own.task,
        role=one.role,
        rule=f"{word}.carrier" if not octaves else f"{word}.displaced",
        why=why,
        priority=_PRIORITY,
        strand=one.strand,
        notes=(note,),
        essential=True,
        added=False,
    )
