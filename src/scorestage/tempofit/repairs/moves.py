"""Every way to mend a stretch between two barlines, as arrays, each with its price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.prices import (
    EVEN,
    RepairPrices,
    bend_points,
    hit_points,
    lost_hit_points,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

AROUND = (0, 1, 2, 4, 8, 16)
"""So many bars before and after a joint may share the bend that is left."""
TIMES = (1, 2, 3, 4, 6, 8)
"""How often a passage may be gone through once more."""
_NONE = np.zeros(0, dtype=np.int64)
LONGEST_NEW = 800
"""The most clicks of new music that are put in at one place."""


class Kind(IntEnum):
    """What is done to the written music."""

    BEND = 0
    CUT = 1
    REPEAT = 2
    HOLD = 3
    FREE_BAR = 4
    NEW = 5


@dataclass(frozen=True, slots=True)
class Moves:
    """Ways to mend a stretch, one per entry of every array.

    From barline `first` (shifted by shift `low`) to barline `last` (shifted by `high`): the music
    leaves at click `out` and goes on at click `into`, `times` over; `added` are seconds of hold or
    new music at `out`. `bend` is the log tempo all of it is played at, `cost` the points.
    """

    kind: Ints
    first: Ints
    last: Ints
    low: Ints
    high: Ints
    out: Ints
    into: Ints
    times: Ints
    added: Floats
    bend: Floats
    cost: Floats
    whole: Bools
    """Whether the joint stands at barlines only."""

    def __len__(self) -> int:
        return len(self.kind)

    def where(self, chosen: Bools | Ints) -> Moves:
        """Those chosen."""
        return Moves(*(getattr(self, one.name)[chosen] for one in fields(self)))

    @staticmethod
    def together(pieces: Sequence[Moves]) -> Moves:
        """All moves of several pieces."""
        names = [one.name for one in fields(Moves)]
        return Moves(*(np.concatenate([getattr(one, name) for one in pieces]) for name in names))

    def stretch(self, terrain: Terrain) -> Ints:
        """A number for each stretch and its two shifts: the same for moves that compete."""
        shifts, bars = len(terrain.shifts), terrain.bars + 1
        return ((self.last * bars + self.first) * shifts + self.low) * shifts + self.high


def all_moves(terrain: Terrain, prices: RepairPrices, most: float) -> Moves:
    """Every way allowed that costs no more than `most`, priced; of one stretch the cheapest first.

    Bends alone come in any case, whatever they cost. What so much picture out or in costs by the
    bar does not count towards `most`.
    """
    found = []
    bend = _furthest_bend(prices, most)
    bar = terrain.length / terrain.bars
    for low, high in terrain.turns:
        bars = abs(float(terrain.by[high] - terrain.by[low])) / bar
        within = most + max(prices.new_bar, prices.held_second * bar) * bars
        for raw in _between(terrain, prices, bend, low, high):
            bent = _bent(terrain, prices, raw.where((raw.kind == Kind.BEND) | (raw.cost <= within)))
            if len(bent):
                points = bent.cost + _bend_points(terrain, prices, bent)
                under = (bent.kind == Kind.BEND) | (points <= within)
                found.append(replace(bent, cost=points).where(under))
    if not found:
        return _moves(*(np.zeros(0, dtype=np.int64),) * 3, (_NONE, _NONE), 0, 0, np.zeros(0))
    moves = Moves.together(found)
    moves = replace(moves, cost=moves.cost + _hits_points(terrain, prices, moves))
    at_bars = terrain.floor_bar == terrain.ceil_bar
    moves = replace(moves, whole=at_bars[moves.out] & at_bars[moves.into])
    return moves.where(np.lexsort((moves.cost, moves.stretch(terrain))))


def _between(
    terrain: Terrain, prices: RepairPrices, bend: float, low: int, high: int
) -> Iterator[Moves]:
    """Every way from one shift to another; `cost` is that of the joint alone."""
    later = float(terrain.by[high] - terrain.by[low])
    yield _bends(terrain, low, high)
    out, into, times = _jumps(terrain, later, bend)
    kind = np.where(into > out, int(Kind.CUT), int(Kind.REPEAT)).astype(np.int64)
    yield from _widened(terrain, prices, kind, (out, into, times), np.zeros(len(out)), low, high)
    if later > 0:
        yield from _held(terrain, prices, later, low, high)
        yield from _new_music(terrain, prices, later, bend, low, high)


def _furthest_bend(prices: RepairPrices, most: float) -> float:
    """The furthest bend that costs no more than `most`."""
    tried = np.linspace(prices.most_bend, 0.0, 401)
    points = bend_points(prices, tried, np.ones(len(tried)), np.zeros(len(tried)))
    return float(tried[np.argmax(points <= most)])


def _bends(terrain: Terrain, low: int, high: int) -> Moves:
    first, last = np.triu_indices(terrain.bars + 1, 1)
    first, last = first.astype(np.int64), last.astype(np.int64)
    at = np.minimum(np.searchsorted(terrain.places, terrain.starts[first]), len(terrain.places) - 1)
    return _moves(
        np.full(len(first), int(Kind.BEND)), first, last, (at, at), low, high, np.zeros(len(first))
    )


def _jumps(terrain: Terrain, later: float, bend: float) -> tuple[Ints, Ints, Ints]:
    """Pairs of clicks whose joint comes near to what is wanted, within the furthest bend."""
    clicks, room = terrain.clicks, _room(terrain, bend)
    found: list[tuple[Ints, Ints, Ints]] = []
    for times in (1,) if later < 0 else TIMES:
        wanted = -later / times
        gap = clicks[None, :] - clicks[:, None]
        near = np.abs(gap - wanted) * times <= room
        np.fill_diagonal(near, False)
        near &= (gap > 0) if later < 0 else (gap < 0)
        out, into = (one.astype(np.int64) for one in np.nonzero(near))
        found.append((out, into, np.full(len(out), times, dtype=np.int64)))
    out, into, often = (np.concatenate([one[place] for one in found]) for place in range(3))
    end = len(clicks) - 1
    good = ~(((out == 0) & (into == end)) | ((into == 0) & (out == end)))
    return out[good], into[good], often[good]


def _room(terrain: Terrain, bend: float) -> float:
    """How many seconds the widest stretch can give by bending alone."""
    widest = 2 * AROUND[-1] * terrain.length / max(1, terrain.bars)
    return float(1.5 * min(terrain.length, widest) * bend)


def _held(
    terrain: Terrain, prices: RepairPrices, later: float, low: int, high: int
) -> Iterator[Moves]:
    """A click held for as long as is wanted, or at a barline a bar without pulse; none is bent."""
    clicks = np.arange(1, len(terrain.clicks), dtype=np.int64)
    barlines = clicks[terrain.floor_bar[clicks] == terrain.ceil_bar[clicks]]
    ways = (
        (Kind.HOLD, clicks, prices.longest_hold),
        (Kind.FREE_BAR, barlines, prices.longest_free),
    )
    for kind, at, longest in ways:
        if later > longest:
            continue
        first = np.maximum(0, terrain.ceil_bar[at] - 1)
        last = np.minimum(terrain.bars, first + 1)
        kinds = np.full(len(at), int(kind))
        held = _moves(kinds, first, last, (at, at), low, high, np.full(len(at), later))
        yield replace(held, cost=_joint_points(terrain, prices, held))


def _new_music(
    terrain: Terrain, prices: RepairPrices, later: float, bend: float, low: int, high: int
) -> Iterator[Moves]:
    """New bars at a barline, as many clicks as come nearest to what is wanted."""
    barlines = np.nonzero(terrain.floor_bar == terrain.ceil_bar)[0].astype(np.int64)
    before = np.maximum(barlines, 1)
    lasting = terrain.clicks[before] - terrain.clicks[before - 1]
    for rounding in (np.floor, np.ceil):
        count = rounding(later / lasting)
        good = (count >= 1) & (count <= LONGEST_NEW)
        good &= np.abs(count * lasting - later) <= _room(terrain, bend)
        at = barlines[good]
        kind = np.full(len(at), int(Kind.NEW))
        ones = np.ones(len(at), dtype=np.int64)
        new = (count * lasting)[good]
        yield from _widened(terrain, prices, kind, (at, at, ones), new, low, high)


def _widened(
    terrain: Terrain,
    prices: RepairPrices,
    kind: Ints,
    jump: tuple[Ints, Ints, Ints],
    added: Floats,
    low: int,
    high: int,
) -> Iterator[Moves]:
    """Each joint with so many bars around it that share the bend."""
    out, into, times = jump
    if not len(out):
        return
    inner = np.minimum(terrain.floor_bar[np.minimum(out, into)], terrain.bars - 1)
    outer = np.maximum(terrain.ceil_bar[np.maximum(out, into)], inner + 1)
    bare = _moves(kind, inner, outer, (out, into), low, high, added, times)
    priced = replace(bare, cost=_joint_points(terrain, prices, bare))
    for before in AROUND:
        for after in AROUND:
            first = np.maximum(0, inner - before)
            last = np.minimum(terrain.bars, outer + after)
            yield replace(priced, first=first, last=last)


def _moves(
    kind: Ints,
    first: Ints,
    last: Ints,
    jump: tuple[Ints, Ints],
    low: int,
    high: int,
    added: Floats,
    times: Ints | None = None,
) -> Moves:
    count = len(first)
    return Moves(
        kind.astype(np.int64),
        first,
        last,
        np.full(count, low, dtype=np.int64),
        np.full(count, high, dtype=np.int64),
        jump[0].astype(np.int64),
        jump[1].astype(np.int64),
        np.ones(count, dtype=np.int64) if times is None else times,
        added,
        np.zeros(count),
        np.zeros(count),
        np.ones(count, dtype=bool),
    )


def removed_seconds(terrain: Terrain, moves: Moves) -> Floats:
    """Seconds of written music that a move leaves out; negative where it adds some."""
    gap = terrain.clicks[moves.into] - terrain.clicks[moves.out]
    return gap * moves.times - moves.added


def _bent(terrain: Terrain, prices: RepairPrices, moves: Moves) -> Moves:
    """The moves with the bend they need; without those that would bend too far."""
    written = terrain.barlines[moves.last] - terrain.barlines[moves.first]
    played = written - removed_seconds(terrain, moves)
    wanted = written + terrain.by[moves.high] - terrain.by[moves.low]
    good = (played > 1e-9) & (wanted > 1e-9)
    ratio = np.where(good, np.maximum(played, 1e-12) / np.where(good, wanted, 1.0), 1.0)
    bend = np.log(ratio)
    bend[np.abs(bend) < EVEN] = 0.0
    good &= np.abs(bend) <= prices.most_bend
    return replace(moves, bend=bend).where(good)


def _bend_points(terrain: Terrain, prices: RepairPrices, moves: Moves) -> Floats:
    """What a move's bend costs: heard at its ends, new marks on the stands, takes to play again."""
    lasting = terrain.barlines[moves.last] - terrain.barlines[moves.first]
    edges = (moves.first > 0).astype(float) + (moves.last < terrain.bars)
    found = bend_points(prices, moves.bend, edges, lasting / terrain.length)
    bent = np.abs(moves.bend) > EVEN
    issued, recorded = _sums(terrain.issued), _sums(terrain.recorded)
    found += bent * prices.bent_bar * (moves.last - moves.first)
    found += bent * prices.new_mark_bar * (issued[moves.last] - issued[moves.first])
    found += bent * prices.retaken_bar * (recorded[moves.last] - recorded[moves.first])
    return found


def _hits_points(terrain: Terrain, prices: RepairPrices, moves: Moves) -> Floats:
    """What the hits cost that lie in a move's stretch."""
    found = np.zeros(len(moves))
    if not len(moves):
        return found
    begins = np.where(moves.first == 0, -np.inf, terrain.starts[moves.first])
    ends = np.where(moves.last == terrain.bars, np.inf, terrain.starts[moves.last])
    removed = removed_seconds(terrain, moves)
    for hit, place, seconds, aim in terrain.hit_numbers:
        held = np.nonzero((begins <= place) & (place < ends))[0]
        if len(held):
            some = moves.where(held)
            early, late = _sounding(terrain, some, seconds, removed[held])
            first = hit_points(prices, hit, early - aim, terrain.frame)
            second = hit_points(prices, hit, late - aim, terrain.frame)
            first[place >= terrain.places[some.out]] = np.inf
            second[place < terrain.places[some.into]] = np.inf
            best = np.minimum(first, second)
            twice = (first < np.inf) & (second < np.inf) & hit.caught_before
            best = best + twice * some.times * prices.twice_accent * hit.hit.weight
            found[held] += np.where(np.isinf(best), lost_hit_points(prices, hit), best)
    return found


def _sounding(
    terrain: Terrain, moves: Moves, seconds: float, removed: Floats
) -> tuple[Floats, Floats]:
    """When a place of a stretch sounds: before the joint, and after it."""
    origin = terrain.barlines[moves.first]
    base = origin + terrain.by[moves.low]
    slower = np.exp(-moves.bend)
    return base + slower * (seconds - origin), base + slower * (seconds - origin - removed)


def move_points(terrain: Terrain, prices: RepairPrices, moves: Moves) -> Floats:
    """What each move costs: its joint, its bend, and the hits inside its stretch."""
    joint = np.where(moves.kind == Kind.BEND, 0.0, _joint_points(terrain, prices, moves))
    bend = _bend_points(terrain, prices, moves)
    found: Floats = joint + bend + _hits_points(terrain, prices, moves)
    return found


def _sums(numbers: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(numbers)])


def _joint_points(terrain: Terrain, prices: RepairPrices, moves: Moves) -> Floats:
    """What the joint, the hold or the new music itself costs."""
    joints, kind = terrain.written.joints, moves.kind
    low, high = np.minimum(moves.out, moves.into), np.maximum(moves.out, moves.into)
    inner, outer = terrain.floor_bar[low], terrain.ceil_bar[high]
    inner = np.minimum(inner, terrain.bars - 1)
    outer = np.maximum(outer, inner + 1)
    issued, recorded = _sums(terrain.issued), _sums(terrain.recorded)
    touched = prices.reprinted_bar * (issued[outer] - issued[inner])
    take = (recorded[outer] > recorded[inner]).astype(float)
    jumped = (kind == Kind.CUT) | (kind == Kind.REPEAT)
    bars = (terrain.places[high] - terrain.places[low]) / np.maximum(
        terrain.starts[inner + 1] - terrain.starts[inner], 1e-9
    )
    content = np.where(
        kind == Kind.CUT,
        prices.lost_bar * bars,
        prices.twice_bar * bars * moves.times + prices.vamp * (moves.times - 1),
    )
    joint = prices.jump + joints.jump[moves.out, moves.into] + content
    inside = (terrain.floor_bar != terrain.ceil_bar).astype(float)
    joint += prices.inside_bar * np.maximum(inside[moves.out], inside[moves.into])
    joint += prices.fit.odd_bar * odd_bars(terrain, moves) * moves.times
    joint += touched + prices.edited_take * take
    hold = prices.held_second * moves.added + touched + prices.retaken_bar * take
    hold += joints.hold[np.maximum(0, moves.out - 1)] * np.maximum(1.0, moves.added)
    hold += np.where(kind == Kind.HOLD, prices.fit.fermata, prices.fit.free_bar)
    new_bars = moves.added / max(1e-9, terrain.length / terrain.bars)
    new = prices.new_music + prices.new_bar * new_bars + touched + prices.retaken_bar * take
    held = (kind == Kind.HOLD) | (kind == Kind.FREE_BAR)
    found: Floats = np.select([jumped, held, kind == Kind.NEW], [joint, hold, new])
    return found


def odd_bars(terrain: Terrain, moves: Moves) -> Floats:
    """How many bars of another length than the one left a joint makes."""
    bar = np.minimum(terrain.floor_bar[moves.out], terrain.bars - 1)
    whole = terrain.starts[bar + 1] - terrain.starts[bar]
    head = terrain.places[moves.out] - terrain.starts[terrain.floor_bar[moves.out]]
    tail = terrain.starts[terrain.ceil_bar[moves.into]] - terrain.places[moves.into]
    both = (head > 1e-9) & (tail > 1e-9)
    joined = both & (head + tail <= 1.5 * whole + 1e-9)
    regular = joined & (np.abs(head + tail - whole) < 1e-9)
    single = (head > 1e-9).astype(float) + (tail > 1e-9)
    return np.where(regular, 0.0, np.where(joined, 1.0, single))
