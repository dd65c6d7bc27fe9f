"""How like two melodies are, wherever in each of them the likeness lies.

Four measures of different kinds, each from 0 to 1, and their weighted mean. The weights were
set on eight movements with labelled themes and checked on others (`benchmarks.theme_recognition`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2, sqrt

from scorestage.music.theme import Theme
from scorestage.thematics.recognition.alignment import Ear, Field, worth_of
from scorestage.thematics.recognition.finding import PLAIN_EAR, RHYTHM_EAR
from scorestage.thematics.recognition.shape import shape_of_strand
from scorestage.thematics.recognition.strands import Strand, skyline

_HEAD_NOTES = 14
_EDIT_NOTES = 24
_PACES = 12


@dataclass(frozen=True, slots=True)
class MelodyLikeness:
    """Measures between two melodies, each 0 to 1.

    `opening`: the best alignment of their first notes, pitch and rhythm, by rarity; `rhythm`: the
    same by rhythm alone over the whole; `pace`: how alike they share their time among note values;
    `outline`: edit distance of contour (step or leap, up or down) and of change of pace.
    """

    opening: float
    rhythm: float
    pace: float
    outline: float

    @property
    def joined(self) -> float:
        """All four in one number."""
        return 0.25 * self.opening + 0.2 * self.rhythm + 0.25 * self.pace + 0.3 * self.outline


def theme_likeness(one: Theme, other: Theme) -> MelodyLikeness:
    """How like two themes are."""
    return melody_likeness(_strand(one), _strand(other))


def _strand(theme: Theme) -> Strand:
    return Strand.of_tones(0, skyline(theme.notes))


def melody_likeness(one: Strand, other: Strand) -> MelodyLikeness:
    """How like two stretches of melody are, the same in both directions.

    Raises `ValueError` for a stretch of fewer than two notes.
    """
    if min(len(one.onsets), len(other.onsets)) < 2:
        raise ValueError("a melody has at least two notes")
    heads = _first(one, _HEAD_NOTES), _first(other, _HEAD_NOTES)
    return MelodyLikeness(
        _best_run(*heads, PLAIN_EAR),
        _best_run(one, other, RHYTHM_EAR),
        _cosine(_time_by_pace(one), _time_by_pace(other)),
        _edit(_outline(one), _outline(other)),
    )


def _first(strand: Strand, count: int) -> Strand:
    return Strand(
        strand.player,
        strand.onsets[:count],
        strand.ends[:count],
        strand.keys[:count],
        strand.steps[:count],
    )


def _best_run(one: Strand, other: Strand, ear: Ear) -> float:
    """What the best run earns, of what the melody that is worth less could earn at most."""
    shapes = shape_of_strand(one), shape_of_strand(other)
    least = min(sum(sum(both) for both in worth_of(shape, ear)) for shape in shapes)
    earned = [
        run.bits
        for shape, strand in zip(shapes, (other, one), strict=True)
        for run in Field((strand,)).runs(shape, 1e-6, ear=ear)[:1]
    ]
    return min(1.0, max(earned, default=0.0) / least) if least > 0 else 0.0


def _time_by_pace(strand: Strand) -> list[float]:
    """Time spent in each octave of note values, long ones counted by the root of their length."""
    found = [0.0] * _PACES
    for one, other in pairwise(strand.onsets):
        length = float(other - one)
        if length > 0:
            place = round(2 * log2(length)) + _PACES // 2
            found[max(0, min(_PACES - 1, place))] += sqrt(length)
    return found


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    size = sqrt(sum(a * a for a in one) * sum(b * b for b in other))
    return sum(a * b for a, b in zip(one, other, strict=True)) / size if size else 0.0


def _outline(strand: Strand) -> list[tuple[int, int]]:
    """Each move as (repeat, step or leap with its direction; slower, same or faster)."""
    found = []
    before = 0.0
    for place in range(1, min(len(strand.keys), _EDIT_NOTES)):
        move = strand.keys[place] - strand.keys[place - 1]
        size = (move > 0) - (move < 0)
        gap = float(strand.onsets[place] - strand.onsets[place - 1])
        pace = 0 if not before or 0.9 < gap / before < 1.1 else 1 if gap > before else -1
        found.append((size if abs(move) <= 2 else 2 * size, pace))
        before = gap
    return found


def _edit(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """One less the edit distance by length; a wrong contour and a wrong pace cost half each."""
    row = [float(column) for column in range(len(other) + 1)]
    for number, (size, pace) in enumerate(one, start=1):
        above, row = row, [float(number)] + [0.0] * len(other)
        for column, (other_size, other_pace) in enumerate(other, start=1):
            cost = 0.5 * (size != other_size) + 0.5 * (pace != other_pace)
            row[column] = min(above[column] + 1, row[column - 1] + 1, above[column - 1] + cost)
    return 1.0 - row[-1] / max(len(one), len(other), 1)
