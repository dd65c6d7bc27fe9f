"""Additive process: a cell grows tone by tone and shrinks again, the pulse never stopping.

Philip Glass, Two Pages (1969) and Music in Fifths (1969).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import held_bass, ladder, pad_notes
from scorestage.composing.linework import every
from scorestage.composing.passage import Passage, Texture, struck
from scorestage.music import Articulation, Note, Role

_CELLS = ((0, 1, 2, 3, 4), (0, 2, 1, 3, 4, 2), (4, 3, 2, 1, 0, 1))


@dataclass(frozen=True, slots=True)
class Additive:
    """Each bar takes the cell's first tones, three in the first bar, one more in every next."""

    name: str = "additive"
    note_seconds: Fraction = Fraction(1, 5)

    def write(self, passage: Passage) -> Texture:
        """The growing figure, each start of the cell marked, over bass and held chords."""
        cell = passage.random(self.name).choice(_CELLS)
        figure: list[Note] = []
        sizes = _sizes(len(cell))
        for number, bar in enumerate(passage.bars):
            size = sizes[number % len(sizes)]
            step = 0
            for start, length, _ in bar.beats():
                unit = passage.unit(length, self.note_seconds)
                for at in every(start, start + length, unit):
                    rung = ladder(bar.under(at), 5)[cell[step % size]]
                    signs = (Articulation.ACCENT,) if step % size == 0 else ()
                    figure.append(struck(at, at + unit, (rung,), self.name, *signs))
                    step += 1
        texture = {Role.RHYTHM: figure, Role.BASS: held_bass(passage, self.name)}
        if passage.energy != 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture


def _sizes(longest: int) -> list[int]:
    """How many tones each bar takes: up and down again.

    >>> _sizes(5)
    [3, 4, 5, 4]
    """
    return [*range(3, longest + 1), *range(longest - 1, 3, -1)]


IDIOM = Additive()
