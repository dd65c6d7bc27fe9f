"""Aleatoric boxes: a handful of tones, any order, as fast as you like; here one way to play them.

Each box is a bar long, drawn with its frame; Lutoslawski's limited chance as horror and science
fiction took it up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.linework import chromatic, every, two_bars
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Note, Pitch, Role
from scorestage.music.aleatoric import BOX
from scorestage.music.notation import NoteSign, Sign


@dataclass(frozen=True, slots=True)
class Aleatoric:
    """Five tones within a fourth over a held second, new for each pair of bars."""

    name: str = "aleatoric"
    keeps_roots: bool = True
    tones: int = 5
    note_seconds: Fraction = Fraction(1, 5)

    def write(self, passage: Passage) -> Texture:
        """Boxes on the figure's strand, a held cluster, a low tone."""
        boxes: list[Note] = []
        held: list[Note] = []
        low: list[Note] = []
        for number, bar in enumerate(passage.bars):
            chord = bar.harmonies[0]
            draw = passage.random(self.name, number // 2)
            lowest = min(chord.upper[-1].key + draw.choice((1, 3, 6)), 79)
            boxes += self._box(passage, bar, chromatic(passage, lowest, self.tones))
            if number % 2 == 0:
                start, end = two_bars(passage, number)
                held.append(
                    struck(start, end, chromatic(passage, chord.upper[0].key, 2), "cluster")
                )
                low.append(struck(start, end, (chord.bass,), self.name))
        return {Role.COLOUR: boxes, Role.HARMONY: held, Role.BASS: low}

    def _box(self, passage: Passage, bar: PassageBar, pitches: tuple[Pitch, ...]) -> list[Note]:
        random = passage.random(self.name, "box", bar.index)
        unit = passage.unit(bar.beats()[0][1], self.note_seconds)
        found: list[Note] = []
        for at in every(bar.start, bar.end, unit):
            if found and random.random() < 0.2:
                continue
            others = [one for one in pitches if not found or one != found[-1].pitches[0]]
            found.append(struck(at, at + unit, (random.choice(others),), "cluster"))
        found[0] = _framed(found[0], "start")
        found[-1] = _framed(found[-1], "stop")
        return found


def _framed(note: Note, edge: str) -> Note:
    """The note with an edge of the box drawn at it."""
    sign = NoteSign(Sign("other-notation", BOX, (("type", edge),)))
    return replace(note, signs=(*note.signs, sign))


IDIOM = Aleatoric()
