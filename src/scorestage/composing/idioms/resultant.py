"""Resultants of interference: two even pulses, the strokes of both heard as one rhythm.

Joseph Schillinger, The Schillinger System of Musical Composition (1946), book I.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import held_bass, ladder, pad_notes
from scorestage.composing.passage import Passage, Texture, struck
from scorestage.composing.strokes import unit_of
from scorestage.music import Articulation, Note, Role
from scorestage.timebase import Beats

_PAIRS = ((3, 2), (4, 3), (5, 3), (5, 4), (7, 4))


@dataclass(frozen=True, slots=True)
class Resultant:
    """Strokes at all multiples of a and b, across barlines: a low, b high, both accented."""

    name: str = "resultant"

    def write(self, passage: Passage) -> Texture:
        """The resultant over bass and, where the music is strong, held chords."""
        choices = _PAIRS[:3] if passage.energy < 0 else _PAIRS
        one, other = passage.random(self.name).choice(choices)
        figure: list[Note] = []
        place = 0
        for bar in passage.bars:
            unit = unit_of(bar.meter)
            count = int(bar.meter.length.quarters / unit)
            starts = [step for step in range(count) if _struck(place + step, one, other)]
            starts = starts if starts and starts[0] == 0 else [0, *starts]
            for start, end in zip(starts, [*starts[1:], count], strict=True):
                at = bar.start + Beats(unit * start)
                rung, both = _rung(place + start, one, other)
                pitch = ladder(bar.under(at), 4)[rung]
                long = Beats(unit * min(end - start, 2))
                signs = (Articulation.ACCENT,) if both else (Articulation.STACCATO,)
                figure.append(struck(at, at + long, (pitch,), self.name, *signs))
            place += count
        texture = {Role.RHYTHM: figure, Role.BASS: held_bass(passage, self.name)}
        if passage.energy >= 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture


def _struck(place: int, one: int, other: int) -> bool:
    """Whether a pulse of either falls there.

    >>> [place for place in range(12) if _struck(place, 4, 3)]
    [0, 3, 4, 6, 8, 9]
    """
    return place % one == 0 or place % other == 0


def _rung(place: int, one: int, other: int) -> tuple[int, bool]:
    low, high = place % one == 0, place % other == 0
    return (0 if low and high else 1 if low else 2 + place // other % 2), low and high


IDIOM = Resultant()
