"""What harp, celesta, bells, piano and pads add in an orchestra, sparingly, each in its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Interval, Note, Role
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chordal import CHORDS, chord_note, grips, ladder
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.playing import line_notes
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    breathes,
    colour,
    is_chordal,
    key_cost,
    suit,
)
from scorestage.orchestration.values import ADDED, Chair, SketchLine, Task
from scorestage.timebase import Beat, Beats

ARPEGGIO = ADDED + "arpeggio"
SPARKLE = ADDED + "sparkle"
LOW_OCTAVES = ADDED + "octaves"
_STEP_SECONDS = 0.13
_LEAST_CHORD_SECONDS = 1.0
_BRIGHT = 72
_STEPS = (Fraction(1, 4), Fraction(1, 2), Fraction(1))


def flourish_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    free: Sequence[Chair],
    place: int,
) -> list[Task]:
    """What the free players of chords and bells add in a phrase."""
    tasks: list[Task] = []
    for chair in free:
        group = colour(chair.instrument)
        task = None
        if company.manner.is_silent(chair.instrument):
            continue
        if group in (Colour.MALLETS, Colour.KEYS) and _is_small(chair):
            task = _sparkle(company, chair, lines, place)
        elif "harp" in chair.instrument.musicxml_sound:
            task = _harp(company, chair, chords, lines, place)
        elif group is Colour.KEYS:
            task = _piano(company, chair, lines, chords, place)
        elif is_chordal(chair.instrument) and not breathes(chair.instrument):
            task = _pad(company, chair, chords, lines, place)
        if task is not None and task.notes:
            tasks.append(task)
    return tasks


def _is_small(chair: Chair) -> bool:
    """Bells and celesta: instruments that only sparkle."""
    easy = chair.instrument.comfortable
    return easy is not None and easy.low.key >= 53 and suit(chair.instrument, Role.COLOUR) >= 8


def _sparkle(
    company: Company, chair: Chair, lines: Sequence[SketchLine], place: int
) -> Task | None:
    """The tune's strong notes picked out above, where there is air for them."""
    phrase = company.phrase
    tune = [line for line in lines if line.role is Role.MELODY and line.is_pitched][:1]
    if not tune or phrase.tier == 0 or (phrase.number + chair.seat) % 2:
        return None
    found = []
    for note in _lifted(tune[0], chair):
        if company.timing.stress(note.onset.quarters) >= 2:
            found.append(note)
    return _task(chair, place, tune[0], found, "sparkle", "picks out the tune's strong notes")


def _lifted(line: SketchLine, chair: Chair) -> tuple[Note, ...]:
    for octaves in (1, 2, 0, 3):
        notes = line_notes(line, chair, octaves, SPARKLE)
        if len(notes) == len(line.tones):
            return notes
    return ()


def _harp(
    company: Company,
    chair: Chair,
    chords: Sequence[Slice],
    lines: Sequence[SketchLine],
    place: int,
) -> Task | None:
    """Broken chords under soft and medium music; in loud music only the first of each bar."""
    phrase = company.phrase
    if not chords or phrase.tier == 4 or (phrase.tier == 0 and phrase.number % 2):
        return None
    source = _source(lines)
    notes: list[Note] = []
    for turn, chord in enumerate(chords):
        lasting = company.timing.between(chord.start, chord.end)
        if lasting < _LEAST_CHORD_SECONDS:
            continue
        if phrase.tier == 3 and company.timing.stress(chord.start) < 3:
            continue
        notes += _broken(company, chair, chord, turn)
    return _task(chair, place, source, notes, "arpeggio", "breaks the chords")


def _broken(company: Company, chair: Chair, chord: Slice, turn: int) -> list[Note]:
    """One chord upward from the low strings, in eighths or sixteenths; every other one turns."""
    length = chord.end - chord.start
    unit = company.timing.between(chord.start, chord.end) / float(length)
    step = next((one for one in _STEPS if unit * float(one) >= _STEP_SECONDS), _STEPS[-1])
    if company.phrase.tier <= 1 and step < Fraction(1, 2):
        step = Fraction(1, 2)
    low = 43 + (company.phrase.number % 2) * 5
    rungs = ladder(chair.instrument, chord, low, low + 38)
    count = min(len(rungs), int(length / step), 8)
    if count < 3:
        return []
    pitches = rungs[:count]
    if turn % 2 and count >= 6:
        pitches = [*rungs[: count - 2], *reversed(rungs[count - 5 : count - 3])]
    notes = []
    for place, pitch in enumerate(pitches):
        last = place == len(pitches) - 1
        start = chord.start + place * step
        until = chord.end - start if last else step
        name = f"{chair.id}.{chord.id}~h{place}"
        held = Beats(min(until, Fraction(2)))
        notes.append(Note(name, Beat(start), held, (pitch,), origin=ARPEGGIO))
    return notes


def _piano(
    company: Company,
    chair: Chair,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    place: int,
) -> Task | None:
    """Low octaves with the bass in loud music, quiet chords in every other soft phrase."""
    phrase = company.phrase
    bass = [line for line in lines if line.role is Role.BASS and line.is_pitched][:1]
    if phrase.tier >= 3 and bass:
        notes = [_in_octaves(note, chair) for note in line_notes(bass[0], chair, 0, LOW_OCTAVES)]
        return _task(chair, place, bass[0], notes, "octaves", "hammers the bass in octaves")
    if phrase.number % 2 == 0 or phrase.tier >= 3 or not chords:
        return None
    slow = [one for one in chords if company.timing.stress(one.start) >= 2]
    notes = [
        chord_note(chair, chord, keys, "k", CHORDS)
        for chord, keys in grips(chair, slow, 4, phrase.level, 64.0)
    ]
    return _task(chair, place, _source(lines), notes, "chords", "touches the chords")


def _in_octaves(note: Note, chair: Chair) -> Note:
    """The note with the one an octave below, where the keyboard has it."""
    below = note.sounding[0].moved(Interval(-7, -12))
    if key_cost(chair.instrument, below.key, 0.0) >= IMPOSSIBLE:
        return note
    return replace(note, pitches=(below, *note.pitches))


def _pad(
    company: Company,
    chair: Chair,
    chords: Sequence[Slice],
    lines: Sequence[SketchLine],
    place: int,
) -> Task | None:
    """Held chords for pads and guitars, resting every fourth phrase."""
    if not chords or company.phrase.number % 4 == 3:
        return None
    notes = [
        chord_note(chair, chord, keys, "k", CHORDS)
        for chord, keys in grips(chair, chords, 4, company.phrase.level)
    ]
    return _task(chair, place, _source(lines), notes, "pad", "holds the chords")


def _source(lines: Sequence[SketchLine]) -> SketchLine | None:
    """Whose dynamics an added chord follows."""
    harmony = [line for line in lines if line.role is Role.HARMONY]
    return next(iter([*harmony, *lines]), None)


def _task(
    chair: Chair,
    place: int,
    source: SketchLine | None,
    notes: Sequence[Note],
    rule: str,
    why: str,
) -> Task | None:
    if source is None:
        return None
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.COLOUR,
        rule=rule,
        why=why,
        priority=16,
        strand=source.strand,
        notes=tuple(notes),
        added=True,
    )
