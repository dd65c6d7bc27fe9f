"""Ornaments written out: small notes before a note, a note divided, signs over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.passage import FASTEST_SECONDS, Passage
from scorestage.music import Note, Pitch
from scorestage.music.feel import stress_in_bar
from scorestage.music.notation import NoteSign, Sign
from scorestage.timebase import Beat, Beats


def ornamented(note: Note, way: str) -> str:
    """The origin of what an ornament adds to a note: the note's own, and the ornament's name.

    >>> ornamented(Note("", Beat(0), Beats(1), (), origin="theme:a:statement"), "roll")
    'theme:a:statement+roll'
    """
    if note.origin.startswith("theme:"):
        return f"{note.origin}+{way}"
    return f"rule:{way}"


def with_graces(note: Note, *pitches: Pitch) -> Note:
    """The note with small notes before it, unless it has some."""
    return note if note.grace else replace(note, grace=pitches)


def with_sign(note: Note, name: str) -> Note:
    """The note with an ornament's sign over it: `trill-mark`, `mordent`, `turn`."""
    sign = NoteSign(Sign("ornaments", inner=(Sign(name),)))
    return replace(note, signs=(*note.signs, sign))


def stepped(passage: Passage, pitch: Pitch, steps: int) -> Pitch:
    """The pitch some steps of the scale away; its own alteration does not come along."""
    own, _ = passage.key.steps_of(pitch)
    return passage.key.at(own + steps)


def divided(note: Note, pitches: Sequence[Pitch], way: str) -> list[Note]:
    """The note in as many equal parts as there are pitches; the first keeps what it was."""
    unit = note.length * Fraction(1, len(pitches))
    found = []
    for number, pitch in enumerate(pitches):
        part = replace(note, onset=note.onset + unit * number, length=unit, pitches=(pitch,))
        if number:
            part = replace(part, grace=(), signs=(), articulations=(), origin=ornamented(note, way))
        found.append(part)
    return found


def divides(note: Note, parts: int, passage: Passage) -> bool:
    """Whether a note falls into so many parts that can be written and played."""
    unit = note.length * Fraction(1, parts)
    written = (unit.quarters * 4).denominator == 1 and (note.onset.quarters * 4).denominator == 1
    return written and unit.quarters * passage.quarter_seconds >= FASTEST_SECONDS


def stress_of(note: Note, passage: Passage) -> int:
    """How strong the place of a note is: 3 downbeat to 0."""
    for bar in passage.bars:
        if bar.start <= note.onset < bar.end:
            return stress_in_bar(bar.meter, (note.onset - bar.start).quarters)
    return 0


def lasts(note: Note, passage: Passage) -> Fraction:
    """How long a note sounds, in seconds."""
    return Fraction(note.length.quarters * passage.quarter_seconds)


def ends_phrase(notes: Sequence[Note], place: int) -> bool:
    """Whether the tune breathes after a note: it rests, or the section is over."""
    return place + 1 == len(notes) or notes[place + 1].onset > notes[place].end


def following(notes: Sequence[Note], place: int) -> Note | None:
    """The next note of the tune."""
    return notes[place + 1] if place + 1 < len(notes) else None


def half(length: Beats) -> Beats:
    """Half a length."""
    return length * Fraction(1, 2)


def is_written(at: Beat) -> bool:
    """Whether a point lies on a sixteenth."""
    return (at.quarters * 4).denominator == 1
