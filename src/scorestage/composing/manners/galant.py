"""Eighteenth-century graces: trills where a phrase closes, mordents, leaps filled with diminutions.

Quantz (1752) and C. P. E. Bach (1753): the shake before the final tone, diminutions in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    following,
    stepped,
    stress_of,
    with_graces,
    with_sign,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Galant:
    """The last tone but one of a phrase shakes; thirds and fourths are filled by step."""

    name: str = "galant"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune with its agrements."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            after = following(notes, place)
            pitch = note.sounding[-1]
            draw = passage.random(self.name, note.onset.quarters).random()
            closes = after is not None and ends_phrase(notes, place + 1)
            if closes and note.length.quarters >= 1:
                found.append(with_sign(note, "trill-mark"))
            elif after is not None and self._fills(note, after, passage) and draw < 0.8:
                found += self._filled(note, after, passage)
            elif stress_of(note, passage) == 3 and note.length.quarters >= 1 and draw < 0.4:
                found.append(with_graces(note, stepped(passage, pitch, 1)))
            elif draw > 0.85 and note.length.quarters >= 1:
                found.append(with_sign(note, "mordent"))
            else:
                found.append(note)
        return found

    def _fills(self, note: Note, after: Note, passage: Passage) -> bool:
        apart = abs(after.sounding[-1].staff_step - note.sounding[-1].staff_step)
        if after.onset != note.end or note.length.quarters < 1 or apart > 4:
            return False
        return divides(note, 2 if apart in (1, 2) else 4, passage)

    def _filled(self, note: Note, after: Note, passage: Passage) -> list[Note]:
        pitch, goal = note.sounding[-1], after.sounding[-1]
        apart = goal.staff_step - pitch.staff_step
        way = 1 if apart > 0 else -1
        if abs(apart) in (3, 4):
            line = [pitch, *(stepped(passage, goal, -way * left) for left in (3, 2, 1))]
        elif apart == 0:
            line = [pitch, *(stepped(passage, pitch, step) for step in (1, 0, -1))]
        else:
            line = [pitch, stepped(passage, goal, -way if abs(apart) == 2 else way)]
        return divided(note, line, "diminution")


MANNER = Galant()
