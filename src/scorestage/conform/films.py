"""Two films compared by their pictures: kept, moved, cut out, put in, replaced, retimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.edges import MOST_NEW, jump_cost, new_cost, noise_of, settled
from scorestage.conform.framing import framing_of
from scorestage.conform.leftovers import Side, replaced
from scorestage.conform.lines import Line, Weighing, drawn_lines, merged
from scorestage.conform.matching import Match, chain, moved
from scorestage.conform.pictures import (
    FilmFrames,
    Floats,
    Registration,
    Shapes,
    cuts_of,
    shapes_of,
    steps_of,
)
from scorestage.conform.seeds import Search, telling_frames
from scorestage.conform.speeds import other_speeds
from scorestage.conform.tracks import Stretch, best_way

_MOST_SUMS: Final = 40_000_000
_TRIES, _DOUBLE_SHARE, _TOO_DEAR = 3, 0.5, 4.0


def compare_films(old: FilmFrames, new: FilmFrames) -> ChangeList:
    """The changes from one film to another, covering every frame of both.

    Frames count from the first of each film; rates may differ (a film run at another rate keeps
    its frames). Comparing new to old gives the same list mirrored.
    """
    if _order(old) > _order(new):
        return _compared(new, old).mirrored()
    return _compared(old, new)


def _order(film: FilmFrames) -> tuple[int, bytes]:
    return len(film), film.signatures.tobytes() if len(film) else b""


def _compared(old: FilmFrames, new: FilmFrames) -> ChangeList:
    plain = Registration.plain()
    films = shapes_of(old.signatures, plain), shapes_of(new.signatures, plain)
    steps = steps_of(films[0]), steps_of(films[1])
    way = _way(films[0], films[1], steps[1])
    fit = framing_of(way, old, new)
    if fit is not None:
        films = shapes_of(old.signatures, fit, lay_out=True), shapes_of(new.signatures, fit)
        way = _way(films[0], films[1], steps[1])
    return _told(way, films, steps, old, new)


def _way(old: Shapes, new: Shapes, new_steps: Floats) -> list[Stretch]:
    """Which old frame each new one is."""
    if not len(old) or not len(new):
        return [Stretch(0, len(new), None)] if len(new) else []
    search, weighing = Search.of(old, new), Weighing(old, new)
    lines = drawn_lines(search.places(telling_frames(new, new_steps)), weighing)
    way = best_way(lines, len(new), MOST_NEW)
    noise = noise_of(way)
    prices = new_cost(noise), jump_cost(noise)
    way = best_way(lines, len(new), *prices)
    again = _filled(way, lines, search, weighing) + other_speeds(way, noise[1], search, weighing)
    if again:
        lines = list(merged([*lines, *again]))
        way = best_way(lines, len(new), *prices)
    for _ in range(_TRIES):
        doubled = _doubled(way, len(old))
        if not doubled:
            break
        lines = _without(lines, doubled)
        way = best_way(lines, len(new), *prices)
    return settled(way, noise_of(way)[0], cuts_of(new_steps))


def _filled(
    way: Sequence[Stretch], known: Sequence[Line], search: Search, weighing: Weighing
) -> list[Line]:
    """Lines through what was found nowhere, every frame looked up among the old ones left."""
    free = np.ones(len(search.old), dtype=bool)
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
    in_order = {one.new + one.new_frames for one in kept}
    return [
        stretch
        for stretch in way
        if stretch.line is not None
        and stretch.last not in in_order
        and _share_taken(stretch, stretch.line, taken) > _DOUBLE_SHARE
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
        begin, frames = line.old(one.first), one.frames
        if line.plain:
            kind, end = ChangeKind.KEPT, begin + frames
        else:
            kind = ChangeKind.RETIMED
            begin, end = _retimed_ends(line, way, index, old_frames)
        found.append(
            Match(
                begin,
                one.first,
                end - begin,
                frames,
                kind,
                line.speed,
                confidence,
                whole=not line.plain,
            )
        )
    found.sort(key=lambda one: (one.old, one.new, one.old_frames))
    return found


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
