"""Ways of arriving that are written: a ritardando or accelerando, a fermata, a free bar.

Unlike a plain row, such a one leaves at any tempo: what is written over its last units (or, after
a stop, its first) takes up the time that the tempo leaves over.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints
from scorestage.tempofit.net import Net, Rows
from scorestage.tempofit.plan import Law

SLOWEST, GENTLEST = 0.55, 0.95
"""Tempo at the end of a ritardando as a share of its beginning: least and most."""
LIVELIEST, QUICKEST = 1.05, 1.5
"""The same for an accelerando."""
LONGEST_RAMP_BARS = 4
SETTLED_BARS = 2
"""So long a cue has its tempo before that may be led elsewhere."""
LONGEST_HOLD_SECONDS = 4.0
SHORTEST_HOLD = 1.3
"""Of the written length."""
FREE_RANGE = (0.5, 3.0)
"""What a free bar may last, of its length at the tempo before."""
EVERY = 2
"""Of so many tempos one is tried."""
BEFORES = 2


@dataclass(frozen=True, slots=True)
class Written:
    """Which written ways are allowed, where, and at what share of their price."""

    ramps: bool = False
    fermatas: bool = False
    free_bars: bool = False
    only_end: bool = False
    needed: bool = False
    """Whether the end must be reached in a written way."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Two points with all tempos [tempo, 1] and numbers of units [1, units] between them."""

    point: int
    before: int
    gap: float
    bucket: Ints
    pace: Floats
    units: Ints


def with_tails(net: Net, written: Written) -> Net:
    """The net (of one draw) with written ways into its goals besides."""
    found = copy.copy(net)
    found.rows = list(net.rows)
    last = len(net.ground.points) - 1
    for number, point in enumerate(net.nodes):
        goes = net.ground.points[point].goal and (point == last or not written.only_end)
        if number == 0 or not (goes or _stops(net, number)):
            continue
        added = []
        for before in reversed(net.nodes[max(0, number - BEFORES) : number]):
            added.extend(_tails(net, point, before, written, goes))
        plain = net.rows[point]
        kept = [] if written.needed and point == last and added else [plain]
        if added:
            found.rows[point] = _joined([*kept, *added])
    return found


def _stops(net: Net, number: int) -> bool:
    return any(net.ground.points[one].stop for one in net.nodes[max(0, number - BEFORES) : number])


def _tails(net: Net, point: int, before: int, written: Written, goes: bool) -> list[Rows]:
    """All written ways from one point to another.

    Where only the end may be held, the music that stops is held from there: nothing comes after.
    """
    ground, found = net.ground, list[Rows]()
    gap = float(net.seconds[0, point] - net.seconds[0, before])
    if gap < 0.2 or _steady_between(ground, before, point):
        return found
    bucket = np.arange(0, net.buckets, EVERY)
    pace = np.exp(net.bottom + bucket * net.fineness.bucket)[:, None]
    most = int(ground.highest * gap * 1.1) + 1
    units = np.arange(1, most + 1)[None, :]
    span = _Span(point, before, gap, bucket, np.minimum(pace, ground.highest), units)
    longest = LONGEST_RAMP_BARS * net.phases
    if written.ramps and goes:
        for over in sorted({max(1, net.phases // 2), net.phases, 2 * net.phases, longest}):
            found.extend(_ramps(net, span, over))
    click = round(ground.meters[0].click.quarters / ground.unit.quarters)
    stop = ground.points[before].stop
    if goes or stop:
        if written.fermatas:
            high = click / span.pace + LONGEST_HOLD_SECONDS
            low = SHORTEST_HOLD * click / span.pace
            last = replace(span, units=np.array([[click]])) if stop and written.only_end else span
            found.append(_holds(net, last, click, Law.FERMATA, low, high))
        if written.free_bars:
            low, high = (net.phases / span.pace * share for share in FREE_RANGE)
            found.append(_holds(net, span, net.phases, Law.FREE, low, high))
    return [rows for rows in found if len(rows)]


def _steady_between(ground: Ground, before: int, point: int) -> bool:
    first, last = ground.points[before].seconds, ground.points[point].seconds
    return any(first < high and low < last for low, high in ground.steady)


def _ramps(net: Net, span: _Span, over: int) -> list[Rows]:
    ground, weights = net.ground, net.ground.weights
    tail = span.gap - (span.units - over) / span.pace
    least = over + (SETTLED_BARS * net.phases if span.before == 0 else 0)
    fits = (tail > 0.05) & (span.units >= least)
    final = np.where(fits, 2 * over / np.maximum(tail, 0.05) - span.pace, -1.0)
    ratio = final / span.pace
    slower = (ratio >= SLOWEST) & (ratio <= GENTLEST)
    faster = (ratio >= LIVELIEST) & (ratio <= QUICKEST)
    ends = span.point == len(ground.points) - 1 and not ground.open_end
    fits &= (slower | (faster & (not ends))) & (final >= ground.lowest) & (final <= ground.highest)
    tempo, column = np.nonzero(fits)
    if not len(tempo):
        return []
    unusual = (np.abs(np.log(ratio[fits])) - weights.ramp_size) / weights.ramp_scale
    price = weights.ramp * (1 + unusual**2)
    price = price * (weights.ramp_ending if ends and ground.after is None else 1.0)
    units, leave = span.units[0, column], span.bucket[tempo]
    heard = np.log(units / span.gap)
    head = (units - over) / span.pace[tempo, 0]
    goes_on = net.bucket_of(np.log(final[fits]))
    lasting = np.full(len(units), span.gap)
    found = [_rows(net, span, units, lasting, heard, leave, goes_on, price, Law.RAMP, over, head)]
    if not ends:
        price = price + weights.change
        found.append(
            _rows(net, span, units, lasting, heard, leave, leave, price, Law.RAMP, over, head)
        )
    return found


def _holds(net: Net, span: _Span, over: int, law: Law, low: Floats, high: Floats) -> Rows:
    ground, weights = net.ground, net.ground.weights
    played = span.gap - (span.units - over) / span.pace
    fits = (played >= low) & (played <= high) & (span.units >= over + (span.before == 0))
    tempo, column = np.nonzero(fits)
    ends = span.point == len(ground.points) - 1 and not ground.open_end
    share = weights.ending if ends and ground.after is None else 1.0
    price = share * (weights.fermata if law is Law.FERMATA else weights.free_bar)
    units, leave = span.units[0, column], span.bucket[tempo]
    pace = span.pace[tempo, 0]
    head = (units - over) / pace
    prices = np.full(len(units), price)
    return _rows(net, span, units, head, np.log(pace), leave, leave, prices, law, over, head)


def _rows(
    net: Net,
    span: _Span,
    units: Ints,
    lasting: Floats,
    heard: Floats,
    leave: Ints,
    arrive: Ints,
    price: Floats,
    law: Law,
    over: int,
    head: Floats,
) -> Rows:
    count = len(units)
    came = np.full(count, span.before, dtype=np.int64)
    opens_with = law is not Law.RAMP and net.ground.points[span.before].stop
    passed = _passed(net, span, units, (units - over) / np.maximum(head, 1e-9), head, opens_with)
    overs = np.full(count, over, dtype=np.int64)
    if law is Law.FREE:
        phases = np.arange(net.phases)
        at_stop = net.ground.points[span.before].stop
        opens = (phases - (units if at_stop else overs)[:, None]) % net.phases
        passed = np.where(opens == 0, 0.0 if passed is None else passed, np.inf)
    tails = np.full(count, int(law), dtype=np.int64)
    none = np.zeros(count, dtype=np.int64)
    return Rows(none, came, units, lasting, heard, leave, arrive, passed, price, tails, overs)


def _passed(
    net: Net, span: _Span, units: Ints, pace: Floats, head: Floats, opens_with: bool
) -> Floats | None:
    """Points of the hits passed over: at the tempo, but within the written units missed.

    `opens_with` says that the written units come first, as after a stop.
    """
    inner = [
        number
        for number in range(span.before + 1, span.point)
        if net.ground.points[number].hit is not None
    ]
    if not inner:
        return None
    found = np.zeros((len(units), net.phases))
    weights, room = net.ground.weights, net.fineness.room
    for number in inner:
        hit = net.ground.points[number]
        into = float(net.seconds[0, number] - net.seconds[0, span.before])
        at = units - pace * (span.gap - into) if opens_with else pace * into
        unit = np.clip(np.rint(at), 0, units)
        off = (unit - at) / np.maximum(pace, 1e-9)
        sounds = (span.gap - into if opens_with else into) <= head
        caught = sounds & (off >= -hit.early * room) & (off <= hit.late * room)
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        most = weights.most_off_points(hit.weight)
        flaw = np.minimum(weights.off * hit.weight * (off / scale) ** 2, most)
        flaw = np.where(caught, flaw, hit.price)
        left = (units - unit.astype(np.int64)) % net.phases
        found += net.place[number][net.roll[left]] * caught[:, None] + flaw[:, None]
    return found


def _joined(parts: list[Rows]) -> Rows:
    """All rows of `parts` in one, sorted by tempo on arrival."""
    arrive = np.concatenate([rows.arrive for rows in parts])
    order = np.argsort(arrive, kind="stable")
    phases = max((rows.passed.shape[1] for rows in parts if rows.passed is not None), default=0)
    passed = None
    if phases:
        blocks = [
            np.zeros((len(rows), phases)) if rows.passed is None else rows.passed for rows in parts
        ]
        passed = np.concatenate(blocks)[order]

    def all_of(name: str) -> Any:
        return np.concatenate([getattr(rows, name) for rows in parts])[order]

    return Rows(
        all_of("draw"),
        all_of("before"),
        all_of("units"),
        all_of("lasting"),
        all_of("heard"),
        all_of("leave"),
        arrive[order],
        passed,
        all_of("priced"),
        all_of("tail"),
        all_of("tail_units"),
    )
