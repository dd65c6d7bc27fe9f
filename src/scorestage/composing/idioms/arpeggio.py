"""Broken chords rolling through the bar."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import held_bass, ladder, pad_notes
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Note, Role

_SHAPES = ((0, 1, 2, 3, 2, 1), (0, 2, 1, 3), (0, 1, 2, 3), (0, 1, 2, 1), (3, 2, 1, 0, 1, 2))


@dataclass(frozen=True, slots=True)
class Arpeggio:
    """Chord tones one after the other in one shape for the whole section."""

    name: str = "arpeggio"
    note_seconds: Fraction = Fraction(3, 10)

    def write(self, passage: Passage) -> Texture:
        """The rolling figure over a held bass; held chords too where the music is strong."""
        shape = passage.random(self.name).choice(_SHAPES)
        figure = [note for bar in passage.bars for note in self._bar(passage, bar, shape)]
        texture = {Role.RHYTHM: figure, Role.BASS: held_bass(passage, self.name)}
        if passage.energy > 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _bar(self, passage: Passage, bar: PassageBar, shape: tuple[int, ...]) -> list[Note]:
        wish = self.note_seconds - Fraction(passage.energy, 20)
        found: list[Note] = []
        step = 0
        for start, length, stress in bar.beats():
            unit = passage.unit(length, wish)
            step = 0 if stress == 3 or bar.under(start).start == start else step
            at = start
            while at < start + length:
                tones = ladder(bar.under(at), 4)
                pitch = tones[shape[step % len(shape)]]
                found.append(struck(at, at + unit, (pitch,), self.name))
                at, step = at + unit, step + 1
        return found


IDIOM = Arpeggio()
