"""Hits: chords struck together by those who can strike, so that the picture's moment is heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy.optimize import linear_sum_assignment

from scorestage.music import (
    Articulation,
    Dynamic,
    Instrument,
    MarkKind,
    Note,
    Pitch,
    Role,
    Sketch,
)
from scorestage.music.marks import DynamicMark
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.levels import dynamic_of, tier_of
from scorestage.orchestration.playing import played, sharper
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    can_divide,
    colour,
    key_cost,
    suit,
)
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.values import ADDED, Chair, Phrase, SketchLine, Task, Tone
from scorestage.orchestration.voicing import Seat, voiced
from scorestage.timebase import Beat, Beats

HIT = ADDED + "hit"
_NEAR = Fraction(1, 4)
_SURPRISE = 0.75
_OCTAVE = 12
_FORCED = 2
"""Steps that a single blow can be louder than its register is at ease with."""
_LOW_STRIKERS = (Colour.KEYS, Colour.PLUCKED)
_STRUCK = frozenset({Articulation.SFORZATO, Articulation.MARCATO})
_TEAMS: tuple[frozenset[Colour], ...] = (
    frozenset({Colour.PLUCKED, Colour.MALLETS, Colour.KEYS}),
    frozenset({Colour.PLUCKED, Colour.MALLETS, Colour.KEYS}),
    frozenset({Colour.PLUCKED, Colour.MALLETS, Colour.KEYS, Colour.STRINGS, Colour.SYNTH}),
    frozenset({Colour.KEYS, Colour.STRINGS, Colour.BRASS, Colour.SYNTH, Colour.PLUCKED}),
    frozenset(set(Colour) - {Colour.DRUMS, Colour.TIMPANI, Colour.VOICES}),
)


@dataclass(frozen=True, slots=True)
class Blow:
    """One hit: where, how long, how loud, its tones; `tones` empty where the sketch has none."""

    id: str
    at: Fraction
    end: Fraction
    level: float
    tones: tuple[Tone, ...]
    pitches: tuple[Pitch, ...]
    strand: int

    @property
    def is_plain(self) -> bool:
        """Whether the composer wrote it with an accent and nothing stronger."""
        signs = {sign for tone in self.tones for sign in tone.note.articulations}
        return Articulation.ACCENT in signs and not signs & _STRUCK

    @property
    def dynamic(self) -> Dynamic:
        """What is printed for it."""
        return dynamic_of(self.level)


def blows_in(
    sketch: Sketch,
    strands: Sequence[StrandReading],
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    phrase: Phrase,
) -> tuple[Blow, ...]:
    """Every hit of a phrase: the accents the composer wrote, then hit marks without one."""
    found = []
    curves = {reading.index: reading.curve for reading in strands}
    accents: dict[tuple[int, Fraction], list[Tone]] = {}
    for line in lines:
        if line.role is Role.ACCENT:
            for tone in line.tones:
                accents.setdefault((line.strand, tone.start), []).append(tone)
    for (strand, at), tones in sorted(accents.items(), key=lambda item: (item[0][1], item[0][0])):
        signs = {sign for tone in tones for sign in tone.note.articulations}
        level = curves[strand].at(at) + (0.5 if signs & _STRUCK else 0.0)
        pitches = tuple(tone.pitch for tone in tones if isinstance(tone.pitch, Pitch))
        end = max(tone.end for tone in tones)
        found.append(Blow(tones[0].id, at, end, level, tuple(tones), pitches, strand))
    drawn = [blow.at for blow in found]
    for mark in sketch.marks:
        at = mark.at.quarters
        alone = all(abs(at - other) > _NEAR for other in drawn)
        if mark.kind is MarkKind.HIT and phrase.holds(at) and alone:
            found += _marked(at, lines, chords, phrase)
    return tuple(found)


def _marked(
    at: Fraction, lines: Sequence[SketchLine], chords: Sequence[Slice], phrase: Phrase
) -> list[Blow]:
    """A hit that only the mark tells of: the harmony of the moment, a step louder.

    Where nothing in the sketch begins there (a stop, a change to silence) there is nothing to hit.
    """
    if not any(tone.start == at for line in lines for tone in line.tones):
        return []
    sounding = [
        tone
        for line in lines
        for tone in line.tones
        if tone.start <= at < tone.end and isinstance(tone.pitch, Pitch)
    ]
    chord = [pitch for one in chords if one.start <= at < one.end for pitch in one.pitches]
    pitches = chord or [tone.pitch for tone in sounding if isinstance(tone.pitch, Pitch)]
    if not pitches:
        return []
    name = min((tone.id for tone in sounding), default=f"{phrase.name}-hit")
    end = at + Fraction(1)
    level = min(2.0, phrase.level + 1.0)
    strand = lines[0].strand if lines else 0
    return [Blow(f"{name}~hit", at, end, level, (), tuple(pitches), strand)]


def blow_tasks(
    company: Company, blows: Sequence[Blow], place: int, busy: frozenset[str]
) -> list[Task]:
    """What the team plays at each hit; `busy` chairs carry tune or bass and go on with it."""
    tasks: list[Task] = []
    for blow in blows:
        team = _team(company, blow, busy)
        at_pitch = _at_pitch(company, blow, busy)
        taken = {chair.id for chair, _ in at_pitch}
        for chair, tone in at_pitch:
            note = played(tone, chair)
            if note is not None:
                tasks.append(
                    _task(chair, blow, place, _sharp(note, blow, company.phrase), essential=True)
                )
        rest = [chair for chair in team if chair.id not in taken]
        had = frozenset((chair.instrument.id, tone.key) for chair, tone in at_pitch)
        tasks += _in_choirs(blow, rest, place, company.phrase, had)
    return _joined(tasks)


def _team(company: Company, blow: Blow, busy: frozenset[str]) -> list[Chair]:
    """Who strikes, by loudness: plucked and struck instruments first, brass when it is loud."""
    tier = tier_of(blow.level)
    found = []
    for chair in company.chairs:
        group = colour(chair.instrument)
        if chair.id in busy or group not in _TEAMS[tier]:
            continue
        if suit(chair.instrument, Role.ACCENT) >= (4 if tier < 4 else 3):
            found.append(chair)
    return found


def _at_pitch(company: Company, blow: Blow, busy: frozenset[str]) -> list[tuple[Chair, Tone]]:
    """One chair for each tone the composer wrote, the best striker that has it."""
    seats: list[Chair] = []
    for chair in company.chairs:
        room = 2 if can_divide(chair.player, chair.instrument) else chair.instrument.max_polyphony
        seats += [chair] * min(5, room)
    tones = [tone for tone in blow.tones if isinstance(tone.pitch, Pitch)]
    matrix = np.full((len(tones), len(seats)), IMPOSSIBLE)
    for row, tone in enumerate(tones):
        for column, chair in enumerate(seats):
            cost = key_cost(chair.instrument, tone.key, blow.level)
            if cost < IMPOSSIBLE:
                cost += 10 - suit(chair.instrument, Role.ACCENT)
                cost += 8.0 if chair.id in busy else 0.0
                matrix[row, column] = cost + 0.2 * seats[:column].count(chair)
    rows, columns = linear_sum_assignment(matrix)
    return [
        (seats[column], tones[row])
        for row, column in zip(rows, columns, strict=True)
        if matrix[row, column] < IMPOSSIBLE
    ]


def _in_choirs(
    blow: Blow,
    chairs: Sequence[Chair],
    place: int,
    phrase: Phrase,
    had: Collection[tuple[str, int]],
) -> list[Task]:
    """The rest of the team, each colour with the whole chord.

    What a player of the same instrument has already (`had`) is left to them, where there is
    another tone beside it.
    """
    ordered = tuple(sorted(set(blow.pitches), key=lambda pitch: pitch.midi))
    chord = Slice(blow.id, blow.at, blow.end, ordered)
    groups: dict[Colour, list[Chair]] = {}
    for chair in chairs:
        if colour(chair.instrument) not in (Colour.TIMPANI, Colour.DRUMS):
            groups.setdefault(colour(chair.instrument), []).append(chair)
    tasks = []
    for group in groups.values():
        low_first = sorted(group, key=_height)
        seats = [Seat(chair.instrument, _striking(chair)) for chair in low_first]
        keys = voiced(seats, chord, (), blow.level)
        for chair, key in zip(low_first, keys, strict=False):
            if (chair.instrument.id, key) in had:
                key = _beside(key, chair, chord)
            note = Note(
                id=f"{chair.id}.{blow.id}~a",
                onset=Beat(blow.at),
                length=Beats(blow.end - blow.at),
                pitches=(chord.spelled(key),),
                origin=HIT,
            )
            tasks.append(_task(chair, blow, place, _sharp(note, blow, phrase), essential=False))
    return tasks


def _beside(key: int, chair: Chair, chord: Slice) -> int:
    """The nearest other tone of the chord that lies well, the lower one first; else the same."""
    easy = chair.instrument.comfortable
    if easy is None:
        return key
    options = [
        other
        for other in range(easy.low.key, easy.high.key + 1)
        if other % 12 in chord.names and 0 < abs(other - key) <= _OCTAVE
    ]
    return min(options, key=lambda other: (abs(other - key), other), default=key)


def _bearable(instrument: Instrument, note: Note, dynamic: Dynamic) -> Dynamic:
    """The dynamic of a blow, held back to what the register of its notes can do."""
    bands = [
        band
        for band in instrument.bands
        if any(band.low.midi <= pitch.midi <= band.high.midi for pitch in note.sounding)
    ]
    most = min((band.loudest.level for band in bands), default=dynamic.level) + _FORCED
    return dynamic_of(min(dynamic.level, most))


def _striking(chair: Chair) -> float:
    """Where an instrument strikes best: keyboards low, the others above their middle."""
    easy = chair.instrument.comfortable
    if easy is None:
        return 60.0
    share = 0.25 if colour(chair.instrument) in _LOW_STRIKERS else 0.6
    return easy.low.key + share * (easy.high.key - easy.low.key)


def _height(chair: Chair) -> tuple[float, int]:
    easy = chair.instrument.comfortable
    return ((easy.low.key + easy.high.key) / 2 if easy else 0.0, -chair.rank)


def _sharp(note: Note, blow: Blow, phrase: Phrase) -> Note:
    """The signs of a hit: an accent when soft, marcato when loud, sforzato when out of the blue.

    Where the composer wrote a plain accent, it stays one.
    """
    if tier_of(blow.level) < 3 or blow.is_plain:
        return sharper(note, Articulation.ACCENT)
    if blow.level >= phrase.level + _SURPRISE:
        return sharper(note, Articulation.MARCATO, Articulation.SFORZATO)
    return sharper(note, Articulation.MARCATO)


def _task(chair: Chair, blow: Blow, place: int, note: Note, *, essential: bool) -> Task:
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.ACCENT,
        rule="accent.carrier" if essential else "accent.choir",
        why="strikes the hit" if essential else "adds weight to the hit",
        priority=0,
        strand=blow.strand,
        notes=(note,),
        essential=False,
        added=not essential or not blow.tones,
        dynamics=(DynamicMark(Beat(blow.at), _bearable(chair.instrument, note, blow.dynamic)),),
    )


def _joined(tasks: Iterable[Task]) -> list[Task]:
    """One task for each chair and rule, with all its blows."""
    found: dict[tuple[str, str], Task] = {}
    for task in tasks:
        key = task.player, task.rule
        known = found.get(key)
        if known is None:
            found[key] = task
        else:
            both = sorted((*known.dynamics, *task.dynamics), key=_loudness, reverse=True)
            marks = {mark.at: mark for mark in both}
            found[key] = replace(
                known,
                notes=known.notes + task.notes,
                dynamics=tuple(marks[at] for at in sorted(marks)),
            )
    return list(found.values())


def _loudness(mark: DynamicMark) -> int:
    return mark.dynamic.level


def sharpened(tasks: Iterable[Task], blows: Sequence[Blow], phrase: Phrase) -> list[Task]:
    """All other tasks with an accent on what begins at a hit anyway."""
    loud = {blow.at: blow for blow in blows}
    found = []
    for task in tasks:
        notes = tuple(
            _sharp(note, loud[note.onset.quarters], phrase) if note.onset.quarters in loud else note
            for note in task.notes
        )
        found.append(replace(task, notes=notes))
    return found
