"""Lines of the sketch as the notes of a player: octave, id and origin."""

from __future__ import annotations

from dataclasses import replace

from scorestage.music import Articulation, Interval, Note, Pitch, Role
from scorestage.orchestration.practice import IMPOSSIBLE, key_cost
from scorestage.orchestration.values import ADDED, Chair, SketchLine, Task, Tone
from scorestage.timebase import Beat, Beats

DOUBLING = ADDED + "doubling"
_PRIORITY = {
    Role.ACCENT: 0,
    Role.MELODY: 1,
    Role.BASS: 2,
    Role.COUNTER: 3,
    Role.RHYTHM: 4,
    Role.HARMONY: 5,
    Role.COLOUR: 6,
}
ROLE_WORDS = {
    Role.MELODY: "tune",
    Role.COUNTER: "counter-melody",
    Role.HARMONY: "harmony",
    Role.RHYTHM: "rhythm",
    Role.BASS: "bass",
    Role.COLOUR: "colour",
    Role.ACCENT: "accent",
}


def played(tone: Tone, chair: Chair, octaves: int = 0, origin: str | None = None) -> Note | None:
    """One tone as this chair's note; None where it lies outside the instrument.

    The id joins the player's and the sketch note's, so an unchanged sketch note keeps it.
    """
    pitch = tone.pitch
    if not isinstance(pitch, Pitch):
        return None
    up = Interval(7 * octaves, 12 * octaves)
    moved = pitch.moved(up) if octaves else pitch
    if key_cost(chair.instrument, moved.key, 0.0) >= IMPOSSIBLE:
        return None
    mark = f"@{octaves:+d}" if octaves else ""
    note = tone.note
    return Note(
        id=f"{chair.id}.{tone.id}{mark}",
        onset=Beat(tone.start),
        length=Beats(tone.length),
        pitches=(moved,),
        articulations=note.articulations,
        tremolo=note.tremolo if "trem." in chair.instrument.plays else 0,
        grace=tuple(one.moved(up) for one in note.grace) if octaves else note.grace,
        origin=note.origin if origin is None else origin,
    )


def line_notes(
    line: SketchLine, chair: Chair, octaves: int = 0, origin: str | None = None
) -> tuple[Note, ...]:
    """All of a line that the chair can reach."""
    notes = (played(tone, chair, octaves, origin) for tone in line.tones)
    return tuple(note for note in notes if note is not None)


def carrier_task(line: SketchLine, chair: Chair, phrase: int, why: str) -> Task:
    """The sketch's own notes at their own pitch: nobody else need play them."""
    word = ROLE_WORDS[line.role].split("-")[0]
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=phrase,
        role=line.role,
        rule=f"{word}.carrier",
        why=why,
        priority=_PRIORITY[line.role],
        strand=line.strand,
        notes=line_notes(line, chair),
        essential=line.role in (Role.MELODY, Role.BASS, Role.ACCENT),
    )


def double_task(line: SketchLine, chair: Chair, phrase: int, octaves: int, why: str) -> Task:
    """The same line once more, in unison or octaves."""
    word = ROLE_WORDS[line.role].split("-")[0]
    kind = "unison" if octaves == 0 else "octave"
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=phrase,
        role=line.role,
        rule=f"{word}.{kind}",
        why=why,
        priority=_PRIORITY[line.role] + 10,
        strand=line.strand,
        notes=line_notes(line, chair, octaves, DOUBLING),
    )


def sharper(note: Note, *signs: Articulation) -> Note:
    """The note with more signs on it, each once."""
    missing = tuple(sign for sign in signs if sign not in note.articulations)
    return replace(note, articulations=note.articulations + missing) if missing else note
