"""Held chords: the plainest ground a tune can stand on."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import held_bass, pad_notes
from scorestage.composing.passage import Passage, Texture
from scorestage.music import Role


@dataclass(frozen=True, slots=True)
class Pad:
    """Every chord held until the next, the bass with it."""

    name: str = "pad"

    def write(self, passage: Passage) -> Texture:
        """Held chords and bass."""
        return {
            Role.HARMONY: pad_notes(passage, self.name),
            Role.BASS: held_bass(passage, self.name),
        }


IDIOM = Pad()
