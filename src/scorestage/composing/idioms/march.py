"""Left, right: bass on the strong beats, a drum-like figure above."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import bass_fifth, pad_notes
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Articulation, Note, Role
from scorestage.timebase import Beats


@dataclass(frozen=True, slots=True)
class March:
    """Root and fifth on the groups; long, short-short, long, long on the inner voices."""

    name: str = "march"

    def write(self, passage: Passage) -> Texture:
        """Bass, the marching figure, and held chords where the music is strong."""
        texture = {
            Role.RHYTHM: [note for bar in passage.bars for note in self._bar(bar)],
            Role.BASS: [note for bar in passage.bars for note in self._bass(passage, bar)],
        }
        if passage.energy > 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _bar(self, bar: PassageBar) -> list[Note]:
        found = []
        for index, (start, length, stress) in enumerate(bar.beats()):
            at = start
            for part in _parts(length, divided=index % 2 == 0):
                sign = Articulation.ACCENT if stress >= 2 and at == start else Articulation.STACCATO
                found.append(struck(at, at + part, bar.under(at).upper[:2], self.name, sign))
                at = at + part
        return found

    def _bass(self, passage: Passage, bar: PassageBar) -> list[Note]:
        strong = [(start, length) for start, length, stress in bar.beats() if stress >= 2]
        found = []
        for turn, (start, length) in enumerate(strong):
            chord = bar.under(start)
            root = turn % 2 == 0 or chord.start == start
            pitch = chord.bass if root else bass_fifth(chord, passage)
            sign = Articulation.MARCATO
            found.append(struck(start, start + length, (pitch,), self.name, sign))
        return found


def _parts(length: Beats, *, divided: bool) -> list[Beats]:
    if not divided:
        return [length]
    if length.quarters.numerator == 3:
        return [length * Fraction(1, 3)] * 3
    quarter = length * Fraction(1, 4)
    if (quarter.quarters * 4).denominator == 1:
        return [length * Fraction(1, 2), quarter, quarter]
    return [length]


IDIOM = March()
