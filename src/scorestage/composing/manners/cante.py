"""Flamenco: a voice that circles its tone and falls by step to the end of its phrase."""

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
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Cante:
    """Long tones begin with their upper neighbours; the last one of a phrase comes down to rest."""

    name: str = "cante"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as a cantaor or a falseta would turn it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            up, over = stepped(passage, pitch, 1), stepped(passage, pitch, 2)
            after = following(notes, place)
            if ends_phrase(notes, place):
                found.append(with_graces(note, up, over, up))
            elif note.length.quarters >= 1 and divides(note, 4, passage):
                down = stepped(passage, pitch, -1)
                falls = after is not None and after.sounding[-1].key < pitch.key
                found += divided(note, (pitch, up, pitch, down if falls else up), "melisma")
            elif stress_of(note, passage) >= 2:
                found.append(with_graces(note, up))
            else:
                found.append(note)
        return found


MANNER = Cante()
