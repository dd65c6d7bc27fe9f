"""Cartoon tunes: long notes hop, the octave answers, a slide tips over the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.gracing import divided, divides, ends_phrase, stepped
from scorestage.composing.passage import Passage, octave_of
from scorestage.music import Articulation, Note


@dataclass(frozen=True, slots=True)
class Cartoon:
    """Quarters become two hops an octave or a half step apart; ends are short, with a crush."""

    name: str = "cartoon"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as a clarinet and a xylophone would clown it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            draw = passage.random(self.name, note.onset.quarters).random()
            if ends_phrase(notes, place):
                crush = stepped(passage, pitch, -1)
                length = note.length * Fraction(1, 2) if note.length.quarters >= 1 else note.length
                found.append(replace(note, length=length, grace=(crush,)))
            elif note.length.quarters >= 1 and divides(note, 2, passage) and draw < 0.7:
                high = octave_of(pitch, 1) if pitch.key <= 72 else octave_of(pitch, -1)
                other = high if draw < 0.3 else passage.key.spell(pitch.key - 1)
                hops = divided(note, (pitch, other), "hop")
                found += [replace(hop, articulations=(Articulation.STACCATO,)) for hop in hops]
            else:
                found.append(note)
        return found


MANNER = Cartoon()
