"""A pedal point: tonic and fifth below, chords drifting over it."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import held_chords
from scorestage.composing.passage import Passage, Texture, octave_of, struck
from scorestage.music import Note, Pitch, Role
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Drone:
    """The bass keeps the key's tonic throughout; chords enter on the second beat.

    The pedal stands still, so no chord need be inverted for the tune's sake.
    """

    name: str = "drone"
    keeps_roots: bool = True

    def write(self, passage: Passage) -> Texture:
        """An open fifth held for two bars at a time, and soft chords."""
        pedal = self._pedal(passage)
        bass = [struck(start, end, pedal, self.name) for start, end in _pairs_of_bars(passage)]
        harmony: list[Note] = []
        for start, end, chord in held_chords(passage):
            entry = _second_beat(passage, start)
            onset = entry if entry < end else start
            upper = tuple(pitch for pitch in chord.upper if pitch.key > pedal[-1].key)
            harmony.append(struck(onset, end, upper or chord.upper, self.name))
        return {Role.BASS: bass, Role.HARMONY: harmony}

    def _pedal(self, passage: Passage) -> tuple[Pitch, ...]:
        low = passage.style.bass.low.key
        tonic = next(
            pitch
            for pitch in (octave_of(passage.key.home, octave) for octave in range(-4, 3))
            if pitch.key >= low
        )
        fifth = passage.key.at(passage.key.steps_of(tonic)[0] + 4)
        return (tonic, fifth) if fifth.key - tonic.key == 7 else (tonic,)


def _pairs_of_bars(passage: Passage) -> list[tuple[Beat, Beat]]:
    bars = passage.bars
    return [
        (bars[index].start, bars[min(index + 1, len(bars) - 1)].end)
        for index in range(0, len(bars), 2)
    ]


def _second_beat(passage: Passage, at: Beat) -> Beat:
    for bar in passage.bars:
        for start, length, _ in bar.beats():
            if start <= at < start + length:
                return start + length
    return at


IDIOM = Drone()
