"""Timpani: four drums tuned for the phrase, strokes with the bass, rolls into what is coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Hairpin,
    Note,
    Pitch,
    Role,
)
from scorestage.orchestration.accents import HIT, Blow
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.levels import dynamic_of
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.values import ADDED, Chair, Phrase, SketchLine, Task, Tone
from scorestage.timebase import Beat, Beats

TIMPANI = ADDED + "timpani"
_DRUMS = ((38, 45), (41, 48), (46, 53), (50, 57))
_MIDDLE = 45
_ROLL_SECONDS = 1.6
_STROKE = Fraction(1)


def timpani_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    blows: Sequence[Blow],
    place: int,
    following: Phrase | None,
) -> list[Task]:
    """What each timpanist plays in a phrase: root and fifth under loud music, hits, rolls."""
    tasks = []
    for chair in company.chairs:
        if colour(chair.instrument) is not Colour.TIMPANI:
            continue
        bass = _bass_tones(lines)
        tuning = tuned(bass, blows)
        notes = _hits(chair, blows, tuning)
        notes += _strokes(company, chair, bass, tuning, {note.onset for note in notes})
        roll = _roll(company, chair, bass, tuning, following)
        marks = {note.onset: _mark(note, blows, company.phrase) for note in notes}
        pins: tuple[Hairpin, ...] = ()
        if roll is not None:
            notes = [note for note in notes if note.onset < roll.onset] + [roll]
            marks = {at: mark for at, mark in marks.items() if at < roll.onset}
            marks[roll.onset] = DynamicMark(roll.onset, Dynamic.P)
            pins = (Hairpin(roll.onset, roll.end, True),)
        if notes:
            tasks.append(_task(chair, place, notes, marks, pins, lines))
    return tasks


def _task(
    chair: Chair,
    place: int,
    notes: Sequence[Note],
    marks: dict[Beat, DynamicMark],
    pins: tuple[Hairpin, ...],
    lines: Sequence[SketchLine],
) -> Task:
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.ACCENT,
        rule="timpani",
        why="root and fifth with the bass" if not pins else "with the bass, a roll into what comes",
        priority=3,
        strand=lines[0].strand if lines else 0,
        notes=tuple(sorted(notes, key=lambda note: note.onset)),
        added=True,
        dynamics=tuple(marks[at] for at in sorted(marks)),
        hairpins=pins,
    )


def _bass_tones(lines: Sequence[SketchLine]) -> list[Tone]:
    """The lowest line of the sketch that has pitches."""
    pitched = [line for line in lines if line.is_pitched and line.role is not Role.ACCENT]
    basses = [line for line in pitched if line.role is Role.BASS]
    chosen = basses or sorted(pitched, key=lambda line: line.mean_key)[:1]
    return [tone for line in chosen[:1] for tone in line.tones if isinstance(tone.pitch, Pitch)]


def tuned(bass: Sequence[Tone], blows: Sequence[Blow]) -> dict[int, Pitch]:
    """Up to four pitch classes and the pitch each is tuned to: the bass's first, then the hits'.

    >>> tuned((), ())
    {}
    """
    counted: Counter[int] = Counter()
    spelled: dict[int, Pitch] = {}
    for tone in bass:
        if isinstance(tone.pitch, Pitch):
            counted[tone.key % 12] += 1
            spelled.setdefault(tone.key % 12, tone.pitch)
    struck: Counter[int] = Counter()
    for blow in blows:
        if blow.pitches:
            low = min(blow.pitches, key=lambda pitch: pitch.midi)
            struck[low.key % 12] += 1
            spelled.setdefault(low.key % 12, low)
    found: dict[int, Pitch] = {}
    drums = list(_DRUMS)
    order = [one for one, _ in (*counted.most_common(), *struck.most_common())]
    for tone_class in dict.fromkeys(order):
        options = [
            (abs(key - _MIDDLE), key, drum)
            for drum in drums
            for key in range(drum[0], drum[1] + 1)
            if key % 12 == tone_class
        ]
        if options:
            _, key, drum = min(options)
            drums.remove(drum)
            name = spelled[tone_class]
            octave = name.octave + (key - name.key) // 12
            found[tone_class] = Pitch(name.step, name.alter, octave)
    return found


def _hits(chair: Chair, blows: Sequence[Blow], tuning: dict[int, Pitch]) -> list[Note]:
    found = []
    for blow in blows:
        classes = [pitch.key % 12 for pitch in sorted(blow.pitches, key=lambda one: one.midi)]
        fitting = [tuning[one] for one in classes if one in tuning]
        if fitting:
            found.append(_stroke(chair, blow.id, blow.at, fitting[0], HIT, Articulation.ACCENT))
    return found


def _strokes(
    company: Company,
    chair: Chair,
    bass: Sequence[Tone],
    tuning: dict[int, Pitch],
    taken: set[Beat],
) -> list[Note]:
    """Strong beats of the bass when it is loud, the first of the phrase when it is medium."""
    tier = company.phrase.tier
    if tier < 2:
        return []
    found = []
    for tone in bass:
        stress = company.timing.stress(tone.start)
        pitch = tuning.get(tone.key % 12)
        if pitch is None or stress < (3 if tier == 2 else 2) or Beat(tone.start) in taken:
            continue
        found.append(_stroke(chair, tone.id, tone.start, pitch, TIMPANI))
        if tier == 2:
            break
    return found


def _stroke(
    chair: Chair, name: str, at: Fraction, pitch: Pitch, origin: str, *signs: Articulation
) -> Note:
    return Note(f"{chair.id}.{name}~t", Beat(at), Beats(_STROKE), (pitch,), signs, origin=origin)


def _roll(
    company: Company,
    chair: Chair,
    bass: Sequence[Tone],
    tuning: dict[int, Pitch],
    following: Phrase | None,
) -> Note | None:
    """A roll on the last bass note of a phrase that leads into a louder, loud one."""
    phrase = company.phrase
    if following is None or following.tier < 3 or following.tier <= phrase.tier:
        return None
    for tone in reversed(bass):
        pitch = tuning.get(tone.key % 12)
        start = max(tone.start, company.timing.bar_start(phrase.last_bar))
        if pitch is None or start >= phrase.end:
            continue
        if company.timing.between(start, phrase.end) >= _ROLL_SECONDS / 2:
            length = Beats(phrase.end - start)
            name = f"{chair.id}.{tone.id}~roll"
            return Note(name, Beat(start), length, (pitch,), tremolo=3, origin=TIMPANI)
    return None


def _mark(note: Note, blows: Sequence[Blow], phrase: Phrase) -> DynamicMark:
    for blow in blows:
        if blow.at == note.onset.quarters:
            return DynamicMark(note.onset, blow.dynamic)
    return DynamicMark(note.onset, dynamic_of(phrase.level))
