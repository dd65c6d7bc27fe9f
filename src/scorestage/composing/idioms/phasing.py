"""Phase: two players repeat one pattern, and one of them runs ahead by a tone every two bars.

Steve Reich, Piano Phase (1967); `Music as a gradual process` (1968).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import held_bass, ladder, pad_notes
from scorestage.composing.linework import every
from scorestage.composing.passage import Passage, Texture, octave_of, struck
from scorestage.music import Note, Role

_PATTERNS = ((0, 1, 3, 4, 5, 1, 0, 4, 3, 1, 5, 4), (0, 2, 4, 1, 3, 2, 0, 4), (0, 3, 1, 4, 2))


@dataclass(frozen=True, slots=True)
class Phasing:
    """Both lines stand on the same rungs of the chords; the second one lies an octave higher."""

    name: str = "phasing"
    note_seconds: Fraction = Fraction(1, 5)

    def write(self, passage: Passage) -> Texture:
        """The pattern, its shadow, a held bass; held chords too where the music is strong."""
        pattern = passage.random(self.name).choice(_PATTERNS)
        first: list[Note] = []
        second: list[Note] = []
        step = 0
        for number, bar in enumerate(passage.bars):
            ahead = number // 2
            for start, length, _ in bar.beats():
                unit = passage.unit(length, self.note_seconds)
                for at in every(start, start + length, unit):
                    rungs = ladder(bar.under(at), 6)
                    one = rungs[pattern[step % len(pattern)]]
                    other = rungs[pattern[(step + ahead) % len(pattern)]]
                    first.append(struck(at, at + unit, (one,), self.name))
                    second.append(struck(at, at + unit, (octave_of(other, 1),), self.name))
                    step += 1
        texture = {Role.RHYTHM: first, Role.BASS: held_bass(passage, self.name)}
        if passage.energy >= 0:
            texture[Role.COLOUR] = second
        if passage.energy > 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture


IDIOM = Phasing()
