"""Mickey-mousing: the bassoon hops, everything the tune does is copied, chromatic runs fall over.

Carl Stalling's and Scott Bradley's cartoons; Goldmark, Tunes for 'Toons (2005).
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.linework import every
from scorestage.composing.passage import Passage, PassageBar, Texture, octave_of, struck
from scorestage.composing.strokes import Line, played_line
from scorestage.music import Articulation, Note, Role
from scorestage.timebase import Beats

HOPS = Line(
    Role.BASS,
    bars={"2222": ("R.O.F.O.", "R...F.O.", "R.F.R.A.")},
    cells={2: ("F.", "O."), 3: ("F.O", "O.F")},
    head={2: ("R.",), 3: ("R.O",)},
    short=True,
)
PAH = Line(
    Role.HARMONY,
    bars={"2222": (".C.C.C.C", "..C...CC", ".C.CC...")},
    cells={2: (".C", ".."), 3: (".CC", "..C")},
    short=True,
)


@dataclass(frozen=True, slots=True)
class Mickey:
    """Hops, pahs, the tune an octave up in short notes, a run where it holds still."""

    name: str = "mickey"

    def write(self, passage: Passage) -> Texture:
        """Bass, after-beats and the copying strand."""
        copied = [note for bar in passage.bars for note in self._copied(passage, bar)]
        texture = {
            Role.BASS: played_line(passage, HOPS, self.name),
            Role.HARMONY: played_line(passage, PAH, self.name),
        }
        if copied:
            texture[Role.COLOUR] = copied
        return texture

    def _copied(self, passage: Passage, bar: PassageBar) -> list[Note]:
        own = [note for note in passage.melody if bar.start <= note.onset < bar.end]
        last_beat, _, _ = bar.beats()[-1]
        still = not any(note.onset >= last_beat for note in own)
        if still and bar.index % 2:
            return self._run(passage, bar)
        if passage.energy < 0 or bar.index % 4 == 3:
            return []
        return [
            struck(
                note.onset,
                min(note.end, note.onset + Beats("1/2")),
                (octave_of(note.sounding[-1], 1),),
                "copied-tune",
                Articulation.STACCATO,
            )
            for note in own
            if note.sounding[-1].key <= 84
        ]

    def _run(self, passage: Passage, bar: PassageBar) -> list[Note]:
        """Up by half steps into the next bar, or down into it."""
        start, length, _ = bar.beats()[-1]
        unit = passage.unit(length, passage.quarter_seconds / 4)
        places = every(start, bar.end, unit)
        up = passage.random(self.name, bar.index).random() < 0.6
        goal = bar.under(start).upper[-1].key + 12
        way = -1 if up else 1
        return [
            struck(at, at + unit, (passage.key.spell(goal + way * (len(places) - number)),), "run")
            for number, at in enumerate(places)
        ]


IDIOM = Mickey()
