"""Clusters: neighbouring tones that enter one group after the other and thicken.

After Penderecki's string pieces of 1960 and their echo in horror scores.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.linework import chromatic, two_bars
from scorestage.composing.passage import Passage, Texture, struck
from scorestage.music import Note, Role


@dataclass(frozen=True, slots=True)
class Cluster:
    """Low second, middle cluster, high cluster, each a beat later; the next pair of bars shifts."""

    name: str = "cluster"
    keeps_roots: bool = True
    tones: int = 4

    def write(self, passage: Passage) -> Texture:
        """Three layers, trembling where the music is driven."""
        layers: dict[Role, list[Note]] = {Role.BASS: [], Role.HARMONY: [], Role.COLOUR: []}
        tremolo = 3 if passage.energy > 0 else 0
        random = passage.random(self.name)
        for number in range(0, len(passage.bars), 2):
            bar = passage.bars[number]
            start, end = two_bars(passage, number)
            beats = [beat for beat, _, _ in bar.beats()] + [start] * 3
            drift = random.choice((-2, -1, 1, 2))
            chord = bar.harmonies[0]
            middle = min(chord.upper[0].key + drift, 68)
            high = min(chord.upper[-1].key + 12 + drift, 92)
            low = chord.bass.key
            entries = (
                (Role.BASS, start, chromatic(passage, low, 1)),
                (Role.HARMONY, beats[1], chromatic(passage, middle, self.tones)),
                (Role.COLOUR, beats[2], chromatic(passage, high, self.tones - 1)),
            )
            for role, at, pitches in entries:
                layers[role].append(struck(at, end, pitches, "cluster", tremolo=tremolo))
        return layers


IDIOM = Cluster()
