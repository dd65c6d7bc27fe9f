"""Paste-over strips: which printed lines of a part changed, and what now stands in their place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

from scorestage.engraving.chords import chord_row_wanted
from scorestage.engraving.edition import Edition
from scorestage.engraving.overhead import TempoTold, marks_told
from scorestage.engraving.partpages import written_part
from scorestage.engraving.setcheck import PageFacts, Piece
from scorestage.music import Line, Score
from scorestage.music.barprints import EVERYBODY, bar_prints
from scorestage.timebase import TempoMap

_LEVEL_POINTS = 1.5
"""Bar numbers whose feet are nearer than this stand under the same line of music."""
_LONGER_LINE = 1.5
_FEW_BARS = 4


@dataclass(frozen=True, slots=True)
class PrintedSystem:
    """A line of music as handed out: page and place on it (from 1), bars (from 0, end excluded)."""

    page: int
    system: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BarFace:
    """What a player sees of a bar: its number, a mark of all that is printed in it but its tempo.

    `tempo` are the tempos that stand over it, which are mended with a pencil.
    """

    label: str
    mark: str
    tempo: str = ""


@dataclass(frozen=True, slots=True)
class StripPlan:
    """A strip: the line it is pasted over, the bars it carries now, the bars that differ.

    `first` and `last` are bars of the new music (from 0, end excluded): none where the whole line
    was cut. `lines_at` are the bars at which its lines begin, where it needs more than one.
    """

    over: PrintedSystem
    first: int
    last: int
    lines_at: tuple[int, ...] = ()


def printed_systems(pages: Sequence[PageFacts], labels: Sequence[str]) -> tuple[PrintedSystem, ...]:
    """Which bars stand on which line, read from the bar numbers printed on the pages.

    `labels` are the bars' numbers in order. Other figures on the page are told from bar numbers by
    their size, and because bar numbers only rise. Empty where no bar number is found.
    """
    place = {label: bar for bar, label in enumerate(labels)}
    found: list[tuple[int, float, int]] = []
    sizes: list[float] = []
    for page, facts in enumerate(pages, start=1):
        told = [(piece, _bar_of(piece, place)) for piece in facts.pieces]
        numbers = [(piece, bar) for piece, bar in told if bar is not None]
        for level, piece, bar in _in_lines(numbers):
            found.append((page, level, bar))
            sizes.append(round(piece.top - piece.bottom, 0))
    if not found:
        return ()
    usual = Counter(sizes).most_common(1)[0][0]
    kept = [one for one, size in zip(found, sizes, strict=True) if abs(size - usual) <= 1]
    starts = _starts([kept[at] for at in _rising([bar for _, _, bar in kept])])
    ends = [first for _, _, first in starts[1:]] + [len(labels)]
    return tuple(
        PrintedSystem(page, system, 0 if at == 0 else first, end)
        for at, ((page, system, first), end) in enumerate(zip(starts, ends, strict=True))
    )


def _in_lines(numbers: Sequence[tuple[Piece, int]]) -> list[tuple[float, Piece, int]]:
    """Bar numbers as they are read: line by line from the top, in each from the left.

    Figures of one line stand on feet that differ a little: `1` has a flat one, `0` a round one.
    """
    lines: list[list[tuple[Piece, int]]] = []
    for one in sorted(numbers, key=lambda one: -one[0].bottom):
        if lines and lines[-1][-1][0].bottom - one[0].bottom <= _LEVEL_POINTS:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [
        (line[0][0].bottom, piece, bar)
        for line in lines
        for piece, bar in sorted(line, key=lambda one: one[0].left)
    ]


def _bar_of(piece: Piece, place: Mapping[str, int]) -> int | None:
    """The bar whose number a piece of print is, `13–16` being that of 13."""
    if piece.music:
        return None
    return place.get(piece.text.replace(" ", "").partition("–")[0])


def _starts(numbers: Sequence[tuple[int, float, int]]) -> list[tuple[int, int, int]]:
    """Page, system and first bar of each line, from bar numbers in reading order."""
    starts: list[tuple[int, int, int]] = []
    before: tuple[int, float] | None = None
    on_page: Counter[int] = Counter()
    for page, level, bar in numbers:
        if before is None or before[0] != page or abs(before[1] - level) > _LEVEL_POINTS:
            on_page[page] += 1
            starts.append((page, on_page[page], bar))
        before = page, level
    return starts


def _rising(numbers: Sequence[int]) -> list[int]:
    """Places of a longest part of `numbers` that only rises.

    >>> _rising([0, 1, 92, 2, 3])
    [0, 1, 3, 4]
    """
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        back.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[length], ends[length] = number, at
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = back[at]
    return found[::-1]


def bar_faces(
    score: Score, line: Line, tempo_map: TempoMap, edition: Edition
) -> tuple[BarFace, ...]:
    """What the player of `line` sees of each bar: notes, signs, meter, and what stands over it."""
    chords = score.chords if chord_row_wanted(line, score, lead=edition.as_written) else ()
    alone = replace(score, lines=(line,), chords=chords, marks=(), groups=())
    prints = bar_prints(alone)
    bars = written_part(score, line, edition)[0].bars
    over: dict[int, list[str]] = defaultdict(list)
    tempos: dict[int, list[str]] = defaultdict(list)
    for told in marks_told(score, bars, tempo_map, edition.rate, free_timing=edition.free_timing):
        place, offset = told.spot
        at = max(0, bars[place].index)
        if isinstance(told, TempoTold):
            tempos[at].append(told.bpm)
            continue
        words = [getattr(told, one.name) for one in fields(told) if one.name != "spot"]
        over[at].append(f"{offset} {words}")
    return tuple(
        BarFace(
            str(bar.label),
            f"{bar.meter} {own} {every} {sorted(over[at])}",
            ", ".join(tempos[at]),
        )
        for at, (bar, own, every) in enumerate(
            zip(score.grid.bars, prints[line.player.id], prints[EVERYBODY], strict=True)
        )
    )


def strip_plans(
    systems: Sequence[PrintedSystem], old: Sequence[BarFace], new: Sequence[BarFace]
) -> tuple[StripPlan, ...]:
    """The printed lines whose bars are no longer as they were, with the bars that belong there.

    Bars are known by their numbers; one that was put in (12A) stands on the line of the bar before.

    >>> lines = [PrintedSystem(1, 1, 0, 2), PrintedSystem(1, 2, 2, 4)]
    >>> old = [BarFace(str(bar), "x") for bar in (1, 2, 3, 4)]
    >>> new = [BarFace("1", "x"), BarFace("2", "x"), BarFace("2A", "y"), *old[2:]]
    >>> [(one.over.system, one.first, one.last) for one in strip_plans(lines, old, new)]
    [(1, 0, 3)]
    """
    shares = placed_bars(systems, old, new)
    plans = []
    for system, (first, last) in zip(systems, shares, strict=True):
        if _music(new[first:last]) != _music(old[system.first : system.last]):
            many = last - first > max(_FEW_BARS, _LONGER_LINE * (system.last - system.first))
            middle = ((first + last + 1) // 2,) if many else ()
            plans.append(StripPlan(system, first, last, middle))
    return tuple(plans)


def _music(faces: Sequence[BarFace]) -> list[tuple[str, str]]:
    return [(face.label, face.mark) for face in faces]


def placed_bars(
    systems: Sequence[PrintedSystem], old: Sequence[BarFace], new: Sequence[BarFace]
) -> list[tuple[int, int]]:
    """Of each printed line the new bars that stand in its place: first, and end excluded."""
    line_of = {
        old[bar].label: number
        for number, system in enumerate(systems)
        for bar in range(system.first, system.last)
    }
    here = 0
    lines: list[int] = []
    for face in new:
        here = max(here, line_of.get(face.label, here))
        lines.append(here)
    edges = [bisect_left(lines, number) for number in range(len(systems) + 1)]
    return list(pairwise(edges))


def line_starts(shares: Sequence[tuple[int, int]], plans: Sequence[StripPlan]) -> Collection[int]:
    """The new bars at which a line begins when the part is set line for line as the old one."""
    starts = {first for first, last in shares if last > first}
    return starts | {bar for plan in plans for bar in plan.lines_at}
