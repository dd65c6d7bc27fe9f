"""Second thoughts: notes nobody reached, players without work, parts that are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Note, Role
from scorestage.orchestration.busy import Busy, Stage
from scorestage.orchestration.carriers import Company, register_cost
from scorestage.orchestration.cast import line_key
from scorestage.orchestration.chairs import chairs_of
from scorestage.orchestration.coverage import Uncovered
from scorestage.orchestration.fingers import double_stop, is_bowed
from scorestage.orchestration.job import Job
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.playing import ROLE_WORDS, double_task, played
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    can_divide,
    colour,
    is_chordal,
    is_horn,
    key_cost,
    suit,
)
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.touches import touches
from scorestage.orchestration.values import Chair, Task

_TOO_MUCH = 60.0
_REACH = (0, 1, -1, 2, -2)
_IDLE_PHRASES = 2
_ENOUGH = 12.0
_CROWD = 3
_GENTLE = 7
_AWAY, _EASY_LEAP, _NEAR = 4.0, 9, 4
_STUTTER, _QUICK, _OWN_LINE = 12.0, Fraction(1, 4), 5.0
_DOUBLINGS = 10
"""From this priority on a task only doubles or adds."""


def rescues(
    job: Job,
    missing: Sequence[Uncovered],
    settled: Mapping[str, Sequence[Placed]],
    *,
    gently: bool = False,
) -> list[Task]:
    """For each note nobody plays the player who can best step in.

    Where no instrument has it, somebody plays it an octave or two away; the fault stays. `gently`
    leaves alone all who play a line of the sketch there.
    """
    tasks: list[Task] = []
    taken: dict[str, list[Note]] = {}
    stage = Stage(settled)
    for one in missing:
        place = _phrase_of(job, one)
        chairs = chairs_of(job.ensemble, job.phrases[place])
        best = _best(one, chairs, stage, taken, tasks, gently=gently)
        note = played(one.tone, best[1], best[0]) if best is not None else None
        if best is None or note is None:
            continue
        octaves, chair = best
        taken.setdefault(chair.id, []).append(note)
        nobody = not any(_has(seat, one.tone.key) for seat in chairs)
        task = _rescue_task(one, chair, place, note, octaves, nobody=nobody)
        shift = stage.shift(place, one.strand) or 0
        if one.role is not Role.MELODY:  # one player has one loudness
            own = [it.task for it in settled[chair.id] if it.task.phrase == place]
            shift = min([shift, *(it.level_shift for it in own if not it.dynamics)])
        task = replace(task, level_shift=shift)
        tasks.append(replace(task, priority=_GENTLE) if gently else task)
    return tasks


def _best(
    one: Uncovered,
    chairs: Sequence[Chair],
    stage: Stage,
    taken: Mapping[str, Sequence[Note]],
    tasks: Sequence[Task],
    *,
    gently: bool,
) -> tuple[int, Chair] | None:
    """The octave and the player that suit a note best: of tune and bass its own octave first."""
    moved = _moved_already(one, stage, tasks)
    found: list[tuple[float, float, int, int, Chair]] = []
    for order, octaves in enumerate(_REACH[:1] if moved else _REACH):
        for chair in chairs:
            cost = _rescue_cost(one, chair, octaves, stage, taken, gently)
            if cost >= _TOO_MUCH:
                continue
            cost += _line_cost(one, one.tone.key + 12 * octaves, stage.of(chair.id))
            first = 0.0 if gently else float(order)
            found.append((first, cost + _AWAY * abs(octaves), order, chair.seat, chair))
    if not found:
        return None
    _, _, order, _, chair = min(found, key=lambda option: option[:4])
    return _REACH[order], chair


def _line_cost(tone: Uncovered, key: int, busy: Busy) -> float:
    """What it costs to leap to a key, and on, or repeat it fast; who has the line has it."""
    start, end = tone.tone.start, tone.tone.end
    cost = 0.0
    for one in busy.beside(start):
        if one is None or abs(one.start - start) > _NEAR:
            continue
        away = abs(one.note.sounding[0].key - key)
        cost += max(0, away - _EASY_LEAP)
        cost += _STUTTER if not away and abs(one.start - start) < _QUICK else 0.0
        joins = one.end == start or one.start == end
        cost -= _OWN_LINE if joins and one.task.strand == tone.strand else 0.0
    return cost


def _moved_already(one: Uncovered, stage: Stage, tasks: Sequence[Task]) -> bool:
    """Whether somebody plays it in another octave: once is enough, else it would bury the rest."""
    own = stage.begun(one.tone.start)
    held = [it.note for it in own if it.task.strand == one.strand]
    held += [
        note
        for task in tasks
        if task.strand == one.strand
        for note in task.notes
        if note.onset.quarters == one.tone.start
    ]
    return any(pitch.key % 12 == one.tone.key % 12 for note in held for pitch in note.sounding)


def _has(chair: Chair, key: int) -> bool:
    return key_cost(chair.instrument, key, 0.0) < IMPOSSIBLE


def _rescue_task(
    one: Uncovered, chair: Chair, place: int, note: Note, octaves: int, *, nobody: bool
) -> Task:
    word = ROLE_WORDS[one.role]
    why = f"steps in for a note of the {word} that lies outside the others"
    if octaves:
        way = "up" if octaves > 0 else "down"
        why = f"a note of the {word} that nobody is free to play at its pitch: an octave {way}"
        if nobody:
            why = f"a note of the {word} that no instrument has at its pitch"
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=one.role,
        rule=f"{word}.carrier" if not octaves else f"{word}.displaced",
        why=why,
        priority=0,
        strand=one.strand,
        notes=(note,),
        essential=True,
        alternate=chair.alternate,
    )


def _phrase_of(job: Job, one: Uncovered) -> int:
    for place, phrase in enumerate(job.phrases):
        if one.tone.start < phrase.end:
            return place
    return len(job.phrases) - 1


def _rescue_cost(
    one: Uncovered,
    chair: Chair,
    octaves: int,
    stage: Stage,
    taken: Mapping[str, Sequence[Note]],
    gently: bool,
) -> float:
    instrument = chair.instrument
    if colour(instrument) in (Colour.DRUMS, Colour.TIMPANI):
        return IMPOSSIBLE
    key = one.tone.key + 12 * octaves
    register = key_cost(instrument, key, 0.0)
    if register >= IMPOSSIBLE or chair.alternate:
        return IMPOSSIBLE
    cost = register + 10 - suit(instrument, one.role)
    rooms = instrument.max_polyphony + int(can_divide(chair.player, instrument))
    start, end = one.tone.start, one.tone.end
    again = [
        note
        for note in taken.get(chair.id, ())
        if note.onset.quarters < end and note.end.quarters > start
    ]
    busy = stage.of(chair.id)
    essential = [
        other
        for other in busy.during(start, end)
        if other.task.essential or (gently and other.task.priority < _DOUBLINGS)
    ]
    if is_chordal(instrument):  # what begins later finds its own fingers
        essential = [other for other in essential if other.start <= start]
        again = [note for note in again if note.onset.quarters <= start]
    full = len(again) + len(essential) >= rooms
    if full and not _stopped_with(key, chair, essential, again, start):
        return IMPOSSIBLE
    if one.strand in busy.strands:
        cost -= 2.0
    return cost + 3.0 * len(essential)


def _stopped_with(
    key: int, chair: Chair, essential: Sequence[Placed], again: Sequence[Note], start: Fraction
) -> bool:
    """Whether a string player can take it as a double stop with the one note held there."""
    if not is_bowed(chair.instrument) or len(essential) + len(again) != 1:
        return False
    held = essential[0].note if essential else again[0]
    together = held.onset.quarters == start and len(held.sounding) == 1
    keys = tuple(sorted((held.sounding[0].key, key))) if together else ()
    return bool(keys) and double_stop(chair.instrument, keys)


def occupations(
    job: Job, idle: Sequence[str], settled: Mapping[str, Sequence[Placed]]
) -> list[Task]:
    """Something worth playing for those who would sit out: the phrases that suit them best."""
    tasks: list[Task] = []
    stage = Stage(settled)
    crowd: Counter[tuple[int, str]] = Counter()
    for player_id in idle:
        options: list[tuple[float, int, Task]] = []
        for place, phrase in enumerate(job.phrases):
            chairs = chairs_of(job.ensemble, phrase)
            chair = next(one for one in chairs if one.id == player_id)
            if colour(chair.instrument) in (Colour.DRUMS, Colour.TIMPANI):
                options += touches(job, chair, place) if job.decorates else []
                continue
            if chair.alternate:
                continue
            company = Company(phrase, chairs, job.turns, job.timing, {})
            best = _best_double(job, company, chair, place)
            if best is not None and crowd[place, best[1].rule] < _CROWD:
                options.append((best[0], place, best[1]))
        options.sort(key=lambda option: option[:2])
        chosen = [
            replace(task, level_shift=(stage.shift(task.phrase, task.strand) or 0) - 1)
            for cost, _, task in options
            if cost <= _ENOUGH
        ][:_IDLE_PHRASES]
        crowd.update((task.phrase, task.rule) for task in chosen)
        tasks += chosen
    return [task for task in tasks if task.notes]


def occupied_still(task: Task, before: Job, now: Job) -> Task:
    """The same occupation with what its line has now; a single touch stays as it is."""
    seats = chairs_of(now.ensemble, now.phrases[task.phrase])
    chair = next(one for one in seats if one.id == task.player)
    ids = {note.id.partition("@")[0] for note in task.notes}
    _, _, shift = task.notes[0].id.rpartition("@")
    octaves = int(shift) if "@" in task.notes[0].id else 0
    lines = {line_key(line): line for line in now.lines(task.phrase)}
    for line in before.lines(task.phrase):
        doubles = any(f"{chair.id}.{tone.id}" in ids for tone in line.tones)
        if doubles and line_key(line) in lines:
            again = double_task(lines[line_key(line)], chair, task.phrase, octaves, task.why)
            return replace(again, level_shift=task.level_shift)
    return task


def _best_double(job: Job, company: Company, chair: Chair, place: int) -> tuple[float, Task] | None:
    """The line this player doubles best, and what it costs; louder phrases first for brass."""
    best: tuple[float, Task] | None = None
    brass = colour(chair.instrument) is Colour.BRASS
    soft_brass = brass and company.phrase.tier < 2 and not is_horn(chair.instrument)
    if soft_brass and company.phrase.tier == 0:
        return None
    fit = 1.5 * (4 - company.phrase.tier) if brass else 0.5 * abs(company.phrase.tier - 2)
    for line in job.lines(place):
        if not line.is_pitched or line.role is Role.ACCENT:
            continue
        if soft_brass and line.role not in (Role.HARMONY, Role.BASS):
            continue
        for octaves in (0, 1, -1, 2):
            register = register_cost(line, chair, company.phrase.level, octaves)
            if register >= 30.0:
                continue
            cost = (10 - suit(chair.instrument, line.role)) * 0.9 + register + fit
            cost += company.phrase.dice(f"idle|{chair.id}|{line.index}|{octaves}")
            if best is None or cost < best[0]:
                why = "so that nobody sits out the cue"
                task = double_task(line, chair, place, octaves, why)
                best = cost, task
    return best


def twins(settled: Mapping[str, Sequence[Placed]]) -> list[tuple[str, str]]:
    """Pairs of players whose notes are the same from first to last."""
    known: dict[tuple[object, ...], str] = {}
    found = []
    for player, placed in settled.items():
        if not placed:
            continue
        print_ = tuple(
            (one.start, tuple(str(pitch) for pitch in one.note.pitches)) for one in placed
        )
        if print_ in known:
            found.append((known[print_], player))
        else:
            known[print_] = player
    return found


def thinned(tasks: Sequence[Task], timing: Timing) -> list[Task]:
    """A twin's tasks with the longest doubling reduced to downbeats, else to its second half."""
    optional = [task for task in tasks if not task.essential]
    if not optional:
        return list(tasks)
    victim = max(optional, key=lambda task: (len(task.notes), task.phrase))
    strong = [note for note in victim.notes if timing.stress(note.onset.quarters) == 3]
    if not 0 < len(strong) < len(victim.notes):
        strong = list(victim.notes[len(victim.notes) // 2 :])
    left = [replace(task, notes=tuple(strong)) if task is victim else task for task in tasks]
    if len(strong) == len(victim.notes):
        left = [task for task in tasks if task is not victim]
    return [task for task in left if task.notes]
