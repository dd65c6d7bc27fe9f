"""Hindustani ornaments: the touched tone (kan) before a tone, murki's quick turn, long tones held.

Slides (meend) are told by the slurs of the legato; Bor, The Raga Guide (1999).
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
    lasts,
    stepped,
    with_graces,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Gamak:
    """Tones are touched from the one that comes next; some long ones turn before they leave."""

    name: str = "gamak"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as a bansuri would shape it."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            after = following(notes, place)
            pitch = note.sounding[-1]
            draw = passage.random(self.name, note.onset.quarters).random()
            up, down = stepped(passage, pitch, 1), stepped(passage, pitch, -1)
            long = lasts(note, passage) >= Fraction(3, 5)
            if long and after is not None and divides(note, 8, passage) and draw < 0.35:
                found += divided(note, (pitch,) * 4 + (up, pitch, down, pitch), "murki")
            elif (
                long and divides(note, 4, passage) and not ends_phrase(notes, place) and draw < 0.7
            ):
                found += divided(note, (pitch, pitch, up, pitch), "murki")
            else:
                side = 1 if after is None or after.sounding[-1].key <= pitch.key else -1
                found.append(with_graces(note, stepped(passage, pitch, side)))
        return _joined(found)


def _joined(notes: Sequence[Note]) -> list[Note]:
    """Parts of one tone that stand side by side made one again."""
    found: list[Note] = []
    for note in notes:
        last = found[-1] if found else None
        added = note.origin.endswith("murki")
        if last and added and last.pitches == note.pitches and last.end == note.onset:
            found[-1] = _longer(last, note)
        else:
            found.append(note)
    return found


def _longer(note: Note, more: Note) -> Note:

    return replace(note, length=more.end - note.onset)


MANNER = Gamak()
