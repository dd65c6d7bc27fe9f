"""Rhythms of a tune: bars tiled from cells on the felt beats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from scorestage.music.feel import felt_beats
from scorestage.timebase import Meter

Rhythm = tuple[Fraction, ...]
"""Lengths in quarters that fill a bar; a negative one is a rest."""

_THIRDS = Fraction(1, 3)
_GRIDS = (4, 3)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a rhythm is to move: `motion` 0 (few notes) to 4, `dotted`, `syncopation` 0 to 4."""

    motion: int
    dotted: int
    syncopation: int


def draw_bar(meter: Meter, pace: Pace, random: Random) -> Rhythm:
    """A bar of rhythm at random, tiled from cells of one, two or three felt beats.

    >>> sum(draw_bar(Meter(3, 4), Pace(2, 1, 0), Random(1)))
    Fraction(3, 1)
    """
    beats = felt_beats(meter)
    found: list[Fraction] = []
    index = 0
    while index < len(beats):
        choices = [
            (cell, weight)
            for span in (1, 2, 3, 4)
            if index + span <= len(beats)
            for cell, weight in _cells(beats[index : index + span], pace)
        ]
        cells, weights = zip(*choices, strict=True)
        cell = random.choices(cells, weights)[0]
        found += cell
        index = _beats_covered(beats, index, sum(cell, Fraction(0)))
    return tuple(found)


def _beats_covered(beats: tuple[Fraction, ...], index: int, length: Fraction) -> int:
    while length > 0:
        length -= beats[index]
        index += 1
    return index


def _cells(beats: tuple[Fraction, ...], pace: Pace) -> list[tuple[Rhythm, int]]:
    """Ways to fill these felt beats as one gesture, with weights; always at least the plain one."""
    whole = sum(beats, Fraction(0))
    slow = max(1, 5 - 2 * pace.motion)
    if len(beats) == 1:
        return _one_beat(whole, pace)
    if len(beats) == 2:
        cells: list[tuple[Rhythm, int]] = [((whole,), 2 + slow)]
        if beats[0] == beats[1]:
            after = beats[1] / (3 if _dotted(beats[1]) else 2)
            cells.append(((whole - after, after), 2 + 3 * pace.dotted))
            if pace.syncopation and not _dotted(beats[0]):
                half = beats[0] / 2
                cells.append(((half, beats[0], half), 3 * pace.syncopation))
        return [cell for cell in cells if _on_grid(cell[0])]
    if len(beats) == 3:
        cells = [((whole,), slow)]
        if len(set(beats)) == 1:
            last = beats[-1] / (3 if _dotted(beats[-1]) else 2)
            cells.append(((whole - last, last), 1 + pace.dotted))
        return [cell for cell in cells if _on_grid(cell[0])]
    return [((whole,), slow)]


def _one_beat(whole: Fraction, pace: Pace) -> list[tuple[Rhythm, int]]:
    cells: list[tuple[Rhythm, int]] = [((whole,), 8)]
    if _dotted(whole):
        third = whole / 3
        cells.append(((third * 2, third), 4 + 2 * pace.motion))
        cells.append(((third,) * 3, 1 + 3 * pace.motion))
        cells.append(((third * 3 / 2, third / 2, third), 2 * pace.dotted))
    else:
        half = whole / 2
        cells.append(((half, half), 1 + 3 * pace.motion))
        cells.append(((half * 3 / 2, half / 2), 2 * pace.dotted))
        cells.append(((half, half / 2, half / 2), max(0, pace.motion - 1)))
    return [cell for cell in cells if _on_grid(cell[0]) and cell[1] > 0]


def _dotted(beat: Fraction) -> bool:
    """Whether a felt beat divides in three: a dotted quarter, a dotted eighth."""
    return beat.numerator == 3


def _on_grid(cell: Rhythm) -> bool:
    """Whether every length is a multiple of a sixteenth or of a triplet eighth."""
    return any(all((length * grid).denominator == 1 for length in cell) for grid in _GRIDS)


def draw_where(
    meter: Meter, pace: Pace, random: Random, low: int, high: int, last: Fraction = Fraction(0)
) -> Rhythm:
    """A bar with between `low` and `high` notes whose last note lasts at least `last`.

    The nearest of 40 draws where none fits.
    """

    def misfit(bar: Rhythm) -> Fraction:
        count = max(0, low - len(bar), len(bar) - high)
        return Fraction(count) + max(Fraction(0), last - bar[-1])

    draws = (draw_bar(meter, pace, random) for _ in range(40))
    best = next(draws)
    for bar in draws:
        if misfit(best) == 0:
            break
        best = min(best, bar, key=misfit)
    return best


def closing_bar(meter: Meter, *, breath: bool = True) -> Rhythm:
    """A last bar: one long note and, where the bar is long enough, a beat to breathe."""
    beats = felt_beats(meter)
    whole = sum(beats, Fraction(0))
    if not breath or len(beats) < 3:
        return (whole,)
    return (whole - beats[-1], -beats[-1])
