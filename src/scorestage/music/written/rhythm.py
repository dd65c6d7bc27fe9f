"""Spelling rhythm: which values, ties and tuplets show a bar's notes without hiding its beats.

The rules are a copyist's: the middle of 4/4 and every beat of compound and additive meters stays
visible; a dotted note begins on the stronger beat or ends with the group; syncopations are written
across weak points only; rests never cross a beat. Among the spellings that keep the rules the one
with the fewest heads is taken, then the one with the plainest tuplets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, pairwise, product
from math import gcd, lcm

from scorestage.music.written.frames import Sounding
from scorestage.music.written.loose import loosely_spelled
from scorestage.music.written.metric import Kind, Stretch, bar_tree, tuplet_stretch
from scorestage.music.written.pieces import Bracket, OffGridError, Piece, odd_part
from scorestage.music.written.values import NoteValue
from scorestage.timebase import Meter

_SHORTEST_PER_QUARTER = 32
_LARGEST_TUPLET = 31
_MOST_SPELLINGS = 96


@dataclass(frozen=True, slots=True)
class _Tuplet:
    """A tuplet in ticks: where, over how much, how many in the time of how many."""

    start: int
    length: int
    actual: int
    normal: int

    @property
    def end(self) -> int:
        return self.start + self.length


def spell(
    meter: Meter, bars: int, soundings: tuple[Sounding, ...], per_quarter: int
) -> tuple[Piece, ...]:
    """The written values of one voice in a bar of `meter` (in `bars` of it, for a long pickup).

    Positions are counted in ticks, `per_quarter` of them, from the (first) barline; `soundings`
    must follow without gaps. What no tuplet of the bar reaches is spelled loosely.

    Raises `OffGridError` for what cannot be written.
    """
    try:
        return _spelled(meter, bars, soundings, per_quarter)
    except OffGridError:
        return loosely_spelled(soundings, per_quarter)


def _spelled(
    meter: Meter, bars: int, soundings: tuple[Sounding, ...], per_quarter: int
) -> tuple[Piece, ...]:
    points = [Fraction(at, per_quarter) for item in soundings for at in item[:2]]
    ticks = _SHORTEST_PER_QUARTER * odd_part(lcm(*(point.denominator for point in points)))
    tree = bar_tree(meter, ticks, bars)
    whole = [_ticks(point, ticks) for point in points]
    cut = [
        (start, end, item[2])
        for start, end, item in zip(whole[::2], whole[1::2], soundings, strict=True)
    ]
    best: tuple[tuple[int, int], list[_Cut]] | None = None
    splitters: dict[_Tuplet | None, _Splitter] = {None: _Splitter(tree, ticks)}
    bounds = sorted({point for start, end, _ in cut for point in (start, end)})
    choices = islice(_tuplet_choices(tree, bounds, ticks), _MOST_SPELLINGS)
    for tuplets in chain(choices, _across_beats(tree, bounds, ticks)):
        found = _lay_out(cut, tuplets, splitters)
        if found is not None and (best is None or _cost(found, tuplets, ticks) < best[0]):
            best = _cost(found, tuplets, ticks), found
    if best is None:
        raise OffGridError(points[0])
    return tuple(_piece(item, ticks) for item in best[1])


_Pieces = list[tuple[int, int, NoteValue, int]]
_Cut = tuple[int, int, int, NoteValue, int, _Tuplet | None]
"""Source, start and end in ticks, value, dots, tuplet."""


def _ticks(at: Fraction, ticks: int) -> int:
    scaled = at * ticks
    if scaled.denominator != 1:
        raise OffGridError(at)
    return scaled.numerator


def _cost(found: list[_Cut], tuplets: tuple[_Tuplet, ...], ticks: int) -> tuple[int, int]:
    """Heads and brackets; dearer are ties across a bracket's edge and values far below its own.

    Among equals a bracket over one beat is the plainest.
    """
    heads = len(found) * 4
    unusual = sum(1 if tuplet.actual == 3 else 6 for tuplet in tuplets)
    torn = sum(left[0] == right[0] and left[5] != right[5] for left, right in pairwise(found))
    deep = sum(_depth(item, ticks) for item in found)
    lengths = (tuplet.length for tuplet in tuplets)
    wide = sum(length if length >= ticks else 2 * ticks for length in lengths)
    return heads + unusual + 2 * torn + 8 * deep, wide


def _depth(item: _Cut, ticks: int) -> int:
    """How many halvings a value lies below the base of its tuplet, the first one free."""
    value, tuplet = item[3], item[5]
    if tuplet is None:
        return 0
    base = _value(tuplet.length // tuplet.normal, ticks)
    order = list(NoteValue)
    return max(0, order.index(value) - order.index(base[0]) - 1) if base else 0


def _tuplet_choices(
    stretch: Stretch, bounds: list[int], ticks: int
) -> Iterator[tuple[_Tuplet, ...]]:
    """Every sensible set of tuplets that reaches all points off the plain grid."""
    shortest = ticks // _SHORTEST_PER_QUARTER
    off = [at for at in bounds if stretch.start < at < stretch.end and at % shortest]
    if not off:
        yield ()
        return
    children = stretch.children
    whole = _tuplet_on(stretch, bounds, ticks)
    at_all_joints = all(child.start in bounds for child in children[1:])
    if whole is not None and not (children and at_all_joints):
        yield (whole,)
    if stretch.length > 4 * shortest and children:
        options = [list(islice(_tuplet_choices(child, bounds, ticks), 4)) for child in children]
        for choice in product(*options):
            yield tuple(tuplet for part in choice for tuplet in part)


def _tuplet_on(stretch: Stretch, bounds: list[int], ticks: int) -> _Tuplet | None:
    """The tuplet that divides `stretch` so that all points in it are reached."""
    if stretch.start < bounds[0]:
        return None
    inside = (at - stretch.start for at in bounds if stretch.start < at < stretch.end)
    actual = odd_part(lcm(*(Fraction(at, stretch.length).denominator for at in inside)))
    odd = odd_part(stretch.length * _SHORTEST_PER_QUARTER // ticks)
    if odd not in (1, 3) or not 3 <= actual <= _LARGEST_TUPLET:
        return None
    normal = odd
    while normal * 2 <= actual:
        normal *= 2
    if normal == actual or normal > actual or _value(stretch.length // normal, ticks) is None:
        return None
    if stretch.length % actual:
        return None
    return _Tuplet(stretch.start, stretch.length, actual, normal)


def _across_beats(tree: Stretch, bounds: list[int], ticks: int) -> Iterator[tuple[_Tuplet, ...]]:
    """The tuplets as they were meant, one for each run of points off the plain grid.

    Only where a run of equal parts meets no joint of the bar: five in the time of four from the
    second beat to the fourth, but no six eighths of two triplets.
    """
    shortest = ticks // _SHORTEST_PER_QUARTER
    joints = set(_joints(tree, ticks // 2))
    found = []
    run: list[int] = []
    for at in bounds:
        run.append(at)
        if at % shortest:
            continue
        if len(run) > 2:
            tuplet = _over_run(run, joints, ticks)
            if tuplet is None:
                continue
            found.append(tuplet)
        run = [at]
    if found and len(run) == 1:
        yield tuple(found)


def _over_run(run: list[int], joints: set[int], ticks: int) -> _Tuplet | None:
    """The tuplet from the first to the last point of a run, in the largest value that serves."""
    start, length = run[0], run[-1] - run[0]
    unit = gcd(*(at - start for at in run))
    actual = length // unit
    if not 3 <= actual <= _LARGEST_TUPLET:
        return None
    if any(at in joints for at in range(start + unit, run[-1], unit)):
        return None
    normals = (count for count in range(actual - 1, 0, -1) if length % count == 0)
    normal = next((count for count in normals if _is_plain(length // count, ticks)), None)
    return _Tuplet(start, length, actual, normal) if normal is not None else None


def _is_plain(length: int, ticks: int) -> bool:
    found = _value(length, ticks)
    return found is not None and not found[1]


def _joints(stretch: Stretch, least: int) -> Iterator[int]:
    """The points at which a stretch is divided into parts of `least` ticks or more."""
    for child in stretch.children:
        if child.length >= least:
            yield child.start
            yield from _joints(child, least)


def _lay_out(
    cut: list[tuple[int, int, bool]],
    tuplets: tuple[_Tuplet, ...],
    splitters: dict[_Tuplet | None, _Splitter],
) -> list[_Cut] | None:
    """All pieces under one choice of tuplets; `splitters` serve every choice."""
    found: list[_Cut] = []
    for source, (start, end, silent) in enumerate(cut):
        for part_start, part_end, tuplet in _by_tuplets(start, end, tuplets):
            if tuplet is not None and tuplet not in splitters:
                home = tuplet_stretch(tuplet.start, tuplet.length, tuplet.actual)
                splitters[tuplet] = _Splitter(home, splitters[None].ticks, tuplet)
            pieces = splitters[tuplet].split(part_start, part_end, silent)
            if pieces is None:
                return None
            found.extend((source, *piece, tuplet) for piece in pieces)
    return found


def _by_tuplets(
    start: int, end: int, tuplets: tuple[_Tuplet, ...]
) -> Iterator[tuple[int, int, _Tuplet | None]]:
    at = start
    for tuplet in tuplets:
        if tuplet.end <= at or tuplet.start >= end:
            continue
        if at < tuplet.start:
            yield at, tuplet.start, None
            at = tuplet.start
        stop = min(end, tuplet.end)
        yield at, stop, tuplet
        at = stop
    if at < end:
        yield at, end, None


@lru_cache(maxsize=1024)
def _value(length: int, ticks: int) -> tuple[NoteValue, int] | None:
    quarters = Fraction(length, ticks)
    for value in NoteValue:
        if value.quarters == quarters:
            return value, 0
        if value.quarters * 3 == quarters * 2:
            return value, 1
    return None


@dataclass(slots=True)
class _Splitter:
    """Splits lengths on one tree, the bar's or a tuplet's, and remembers what it has found."""

    home: Stretch
    ticks: int
    tuplet: _Tuplet | None = None
    _known: dict[tuple[int, int, int, int, bool], _Pieces | None] = field(default_factory=dict)

    def split(self, start: int, end: int, silent: bool) -> _Pieces | None:
        """The fewest values that show `start` to `end` and keep the rules of the tree."""
        return self._on(self.home, start, end, silent)

    def _on(self, stretch: Stretch, start: int, end: int, silent: bool) -> _Pieces | None:
        asked = (stretch.start, stretch.length, start, end, silent)
        if asked not in self._known:
            self._known[asked] = self._searched(stretch, start, end, silent)
        return self._known[asked]

    def _searched(self, stretch: Stretch, start: int, end: int, silent: bool) -> _Pieces | None:
        children = stretch.children
        for child in children:
            if child.start <= start and end <= child.end:
                return self._on(child, start, end, silent)
        if (_rest_stands if silent else _note_stands)(stretch, start, end):
            value = self._value(end - start)
            if value is not None and not (silent and value[1] and not stretch.dotted_rest):
                return [(start, end, *value)]
        best = None
        for joint in (child.start for child in children if start < child.start < end):
            before = self._on(stretch, start, joint, silent)
            after = self._on(stretch, joint, end, silent)
            if before and after and (best is None or len(before) + len(after) < len(best)):
                best = before + after
        return best

    def _value(self, length: int) -> tuple[NoteValue, int] | None:
        """The value and dots of `length` ticks; inside a tuplet they count for more."""
        if self.tuplet is None:
            return _value(length, self.ticks)
        scaled, rest = divmod(length * self.tuplet.actual, self.tuplet.normal)
        return None if rest else _value(scaled, self.ticks)


def _note_stands(stretch: Stretch, start: int, end: int) -> bool:
    """Whether one note may stand from `start` to `end` without hiding an inner point."""
    children = stretch.children
    if (start, end) == (stretch.start, stretch.end) or not children:
        return (start, end) == (stretch.start, stretch.end)
    lengths = {child.length for child in children if start < child.end and child.start < end}
    joints = {child.start for child in children} | {stretch.end}
    if stretch.kind is Kind.UNEQUAL or len(lengths) > 1:
        return len(lengths) == 1 and start in joints and end in joints
    unit = lengths.pop()
    if any(child.kind is not Kind.BINARY for child in children):
        return stretch.kind is Kind.EQUAL and start in joints and end in joints
    if stretch.kind is Kind.HALVES:
        return start == stretch.start and (end - start) * 2 == unit * 3
    if start in joints and end in joints:
        return True
    on_halves = (start - stretch.start) * 2 % unit == 0 and (end - stretch.start) * 2 % unit == 0
    return on_halves and (end - start) * 2 in (unit * 2, unit * 3)


def _rest_stands(stretch: Stretch, start: int, end: int) -> bool:
    """Whether one rest may stand there: a whole part of the tree, or two thirds of a beat."""
    if (start, end) == (stretch.start, stretch.end):
        return stretch.kind is not Kind.UNEQUAL
    if stretch.kind is not Kind.EQUAL or start != stretch.start or not stretch.dotted_rest:
        return False
    return (end - start) * 3 == stretch.length * 2


def _piece(item: _Cut, ticks: int) -> Piece:
    source, start, end, value, dots, tuplet = item
    bracket = None
    if tuplet is not None:
        base = _value(tuplet.length // tuplet.normal, ticks)
        bracket = Bracket(
            Fraction(tuplet.start, ticks),
            Fraction(tuplet.end, ticks),
            tuplet.actual,
            tuplet.normal,
            base[0] if base else NoteValue.EIGHTH,
        )
    return Piece(source, Fraction(start, ticks), Fraction(end, ticks), value, dots, bracket)
