"""A riff in fifths, bass and guitar in one rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import pad_notes
from scorestage.composing.passage import Harmony, Passage, Texture, octave_of, struck
from scorestage.composing.request import stream
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.music.feel import felt_beats, felt_starts
from scorestage.music.harmony import chord_tones
from scorestage.timebase import Beats, Meter


@dataclass(frozen=True, slots=True)
class Riff:
    """Root, fifth and octave in a syncopated cell of eighths, drawn once per section.

    Power chords: parallel fifths and octaves are their sound, also with the tune.
    """

    name: str = "riff"
    keeps_roots: bool = True
    push_share: Fraction = Fraction(2, 5)

    def write(self, passage: Passage) -> Texture:
        """Fifths and bass in one rhythm; held chords over it where the music is strongest."""
        chords: list[Note] = []
        bass: list[Note] = []
        for bar in passage.bars:
            for offset, length in self._cell(passage, bar.meter):
                start, end = bar.start + Beats(offset), bar.start + Beats(offset + length)
                chord = bar.under(start)
                signs = (Articulation.ACCENT,) if length >= 1 else (Articulation.STACCATO,)
                chords.append(struck(start, end, _fifths(chord), self.name, *signs))
                bass.append(struck(start, end, (chord.bass,), self.name))
        texture = {Role.RHYTHM: chords, Role.BASS: self._bass(passage, bass)}
        if passage.energy > 1:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _bass(self, passage: Passage, doubled: list[Note]) -> list[Note]:
        """The bass with the riff, or in plain eighths."""
        if passage.random(self.name, "bass").random() < 0.5:
            return doubled
        found = []
        for bar in passage.bars:
            for start, length, _ in bar.beats():
                at, unit = start, passage.unit(length, Fraction(1, 4))
                while at < start + length:
                    found.append(struck(at, at + unit, (bar.under(at).bass,), self.name))
                    at = at + unit
        return found

    def _cell(self, passage: Passage, meter: Meter) -> list[tuple[Fraction, Fraction]]:
        random = stream(passage.seed, passage.label, self.name, meter)
        starts: list[Fraction] = []
        for index, (start, length) in enumerate(
            zip(felt_starts(meter), felt_beats(meter), strict=True)
        ):
            half = start + (length * 2 / 3 if length.numerator == 3 else length / 2)
            if index == 0 or random.random() > self.push_share:
                starts.append(start)
            if (half * 4).denominator == 1 and random.random() < 0.6:
                starts.append(half)
        ends = [*starts[1:], meter.length.quarters]
        return [(start, end - start) for start, end in zip(starts, ends, strict=True)]


def _fifths(chord: Harmony) -> tuple[Pitch, ...]:
    """Root, fifth and octave from the octave above the bass."""
    tones = chord_tones(chord.chord)
    root = octave_of(tones[0], 2 - tones[0].octave)
    root = octave_of(root, 1) if root.key < 40 else root
    if len(tones) < 3:
        return (root, octave_of(root, 1))
    fifth = root.moved(tones[0].interval_to(tones[2]))
    return (root, fifth, octave_of(root, 1))


IDIOM = Riff()
