"""The theme ornamented: passing tones, neighbours and turns between its own notes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from scorestage.music.harmony import pitch_under
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.theme import Theme
from scorestage.thematics.facts import chord_under
from scorestage.thematics.operations import key_of, varied
from scorestage.timebase import Beats

_SHORTEST = Fraction(1, 2)


def ornament(theme: Theme, seed: int = 0, share: Fraction = Fraction(2, 3)) -> Theme:
    """The outline kept and filled: every note of the theme still begins where it did.

    Thirds are filled with the tone between, repeated notes get a neighbour, long notes a turn;
    `share` is how many of the places where that is possible are used.
    """
    random = Random(f"{seed}|{theme.id}|ornament")
    notes: list[Note] = []
    for index, note in enumerate(theme.notes):
        following = theme.notes[index + 1] if index + 1 < len(theme.notes) else None
        steps = _fill(theme, note, following)
        if steps and random.random() < share:
            notes += _divided(theme, note, steps)
        else:
            notes.append(note)
    return varied(theme, "ornament", notes)


def _fill(theme: Theme, note: Note, following: Note | None) -> tuple[int, ...]:
    """The steps of the scale to put in, counted from the note; empty where none belongs."""
    length = note.length.quarters
    if following is None or note.top is None or following.top is None:
        return ()
    if following.onset > note.end or length < 2 * _SHORTEST or (length * 2).denominator > 1:
        return ()
    key = key_of(theme)
    here, _ = key.steps_of(note.top)
    there, _ = key.steps_of(following.top)
    move = there - here
    if abs(move) == 2:
        return (move // 2,)
    if move == 0:
        return (1,)
    if length >= 2 and abs(move) == 1:
        return (move, 0) if length >= 3 else (-move,)
    if abs(move) == 3 and length >= 2:
        return (move // 3, 2 * move // 3)
    return ()


def _divided(theme: Theme, note: Note, steps: tuple[int, ...]) -> list[Note]:
    """The note shortened, and the new ones after it in halves of a beat."""
    key = key_of(theme)
    unit = Fraction(1) if note.length.quarters >= 2 + len(steps) else _SHORTEST
    parts = [note.length.quarters - unit * len(steps), *([unit] * len(steps))]
    here, _ = key.steps_of(note.sounding[-1])
    found = [replace(note, length=Beats(parts[0]))]
    at = found[0].end
    for step, length in zip(steps, parts[1:], strict=True):
        chord = chord_under(theme.chords, at.quarters)
        steps_up = here + step
        pitch: Pitch = pitch_under(key, steps_up, chord) if chord else key.at(steps_up)
        found.append(replace(note, onset=at, length=Beats(length), pitches=(pitch,), grace=()))
        at = found[-1].end
    return found
