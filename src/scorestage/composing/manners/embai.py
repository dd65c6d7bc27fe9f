"""Gagaku's winds: few tones, each scooped from below (embai), the last beat left before moving on.

Tones shorter than a beat give their time to the one before them, so that the line is as slow as the
court's; Garfias (1975).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import ornamented, stepped, stress_of
from scorestage.composing.passage import Passage
from scorestage.music import Note


@dataclass(frozen=True, slots=True)
class Embai:
    """Only tones on group starts stay, and those a beat long; each has its scoop."""

    name: str = "embai"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as hichiriki and ryuteki hold it."""
        found: list[Note] = []
        for note in notes:
            joins = bool(found) and found[-1].end == note.onset
            if joins and stress_of(note, passage) < 2:
                found[-1] = replace(found[-1], length=note.end - found[-1].onset)
                continue
            scoop = stepped(passage, note.sounding[-1], -1)
            found.append(
                replace(note, grace=(scoop,), origin=ornamented(note, "embai"))
            )  # fmt: skip
        return found


MANNER = Embai()
