"""Bass on the strong beats, chords on the others: a waltz in three, an oompah in two and four."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.figures import bass_fifth, detached
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.music import Articulation, Note, Role
from scorestage.timebase import Beat, Beats


@dataclass(frozen=True, slots=True)
class Oompah:
    """Root and fifth in turn below, short chords between; in compound time on the last third."""

    name: str = "oompah"

    def write(self, passage: Passage) -> Texture:
        """Bass and after-beats."""
        bass: list[Note] = []
        chords: list[Note] = []
        for bar in passage.bars:
            bass += self._bass(passage, bar)
            chords += self._chords(passage, bar)
        return {Role.BASS: bass, Role.HARMONY: chords}

    def _bass(self, passage: Passage, bar: PassageBar) -> list[Note]:
        found = []
        turn = 0
        for start, length, _ in _strong(bar):
            chord = bar.under(start)
            turn = 0 if chord.start == start and chord.fresh else turn
            lifts = turn % 2 == 1 or (
                not chord.fresh and start == bar.start and len(bar.beats()) == 3
            )
            pitch = bass_fifth(chord, passage) if lifts else chord.bass
            found.append(struck(start, start + length, (pitch,), self.name))
            turn += 1
        return found

    def _chords(self, passage: Passage, bar: PassageBar) -> list[Note]:
        strong = {start for start, _, _ in _strong(bar)}
        found = []
        for start, length, _ in bar.beats():
            at, room = start, length
            if start in strong:
                later = _last_third(start, length) if length.quarters.numerator == 3 else None
                if len(strong) < len(bar.beats()) and later is None:
                    continue
                at = later or start + length * Fraction(1, 2)
                room = start + length - at
            end = at + detached(room, passage)
            chord = bar.under(at).upper
            found.append(struck(at, end, chord, self.name, Articulation.STACCATO))
        return found


def _strong(bar: PassageBar) -> list[tuple[Beat, Beats, int]]:
    """The beats the bass takes: group starts; in fast two only the first is one."""
    beats = bar.beats()
    found = [beat for beat in beats if beat[2] >= 2]
    return found if len(found) < len(beats) or len(beats) < 3 else list(beats[::2])


def _last_third(start: Beat, length: Beats) -> Beat:
    return start + length * Fraction(2, 3)


IDIOM = Oompah()
