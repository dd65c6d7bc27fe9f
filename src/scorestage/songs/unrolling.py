"""The order in which bars are played where a score has repeats and endings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scorestage.music import Score

_MOST_BARS = 20_000


@dataclass(slots=True)
class _Edges:
    """What stands at the barlines of one bar."""

    opens: bool = False
    closes: int = 0
    """How often what it closes is played in all; 0: it closes nothing."""
    ending: frozenset[int] = field(default_factory=frozenset)


def played_order(score: Score) -> tuple[int, ...]:
    """Indices of the bars in the order they are played; repeats and endings are gone through.

    Jumps by word (D.C., D.S.) are not followed.
    """
    edges = _edges(score)
    found: list[int] = []
    at, start, time = 0, 0, 1
    while at < len(edges) and len(found) < _MOST_BARS:
        own = edges[at]
        if own.opens and at != start:
            start, time = at, 1
        if own.ending and time not in own.ending:
            at += 1
            continue
        found.append(at)
        if own.closes and time < max(own.closes, *own.ending, _last_time(edges, at)):
            at, time = start, time + 1
            continue
        if own.closes:
            start, time = at + 1, 1
        at += 1
        if time > 1 and not own.ending and not own.closes:
            continue
        if own.ending and not own.closes and not (at < len(edges) and edges[at].ending):
            start, time = at, 1
    return tuple(found)


def _last_time(edges: list[_Edges], at: int) -> int:
    """The highest number of the endings that follow on one another from a bar."""
    highest = 0
    while at < len(edges) and edges[at].ending:
        highest = max(highest, *edges[at].ending)
        at += 1
    return highest


def _edges(score: Score) -> list[_Edges]:
    grid = score.grid
    edges = [_Edges() for _ in grid.bars]
    open_ending: frozenset[int] = frozenset()
    spans: list[tuple[int, str, frozenset[int]]] = []
    for one in score.signs:
        if one.sign.name != "barline":
            continue
        right = one.sign.detail("location") == "right"
        index = grid.index_at(one.at)
        if right:
            index = max(0, next((n for n, s in enumerate(grid.starts) if s >= one.at), 1) - 1)
        repeat, ending = one.sign.find("repeat"), one.sign.find("ending")
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
    return edges
