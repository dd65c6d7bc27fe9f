"""One player of chords with everything: how a keyboard makes soft and loud, block and broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Interval, Note, Pitch, Role
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.practice import IMPOSSIBLE, Colour, colour, has_two_hands, key_cost
from scorestage.orchestration.values import ADDED, Task
from scorestage.timebase import Beat, Beats

FIGURE = ADDED + "figure"
OCTAVES = ADDED + "octaves"
_REACH = 19
_CLEAR = 43
_STEP_SECONDS = 0.14
AGAIN = ADDED + "again"
_DYING = (Colour.KEYS, Colour.PLUCKED, Colour.MALLETS)
_DYING_SECONDS, _SOON_DYING_SECONDS = 2.2, 1.6
"""How long a chord is heard: played at least medium loud, and softly."""


def soloist_tasks(
    company: Company, tasks: Sequence[Task], chords: Sequence[Slice], place: int
) -> list[Task]:
    """The tasks of a keyboard that has it all: octaves when loud, broken chords when soft."""
    tunes = [task for task in tasks if task.role is Role.MELODY and task.notes]
    basses = [task for task in tasks if task.role is Role.BASS and task.notes]
    found = list(tasks)
    if company.phrase.tier >= 3:
        found += [_octave(task, 1) for task in tunes[:1] if has_two_hands(task.instrument)]
        found += [_octave(task, -1) for task in basses[:1] if has_two_hands(task.instrument)]
    found = [_kept_alive(company, task) if task.role is Role.HARMONY else task for task in found]
    moving = Role.RHYTHM in company.roles
    if company.phrase.tier <= 2 and company.phrase.number % 2 and not moving and chords:
        figure = _figure(company, tunes, basses, chords, place)
        if figure is not None:
            found = [task for task in found if task.role is not Role.HARMONY]
            found.append(figure)
    return [task for task in found if task.notes]


def _kept_alive(company: Company, task: Task) -> Task:
    """Chords that would die away touched again on strong beats."""
    if colour(task.instrument) not in _DYING:
        return task
    notes: list[Note] = []
    for note in task.notes:
        bounds = [note.onset.quarters, *_touches(company, note), note.end.quarters]
        for place, (start, end) in enumerate(pairwise(bounds)):
            again = f"{note.id}~t{place}" if place else note.id
            origin = AGAIN if place else note.origin
            signs = () if place else note.articulations
            grace = () if place else note.grace
            piece = replace(note, id=again, onset=Beat(start), length=Beats(end - start))
            notes.append(replace(piece, origin=origin, articulations=signs, grace=grace))
    return replace(task, notes=tuple(notes))


def _touches(company: Company, note: Note) -> list[Fraction]:
    """Strong beats inside a note, each when the sound before it has nearly died."""
    timing = company.timing
    dying = _SOON_DYING_SECONDS if company.phrase.tier <= 1 else _DYING_SECONDS
    last, end = note.onset.quarters, note.end.quarters
    found = []
    for bar in range(timing.bar(last), min(timing.bar(end), len(timing.grid.bars) - 1) + 1):
        for offset in timing.grid.bars[bar].meter.stresses:
            at = timing.bar_start(bar) + offset.quarters
            old = timing.between(last, at) >= dying
            if last < at < end and old and timing.between(at, end) >= dying / 2:
                found.append(at)
                last = at
    return found


def _octave(task: Task, octaves: int) -> Task:
    """The same line an octave away, where the keyboard has it."""
    notes = []
    for note in task.notes:
        edge = note.sounding[-1] if octaves > 0 else note.sounding[0]
        moved = edge.moved(Interval(7 * octaves, 12 * octaves))
        if key_cost(task.instrument, moved.key, 0.0) < IMPOSSIBLE:
            notes.append(replace(note, id=f"{note.id}@{octaves:+d}", pitches=(moved,)))
    return replace(
        task,
        rule=task.rule.replace("carrier", "octave"),
        why="in octaves, because it is loud",
        priority=task.priority + 1,
        notes=tuple(replace(note, origin=OCTAVES) for note in notes),
        essential=False,
        added=True,
    )


def _figure(
    company: Company,
    tunes: Sequence[Task],
    basses: Sequence[Task],
    chords: Sequence[Slice],
    place: int,
) -> Task | None:
    """The left hand breaks each chord upward from its bass, in eighths."""
    source = (*basses, *tunes)[:1]
    if not source:
        return None
    tune = [pitch.key for task in tunes for note in task.notes for pitch in note.sounding]
    ceiling = min(tune, default=72) - 1
    notes: list[Note] = []
    for chord in chords:
        low = _bass_under(basses, chord)
        floor = max(low + 4, _CLEAR) if low is not None else min(48, ceiling - 14)
        rungs = [
            chord.spelled(key)
            for key in range(floor, min((low or floor) + _REACH, ceiling) + 1)
            if key % 12 in chord.names
        ][:5]
        notes += _wave(company, source[0].player, chord, rungs, _bass_strikes(basses, chord))
    if not notes:
        return None
    return replace(
        source[0],
        role=Role.COLOUR,
        rule="figure",
        why="the chords broken in the left hand",
        priority=6,
        notes=tuple(notes),
        essential=False,
        added=True,
    )


def _bass_under(basses: Sequence[Task], chord: Slice) -> int | None:
    for task in basses:
        for note in task.notes:
            if note.onset.quarters <= chord.start < note.end.quarters:
                return note.sounding[0].key
    return None


def _bass_strikes(basses: Sequence[Task], chord: Slice) -> bool:
    return any(note.onset.quarters == chord.start for task in basses for note in task.notes)


def _wave(
    company: Company, player: str, chord: Slice, rungs: Sequence[Pitch], after_bass: bool
) -> list[Note]:
    """Up and down the rungs in eighths; the first step is the bass's own where it strikes there."""
    step = Fraction(1, 2)
    if company.timing.between(chord.start, chord.start + step) < _STEP_SECONDS:
        step = Fraction(1)
    if len(rungs) < 2:
        return []
    wave = [*rungs, *reversed(rungs[1:-1])]
    found = []
    first = 1 if after_bass else 0
    for turn in range(first, int((chord.end - chord.start) / step)):
        at = chord.start + turn * step
        name = f"{player}.{chord.id}~w{turn}"
        pitch = wave[(turn - first) % len(wave)]
        found.append(Note(name, Beat(at), Beats(step), (pitch,), origin=FIGURE))
    return found
