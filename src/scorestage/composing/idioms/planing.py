"""Planing: one chord shape slides up and down under the tune, no voice leading wished.

Debussy, La cathédrale engloutie and Voiles; parallel fifths are the point, so the chord stands on
its own strand.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import held_bass, ladder
from scorestage.composing.linework import every
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Interval, Note, Pitch, Role
from scorestage.music.harmony import pitch_under

SHAPES = (
    (Interval(0, 0), Interval(2, 4), Interval(4, 7), Interval(6, 10)),
    (Interval(0, 0), Interval(4, 7), Interval(7, 12), Interval(8, 14)),
    (Interval(0, 0), Interval(3, 5), Interval(6, 10), Interval(9, 15)),
)


@dataclass(frozen=True, slots=True)
class Planing:
    """Ninths, fifths or fourths in parallel on the strong beats; a ripple of harp in between."""

    name: str = "planing"

    def write(self, passage: Passage) -> Texture:
        """Sliding chords, ripple, long bass."""
        shape = passage.random(self.name).choice(SHAPES)
        chords = [note for bar in passage.bars for note in self._slide(passage, bar, shape)]
        ripple = [note for bar in passage.bars for note in self._ripple(passage, bar)]
        texture = {Role.HARMONY: chords, Role.BASS: held_bass(passage, self.name)}
        if passage.energy >= 0:
            texture[Role.RHYTHM] = ripple
        return texture

    def _slide(self, passage: Passage, bar: PassageBar, shape: tuple[Interval, ...]) -> list[Note]:
        beats = [start for start, _, _ in bar.beats()]
        starts = beats[::2] if len(beats) > 3 else beats
        random = passage.random(self.name, bar.index)
        way = random.choice((-1, 1))
        found: list[Note] = []
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], bar.end], strict=True)):
            harmony = bar.under(start)
            steps, _ = passage.key.steps_of(harmony.upper[0])
            foot = pitch_under(passage.key, steps + way * number, harmony.chord)
            pitches = tuple(_plain(foot.moved(interval)) for interval in shape)
            found.append(struck(start, end, pitches, "planing"))
        return found

    def _ripple(self, passage: Passage, bar: PassageBar) -> list[Note]:
        found: list[Note] = []
        beats = bar.beats()
        kept = beats[1::2] if bar.index % 2 else beats[::2]
        for start, length, _ in kept:
            unit = passage.unit(length, passage.quarter_seconds / 4)
            for number, at in enumerate(every(start, start + length, unit)):
                rungs = ladder(bar.under(at), 7)[3:]
                found.append(struck(at, at + unit, (rungs[number % len(rungs)],), self.name))
        return found


def _plain(pitch: Pitch) -> Pitch:
    return pitch if -2 < pitch.alter < 2 else pitch.simply_spelled()


IDIOM = Planing()
