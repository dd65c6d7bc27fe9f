"""Arab lute and violin: long tones struck again with the risha, slides from the step below.

The tone before a cadence is approached from above (Farraj and Abu Shumays, 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    following,
    stepped,
    stress_of,
    with_graces,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Taqsim:
    """Quarters and longer in repeated strokes, the last of them a step on the way."""

    name: str = "taqsim"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as the ud plays it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            parts = 4 if note.length.quarters >= 2 else 2
            after = following(notes, place)
            if ends_phrase(notes, place):
                found.append(replace(note, tremolo=3) if note.length.quarters >= 1 else note)
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


MANNER = Taqsim()
