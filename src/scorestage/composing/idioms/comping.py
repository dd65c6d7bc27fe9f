"""Chords off the beat, as a pianist comps, over a bass in two."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import bass_fifth, comp_bar
from scorestage.composing.passage import Passage, Texture, struck
from scorestage.music import Note, Role


@dataclass(frozen=True, slots=True)
class Comping:
    """Syncopated chords; the bass plays root and fifth in halves."""

    name: str = "comping"

    def write(self, passage: Passage) -> Texture:
        """Comping chords and a bass in two."""
        bass: list[Note] = []
        for bar in passage.bars:
            beats = bar.beats()
            fresh = {chord.start for chord in bar.harmonies}
            starts = sorted(fresh | {start for start, _, stress in beats if stress >= 2})
            ends = [*starts[1:], bar.end]
            for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
                chord = bar.under(start)
                root = start in fresh or index % 2 == 0
                pitch = chord.bass if root else bass_fifth(chord, passage)
                bass.append(struck(start, end, (pitch,), self.name))
        comps = [note for bar in passage.bars for note in comp_bar(passage, bar, self.name)]
        return {Role.BASS: bass, Role.HARMONY: comps}


IDIOM = Comping()
