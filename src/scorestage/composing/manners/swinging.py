"""Jazz phrasing: strong tones come half a beat early, ends are cut short, now and then a scoop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import ends_phrase, half, is_written, stepped, stress_of
from scorestage.composing.passage import Passage
from scorestage.music import Note
from scorestage.timebase import Beats


@dataclass(frozen=True, slots=True)
class Swinging:
    """A tone on a strong beat is anticipated where the one before it can spare the time."""

    name: str = "swinging"
    early_share: float = 0.6

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune as a horn section would lay it over the beat."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            draw = passage.random(self.name, note.onset.quarters).random()
            early = Beats("1/2")
            strong = stress_of(note, passage) >= 1 and note.onset > passage.start
            at = note.onset - early
            room = not found or found[-1].end <= at or found[-1].onset < at
            if (
                strong
                and room
                and draw < self.early_share
                and is_written(at)
                and at >= passage.start
            ):
                if found and found[-1].end > at:
                    found[-1] = replace(found[-1], length=at - found[-1].onset)
                note = replace(note, onset=at, length=note.end - at)
            elif draw > 0.85 and note.length.quarters >= 1:
                note = replace(note, grace=(stepped(passage, note.sounding[-1], -1),))
            if ends_phrase(notes, place) and note.length >= Beats(2) and draw < 0.5:
                note = replace(note, length=half(note.length))
            found.append(note)
        return found


MANNER = Swinging()
