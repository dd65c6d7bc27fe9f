"""A twelve-tone row for a cue, drawn from its seed, that keeps clear of tonal memories."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from random import Random

TRIADS = {frozenset(((0, 4, 7)[n] + k) % 12 for n in range(3)) for k in range(12)} | {
    frozenset(((0, 3, 7)[n] + k) % 12 for n in range(3)) for k in range(12)
}


@lru_cache(maxsize=256)
def row_of(seed: int) -> tuple[int, ...]:
    """Twelve pitch classes, each once: no three in turn make a triad, no scale runs.

    >>> row = row_of(1)
    >>> sorted(row) == list(range(12))
    True
    """
    random = Random(f"row|{seed}")
    while True:
        row = list(range(12))
        random.shuffle(row)
        trios = [frozenset(row[place : place + 3]) for place in range(10)]
        steps = [(b - a) % 12 for a, b in pairwise(row)]
        runs = any(one == other for one, other in pairwise(steps))
        if not runs and not any(trio in TRIADS for trio in trios):
            return tuple(row)


def row_forms(row: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The row, its retrograde, inversion and retrograde inversion from the same first tone.

    >>> row_forms((0, 1, 3))[2]
    (0, 11, 9)
    """
    turned = tuple((2 * row[0] - tone) % 12 for tone in row)
    return row, row[::-1], turned, turned[::-1]
