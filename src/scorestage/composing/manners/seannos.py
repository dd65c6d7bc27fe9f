"""Sean-nos: a slow air with turns round its long notes and small notes before the strong ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    lasts,
    stepped,
    stress_of,
    with_graces,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class SeanNos:
    """Every other long note is turned; phrase ends are left in peace."""

    name: str = "sean-nos"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The air with its melisma."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            draw = passage.random(self.name, note.onset.quarters).random()
            up, down = stepped(passage, pitch, 1), stepped(passage, pitch, -1)
            long = lasts(note, passage) >= Fraction(4, 5)
            if long and not ends_phrase(notes, place) and divides(note, 4, passage) and draw < 0.6:
                found += divided(note, (pitch, up, pitch, down), "turn")
            elif stress_of(note, passage) >= 2 or ends_phrase(notes, place):
                found.append(
                    with_graces(note, up, pitch) if draw < 0.5 else with_graces(note, down)
                )
            else:
                found.append(note)
        return found


MANNER = SeanNos()
