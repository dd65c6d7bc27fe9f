"""Strings that sing: a tenor line that moves where the tune rests, waves of harp, a slow bass."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import held_bass, ladder, pad_notes
from scorestage.composing.linework import every, struck_between, tones_within
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Note, Pitch, Role

LOW, HIGH = 52, 67


@dataclass(frozen=True, slots=True)
class Lyrical:
    """The counter-line holds under the tune's notes and steps on through its long ones."""

    name: str = "lyrical"
    note_seconds: Fraction = Fraction(2, 5)

    def write(self, passage: Passage) -> Texture:
        """Counter-line, harp, bass, held chords."""
        texture = {
            Role.RHYTHM: [note for bar in passage.bars for note in self._wave(passage, bar)],
            Role.COUNTER: self._tenor(passage),
            Role.BASS: held_bass(passage, self.name),
        }
        if passage.energy > 0:
            texture[Role.HARMONY] = pad_notes(passage, self.name)
        return texture

    def _wave(self, passage: Passage, bar: PassageBar) -> list[Note]:
        """Chord tones up over two octaves and down again."""
        found: list[Note] = []
        step = 0
        for start, length, _ in bar.beats():
            unit = passage.unit(length, self.note_seconds)
            for at in every(start, start + length, unit):
                rungs = ladder(bar.under(at), 6)
                turn = step % (2 * len(rungs) - 2)
                rung = turn if turn < len(rungs) else 2 * len(rungs) - 2 - turn
                found.append(struck(at, at + unit, (rungs[rung],), self.name))
                step += 1
        return found

    def _tenor(self, passage: Passage) -> list[Note]:
        found: list[Note] = []
        for bar in passage.bars:
            for start, length, stress in bar.beats():
                busy = struck_between(passage.melody, start, start + length)
                fresh = any(chord.start == start and chord.fresh for chord in bar.harmonies)
                if found and not fresh and (busy or stress < 1) and found[-1].end == start:
                    held = found[-1]
                    found[-1] = struck(held.onset, start + length, held.sounding, "tenor-line")
                    continue
                pitch = self._next(passage, bar, found, fresh=fresh or not found)
                found.append(struck(start, start + length, (pitch,), "tenor-line"))
        return found

    def _next(self, passage: Passage, bar: PassageBar, found: list[Note], *, fresh: bool) -> Pitch:
        """A step on, or with a new chord its nearest other tone."""
        at = found[-1].end if found else bar.start
        tones = tones_within(bar.under(at).chord, LOW, HIGH)
        before = found[-1].sounding[0] if found else None
        if before is None:
            return tones[len(tones) // 2]
        others = [tone for tone in tones if tone.key != before.key] or tones
        return min(others, key=lambda tone: (abs(tone.key - before.key) - 2 * fresh, tone.key))


IDIOM = Lyrical()
