"""Twelve tones in order, scattered over registers: points, pairs and small chords, then silence.

The forms of the cue's row follow each other, on transpositions that keep its last tone as the next
one's first. After Webern's op. 24 and 30; in films Rosenman (The Cobweb, 1955) and Takemitsu.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.passage import Passage, Texture, struck
from scorestage.composing.rows import row_forms, row_of
from scorestage.music import Articulation, Note, Role
from scorestage.timebase import Beats

PLACES = ((Role.RHYTHM, 60), (Role.HARMONY, 53), (Role.COLOUR, 74), (Role.BASS, 38))
"""Strands and the MIDI key their tones lie about."""


@dataclass(frozen=True, slots=True)
class Serial:
    """One event on most beats; which strand, how many tones, how long is drawn by lot."""

    name: str = "serial"
    keeps_roots: bool = True

    def write(self, passage: Passage) -> Texture:
        """Points on four strands."""
        tones = _tones(passage)
        layers: dict[Role, list[Note]] = {role: [] for role, _ in PLACES}
        for bar in passage.bars:
            random = passage.random(self.name, bar.index)
            for start, length, stress in bar.beats():
                if stress < 3 and random.random() < 0.3 - 0.1 * passage.energy:
                    continue
                role, centre = random.choice(PLACES[:3] if stress < 3 else PLACES)
                count = random.choice((1, 1, 2, 3)) if role is Role.HARMONY else 1
                late = stress < 3 and random.random() < 0.4 and length == Beats(1)
                at = start + length * Fraction(1, 2) if late else start
                keys = sorted(
                    _near(next(tones), centre, random.choice((0, 0, 12))) for _ in range(count)
                )
                pitches = tuple(passage.key.spell(key) for key in dict.fromkeys(keys))
                signs = (Articulation.STACCATO,) if random.random() < 0.4 else ()
                layers[role].append(struck(at, start + length, pitches, "row", *signs))
        _tied_over(layers, passage)
        return {role: notes for role, notes in layers.items() if notes}


def _tones(passage: Passage) -> Iterator[int]:
    forms = row_forms(row_of(passage.seed))
    random = passage.random("row")
    last: int | None = None
    while True:
        form = random.choice(forms)
        shift = 0 if last is None else last - form[0]
        tones = [(tone + shift) % 12 for tone in form]
        yield from tones if last is None else tones[1:]
        last = tones[-1]


def _near(tone: int, centre: int, lift: int) -> int:
    return centre - 6 + (tone - centre + 6) % 12 + (lift if centre >= 60 else 0)


def _tied_over(layers: dict[Role, list[Note]], passage: Passage) -> None:
    """The first strand's notes of a bar left to ring to its end where nothing follows them."""
    for bar in passage.bars:
        own = [(role, note) for role, notes in layers.items() for note in notes
               if bar.start <= note.onset < bar.end]  # fmt: skip
        if not own:
            continue
        role, last = max(own, key=lambda entry: entry[1].onset)
        notes = layers[role]
        notes[notes.index(last)] = struck(last.onset, bar.end, last.sounding, "row")


IDIOM = Serial()
