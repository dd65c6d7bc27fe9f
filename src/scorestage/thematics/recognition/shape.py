"""A theme as the search sees it: onsets, keys, steps, and what each move of it is worth.

What a move is worth says how rarely a line makes it: bits, after how often melodic intervals of
each size and changes of pace occur in orchestral lines (about one move in five repeats its note,
two in five are steps). A theme of plain steps in even notes is therefore worth less than one
with a leap and a dotted note, and must be stated more wholly to count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import MusicError
from scorestage.music.feel import stress_in_bar
from scorestage.music.theme import Theme
from scorestage.thematics.recognition.strands import Strand

_INTERVAL_BITS = (2.3, 3.0, 2.5, 3.6, 3.7, 3.9, 5.5, 4.3, 5.0, 5.0, 6.0, 6.5, 4.8)
_WIDE_BITS = 6.5
SAME_PACE_BITS = 1.3
_NEW_PACE_BITS = 2.6
_STRESS_WEIGHT = (0.7, 0.85, 0.95, 1.0)
PLAIN = "plain"
INVERTED = "inverted"
RETROGRADE = "retrograde"
RETROGRADE_INVERTED = "retrograde inverted"


@dataclass(frozen=True, slots=True)
class Shape:
    """The notes of a theme in one guise; `weights` (0 to 1) say how much each of them counts.

    `onsets` and `ends` in quarters; `way` is `plain`, `inverted`, `retrograde` or `retrograde
    inverted`; `order` tells which note of the theme each one is. A part of a theme (`head`) knows
    the weight and the count of the whole.
    """

    onsets: tuple[Fraction, ...]
    ends: tuple[Fraction, ...]
    keys: tuple[int, ...]
    steps: tuple[int, ...]
    weights: tuple[float, ...]
    way: str = PLAIN
    order: tuple[int, ...] = ()
    whole: tuple[int, float] | None = None

    @property
    def size(self) -> int:
        """How many notes the whole theme has."""
        return self.whole[0] if self.whole else len(self.onsets)

    @property
    def weight(self) -> float:
        """What the whole theme weighs."""
        return self.whole[1] if self.whole else sum(self.weights)

    def head(self, count: int) -> Shape:
        """Its first `count` notes by themselves."""
        return Shape(
            self.onsets[:count],
            self.ends[:count],
            self.keys[:count],
            self.steps[:count],
            self.weights[:count],
            self.way,
            self.order[:count],
            (self.size, self.weight),
        )

    def __len__(self) -> int:
        return len(self.onsets)

    def mirrored(self) -> Shape:
        """Upside down."""
        way = INVERTED if self.way == PLAIN else RETROGRADE_INVERTED
        return replace(
            self,
            keys=tuple(-key for key in self.keys),
            steps=tuple(-step for step in self.steps),
            way=way,
        )

    def reversed(self) -> Shape:
        """Backwards: the last note first, each as long as it was."""
        return Shape(
            tuple(-end for end in reversed(self.ends)),
            tuple(-onset for onset in reversed(self.onsets)),
            self.keys[::-1],
            self.steps[::-1],
            self.weights[::-1],
            RETROGRADE,
            tuple(range(len(self)))[::-1],
        )


def shape_of(theme: Theme) -> Shape:
    """A theme's shape; raises `MusicError` for one of fewer than two pitched notes."""
    notes = [note for note in theme.notes if note.sounding]
    if len(notes) < 2:
        raise MusicError(
            f"the theme {theme.id} has fewer than two pitched notes", do="give a line of notes"
        )
    bar = theme.meter.length.quarters
    stresses = [stress_in_bar(theme.meter, note.onset.quarters % bar) for note in notes]
    ends = [min(note.end.quarters, following.onset.quarters) for note, following in pairwise(notes)]
    return Shape(
        tuple(note.onset.quarters for note in notes),
        (*ends, notes[-1].end.quarters),
        tuple(note.sounding[-1].key for note in notes),
        tuple(note.sounding[-1].staff_step for note in notes),
        _weights(stresses, [note.length.quarters for note in notes]),
        PLAIN,
        tuple(range(len(notes))),
    )


def shape_of_strand(strand: Strand) -> Shape:
    """Any line as a shape, all of its notes weighing the same but for their length."""
    lengths = [end - onset for onset, end in zip(strand.onsets, strand.ends, strict=True)]
    return Shape(
        strand.onsets,
        strand.ends,
        strand.keys,
        strand.steps,
        _weights([2] * len(lengths), lengths),
        PLAIN,
        tuple(range(len(lengths))),
    )


def _weights(stresses: Sequence[int], lengths: Sequence[Fraction]) -> tuple[float, ...]:
    """Strong and long notes weigh more than weak and short ones, at most about double."""
    mean = sum(lengths, Fraction(0)) / len(lengths)
    found = []
    for stress, length in zip(stresses, lengths, strict=True):
        relative = min(float(length / mean), 2.0) if mean else 1.0
        found.append(_STRESS_WEIGHT[stress] * (0.7 + 0.3 * relative))
    return tuple(found)


def pitch_bits(shape: Shape) -> tuple[float, ...]:
    """What the interval into each note is worth; nothing for the first."""
    sizes = [abs(other - one) for one, other in pairwise(shape.keys)]
    return (
        0.0,
        *(_INTERVAL_BITS[size] if size < len(_INTERVAL_BITS) else _WIDE_BITS for size in sizes),
    )


def rhythm_bits(shape: Shape, same_pace_bits: float = SAME_PACE_BITS) -> tuple[float, ...]:
    """What the distance into each note is worth; nothing for the first."""
    found = [0.0]
    before: Fraction | None = None
    for one, other in pairwise(shape.onsets):
        found.append(same_pace_bits if other - one == before else _NEW_PACE_BITS)
        before = other - one
    return tuple(found)
