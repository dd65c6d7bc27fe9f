"""Themes that no single player has: begun by one, carried on by another.

The theme is laid as a point set over all notes of all players at once (the maximal translatable
patterns of SIA; Meredith, Lemström and Wiggins 2002): every shift in time and pitch gets a vote
from each note that falls on one. In a thick texture much coincides, so each hit counts by how rare
it is that some note begins there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log2

import numpy as np

from scorestage.music.key import Key
from scorestage.music.score import Score
from scorestage.thematics.recognition.finding import Occurrence
from scorestage.thematics.recognition.likeness import likeness
from scorestage.thematics.recognition.naming import Pair, named
from scorestage.thematics.recognition.shape import Shape

_GRID = 48
_FEWEST_NOTES = 6
_LEAST_SHARE = 0.92
_COMPASS = 36
_PROOF_BITS = 8.0
_PITCHES = 256

Places = dict[tuple[int, int], list[tuple[int, Fraction, Fraction, int]]]
"""By time on the grid and key: who begins it, its onset and end, its step of the staff."""


class Pool:
    """All notes of a score by when and how high they begin."""

    def __init__(self, score: Score) -> None:
        self.places: Places = defaultdict(list)
        for player, line in enumerate(score.lines):
            for note in line.notes:
                at = round(note.onset.quarters * _GRID)
                for pitch in note.sounding:
                    place = (player, note.onset.quarters, note.end.quarters, pitch.staff_step)
                    self.places[at, pitch.key].append(place)
        beginnings: dict[int, int] = defaultdict(int)
        for at, _ in self.places:
            beginnings[at] += 1
        self._rarity = {at: log2(max(1.2, _COMPASS / count)) for at, count in beginnings.items()}
        self._points = np.array(sorted(self.places) or [(0, 0)], dtype=np.int64)

    def rarity_bits(self, at: int) -> float:
        """How rare it is that a given key begins at a time on the grid."""
        return self._rarity.get(at, 0.0)

    def shifts(self, shape: Shape) -> list[tuple[int, int]]:
        """Shifts in time and in keys that lay nearly all of the theme on notes."""
        times = np.array([round(onset * _GRID) for onset in shape.onsets], dtype=np.int64)
        keys = np.array(shape.keys, dtype=np.int64)
        by_time = self._points[:, 0][:, None] - times[None]
        by_key = self._points[:, 1][:, None] - keys[None]
        codes = by_time * _PITCHES + by_key + _PITCHES // 2
        found, counts = np.unique(codes.ravel(), return_counts=True)
        need = _LEAST_SHARE * len(shape)
        chosen = found[counts >= need].tolist()
        return [(code // _PITCHES, code % _PITCHES - _PITCHES // 2) for code in chosen]


def handed_on(
    shape: Shape, pool: Pool, key: Key | None, known: Sequence[Occurrence]
) -> tuple[Occurrence, ...]:
    """Statements, at their own pace, that two or more players share between them.

    `known` are those found with single players: where one of them states as much, nothing is
    added.
    """
    if len(shape) < _FEWEST_NOTES:
        return ()
    found: list[Occurrence] = []
    least = log2(max(2, len(pool.places) * len(shape))) + _PROOF_BITS
    for shift, by in pool.shifts(shape):
        matched = [
            (place, pool.places[at, key_moved], at)
            for place, (onset, own) in enumerate(zip(shape.onsets, shape.keys, strict=True))
            for at, key_moved in [(round(onset * _GRID) + shift, own + by)]
            if (at, key_moved) in pool.places
        ]
        bits = sum(pool.rarity_bits(at) for _, _, at in matched)
        if bits < least:
            continue
        one = _statement(shape, matched, by, bits, key)
        if one is not None and not _is_known(one, (*known, *found)):
            found.append(one)
    return tuple(found)


_Matched = tuple[int, list[tuple[int, Fraction, Fraction, int]], int]


def _statement(
    shape: Shape, matched: Sequence[_Matched], by: int, bits: float, key: Key | None
) -> Occurrence | None:
    """The statement as its players share it, changing hands as seldom as may be."""
    chosen = _least_changes([[place[0] for place in places] for _, places, _ in matched])
    changes = sum(one != other for one, other in pairwise(chosen))
    if not 0 < changes * 3 <= len(chosen):
        return None
    notes = [
        next(place for place in places if place[0] == player)
        for (_, places, _), player in zip(matched, chosen, strict=True)
    ]
    pairs = tuple(
        Pair(
            shape.order[index],
            float(shape.onsets[index]),
            shape.keys[index],
            shape.steps[index],
            shape.weights[index],
            float(onset),
            shape.keys[index] + by,
            step,
        )
        for (index, _, _), (_, onset, _, step) in zip(matched, notes, strict=True)
    )
    return Occurrence(
        player=chosen[0],
        start=notes[0][1],
        end=notes[-1][2],
        transformations=named(shape, pairs, 0, key),
        likeness=likeness(shape, pairs, 0),
        bits=bits,
        notes=tuple((place[1], pair.other_key) for place, pair in zip(notes, pairs, strict=True)),
        first=pairs[0].index,
        last=pairs[-1].index,
        players=tuple(dict.fromkeys(chosen)),
    )


def _least_changes(choices: Sequence[Sequence[int]]) -> list[int]:
    """Who plays each note: as long as possible the same player, from each change on."""
    found: list[int] = []
    start = 0
    while start < len(choices):
        staying = set(choices[start])
        end = start + 1
        while end < len(choices) and staying & set(choices[end]):
            staying &= set(choices[end])
            end += 1
        found += [min(staying)] * (end - start)
        start = end
    return found


def _is_known(one: Occurrence, known: Sequence[Occurrence]) -> bool:
    """Whether somebody states as much of it alone at the same time."""
    return any(
        (other.last - other.first + 1) * 8 >= (one.last - one.first + 1) * 7
        and min(one.end, other.end) - max(one.start, other.start) > (one.end - one.start) / 2
        for other in known
    )


def is_part_of(one: Occurrence, shared: Sequence[Occurrence]) -> bool:
    """Whether it is only one player's share in a statement that is handed on."""
    return any(
        one.player in other.players and other.start <= one.start and one.end <= other.end
        for other in shared
    )
