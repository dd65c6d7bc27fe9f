"""Trembling chords over a heartbeat in the bass."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import pad_notes
from scorestage.composing.passage import Passage, Texture, struck
from scorestage.music import Articulation, Note, Role


@dataclass(frozen=True, slots=True)
class Tremolo:
    """Chords in unmeasured tremolo; the bass taps the downbeat, twice where the bar is long."""

    name: str = "tremolo"

    def write(self, passage: Passage) -> Texture:
        """Tremolo chords and short bass notes."""
        bass: list[Note] = []
        for bar in passage.bars:
            beats = bar.beats()
            taps = beats[:1] if len(beats) < 4 else beats[:2]
            for start, length, _ in taps:
                pitch = bar.under(start).bass
                bass.append(
                    struck(start, start + length, (pitch,), self.name, Articulation.STACCATO)
                )
        return {Role.HARMONY: pad_notes(passage, self.name, tremolo=3), Role.BASS: bass}


IDIOM = Tremolo()
