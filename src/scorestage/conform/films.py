"""Two films compared by their pictures: kept, moved, cut out, put in, replaced, retimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.edges import MOST_NEW, jump_cost, new_cost, noise_of, settled
from scorestage.conform.fitted import FittedFilms, fit_of
from scorestage.conform.framing import Framing, Shown, framings, picture_shown
from scorestage.conform.leftovers import Side, replaced
from scorestage.conform.lines import Line, Weighing, drawn_lines, merged
from scorestage.conform.matching import Match, chain, moved
from scorestage.conform.pictures import (
    FilmFrames,
    Floats,
    Measure,
    Numbers,
    Shapes,
    cuts_of,
    shapes_of,
    steps_of,
    unlike,
)
from scorestage.conform.seeds import Search, telling_frames
from scorestage.conform.speeds import LEAST_FRAMES, drifting, other_speeds
from scorestage.conform.tracks import Stretch, best_way

_MOST_SUMS: Final = 40_000_000
_FITS, _MOSTLY, _MUCH_MORE, _CLEARLY = 3, 0.6, 0.02, 0.03
_SURE_FRAMES, _SURE_UNLIKE, _SAMPLED_PAIRS, _LEAST_CELLS = 16, 0.25, 320, 192
_LONG_FRAMES = 48
_LEAST_MOVED, _UNLIKE_RETIMED = 3, 0.04
_PART_SHARE = 0.8
"""A film so much shorter is a trailer or a reel: its frames are looked for in the other."""
_TRIES, _DOUBLE_SHARE, _TOO_DEAR = 3, 0.5, 4.0


def compare_films(old: FilmFrames, new: FilmFrames) -> ChangeList:
    """The changes from one film to another, covering every frame of both.

    Frames count from the first of each film; rates may differ (a film run at another rate keeps
    its frames). Comparing new to old gives the same list mirrored.
    """
    lengths = sorted((len(old), len(new)))
    part = lengths[0] < _PART_SHARE * lengths[1]
    if (_order(old) < _order(new)) if part else (_order(old) > _order(new)):
        return _compared(new, old).mirrored()
    return _compared(old, new)


def _order(film: FilmFrames) -> tuple[int, bytes]:
    """Which film comes first: the shorter one, so that both ways round give the same answer."""
    return len(film), film.signatures.tobytes() if len(film) else b""


def _compared(old: FilmFrames, new: FilmFrames) -> ChangeList:
    shown = picture_shown(old.signatures), picture_shown(new.signatures)
    plain = Framing().registration(shown)
    films = shapes_of(old.signatures, plain), shapes_of(new.signatures, plain)
    steps = steps_of(films[0]), steps_of(films[1])
    if not len(old) or not len(new):
        return _told([Stretch(0, len(new), None)] if len(new) else [], films, steps, old, new)
    looked = Looked(films, steps[1], partial(_by_shape, films))
    way, framing = looked.way(), Framing()
    if _found(way) < _MOSTLY:
        way, framing = _otherwise_framed(way, old, new, shown, looked)
    for _ in range(_FITS):
        fit = fit_of(old, new, sure_pairs(way), shown, framing)
        if fit is None:
            break
        framing = fit.framing
        laid = shapes_of(old.signatures, fit.registration, lay_out=True)
        again = shapes_of(new.signatures, fit.registration)
        before = _found(way)
        measure = FittedFilms(old, new, fit).unlike
        way = Looked((laid, again), steps[1], measure, fit.noise).way(way)
        if _found(way) < before + _MUCH_MORE:
            break
    return _told(way, films, steps, old, new)


def _by_shape(films: tuple[Shapes, Shapes], news: Numbers, olds: Numbers) -> Floats:
    return unlike(films[1], news, films[0], olds)


def _found(way: Sequence[Stretch]) -> float:
    """The share of the new film that was found."""
    return sum(one.frames for one in way if one.line is not None) / max(
        1, sum(one.frames for one in way)
    )


def sure_pairs(way: Sequence[Stretch]) -> tuple[Numbers, Numbers]:
    """Frames that are the same beyond doubt, of the new and the old film, from all over it."""
    sure = [one for one in way if one.frames >= _SURE_FRAMES and one.unlike < _SURE_UNLIKE]
    long = [one for one in sure if one.frames >= _LONG_FRAMES]
    if sum(one.frames for one in long) >= _SAMPLED_PAIRS:
        sure = long
    pairs = [
        (frame, one.line.old(frame))
        for one in sure
        if one.line is not None
        for frame in range(one.first + 2, one.last - 2)
    ]
    chosen = pairs[:: max(1, len(pairs) // _SAMPLED_PAIRS)]
    table = np.array(chosen, dtype=np.intp).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _otherwise_framed(
    way: list[Stretch], old: FilmFrames, new: FilmFrames, shown: Shown, looked: Looked
) -> tuple[list[Stretch], Framing]:
    """The way of the framing in which most frames are found; the one so far if none is better."""
    best, found = looked.search.likeness(), (way, Framing())
    for framing in framings(shown):
        lay = framing.registration(shown)
        if lay.cells.sum() < _LEAST_CELLS:
            continue
        films = shapes_of(old.signatures, lay, lay_out=True), shapes_of(new.signatures, lay)
        told = Search.of(*films, partial(_by_shape, films)).likeness()
        if told > best + _CLEARLY:
            best = told
            found = Looked(films, looked.new_steps, partial(_by_shape, films)).way(), framing
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Two films laid out for comparing, and by what they are compared."""

    films: tuple[Shapes, Shapes]
    new_steps: Floats
    measure: Measure
    noise: tuple[float, float] | None = None

    @property
    def search(self) -> Search:
        """The old film laid out for looking up."""
        return Search.of(*self.films, self.measure)

    def way(self, known: Sequence[Stretch] = ()) -> list[Stretch]:
        """Which old frame each new one is; what was `known` before is weighed again."""
        frames = len(self.films[0]), len(self.films[1])
        search, weighing = self.search, Weighing(self.measure, *frames)
        drawn = [
            weighing.line(one.line.at, one.line.speed, one.first, one.last, one.line.support)
            for one in known
            if one.line is not None
        ]
        lines = [one for one in drawn if one is not None]
        finds = search.places(telling_frames(self.films[1], self.new_steps))
        lines = list(merged([*lines, *drawn_lines(finds, weighing, lines)]))
        noise = self.noise or noise_of(best_way(lines, frames[1], MOST_NEW))
        prices = new_cost(noise), jump_cost(noise)
        way = best_way(lines, frames[1], *prices)
        again = _filled(way, lines, search, weighing)
        again += other_speeds(way, noise, search, weighing)
        again += drifting(way, weighing)
        if again:
            lines = list(merged([*lines, *again]))
            way = best_way(lines, frames[1], *prices)
        for _ in range(_TRIES):
            doubled = _doubled(way, frames[0])
            if not doubled:
                break
            lines = _without(lines, doubled)
            way = best_way(lines, frames[1], *prices)
        for _ in range(_TRIES):
            short = _hardly_retimed(way, noise)
            if not short:
                break
            lines = _without(lines, short)
            way = best_way(lines, frames[1], *prices)
        return settled(way, (self.noise or noise_of(way))[0], cuts_of(self.new_steps))


def _filled(
    way: Sequence[Stretch], known: Sequence[Line], search: Search, weighing: Weighing
) -> list[Line]:
    """Lines through what was found nowhere, every frame looked up among the old ones left."""
    free = np.ones(len(search.old_rows), dtype=bool)
    for one in way:
        if one.line is not None:
            ends = sorted((one.line.old(one.first), one.line.old(one.last - 1)))
            free[max(0, ends[0]) : ends[1] + 1] = False
    olds = np.flatnonzero(free)
    news = [np.arange(one.first, one.last) for one in way if one.line is None]
    if not news or not len(olds):
        return []
    wanted = np.concatenate(news)
    wanted = wanted[:: max(1, len(wanted) * len(olds) // _MOST_SUMS)]
    return drawn_lines(search.places(wanted, olds), weighing, known)


def _doubled(way: Sequence[Stretch], old_frames: int) -> list[Stretch]:
    """Stretches whose old picture another stretch has that keeps the order better."""
    found = _matches(way, old_frames)
    kept = chain(found)
    taken = np.zeros(old_frames, dtype=bool)
    for one in kept:
        taken[one.old : one.old + one.old_frames] = True
    ends = np.array([one.new + one.new_frames for one in kept])
    return [
        stretch
        for stretch in way
        if stretch.line is not None
        and not ((ends > stretch.first) & (ends <= stretch.last)).any()
        and _share_taken(stretch, stretch.line, taken) > _DOUBLE_SHARE
    ]


def _hardly_retimed(way: Sequence[Stretch], noise: tuple[float, float]) -> list[Stretch]:
    """Stretches at another speed too short to tell a speed by, or unlike what they should show."""
    most = noise[0] + max(_UNLIKE_RETIMED, 4 * (noise[1] - noise[0]))
    return [
        one
        for one in way
        if one.line is not None
        and not one.line.plain
        and (one.frames < 2 * LEAST_FRAMES or one.unlike > most)
    ]


def _share_taken(one: Stretch, line: Line, taken: NDArray[np.bool_]) -> float:
    ends = sorted((line.old(one.first), line.old(one.last - 1)))
    return float(taken[ends[0] : ends[1] + 1].mean())


def _without(lines: Sequence[Line], stretches: Sequence[Stretch]) -> list[Line]:
    """The lines, those stretches of them made too dear to be taken."""
    made = []
    for line in lines:
        costs = line.costs
        for one in stretches:
            if one.line is line or (
                one.line is not None
                and (one.line.at, one.line.speed) == (line.at, line.speed)
                and line.first <= one.first < line.last
            ):
                costs = costs.copy()
                costs[one.first - line.first : one.last - line.first] = _TOO_DEAR
        made.append(line if costs is line.costs else replace(line, costs=costs))
    return made


def _told(
    way: Sequence[Stretch],
    films: tuple[Shapes, Shapes],
    steps: tuple[Floats, Floats],
    old: FilmFrames,
    new: FilmFrames,
) -> ChangeList:
    found = _matches(way, len(old))
    kept = chain(found)
    free = np.ones(len(old), dtype=bool), np.ones(len(new), dtype=bool)
    for one in kept:
        free[0][one.old : one.old + one.old_frames] = False
        free[1][one.new : one.new + one.new_frames] = False
    both = [*kept, *moved(found, *free)]
    sides = [
        Side.of(cuts_of(steps[index]), _sure(films[index]), kept, both, mirrored=bool(index))
        for index in range(2)
    ]
    changes = [_change(one) for one in both]
    swaps, rest_old, rest_new = replaced(list(sides[0].left(free[0])), list(sides[1].left(free[1])))
    changes += swaps
    changes += [one.change(mirrored=False) for one in rest_old]
    changes += [one.change(mirrored=True) for one in rest_new]
    return made_list(
        changes, len(old), len(new), old.rate, new.rate, old.start_frames, new.start_frames
    )


def _matches(way: Sequence[Stretch], old_frames: int) -> list[Match]:
    """The stretches as matches, those retimed reaching to their neighbours in the old film."""
    found = []
    for index, one in enumerate(way):
        line = one.line
        if line is None:
            continue
        confidence = round(max(0.0, 1.0 - one.unlike), 2)
        first, frames = one.first, one.frames
        begin = line.old(first)
        if line.plain:
            kind, end = ChangeKind.KEPT, begin + frames
        else:
            kind = ChangeKind.RETIMED
            begin, end = _retimed_ends(line, way, index, old_frames)
            begin, end, first, last = _beside(begin, end, one, line, way)
            frames = last - first
            if frames <= 0 or end <= begin:
                continue
        whole = not line.plain or frames >= _LEAST_MOVED
        found.append(
            Match(begin, first, end - begin, frames, kind, line.speed, confidence, whole=whole)
        )
    found.sort(key=lambda one: (one.old, one.new, one.old_frames))
    return found


def _beside(
    begin: int, end: int, one: Stretch, line: Line, way: Sequence[Stretch]
) -> tuple[int, int, int, int]:
    """A retimed stretch without old frames at its ends that shots at the old speed show."""
    first, last = one.first, one.last
    for other in way:
        if other.line is None or not other.line.plain:
            continue
        low, high = other.line.old(other.first), other.line.old(other.last)
        if low <= begin < high < end:
            begin = high
            while first < last and line.old(first) < begin:
                first += 1
        elif begin < low < end <= high:
            end = low
            while last > first and line.old(last - 1) >= end:
                last -= 1
    return begin, end, first, last


def _retimed_ends(
    line: Line, way: Sequence[Stretch], index: int, old_frames: int
) -> tuple[int, int]:
    one = way[index]
    step = int(-(-line.speed // 1)) + 1
    begin, last = line.old(one.first), line.old(one.last - 1)
    end = max(last + 1, line.old(one.last))
    before = way[index - 1] if index else None
    after = way[index + 1] if index + 1 < len(way) else None
    if before is not None and before.line is not None:
        reached = before.line.old(before.last)
        if abs(begin - reached) <= step and reached <= last:
            begin = reached
    if after is not None and after.line is not None:
        goes_on = after.line.old(after.first)
        if begin < goes_on and abs(goes_on - last) <= step:
            end = goes_on
    return begin, min(end, old_frames)


def _change(one: Match) -> Change:
    return Change(
        one.kind, one.old, one.old + one.old_frames, one.new, one.new + one.new_frames, one.speed,
        round(one.confidence, 3), one.words,
    )  # fmt: skip


def _sure(film: Shapes) -> NDArray[np.float32]:
    """How sure it is that a frame is in one film alone: black and still say little."""
    shown = film.shown.sum(axis=1)
    result: NDArray[np.float32] = (0.5 + 0.45 * shown / (shown + 1)).astype(np.float32)
    return result
