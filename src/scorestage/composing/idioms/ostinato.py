"""A figure that insists: one bar long, the same for the whole section."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.composing.figures import accent_at, held_bass, ladder, pad_notes, with_passing
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.composing.request import stream
from scorestage.music import Articulation, Note, Role
from scorestage.music.feel import felt_beats, felt_starts, stress_in_bar
from scorestage.timebase import Beat, Beats, Meter

Cell = tuple[tuple[Fraction, Fraction, int], ...]
"""Offset from the barline, length, and which rung of the ladder."""


@dataclass(frozen=True, slots=True)
class Ostinato:
    """A cell of chord tones drawn once per section and meter; it bends only to the chords."""

    name: str = "ostinato"
    note_seconds: Fraction = Fraction(1, 4)

    def write(self, passage: Passage) -> Texture:
        """The figure, the bass on strong beats, held chords where the music is strong."""
        figure = [note for bar in passage.bars for note in self._bar(passage, bar)]
        bass = self._beaten_bass(passage) if passage.energy > 0 else held_bass(passage, self.name)
        texture = {Role.RHYTHM: figure, Role.BASS: bass}
        if passage.energy != 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _bar(self, passage: Passage, bar: PassageBar) -> list[Note]:
        wish = self.note_seconds - Fraction(passage.energy, 25)
        unit = passage.unit(Beats(felt_beats(bar.meter)[0]), wish)
        cell = draw_cell(passage.seed, passage.label, bar.meter, unit)
        found = []
        for offset, length, rung in cell:
            at = bar.start + Beats(offset)
            pitch = ladder(bar.under(at), 4)[rung]
            signs = accent_at(stress_in_bar(bar.meter, offset), passage) or (
                (Articulation.STACCATO,) if length <= Fraction(1, 2) and passage.energy >= 0 else ()
            )
            found.append(struck(at, at + Beats(length), (pitch,), self.name, *signs))
        return found

    def _beaten_bass(self, passage: Passage) -> list[Note]:
        found: list[Note] = []
        for bar in passage.bars:
            strong = [start for start, _, stress in bar.beats() if stress >= 2]
            ends: list[Beat] = [*strong[1:], bar.end]
            for start, end in zip(strong, ends, strict=True):
                signs = accent_at(3 if start == bar.start else 1, passage)
                found.append(struck(start, end, (bar.under(start).bass,), self.name, *signs))
        return with_passing(passage, found, self.name)


@lru_cache(maxsize=512)
def draw_cell(seed: int, label: str, meter: Meter, unit: Beats) -> Cell:
    """A bar of figure: every unit or every other, on rungs that wander, the strong ones low."""
    random = stream(seed, label, "cell", unit.quarters)
    starts: list[Fraction] = []
    for start, length in zip(felt_starts(meter), felt_beats(meter), strict=True):
        offset = start
        while offset < start + length:
            keeps = offset == start or random.random() < 0.75
            if keeps:
                starts.append(offset)
            offset += unit.quarters
    ends = [*starts[1:], meter.length.quarters]
    cell = []
    rung = 0
    for offset, end in zip(starts, ends, strict=True):
        stress = stress_in_bar(meter, offset)
        rung = 0 if stress == 3 else random.choice([step for step in range(4) if step != rung])
        cell.append((offset, min(end - offset, unit.quarters * 2), rung))
    return tuple(cell)


IDIOM = Ostinato()
