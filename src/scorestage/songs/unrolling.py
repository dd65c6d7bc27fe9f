"""The order in which bars are played: repeats, endings, da capo, dal segno, coda and fine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from scorestage.music import Score
from scorestage.songs.jumps import Jumps, Leap, jumps_of

_MOST_BARS = 20_000


@dataclass(slots=True)
class _Edges:
    """What stands at the barlines of one bar."""

    opens: bool = False
    closes: int = 0
    """How often what it closes is played in all; 0: it closes nothing."""
    ending: frozenset[int] = field(default_factory=frozenset)
    highest: int = 0
    """The highest number of the endings that it and the bars round it belong to."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A bar by its index as it is played, and which of the verses under it is sung then."""

    bar: int
    verse: int


@dataclass(slots=True)
class _Player:
    """Somebody who reads a score: where the repeat begins, for the how manieth time, after which
    leap."""

    edges: list[_Edges]
    jumps: Jumps
    start: int = 0
    round: int = 1
    leap: Leap | None = None
    done: set[int] = field(default_factory=set)

    def skips(self, at: int) -> bool:
        """Whether a bar belongs to an ending of another time; after a leap the last one counts."""
        own = self.edges[at]
        if own.opens and at != self.start:
            self.start, self.round = at, 1
        if not own.ending:
            return False
        if self.straight:
            return own.highest not in own.ending
        return self.round not in own.ending

    @property
    def straight(self) -> bool:
        """Whether repeats are left out, as after da capo and dal segno."""
        return self.leap is not None and not self.leap.repeats

    def after(self, at: int) -> int | None:
        """The bar that follows; None where the music is over."""
        own, leap = self.edges[at], self.leap
        if leap is not None and at in self.jumps.fines and leap.until != "coda":
            return None
        if leap is not None and at in self.jumps.to_codas and leap.until != "fine":
            coda = self.jumps.coda(at)
            if coda is not None:
                self.leap, self.start, self.round = None, coda, 1
                return coda
        if own.closes and not self.straight and self.round < max(own.closes, own.highest):
            self.round += 1
            return self.start
        if at in self.jumps.leaps and at not in self.done:
            self.done.add(at)
            self.leap = self.jumps.leaps[at]
            self.start, self.round = self.jumps.back(self.leap, at), 1
            return self.start
        following = at + 1
        ended = own.ending and (following >= len(self.edges) or not self.edges[following].ending)
        if own.closes or ended:
            self.start, self.round = following, 1
        return following


def played_passes(score: Score) -> tuple[Pass, ...]:
    """The bars in the order they are played, with the verse that is sung each time.

    Repeats and endings are gone through; after da capo and dal segno repeats are left out, as is
    usual, unless words ask for them, last endings are taken, and coda and fine are heeded.
    """
    player = _Player(_edges(score), jumps_of(score))
    heard: dict[int, int] = {}
    found: list[Pass] = []
    at: int | None = 0
    while at is not None and at < len(player.edges) and len(found) < _MOST_BARS:
        if player.skips(at):
            at += 1
            continue
        heard[at] = heard.get(at, 0) + 1
        time = max(heard[at], player.round if player.edges[at].ending else 1)
        found.append(Pass(at, time))
        at = player.after(at)
    return tuple(found)


def played_order(score: Score) -> tuple[int, ...]:
    """Indices of the bars in the order they are played."""
    return tuple(one.bar for one in played_passes(score))


def _edges(score: Score) -> list[_Edges]:
    grid = score.grid
    edges = [_Edges() for _ in grid.bars]
    open_ending: frozenset[int] = frozenset()
    spans: list[tuple[int, str, frozenset[int]]] = []
    for placed in score.signs:
        sign = placed.sign
        if sign.name != "barline":
            continue
        right = sign.detail("location") == "right"
        index = grid.index_at(placed.at)
        if right:
            index = max(0, next((n for n, s in enumerate(grid.starts) if s >= placed.at), 1) - 1)
        repeat, ending = sign.find("repeat"), sign.find("ending")
        if repeat is not None and repeat.detail("direction") == "forward":
            edges[index].opens = True
        elif repeat is not None:
            edges[index].closes = max(2, int(repeat.detail("times", "2") or 2))
        if ending is not None:
            numbers = frozenset(int(n) for n in re.findall(r"\d+", ending.detail("number")))
            spans.append((index, ending.detail("type"), numbers))
    began = 0
    for index, kind, numbers in sorted(spans, key=lambda one: (one[0], one[1] != "start")):
        if kind == "start":
            began, open_ending = index, numbers
        else:
            for bar in range(began, index + 1):
                edges[bar].ending = open_ending or numbers
    for _, run in groupby(edges, key=lambda one: bool(one.ending)):
        together = list(run)
        for one in together:
            one.highest = max((number for other in together for number in other.ending), default=0)
    return edges
