"""Imitation: a second voice follows the tune a bar later, a fourth or fifth or octave below.

The interval is the one of the three that clashes least with what sounds by then; where the tune is
silent the voices stand as a chord. After the motet's points of imitation, Palestrina to Brahms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scorestage.composing.figures import held_bass, pad_notes
from scorestage.composing.linework import sounding_at
from scorestage.composing.passage import Passage, Texture
from scorestage.music import Note, Pitch, Role
from scorestage.music.harmony import in_chord, pitch_under

STEPS = (-7, -4, -3)


@dataclass(frozen=True, slots=True)
class Imitation:
    """The follower bends to the chords it meets."""

    name: str = "imitation"

    def write(self, passage: Passage) -> Texture:
        """Follower, held chords, bass."""
        texture = {
            Role.HARMONY: pad_notes(passage, self.name),
            Role.BASS: held_bass(passage, self.name),
        }
        followers = [self._follow(passage, steps) for steps in STEPS]
        best = min(followers, key=lambda notes: _clashes(passage, notes))
        if best:
            texture[Role.COUNTER] = best
        return texture

    def _follow(self, passage: Passage, steps: int) -> list[Note]:
        later = passage.bars[0].meter.length
        found: list[Note] = []
        for note in passage.melody:
            at = note.onset + later
            if at >= passage.end:
                break
            bar = next(bar for bar in passage.bars if bar.start <= at < bar.end)
            chord = bar.under(at)
            own, _ = passage.key.steps_of(note.sounding[-1])
            strong = any(at == start for start, _, stress in bar.beats() if stress >= 2)
            pitch = pitch_under(passage.key, own + steps, chord.chord)
            if strong and not in_chord(pitch, chord.chord):
                near = [
                    pitch_under(passage.key, own + steps + move, chord.chord) for move in (-1, 1)
                ]
                pitch = next((one for one in near if in_chord(one, chord.chord)), pitch)
            length = min(note.length, passage.end - at)
            found.append(
                replace(note, id="", onset=at, length=length, pitches=(pitch,), grace=(),
                        origin="rule:imitation")
            )  # fmt: skip
        return found


def _clashes(passage: Passage, notes: list[Note]) -> float:
    """Seconds and sevenths against the tune, heavier where they last."""
    cost = 0.0
    for note in notes:
        tune = sounding_at(passage.melody, note.onset)
        if tune is not None and _dissonant(tune.sounding[-1], note.sounding[-1]):
            cost += float(note.length.quarters)
    return cost


def _dissonant(one: Pitch, other: Pitch) -> bool:
    return abs(one.key - other.key) % 12 in (1, 2, 10, 11)


IDIOM = Imitation()
