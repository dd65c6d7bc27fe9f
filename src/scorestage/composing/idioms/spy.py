"""The agent's vamp: fifth, sharp fifth, sixth and back inside a minor chord, guitar in eighths."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.linework import in_octave_near
from scorestage.composing.passage import Passage, PassageBar, Texture, struck
from scorestage.composing.strokes import Line, played_line
from scorestage.music import Articulation, Note, Role
from scorestage.music.harmony import chord_tones

CLIMB = (0, 1, 2, 1)
"""Semitones above the fifth, one a half bar or bar."""
GUITAR = Line(
    Role.BASS,
    bars={
        "2222": ("R-RRO-R-", "R--RF-O-", "R-RRF-A-"),
        "222": ("R-RRO-", "R-RRA-"),
        "223": ("R-RRO-R", "R-RRF-A"),
    },
    cells={2: ("R-", "O-"), 3: ("R-O", "R-A")},
    short=True,
)
BRASS = Line(
    Role.RHYTHM,
    bars={"2222": ("........", "......CC", "...C....", "C.......")},
    cells={2: ("..", "CC"), 3: ("...", "..C")},
    short=True,
)


@dataclass(frozen=True, slots=True)
class Spy:
    """The climbing inner line with the chord's root held over it."""

    name: str = "spy"

    def write(self, passage: Passage) -> Texture:
        """Guitar, climbing line, stabs of brass."""
        line = [note for bar in passage.bars for note in self._climb(passage, bar)]
        return {
            Role.BASS: played_line(passage, GUITAR, self.name),
            Role.HARMONY: line,
            Role.RHYTHM: played_line(passage, BRASS, self.name),
        }

    def _climb(self, passage: Passage, bar: PassageBar) -> list[Note]:
        beats = bar.beats()
        middle = beats[len(beats) // 2][0] if len(beats) > 1 else bar.end
        halves = [(bar.start, middle), (middle, bar.end)] if middle < bar.end else []
        found = []
        for number, (start, end) in enumerate(halves or [(bar.start, bar.end)]):
            chord = bar.under(start).chord
            tones = chord_tones(chord)
            fifth = in_octave_near(tones[min(2, len(tones) - 1)], 57)
            step = CLIMB[(2 * bar.index + number) % len(CLIMB)]
            moved = passage.key.spell(fifth.key + step) if step else fifth
            root = in_octave_near(tones[0], 64)
            found.append(struck(start, end, (moved, root), "climb", Articulation.TENUTO))
        return found


IDIOM = Spy()
