"""Tintinnabuli: under every note of the tune the nearest tone of the tonic's triad, over a drone.

Arvo Pärt from 1976; Hillier, Arvo Pärt (1997): the lower T-voice in first position.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.linework import sounding_at
from scorestage.composing.passage import Passage, PassageBar, Texture, octave_of, struck
from scorestage.composing.strokes import tonic_above
from scorestage.music import Note, Pitch, Role


@dataclass(frozen=True, slots=True)
class Tintinnabuli:
    """Where the tune is silent the triad's tones toll on, a bell on each second bar."""

    name: str = "tintinnabuli"
    keeps_roots: bool = True

    def write(self, passage: Passage) -> Texture:
        """T-voice, drone, bell."""
        tonic = tonic_above(passage, passage.style.bass.low.key)
        fifth = passage.key.at(passage.key.steps_of(tonic)[0] + 4)
        bass = [
            struck(bar.start, passage.bars[min(number + 1, len(passage.bars) - 1)].end,
                   (tonic, fifth), "drone")
            for number, bar in enumerate(passage.bars)
            if number % 2 == 0
        ]  # fmt: skip
        voice = [note for bar in passage.bars for note in self._bar(passage, bar)]
        bell = [
            struck(bar.start, bar.end, (octave_of(tonic, 4),), "drone")
            for bar in passage.bars[1::4]
        ]
        return {Role.HARMONY: voice, Role.BASS: bass, Role.COLOUR: bell}

    def _bar(self, passage: Passage, bar: PassageBar) -> list[Note]:
        triad = [passage.key.at(step) for step in range(-14, 8) if step % 7 in (0, 2, 4)]
        starts = sorted(
            {bar.start}
            | {note.onset for note in passage.melody if bar.start < note.onset < bar.end}
            | ({start for start, _, _ in bar.beats()} if passage.energy >= 0 else set())
        )
        found = []
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], bar.end], strict=True)):
            tune = sounding_at(passage.melody, start)
            if tune is not None:
                pitch = _below(triad, tune.sounding[-1], passage.style.pad.low.key)
            else:
                pitch = _tolled(triad, passage, bar.index + number)
            found.append(struck(start, end, (pitch,), "tintinnabuli"))
        return found


def _below(triad: list[Pitch], tune: Pitch, low: int) -> Pitch:
    under = [tone for tone in triad if low <= tone.key < tune.key]
    return max(under, key=lambda tone: tone.key) if under else triad[len(triad) // 2]


def _tolled(triad: list[Pitch], passage: Passage, turn: int) -> Pitch:
    inside = [tone for tone in triad if passage.style.pad.holds(tone)] or triad
    return inside[turn * 2 % len(inside)]


IDIOM = Tintinnabuli()
