"""States of one player over real seconds: a mute, an instrument, a station, a slide, a hand.

Each event needs the player in one of some states; getting from one state to another takes time.
The walk through all events that asks for the least is found by dynamic programming, and where even
that asks for more time than there is, the place is told with what it needs and what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

_MISSED = 1000.0

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Event(Generic[S]):
    """Something to be done from `start` to `end` (seconds) in one of `states`.

    `at` is where it stands, in quarters; `costs` says for each state how much it is disliked
    (empty: all the same).
    """

    start: float
    end: float
    at: Fraction
    states: tuple[S, ...]
    costs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortage(Generic[S]):
    """A change for which there is no time: between the events `index - 1` and `index`."""

    index: int
    before: S
    after: S
    needs_seconds: float
    has_seconds: float


@dataclass(frozen=True, slots=True)
class Walk(Generic[S]):
    """The states chosen, one for each event, and the changes there is no time for."""

    states: tuple[S, ...]
    shortages: tuple[Shortage[S], ...]


def walk(
    events: Sequence[Event[S]],
    seconds: Callable[[S, S], float],
    *,
    spare: float = 1.0,
) -> Walk[S]:
    """The way through all events with the fewest impossible changes, then the least effort.

    `seconds` tells how long a change takes; `spare` is the share of it that must be there (0.9
    forgives a tenth). Between two events there is the time from the end of one to the start of the
    next.

    >>> calm = [Event(0.0, 1.0, Fraction(0), ("bow",)), Event(3.0, 4.0, Fraction(3), ("mute",))]
    >>> walk(calm, lambda a, b: 0.0 if a == b else 4.0).shortages[0].has_seconds
    2.0
    """
    if not events:
        return Walk((), ())
    best: list[dict[S, tuple[float, S | None]]] = [
        {state: (cost, None) for state, cost in _priced(events[0])}
    ]
    known: dict[tuple[S, S], float] = {}
    for event, after in pairwise(events):
        has = after.start - event.end
        reached: dict[S, tuple[float, S | None]] = {}
        for state, own in _priced(after):
            options = []
            for before, (cost, _) in best[-1].items():
                needs = known.get((before, state))
                if needs is None:
                    needs = known[before, state] = seconds(before, state)
                lacks = needs > 0 and has < needs * spare - 1e-9
                missed = _MISSED + min(needs - has, 60.0) if lacks else 0.0
                options.append((cost + needs + missed, before))
            least, before = min(options, key=lambda option: option[0])
            reached[state] = (least + own, before)
        best.append(reached)
    return _told(events, best, known, spare)


def _priced(event: Event[S]) -> list[tuple[S, float]]:
    costs = event.costs or (0.0,) * len(event.states)
    return list(zip(event.states, costs, strict=True))


def _told(
    events: Sequence[Event[S]],
    best: Sequence[dict[S, tuple[float, S | None]]],
    known: dict[tuple[S, S], float],
    spare: float,
) -> Walk[S]:
    path = [min(best[-1], key=lambda one: best[-1][one][0])]
    for reached in reversed(best[1:]):
        before = reached[path[-1]][1]
        if before is not None:
            path.append(before)
    path.reverse()
    short = []
    for index in range(1, len(path)):
        has = events[index].start - events[index - 1].end
        needs = known[path[index - 1], path[index]]
        if needs > 0 and has < needs * spare - 1e-9:
            short.append(Shortage(index, path[index - 1], path[index], needs, max(0.0, has)))
    return Walk(tuple(path), tuple(short))
