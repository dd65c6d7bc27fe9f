"""Repeated chords that tick."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import accent_at, held_chords, with_passing
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Articulation, Note, Role


@dataclass(frozen=True, slots=True)
class Pulse:
    """The lower voices repeat in even notes, the top one is held, the bass marks the groups."""

    name: str = "pulse"
    note_seconds: Fraction = Fraction(3, 10)

    def write(self, passage: Passage) -> Texture:
        """Ticking chords, held top voice, bass."""
        top = [
            struck(start, end, chord.upper[-1:], self.name)
            for start, end, chord in held_chords(passage)
        ]
        bass = [note for bar in passage.bars for note in self._bass(bar)]
        return {
            Role.RHYTHM: [note for bar in passage.bars for note in self._ticks(passage, bar)],
            Role.HARMONY: top,
            Role.BASS: with_passing(passage, bass, self.name),
        }

    def _ticks(self, passage: Passage, bar: PassageBar) -> list[Note]:
        wish = self.note_seconds - Fraction(passage.energy, 20)
        found = []
        for start, length, stress in bar.beats():
            unit = passage.unit(length, wish)
            at = start
            while at < start + length:
                signs = accent_at(stress if at == start else 0, passage)
                signs = signs or (Articulation.STACCATO,)
                pitches = bar.under(at).upper[:2]
                found.append(struck(at, at + unit, pitches, self.name, *signs))
                at = at + unit
        return found

    def _bass(self, bar: PassageBar) -> list[Note]:
        strong = [start for start, _, stress in bar.beats() if stress >= 2]
        fresh = [chord.start for chord in bar.harmonies if chord.fresh]
        starts = sorted({bar.start, *strong, *fresh})
        ends = [*starts[1:], bar.end]
        return [
            struck(start, end, (bar.under(start).bass,), self.name)
            for start, end in zip(starts, ends, strict=True)
        ]


IDIOM = Pulse()
