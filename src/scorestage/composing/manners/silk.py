"""Erhu and dizi: slides into tones from the pentatonic neighbour, thirds filled on the way."""

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
from scorestage.music import Note, Pitch


@dataclass(frozen=True, slots=True)
class Silk:
    """Slides on strong tones; quarters become a tone and the neighbour before the next."""

    name: str = "silk"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as an erhu plays it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            pitch = note.sounding[-1]
            after = following(notes, place)
            plain = ends_phrase(notes, place) or after is None
            if not plain and note.length.quarters >= 1 and divides(note, 2, passage):
                goal = after.sounding[-1] if after is not None else pitch
                side = 1 if goal.key >= pitch.key else -1
                found += divided(note, (pitch, pentatonic(passage, goal, side)), "flower")
            elif stress_of(note, passage) >= 2:
                found.append(with_graces(note, pentatonic(passage, pitch, -1)))
            else:
                found.append(note)
        return found


def pentatonic(passage: Passage, pitch: Pitch, way: int) -> Pitch:
    """The next tone of the scale without its gaps."""
    gaps = passage.style.gaps or (4, 7)
    steps = passage.key.steps_of(pitch)[0] + way
    while steps % 7 + 1 in gaps:
        steps += way
    return stepped(passage, passage.key.at(steps), 0)


MANNER = Silk()
