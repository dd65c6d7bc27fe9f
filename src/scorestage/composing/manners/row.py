"""A tune put on the row: its rhythm and its ups and downs, the tones those of the twelve in order.

The wide leaps are those of expressionism: every tone takes the octave that goes on in the tune's
own direction, sevenths and ninths rather than seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import ornamented
from scorestage.composing.passage import Passage
from scorestage.composing.rows import row_of
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Row:
    """The row begins anew with each section, as a new form of it where the turn is even."""

    name: str = "row"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune on twelve tones."""
        row = row_of(passage.seed)
        shift = passage.random(self.name).randrange(12)
        low, high = passage.style.melody.low.key, passage.style.melody.high.key
        found: list[Note] = []
        before = (low + high) // 2
        for place, note in enumerate(notes):
            tone = (row[place % 12] + shift) % 12
            rises = place == 0 or note.sounding[-1].key >= notes[place - 1].sounding[-1].key
            choices = [key for key in range(low, high + 1) if key % 12 == tone]
            onward = [key for key in choices if (key > before) == rises] or choices
            before = min(onward, key=lambda key: (abs(abs(key - before) - 11), key))
            pitch = passage.key.spell(before)
            found.append(replace(note, pitches=(pitch,), origin=ornamented(note, "row")))
        return found


MANNER = Row()
