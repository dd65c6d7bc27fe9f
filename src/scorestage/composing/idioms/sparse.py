"""Few notes: a bass, an answer, air between them."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Note, Role


@dataclass(frozen=True, slots=True)
class Sparse:
    """A bass note opens the bar; the chord answers, whole or broken upward."""

    name: str = "sparse"

    def write(self, passage: Passage) -> Texture:
        """Bass and answer, bar by bar."""
        bass: list[Note] = []
        harmony: list[Note] = []
        for bar in passage.bars:
            for chord in bar.harmonies:
                bass.append(struck(chord.start, chord.end, (chord.bass,), self.name))
            harmony += self._answer(passage, bar)
        return {Role.BASS: bass, Role.HARMONY: harmony}

    def _answer(self, passage: Passage, bar: PassageBar) -> list[Note]:
        beats = [start for start, _, _ in bar.beats()]
        if len(beats) < 2:
            return [struck(bar.start, bar.end, bar.harmonies[0].upper, self.name)]
        broken = len(beats) >= 4 and passage.random(self.name, bar.index // 2).random() < 0.5
        entry = beats[1] if broken else beats[len(beats) // 2]
        if not broken:
            return [struck(entry, bar.end, bar.under(entry).upper, self.name)]
        ends = [*beats[2:4], bar.end]
        return [
            struck(start, end, (bar.under(start).upper[rung],), self.name)
            for rung, (start, end) in enumerate(zip(beats[1:4], ends, strict=True))
        ]


IDIOM = Sparse()
