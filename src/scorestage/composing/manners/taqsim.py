"""Arab lute and violin: long tones struck again with the risha, slides from the step below.

Falling, a maqam takes another jins on its upper tones, Nahawand for Rast: the seventh of Rast and
the sixth of Hijaz are lowered by a quarter tone. Rast comes home from below, Hijaz from above
(Farraj and Abu Shumays, Inside Arabic Music, 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    following,
    ornamented,
    stepped,
    stress_of,
    with_graces,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note

_TURNS = {"rast": 6, "hijaz": 5}
"""The step, from 0, that falls a quarter tone where the tune falls: Nahawand above, not Rast."""
_QUARTER_TONE = Fraction(1, 2)
_HOME = {"rast": (-1,), "hijaz": (2, 1)}
"""The steps that slide into a tonic at a phrase's end."""


@dataclass(frozen=True, slots=True)
class Taqsim:
    """Quarters and longer in repeated strokes, the last of them a step on the way."""

    name: str = "taqsim"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as the ud plays it."""
        notes = [_in_its_jins(notes, place, passage) for place in range(len(notes))]
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            parts = 4 if note.length.quarters >= 2 else 2
            after = following(notes, place)
            if ends_phrase(notes, place):
                ringing = replace(note, tremolo=3) if note.length.quarters >= 1 else note
                found.append(_come_home(ringing, passage))
            elif note.length.quarters >= 1 and divides(note, parts, passage):
                line = [pitch] * parts
                if after is not None and after.sounding[-1].key != pitch.key:
                    side = 1 if after.sounding[-1].key < pitch.key else -1
                    line[-1] = stepped(passage, pitch, side)
                found += divided(note, line, "risha")
            elif stress_of(note, passage) >= 2:
                found.append(with_graces(note, stepped(passage, pitch, -1)))
            else:
                found.append(note)
        return found


def _in_its_jins(notes: Sequence[Note], place: int, passage: Passage) -> Note:
    """The note as the way down has it, where the tune falls from it."""
    note, after = notes[place], following(notes, place)
    pitch = note.sounding[-1]
    steps, alter = passage.key.steps_of(pitch)
    falls = after is not None and after.sounding[-1].midi < pitch.midi
    if alter or not falls or steps % 7 != _TURNS.get(passage.key.mode):
        return note
    lowered = passage.key.at(steps, -_QUARTER_TONE)
    return replace(note, pitches=(lowered,), origin=ornamented(note, "nahawand"))


def _come_home(note: Note, passage: Passage) -> Note:
    """A tonic at a phrase's end, reached as the maqam reaches it."""
    steps, alter = passage.key.steps_of(note.sounding[-1])
    ways = _HOME.get(passage.key.mode, ())
    if alter or steps % 7 or not ways:
        return note
    return with_graces(note, *(passage.key.at(steps + way) for way in ways))


MANNER = Taqsim()
