"""A jazz trio: walking bass, rootless voicings with their ninths, comping that answers the tune."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.idioms.walking import Walking
from scorestage.composing.linework import in_octave_near
from scorestage.composing.passage import Harmony, Passage, PassageBar, Texture, struck
from scorestage.composing.strokes import Line, pattern_of, played_bar
from scorestage.music import Articulation, Interval, Note, Pitch, Role
from scorestage.music.harmony import chord_tones

COMPS = Line(
    Role.HARMONY,
    bars={
        "2222": ("C--C....", "...C..C-", "C...C-..", ".C....C.", "..C..C.C"),
        "222": ("C--C..", "..C-.C", ".C..C."),
        "22222": ("C--C...C..", "..C..C..C-", ".C..C.C.C."),
        "223": ("C--C..C", "..C-.C.", ".C.C.C."),
    },
    cells={2: ("C.", ".C", ".."), 3: ("C..", "..C", ".C-")},
)
CENTRE = 58


@dataclass(frozen=True, slots=True)
class Combo:
    """Third, seventh and ninth in the left hand; the fifth only where the chord has no seventh."""

    name: str = "combo"

    def write(self, passage: Passage) -> Texture:
        """Bass and comping."""
        comps: list[Note] = []
        for number, bar in enumerate(passage.bars):
            pattern = pattern_of(passage, COMPS, bar, number)
            for note in played_bar(passage, bar, pattern, COMPS, self.name):
                comps.append(self._voiced(passage, bar, note))
        return {Role.BASS: Walking().write(passage)[Role.BASS], Role.HARMONY: comps}

    def _voiced(self, passage: Passage, bar: PassageBar, note: Note) -> Note:
        signs = (Articulation.STACCATO,) if note.length.quarters <= 1 else (Articulation.TENUTO,)
        pitches = rootless(bar.under(note.onset))
        return struck(note.onset, note.end, pitches, "voicing", *signs)


def rootless(chord: Harmony) -> tuple[Pitch, ...]:
    """A pianist's left hand: third, seventh (or sixth), fifth and ninth about the A below middle C.

    Altered and diminished chords keep their own fifth and take no ninth.
    """
    tones = chord_tones(chord.chord)
    if len(tones) < 3:
        return chord.upper
    third, fifth = tones[1], tones[2]
    found = [third, fifth, *tones[3:4]]
    plain = (fifth.key - tones[0].key) % 12 == 7
    if plain and len(tones) < 5:
        found.append(tones[0].moved(Interval(8, 14)))
    return tuple(sorted((in_octave_near(one, CENTRE) for one in found), key=lambda one: one.midi))


IDIOM = Combo()
