"""Blue notes: thirds, sevenths and fifths leaned into from the half step below, ends that fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import divided, divides, ends_phrase, with_graces
from scorestage.composing.passage import Passage
from scorestage.music import Note

BLUE = {3: -1, 7: -1, 5: -1}
"""Steps of the scale that are leaned into, and from how far."""


@dataclass(frozen=True, slots=True)
class Blues:
    """Long blue tones are bent in the writing: the flat tone first; short ones have a grace."""

    name: str = "blues"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune with its bends."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            step = passage.key.steps_of(pitch)[0] % 7 + 1
            draw = passage.random(self.name, note.onset.quarters).random()
            if step not in BLUE:
                found.append(note)
                continue
            flat = replace(pitch, alter=pitch.alter - 1) if pitch.alter > -1 else pitch
            whole = ends_phrase(notes, place) or not divides(note, 2, passage)
            if whole or note.length.quarters < 1 or draw < 0.4:
                found.append(with_graces(note, flat))
            else:
                bent = divided(note, (flat, pitch), "bend")
                found += bent
        return found


MANNER = Blues()
