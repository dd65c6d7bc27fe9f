"""Baroque continuo: a bass that runs in eighths by step, chords on the beats, held-over tones.

Figured-bass practice after Heinichen (1728) and C. P. E. Bach (1762): the right hand strikes with
the harmony, the left hand fills the way to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.passage import Harmony, Passage, PassageBar, Texture, octave_of, struck
from scorestage.composing.strokes import unit_of
from scorestage.music import Note, Pitch, Role
from scorestage.music.harmony import chord_tones, pitch_under
from scorestage.timebase import Beat, Beats


@dataclass(frozen=True, slots=True)
class Continuo:
    """The bass: the chord's own on each change, then thirds and steps on to the next."""

    name: str = "continuo"

    def write(self, passage: Passage) -> Texture:
        """Running bass and chords struck with the felt beats' groups."""
        bass: list[Note] = []
        chords: list[Note] = []
        for bar in passage.bars:
            bass += self._bass(passage, bar, bass)
            chords += self._chords(bar)
        return {Role.BASS: bass, Role.HARMONY: chords}

    def _chords(self, bar: PassageBar) -> list[Note]:
        fresh = {chord.start for chord in bar.harmonies}
        starts = sorted(fresh | {start for start, _, stress in bar.beats() if stress >= 2})
        return [
            struck(start, end, bar.under(start).upper, self.name)
            for start, end in zip(starts, [*starts[1:], bar.end], strict=True)
        ]

    def _bass(self, passage: Passage, bar: PassageBar, before: list[Note]) -> list[Note]:
        found: list[Note] = []
        unit = Beats(unit_of(bar.meter))
        at = bar.start
        while at < bar.end:
            chord = bar.under(at)
            last = (before + found)[-1].sounding[0] if before or found else None
            pitch = self._tone(passage, chord, at, last, unit)
            on_beat = any(start == at for start, _, _ in bar.beats())
            calm = passage.energy < 0 and not on_beat
            if calm and found:
                held = found[-1]
                found[-1] = struck(held.onset, at + unit, held.sounding, self.name)
            else:
                found.append(struck(at, at + unit, (pitch,), self.name))
            at = at + unit
        return found

    def _tone(
        self, passage: Passage, chord: Harmony, at: Beat, last: Pitch | None, unit: Beats
    ) -> Pitch:
        if at == chord.start or last is None:
            return chord.bass
        goal = passage.bass_after(at) if chord.chord_end > at else None
        left = (min(chord.end, chord.chord_end) - at).quarters / unit.quarters
        compass = passage.style.bass
        steps, _ = passage.key.steps_of(last)
        near = [pitch_under(passage.key, steps + move, chord.chord) for move in (-1, 1)]
        tones = [
            octave_of(tone, octave) for tone in chord_tones(chord.chord) for octave in (-3, -2)
        ]
        choices = [
            one
            for one in (*near, *tones)
            if compass.holds(one) and 0 < abs(one.key - last.key) <= 7
        ]
        wish = goal.key if goal is not None and left <= 3 else chord.bass.key
        random = passage.random(self.name, at.quarters)
        return min(
            choices or [chord.bass],
            key=lambda one: abs(abs(one.key - wish) - 2 * float(left - 1)) + 2 * random.random(),
        )


IDIOM = Continuo()
