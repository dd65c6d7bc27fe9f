"""Gagaku's togaku: the sho's still chords, biwa and koto in slow figures, the kakko quickening.

The sho sounds aitake, clusters of five or six tones over the tune's tone; here bo and kotsu, the
commonest, are taken from the passage's own scale. The koto plays shizugaki, the taiko falls once in
two bars, the kakko's roll (katarai) gathers speed. Garfias, Music of a Thousand Autumns (1975).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.linework import sounding_at
from scorestage.composing.passage import Passage, PassageBar, Texture, octave_of, struck
from scorestage.composing.strokes import tonic_above
from scorestage.music import Note, Role
from scorestage.timebase import Beat, Beats

AITAKE = ((0, 1, 4, 5, 8), (0, 3, 4, 7, 8), (0, 1, 3, 4, 7))
"""Clusters as steps of the scale above the tune's tone: seconds and fourths, no thirds alone."""


@dataclass(frozen=True, slots=True)
class Gagaku:
    """Chords change with the tune's tones, a bar at the least; strings mark the bar's parts."""

    name: str = "gagaku"
    keeps_roots: bool = True

    def write(self, passage: Passage) -> Texture:
        """Sho, koto, taiko with biwa, kakko."""
        return {
            Role.HARMONY: [self._sho(passage, bar) for bar in passage.bars],
            Role.BASS: [note for bar in passage.bars for note in self._low(passage, bar)],
            Role.RHYTHM: [note for bar in passage.bars for note in self._koto(passage, bar)],
        }

    def _sho(self, passage: Passage, bar: PassageBar) -> Note:
        tune = sounding_at(passage.melody, bar.start)
        foot = tune.sounding[-1] if tune is not None else passage.key.home
        steps, _ = passage.key.steps_of(foot)
        shape = passage.random(self.name, bar.index // 2).choice(AITAKE)
        while passage.key.at(steps).key > 68:
            steps -= 7
        while passage.key.at(steps).key < 57:
            steps += 7
        pitches = tuple(passage.key.at(steps + rung) for rung in shape)
        return struck(bar.start, bar.end, pitches, "aitake")

    def _low(self, passage: Passage, bar: PassageBar) -> list[Note]:
        """The great drum with the biwa's low string on odd bars, its upbeat in the even ones."""
        tonic = tonic_above(passage, passage.style.bass.low.key)
        if bar.index % 2 == 0:
            return [struck(bar.start, bar.end, (tonic,), "drone")]
        last = bar.beats()[-1][0]
        fifth = passage.key.at(passage.key.steps_of(tonic)[0] + 4)
        if last == bar.start:
            return [struck(bar.start, bar.end, (fifth,), "drone")]
        return [struck(last, bar.end, (fifth,), "drone")]

    def _koto(self, passage: Passage, bar: PassageBar) -> list[Note]:
        """Shizugaki: tonic, then two tones together; in every fourth bar the kakko's quickening."""
        tonic = tonic_above(passage, passage.style.pad.low.key)
        if bar.index % 4 == 3:
            return [
                struck(start, end, (octave_of(tonic, 1),), "drone")
                for start, end in _quickening(bar)
            ]
        beats = [start for start, _, _ in bar.beats()]
        found = [struck(beats[0], beats[1] if len(beats) > 1 else bar.end, (tonic,), "drone")]
        if len(beats) > 2:
            steps, _ = passage.key.steps_of(tonic)
            draw = passage.random(self.name, "koto", bar.index).choice(((4, 7), (3, 7), (4, 8)))
            pitches = tuple(passage.key.at(steps + rung) for rung in draw)
            found.append(struck(beats[2], bar.end, pitches, "drone"))
        return found


def _quickening(bar: PassageBar) -> list[tuple[Beat, Beat]]:
    """Strokes ever closer: two beats, one, a half, quarters."""
    at, found = bar.start, []
    steps = [Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 2), *[Fraction(1, 4)] * 40]
    for step in steps:
        end = min(at + Beats(step), bar.end)
        if at >= bar.end:
            break
        found.append((at, end))
        at = end
    return found


IDIOM = Gagaku()
