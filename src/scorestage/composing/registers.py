"""Where a tune lies: in the octave of its style and mood, its high gestures moved as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.request import CueRequest
from scorestage.music import Note, Pitch

OUTLYING = 7
"""How many semitones a tune's peaks may lie above the style's register."""
HIGHEST = 91
"""G6 in MIDI keys: no peak lies above it, unless the style's register itself goes higher."""
LEAP = 7
"""A wider leap than so many semitones parts two gestures."""
MOOD_SEMITONES = 6
"""How far a step of register, as words of tone ask for it, moves the tune."""


def in_register(
    notes: list[Note], request: CueRequest, *, lift: bool = False, by: int = 0
) -> list[Note]:
    """The notes in the octave that suits the style's melody register; `lift`: the higher of two.

    `by` moves what is wished for by so many semitones.
    """
    keys = [pitch.key for note in notes for pitch in note.sounding]
    if not keys:
        return notes
    raised = MOOD_SEMITONES * request.mood.register + by
    low, high = request.style.melody.low.key + min(raised, 0), request.style.melody.high.key

    def misfit(octaves: int) -> tuple[int, Fraction]:
        outside = max(0, low - min(keys) - 12 * octaves)
        outside += max(0, max(keys) + 12 * octaves - high - (2 if lift else 0))
        middle = Fraction(min(keys) + max(keys), 2) + 12 * octaves
        wish = Fraction(low + high, 2) + raised + (6 if lift else 0)
        return outside, abs(middle - wish)

    octaves = min(range(-4, 5), key=misfit)
    moved = [octaves_up(note, octaves) for note in notes] if octaves else notes
    ceiling = max(high, min(high + OUTLYING, HIGHEST))
    return _within(moved, ceiling)


def _within(notes: Sequence[Note], ceiling: int) -> list[Note]:
    """The notes, each gesture of a theme stretched wide an octave lower that leaves the register.

    A gesture ends before a rest or a leap, and on a tone twice as long as the one before it.
    """
    gestures: list[list[Note]] = []
    for note in notes:
        before = gestures[-1][-1] if gestures else None
        if before is None or _parts(before, note, gestures[-1]):
            gestures.append([])
        gestures[-1].append(note)
    found: list[Note] = []
    for gesture in gestures:
        down = any(note.sounding[-1].key > ceiling for note in gesture if note.sounding)
        found += [octaves_up(note, -1) for note in gesture] if down else gesture
    return found


def _parts(before: Note, note: Note, gesture: Sequence[Note]) -> bool:
    """Whether a gesture ends between two notes."""
    if not before.sounding or not note.sounding or before.end < note.onset:
        return True
    leaps = abs(before.sounding[-1].key - note.sounding[-1].key) > LEAP
    rests = len(gesture) > 1 and before.length >= gesture[-2].length * 2
    return leaps or rests


def octaves_up(note: Note, octaves: int) -> Note:
    """The note so many octaves higher."""
    pitches = tuple(
        Pitch(pitch.step, pitch.alter, pitch.octave + octaves) for pitch in note.sounding
    )
    return replace(note, pitches=pitches)
