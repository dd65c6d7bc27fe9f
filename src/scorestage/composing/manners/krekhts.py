"""Klezmer: the sob (krekhts) before a falling tone, trills on long ones, notes bent from below.

Slobin, American Klezmer (2002); Netsky, Klezmer (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    following,
    lasts,
    stepped,
    with_graces,
    with_sign,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Krekhts:
    """Where the tune falls it sobs; where it stands it trills; repeated figures run round it."""

    name: str = "krekhts"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as a clarinet would have it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            after = following(notes, place)
            pitch = note.sounding[-1]
            draw = passage.random(self.name, note.onset.quarters).random()
            falls = after is not None and after.sounding[-1].key < pitch.key
            long = lasts(note, passage) >= Fraction(4, 5)
            if long and not ends_phrase(notes, place) and divides(note, 4, passage) and draw < 0.5:
                up, down = stepped(passage, pitch, 1), stepped(passage, pitch, -1)
                found += divided(note, (pitch, up, pitch, down if falls else up), "dreydl")
            elif long:
                found.append(with_sign(note, "trill-mark"))
            elif falls and draw < 0.6:
                found.append(with_graces(note, pitch, stepped(passage, pitch, 1)))
            else:
                found.append(note)
        return found


MANNER = Krekhts()
