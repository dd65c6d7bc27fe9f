"""Long and two shorts: horses, chases, sea journeys."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import accent_at, pad_notes, with_passing
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Note, Role
from scorestage.timebase import Beats


@dataclass(frozen=True, slots=True)
class Gallop:
    """Every beat a long and two shorts on the lower voices; dotted beats a long and a short."""

    name: str = "gallop"

    def write(self, passage: Passage) -> Texture:
        """The gallop, bass on the beats' groups, held chords where the music is strong."""
        bass = [note for bar in passage.bars for note in self._bass(bar)]
        texture = {
            Role.RHYTHM: [note for bar in passage.bars for note in self._bar(passage, bar)],
            Role.BASS: with_passing(passage, bass, self.name),
        }
        if passage.energy > 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _bar(self, passage: Passage, bar: PassageBar) -> list[Note]:
        found = []
        for start, length, stress in bar.beats():
            at = start
            for part in _parts(length, passage):
                signs = accent_at(stress if at == start else 0, passage)
                pitches = bar.under(at).upper[:2]
                found.append(struck(at, at + part, pitches, self.name, *signs))
                at = at + part
        return found

    def _bass(self, bar: PassageBar) -> list[Note]:
        strong = [start for start, _, stress in bar.beats() if stress >= 2]
        ends = [*strong[1:], bar.end]
        return [
            struck(start, end, (bar.under(start).bass,), self.name)
            for start, end in zip(strong, ends, strict=True)
        ]


def _parts(length: Beats, passage: Passage) -> list[Beats]:
    """How a beat divides; fast beats in two, dotted ones long and short."""
    if length.quarters.numerator == 3:
        return [length * Fraction(2, 3), length * Fraction(1, 3)]
    quarter = length * Fraction(1, 4)
    playable = quarter.quarters * passage.quarter_seconds >= Fraction(1, 10)
    if playable and (quarter.quarters * 4).denominator == 1:
        return [length * Fraction(1, 2), quarter, quarter]
    half = length * Fraction(1, 2)
    return [half, half] if (half.quarters * 4).denominator == 1 else [length]


IDIOM = Gallop()
