"""Loops of unequal length that never meet in the same place twice: long tones, much air.

Brian Eno, Music for Airports (1978): loops of 17, 25 and 29 seconds. Here they are counted in
beats, each strand its own prime.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import held_bass
from scorestage.composing.passage import Passage, PassageBar, Texture, octave_of, struck
from scorestage.music import Note, Role
from scorestage.timebase import Beat

LOOPS = ((Role.RHYTHM, 5, 0, 0), (Role.COLOUR, 7, 2, 1), (Role.HARMONY, 3, 1, 0))
"""Strand, felt beats from one tone to the next, the first one's place, octaves up."""


@dataclass(frozen=True, slots=True)
class Ambient:
    """Single tones of the chords, each held until the next one of its loop."""

    name: str = "ambient"

    def write(self, passage: Passage) -> Texture:
        """Three loops over a held bass."""
        beats = [(bar, start) for bar in passage.bars for start, _, _ in bar.beats()]
        texture: dict[Role, list[Note]] = {Role.BASS: held_bass(passage, self.name)}
        for role, every, first, octaves in LOOPS:
            places = beats[first::every]
            texture[role] = self._loop(passage, role, places, octaves)
        return texture

    def _loop(
        self,
        passage: Passage,
        role: Role,
        places: list[tuple[PassageBar, Beat]],
        octaves: int,
    ) -> list[Note]:
        found: list[Note] = []
        if not places:
            return found
        ends = [*(start for _, start in places[1:]), passage.end]
        for turn, ((bar, start), end) in enumerate(zip(places, ends, strict=True)):
            chord = bar.under(start)
            upper = chord.upper
            pitch = octave_of(upper[(turn * 2 + len(role.value)) % len(upper)], octaves)
            found.append(struck(start, min(end, chord.chord_end), (pitch,), self.name))
        return found


IDIOM = Ambient()
