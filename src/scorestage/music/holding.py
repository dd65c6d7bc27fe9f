"""Fermatas and free bars in the notes: what sounds is held, and nothing but hits begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from scorestage.music.marks import Articulation, DynamicMark, Mark, MarkKind, Slur
from scorestage.music.note import Note, Unpitched, Voice
from scorestage.music.score import Score, Staff
from scorestage.music.sketch import Sketch
from scorestage.timebase import Beat, Fermata, FreeBar, TempoMap

_SHORT = (Articulation.STACCATO, Articulation.STACCATISSIMO, Articulation.BREATH)
Hold = Fermata | FreeBar


def holds_of(tempo_map: TempoMap) -> tuple[Hold, ...]:
    """The fermatas and free bars of a map, in order."""
    return tuple(event for event in tempo_map.events if isinstance(event, Fermata | FreeBar))


def held_sketch(sketch: Sketch, tempo_map: TempoMap) -> Sketch:
    """The sketch with every strand held where the map holds; players get the sign, not strands."""
    holds = holds_of(tempo_map)
    if not holds:
        return sketch
    hits = _hits(sketch.marks)
    strands = (
        replace(one, staff=held_staff(one.staff, holds, None, hits)) for one in sketch.strands
    )
    return replace(sketch, strands=tuple(strands))


def held_score(score: Score, tempo_map: TempoMap) -> Score:
    """The score with every player held where the map holds."""
    holds = holds_of(tempo_map)
    if not holds:
        return score
    hits = _hits(score.marks)
    lines = (
        replace(
            line,
            staves=tuple(
                held_staff(staff, holds, Articulation.FERMATA, hits) for staff in line.staves
            ),
        )
        for line in score.lines
    )
    return replace(score, lines=tuple(lines))


def _hits(marks: Iterable[Mark]) -> frozenset[Beat]:
    return frozenset(mark.at for mark in marks if mark.kind is MarkKind.HIT)


def held_staff(
    staff: Staff,
    holds: tuple[Hold, ...],
    sign: Articulation | None = Articulation.FERMATA,
    hits: frozenset[Beat] = frozenset(),
) -> Staff:
    """One staff: in each hold the note that sounds at its start lasts to its end, alone.

    What is struck at one of the `hits` inside is struck, and held in its turn. What else would have
    begun there is left out, and slurs end on the note that is held; where it is a fermata that
    holds, `sign` is written on its first note. Strokes without pitch are not lengthened. A dynamic
    of what is left out stands at the next note; without a `sign`, in a sketch, it stays.
    """
    instead: dict[str, str] = {}
    voices = []
    for voice in staff.voices:
        notes = voice.notes
        for hold in holds:
            signed = sign if isinstance(hold, Fermata) else None
            struck = [at for at in hits if any(note.onset == at for note in notes)]
            notes = _held(notes, _stretches(hold, struck), instead, signed)
        voices.append(Voice(notes))
    slurs = (Slur(_kept(slur.first, instead), _kept(slur.last, instead)) for slur in staff.slurs)
    left = {note.id for voice in voices for note in voice.notes}
    return replace(
        staff,
        voices=tuple(voices),
        dynamics=staff.dynamics if sign is None else _with_notes(staff, voices),
        slurs=tuple(
            slur
            for slur in slurs
            if slur.first != slur.last and slur.first in left and slur.last in left
        ),
    )


def _with_notes(staff: Staff, voices: Sequence[Voice]) -> tuple[DynamicMark, ...]:
    """The dynamics, those of a note that is left out told at the next note that is played."""
    left = [note for voice in voices for note in voice.notes]
    names = {note.id for note in left}
    gone = {note.onset for note in staff.notes if note.id not in names}
    gone = {at for at in gone if not any(note.onset <= at < note.end for note in left)}
    found: dict[Beat, DynamicMark] = {}
    for mark in staff.dynamics:
        after = [note.onset for note in left if note.onset >= mark.at]
        if mark.at not in gone:
            found[mark.at] = mark
        elif after:
            found[min(after)] = replace(mark, at=min(after))
    return tuple(found[at] for at in sorted(found))


def _stretches(hold: Hold, struck: Iterable[Beat]) -> tuple[tuple[Beat, Beat], ...]:
    """A hold from one stroke in it to the next."""
    end = hold.at + hold.length
    return tuple(pairwise(sorted({hold.at, *(at for at in struck if hold.at < at < end), end})))


def _held(
    notes: tuple[Note, ...],
    stretches: tuple[tuple[Beat, Beat], ...],
    instead: dict[str, str],
    sign: Articulation | None,
) -> tuple[Note, ...]:
    for number, (start, end) in enumerate(stretches):
        carried = [note for note in notes if note.onset <= start < note.end]
        found = []
        for note in notes:
            if note in carried:
                found.append(_through(note, end, sign if number == 0 else None))
            elif start <= note.onset < end:
                if carried:
                    instead[note.id] = carried[-1].id
            else:
                found.append(note)
        notes = tuple(found)
    return notes


def _through(note: Note, end: Beat, sign: Articulation | None) -> Note:
    """The note held until `end` at least."""
    signs = tuple(one for one in note.articulations if one not in _SHORT)
    if sign is not None and sign not in signs:
        signs = (*signs, sign)
    pitched = not any(isinstance(pitch, Unpitched) for pitch in note.pitches)
    length = max(note.end, end) - note.onset if pitched else note.length
    return replace(note, length=length, articulations=signs)


def _kept(note_id: str, instead: dict[str, str]) -> str:
    while note_id in instead:
        note_id = instead[note_id]
    return note_id
