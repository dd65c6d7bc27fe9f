"""Four parts in slow block chords, with suspensions and passing basses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import held_chords
from scorestage.composing.passage import Harmony, Passage, Texture, struck
from scorestage.music import Note, Pitch, Role
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Chorale:
    """Chords as a choir sings them: a voice may come late, the bass may walk to the next chord."""

    name: str = "chorale"
    suspend_share: Fraction = Fraction(1, 2)

    def write(self, passage: Passage) -> Texture:
        """Chords, some with a suspension, over a bass with passing tones."""
        harmony: list[Note] = []
        bass: list[Note] = []
        before: tuple[Pitch, ...] = ()
        for start, end, chord in held_chords(passage):
            harmony += self._voices(passage, start, end, chord, before)
            bass += self._bass(passage, start, end, chord)
            before = chord.upper
        return {Role.HARMONY: harmony, Role.BASS: bass}

    def _voices(
        self,
        passage: Passage,
        start: Beat,
        end: Beat,
        chord: Harmony,
        before: tuple[Pitch, ...],
    ) -> list[Note]:
        beat = _beat_at(passage, start)
        late = _suspended(chord, before)
        draw = passage.random(self.name, start.quarters).random()
        if late is None or draw >= self.suspend_share or end <= beat:
            return [struck(start, end, chord.upper, self.name)]
        held = tuple(late.get(pitch, pitch) for pitch in chord.upper)
        return [
            struck(start, beat, held, "suspension"),
            struck(beat, end, chord.upper, "suspension"),
        ]

    def _bass(self, passage: Passage, start: Beat, end: Beat, chord: Harmony) -> list[Note]:
        following = passage.bass_after(start)
        last = _last_beat(passage, start, end)
        if following is None or last is None:
            return [struck(start, end, (chord.bass,), self.name)]
        between = _between(passage, chord, following)
        if between is None:
            return [struck(start, end, (chord.bass,), self.name)]
        return [
            struck(start, last, (chord.bass,), self.name),
            struck(last, end, (between,), "passing-bass"),
        ]


def _beat_at(passage: Passage, at: Beat) -> Beat:
    """Where the felt beat that holds a point is over."""
    for bar in passage.bars:
        for start, length, _ in bar.beats():
            if start <= at < start + length:
                return start + length
    return at


def _last_beat(passage: Passage, start: Beat, end: Beat) -> Beat | None:
    """The last felt beat inside a span that is not its first."""
    found = [beat for bar in passage.bars for beat, _, _ in bar.beats() if start < beat < end]
    return found[-1] if found else None


def _suspended(chord: Harmony, before: tuple[Pitch, ...]) -> dict[Pitch, Pitch] | None:
    """One voice that comes down by step and may come late; None where there is none."""
    if len(before) != len(chord.upper):
        return None
    for old, new in zip(before, chord.upper, strict=True):
        falls = 1 <= old.key - new.key <= 2
        clashes = any(0 < abs(old.key - other.key) <= 1 for other in chord.upper if other != new)
        doubled = any((new.key - other.key) % 12 == 0 for other in chord.upper if other != new)
        if falls and not clashes and not doubled:
            return {new: old}
    return None


def _between(passage: Passage, chord: Harmony, following: Pitch) -> Pitch | None:
    """The scale tone between two basses a third apart, unless it would move in parallels."""
    move = following.key - chord.bass.key
    if abs(move) not in (3, 4):
        return None
    steps, _ = passage.key.steps_of(chord.bass)
    between = passage.key.at(steps + (1 if move > 0 else -1))
    low, high = sorted((chord.bass.key, following.key))
    if not low < between.key < high:
        return None
    for pitch in chord.upper:
        if (pitch.key - between.key) % 12 in (0, 7):
            return None
    return between


IDIOM = Chorale()
