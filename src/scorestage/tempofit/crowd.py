"""The bending search on many draws of hits at once: what the best map of each costs.

It comes to what `sweep.Sweep` finds for each draw alone, to the last share of a point. But no path
is read back, so the rows into a point are laid and forgotten, from one earlier point at a time:
they come sorted by draw and tempo, and what is worked on stays near the processor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorestage.tempofit.ground import Floats, Ints
from scorestage.tempofit.sweep import Sweep


@dataclass(frozen=True, slots=True)
class _Ways:
    """All ways from one point to another: draw, units, seconds, log tempo, state on arrival.

    First the first way into each state, then the second ones, and so on: `turns` says where each
    of those begins, so that no state comes twice between two of them.
    """

    draw: Ints
    units: Ints
    lasting: Floats
    heard: Floats
    state: Ints
    turns: tuple[int, ...]


class Crowd(Sweep):
    """The points of the cheapest path of every draw of `net`, which has no rows of its own."""

    def _forward(self) -> None:
        self._start()
        net, (draws, buckets, phases) = self.net, self.shape
        for number, point in enumerate(net.nodes[1:], 1):
            arrive = np.full((draws * buckets, phases), np.inf)
            for before in net.befores(number):
                self._arrive_from(before, point, arrive)
            arrive += net.place[point]
            here = arrive.reshape(self.shape)
            if point == self.last:
                self.arrive[point] = here
                self._to_what_follows()
            else:
                self.leaving[point] = self._leave(here, self.tables[point])

    def _arrive_from(self, before: int, point: int, arrive: Floats) -> None:
        """Lowers what it costs to `arrive`, [state, phase], by the ways from `before`."""
        net, phases = self.net, self.shape[2]
        ways = self._ways(before, point)
        index = net.roll.take(ways.units % phases, axis=0)
        index += (ways.state * phases)[:, None]
        offers = self.leaving[before].reshape(-1).take(index)
        paid = self._wish_points(ways.heard, ways.lasting)
        pace = ways.units / ways.lasting
        for number in range(before + 1, point):  # hits passed over
            into = (net.seconds[:, number] - net.seconds[:, before])[ways.draw]
            at = pace * into
            unit = np.clip(np.rint(at), 0, ways.units)
            flaw, met = net.flaws(net.ground.points[number], (unit - at) / pace)
            paid += flaw
            left = (ways.units[met] - unit[met].astype(np.int64)) % phases
            offers[met] += net.place[number][net.roll].take(left, axis=0)
        offers += paid[:, None]
        for first, last in zip(ways.turns, (*ways.turns[1:], len(offers)), strict=True):
            state = ways.state[first:last]
            arrive[state] = np.minimum(arrive.take(state, axis=0), offers[first:last])

    def _ways(self, before: int, point: int) -> _Ways:
        """Every whole number of units at every tempo allowed, between two points of every draw."""
        net, ground = self.net, self.net.ground
        gap = net.seconds[:, point] - net.seconds[:, before]
        lowest, counts = net.units_between(gap)
        draw = np.repeat(np.arange(len(gap)), counts)
        units = np.arange(len(draw)) - np.repeat(np.cumsum(counts) - counts - lowest, counts)
        lasting = np.repeat(gap, counts)
        heard = np.log(np.clip(units / lasting, ground.lowest, ground.highest))
        state = net.bucket_of(heard)
        state += draw * net.buckets
        starts = np.flatnonzero(np.diff(state, prepend=-1))
        lengths = np.diff(starts, append=len(state))
        parts = [starts[lengths > turn] + turn for turn in range(int(lengths.max(initial=0)))]
        order = np.concatenate(parts or [starts])
        turns = np.cumsum([0, *(len(part) for part in parts)])[:-1].tolist()
        return _Ways(
            draw[order], units[order], lasting[order], heard[order], state[order], tuple(turns)
        )
