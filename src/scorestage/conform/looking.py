"""The way through two films: every line that can be found, weighed, the cheapest way taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.edges import MOST_NEW, jump_cost, new_cost, noise_of, settled
from scorestage.conform.hearing import Hearing, heard_beside
from scorestage.conform.lines import Line, Weighing, drawn_lines, merged, old_frames
from scorestage.conform.matching import chain
from scorestage.conform.pictures import FilmFrames, Floats, Numbers, cuts_of
from scorestage.conform.seeds import Finds, Search
from scorestage.conform.speeds import LEAST_FRAMES, doubtful, drifting, other_speeds
from scorestage.conform.stills import still_lines
from scorestage.conform.stretches import matches_of, sure_pairs
from scorestage.conform.tracks import Stretch, best_way

_MOST_SUMS: Final = 40_000_000
_UNLIKE_RETIMED: Final = 0.012
_PROBED: Final = 4
"""One frame in so many is looked for first of what was found nowhere."""
_SLOW_FRAMES, _SLOW_SAMPLED, _AS_WELL = 24, 24, 1.02
_SLOW_GLIMPSED, _HARDLY_WORSE = 6, 1.5
_TRIES, _DOUBLE_SHARE, _TOO_DEAR = 3, 0.5, 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Two films laid out for comparing, and by what they are compared."""

    search: Search
    telling: Numbers
    new_steps: Floats
    frames: tuple[int, int]
    noise: tuple[float, float] | None = None
    trusted: bool = False
    """Whether what is known explains a frame for good; else every frame is looked for anew."""
    films: tuple[FilmFrames, FilmFrames] | None = None
    """Both films as they are, to be asked where a glance at pictures leaves it open."""
    cells: NDArray[np.bool_] | None = None
    """The cells in which the films agree."""

    def way(self, known: Sequence[Stretch] = ()) -> list[Stretch]:
        """Which old frame each new one is; what was `known` before is weighed again."""
        frames, search = self.frames, self.search
        weighing = Weighing(search.measure, *frames, quick=self.trusted)
        drawn = [
            weighing.line(one.line.at, one.line.speed, one.first, one.last, one.line.support)
            for one in known
            if one.line is not None
        ]
        lines = list(merged(one for one in drawn if one is not None))
        finds = self._finds(lines)
        lines = list(merged([*lines, *drawn_lines(finds, weighing, lines)]))
        if self.trusted:
            lines = list(merged([*lines, *_beside(known, cuts_of(self.new_steps), weighing)]))
        noise = self.noise or noise_of(best_way(lines, frames[1], MOST_NEW))
        cuts = cuts_of(self.new_steps)
        prices = new_cost(noise), jump_cost(noise), np.flatnonzero(cuts).tolist()
        way = best_way(lines, frames[1], *prices)
        again = _filled(way, lines, search, weighing)
        again += other_speeds(way, noise, search, weighing)
        again += drifting(way, weighing)
        if self.films is not None and self.cells is not None:
            again += still_lines(way, self.films, self.cells, prices[0], weighing)
        if again:
            lines = list(merged([*lines, *again]))
            way = best_way(lines, frames[1], *prices)
        for _ in range(_TRIES):
            doubled, taken = _doubled(way, frames[0])
            if not doubled:
                break
            lines = _undoubled(lines, doubled, taken)
            way = best_way(lines, frames[1], *prices)
        for _ in range(_TRIES):
            short = _hardly_retimed(way, noise)
            if not short:
                break
            lines = _without(lines, short)
            way = best_way(lines, frames[1], *prices)
        level = (self.noise or noise_of(way))[0]
        hearing = None if self.films is None else Hearing.of(*self.films, sure_pairs(way))
        if hearing is not None:
            heard = [
                weighing.line(Fraction(at), Fraction(1), first, last)
                for at, first, last in heard_beside(hearing, way)
            ]
            lines = list(merged([*lines, *(one for one in heard if one is not None)]))
            way = best_way(hearing.weighed(lines, frames[1], level), frames[1], *prices)
        return settled(way, level, cuts)

    def _finds(self, lines: Sequence[Line]) -> Finds:
        """Telling frames in the old film: beside a known line that explains them, else anywhere."""
        if self.noise is None or not self.trusted or not lines:
            return self.search.places(self.telling)
        place = np.full(self.frames[1], -1, dtype=np.intp)
        least = np.full(self.frames[1], doubtful(self.noise), dtype=np.float32)
        for line in lines:
            span = slice(line.first, line.last)
            better = line.costs < least[span]
            olds = old_frames(line.at, line.speed, np.arange(line.first, line.last))
            place[span][better] = olds[better]
            least[span][better] = line.costs[better]
        told = place[self.telling]
        near = self.search.near(self.telling[told >= 0], told[told >= 0], self.frames[0])
        return Finds.joined([near, self.search.places(self.telling[told < 0])])


def _beside(
    known: Sequence[Stretch], cuts: NDArray[np.bool_], weighing: Weighing
) -> Iterator[Line]:
    """Lines a frame or two beside those known, where a whole shot fits them as well: slow pans."""
    for one in known:
        if one.line is None or not one.line.plain:
            continue
        inner = np.flatnonzero(cuts[one.first + 1 : one.last]) + one.first + 1
        for first, last in pairwise([one.first, *inner.tolist(), one.last]):
            if last - first < _SLOW_FRAMES:
                continue
            tried = [(one.line.at + by, Fraction(1)) for by in (0, -1, 1, -2, 2)]
            tried = [at for at in tried if weighing.holds(*at, first, last)]
            for samples, share in ((_SLOW_GLIMPSED, _HARDLY_WORSE), (_SLOW_SAMPLED, _AS_WELL)):
                if len(tried) < 2:
                    break
                news = np.arange(first, last, max(1, (last - first) // samples))
                told = weighing.means(tried, news)
                tried = [at for at, off in zip(tried, told, strict=True) if off <= told[0] * share]
            for at in tried:
                line = weighing.line(*at, first, last) if at[0] != one.line.at else None
                if line is not None:
                    yield line


def _filled(
    way: Sequence[Stretch], known: Sequence[Line], search: Search, weighing: Weighing
) -> list[Line]:
    """Lines through what was found nowhere, every frame looked up among the old ones left."""
    free = np.ones(weighing.old_frames, dtype=bool)
    for one in way:
        if one.line is not None:
            ends = sorted((one.line.old(one.first), one.line.old(one.last - 1)))
            free[max(0, ends[0]) : ends[1] + 1] = False
    olds = np.flatnonzero(free)
    news = [np.arange(one.first, one.last) for one in way if one.line is None]
    if not news or not len(olds):
        return []
    step = max(1, sum(map(len, news)) * len(olds) // _MOST_SUMS)
    found = [search.places(one[:: max(step, _PROBED)], olds) for one in news]
    rest = [
        np.setdiff1d(one[::step], one[:: max(step, _PROBED)])
        for one, told in zip(news, found, strict=True)
        if len(told)
    ]
    found += [search.places(np.concatenate(rest), olds)] if rest else []
    return drawn_lines(Finds.joined(found), weighing, known)


def _doubled(way: Sequence[Stretch], old_frames: int) -> tuple[list[Stretch], NDArray[np.bool_]]:
    """Stretches whose old picture others have that keep the order better; what those have."""
    found = matches_of(way, old_frames)
    kept = chain(found)
    taken = np.zeros(old_frames, dtype=bool)
    for one in kept:
        taken[one.old : one.old + one.old_frames] = True
    ends = np.array([one.new + one.new_frames for one in kept])
    doubled = [
        stretch
        for stretch in way
        if stretch.line is not None
        and not ((ends > stretch.first) & (ends <= stretch.last)).any()
        and _share_taken(stretch.line, stretch.first, stretch.last, taken) > _DOUBLE_SHARE
    ]
    return doubled, taken


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


def _share_taken(line: Line, first: int, last: int, taken: NDArray[np.bool_]) -> float:
    ends = sorted((line.old(first), line.old(last - 1)))
    return float(taken[ends[0] : ends[1] + 1].mean())


def _undoubled(
    lines: Sequence[Line], doubled: Sequence[Stretch], taken: NDArray[np.bool_]
) -> list[Line]:
    """The lines, made too dear where they show for those stretches what others have.

    Of long stretches their own line alone: one beside it may show what is left.
    """
    made = []
    for line in lines:
        costs = line.costs
        for one in doubled:
            first, last = max(line.first, one.first), min(line.last, one.last)
            if last <= first or (line is not one.line and one.frames >= _SLOW_FRAMES):
                continue
            if line is one.line or _share_taken(line, first, last, taken) > _DOUBLE_SHARE:
                costs = costs.copy() if costs is line.costs else costs
                costs[first - line.first : last - line.first] = _TOO_DEAR
        made.append(line if costs is line.costs else replace(line, costs=costs))
    return made


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
