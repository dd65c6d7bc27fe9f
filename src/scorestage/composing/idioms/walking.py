"""A bass that walks, chords dropped in between."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.figures import comp_bar
from scorestage.composing.passage import Harmony, Passage, PassageBar, Texture, octave_of, struck
from scorestage.music import Note, Pitch, Role
from scorestage.music.harmony import chord_tones, pitch_under
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Walking:
    """A bass note on every beat: root, chord or scale tones, a half step into the next root."""

    name: str = "walking"

    def write(self, passage: Passage) -> Texture:
        """The walking bass and sparse comping."""
        bass: list[Note] = []
        for bar in passage.bars:
            before = bass[-1].sounding[0] if bass else None
            bass += self._bar(passage, bar, before)
        comps = [note for bar in passage.bars for note in comp_bar(passage, bar, self.name)]
        return {Role.BASS: bass, Role.HARMONY: comps}

    def _bar(self, passage: Passage, bar: PassageBar, before: Pitch | None) -> list[Note]:
        found: list[Note] = []
        beats = bar.beats()
        for index, (start, length, _) in enumerate(beats):
            chord = bar.under(start)
            following = _next_root(passage, bar, start)
            last = following is not None and start + length >= _chord_end(bar, chord)
            if (chord.start == start and chord.fresh) or before is None:
                pitch = chord.bass
            elif last and following is not None and following.key != before.key:
                pitch = _approach(following, before, passage)
            else:
                pitch = self._onward(passage, chord, before, following, (bar.index, index))
            found.append(struck(start, start + length, (pitch,), self.name))
            before = pitch
        return found

    def _onward(
        self,
        passage: Passage,
        chord: Harmony,
        before: Pitch,
        following: Pitch | None,
        place: tuple[int, int],
    ) -> Pitch:
        """A tone a step or a chord tone away, inside the range, drawn to where the bass goes."""
        low, high = passage.style.bass.low.key, passage.style.bass.high.key
        tones = [
            octave_of(tone, octave) for tone in chord_tones(chord.chord) for octave in range(-4, 0)
        ]
        steps, _ = passage.key.steps_of(before)
        near = [pitch_under(passage.key, steps + move, chord.chord) for move in (-1, 1)]
        choices = [
            pitch
            for pitch in (*tones, *near)
            if low <= pitch.key <= high and 0 < abs(pitch.key - before.key) <= 5
        ]
        goal = following.key if following is not None else (low + high) // 2
        random = passage.random(self.name, *place)
        return min(
            choices or [chord.bass],
            key=lambda pitch: abs(pitch.key - goal) * 0.5 + random.random() * 4,
        )


def _next_root(passage: Passage, bar: PassageBar, at: Beat) -> Pitch | None:
    later = [chord.bass for chord in bar.harmonies if chord.start > at]
    return later[0] if later else passage.bass_after(at)


def _chord_end(bar: PassageBar, chord: Harmony) -> Beat:
    return min(chord.end, bar.end) if chord.chord_end <= bar.end else bar.end


def _approach(following: Pitch, before: Pitch, passage: Passage) -> Pitch:
    """A half or whole step above or below the next root, whichever lies nearer."""
    side = 1 if before.key >= following.key else -1
    if abs(before.key - following.key) <= 1:
        side = -side
    key = following.key + side
    low, high = passage.style.bass.low.key, passage.style.bass.high.key
    if not low <= key <= high:
        key = following.key - side
    spelled = passage.key.spell(key)
    return Pitch(spelled.step, spelled.alter, spelled.octave)


IDIOM = Walking()
