"""Jiangnan silk and bamboo: everybody plays the tune, each instrument with its own flowers.

The plain tune stands with the erhu; here the dizi's version fills its steps (jiahua, adding
flowers) and the yangqin strikes its bones in octaves. Witzleben, Silk and Bamboo Music in Shanghai
(1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.composing.passage import FASTEST_SECONDS, Passage, Texture, octave_of, struck
from scorestage.composing.strokes import tonic_above
from scorestage.music import Note, Pitch, Role
from scorestage.timebase import Beats

PENTATONIC = (0, 1, 2, 4, 5)
"""Steps of the scale that the flowers use: no fourth, no seventh."""


@dataclass(frozen=True, slots=True)
class Heterophony:
    """A flowered version above or with the tune, a boned one below it, no chords."""

    name: str = "heterophony"
    keeps_roots: bool = True

    def write(self, passage: Passage) -> Texture:
        """Flowers, bones, and where the tune rests the ensemble's own filling."""
        tune = passage.melody
        flowers = [
            one for note, after in _with_next(tune) for one in self._flowered(passage, note, after)
        ]
        filled = self._filling(passage)
        texture = {
            Role.HARMONY: sorted([*flowers, *filled], key=lambda note: note.onset),
            Role.BASS: self._bones(passage),
        }
        return {role: notes for role, notes in texture.items() if notes}

    def _flowered(self, passage: Passage, note: Note, after: Note | None) -> list[Note]:
        """A note divided: itself, then pentatonic neighbours on the way to the next."""
        at, pitch = note.onset, octave_of(note.sounding[-1], -1)
        count = 4 if note.length >= Beats(1) else 2 if note.length >= Beats("1/2") else 1
        unit = note.length * Fraction(1, count)
        fits = (unit.quarters * 4).denominator == 1 and (at.quarters * 4).denominator == 1
        if not fits or unit.quarters * passage.quarter_seconds < FASTEST_SECONDS or count == 1:
            return [struck(at, note.end, (pitch,), "heterophony")]
        goal = octave_of(after.sounding[-1], -1) if after is not None else pitch
        line = _way(passage, pitch, goal, count, passage.random(self.name, at.quarters).random())
        return [
            struck(at + unit * number, at + unit * (number + 1), (one,), "heterophony")
            for number, one in enumerate(line)
        ]

    def _bones(self, passage: Passage) -> list[Note]:
        """The tune's tone on each strong beat, two octaves down; the tonic where it rests."""
        found: list[Note] = []
        compass = passage.style.bass
        for bar in passage.bars:
            strong = [start for start, _, stress in bar.beats() if stress >= 2]
            for start, end in zip(strong, [*strong[1:], bar.end], strict=True):
                tune = [note for note in passage.melody if note.onset <= start < note.end]
                pitch = tune[-1].sounding[-1] if tune else passage.key.home
                while pitch.key > compass.high.key:
                    pitch = octave_of(pitch, -1)
                found.append(struck(start, end, (pitch,), "heterophony"))
        return found

    def _filling(self, passage: Passage) -> list[Note]:
        """Bars without tune: a turn about the tonic."""
        found: list[Note] = []
        for bar in passage.bars:
            if any(note.onset < bar.end and bar.start < note.end for note in passage.melody):
                continue
            home = tonic_above(passage, passage.style.pad.low.key + 5)
            steps, _ = passage.key.steps_of(home)
            turn = passage.random(self.name, "fill", bar.index).choice(
                ((0, 1, 2), (2, 1, 0), (4, 2, 1))
            )
            for number, (start, length, _) in enumerate(bar.beats()):
                pitch = passage.key.at(steps + turn[number % 3])
                found.append(struck(start, start + length, (pitch,), "heterophony"))
        return found


def _with_next(notes: Sequence[Note]) -> list[tuple[Note, Note | None]]:
    pairs: list[tuple[Note, Note | None]] = list(pairwise(notes))
    return [*pairs, (notes[-1], None)] if notes else []


def _way(passage: Passage, pitch: Pitch, goal: Pitch, count: int, draw: float) -> list[Pitch]:
    """From a tone towards the next in pentatonic steps, over its neighbour first."""
    steps, _ = passage.key.steps_of(pitch)
    side = 1 if goal.key >= pitch.key else -1
    first = _step(passage, steps, side if draw < 0.6 else -side)
    line = [pitch, first, pitch if draw < 0.5 else _step(passage, steps, -side)]
    toward, _ = passage.key.steps_of(goal)
    line.append(_step(passage, toward, -side if goal.key != pitch.key else side))
    return [pitch, line[3]] if count == 2 else line


def _step(passage: Passage, steps: int, way: int) -> Pitch:
    """The next pentatonic tone from a step of the scale."""
    steps += way
    while steps % 7 not in PENTATONIC:
        steps += way
    return passage.key.at(steps)


IDIOM = Heterophony()
