"""The cheapest re-cut by trying everything, with the rules written out a second time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, inf

from scorestage.conform.recutting import Aim, Prices, Shot, ShotChange, Task


def cheapest_by_trying(task: Task, prices: Prices) -> float:
    """The price of the cheapest way there is; infinite where there is none."""
    best = inf
    choices = [list(_moves(task, index)) for index in range(len(task.shots))]
    for order in _orders(task):
        swaps = sum(a > b for a, b in pairwise(order))
        for moves in product(*choices):
            best = min(best, _price(task, prices, order, moves) + swaps * prices.swapped)
    return best


def _orders(task: Task) -> Iterator[tuple[int, ...]]:
    plain = tuple(range(len(task.shots)))
    yield plain
    for index, shot in enumerate(task.shots):
        free = index > 0 and index + 1 < len(task.shots)
        if not shot.may_swap or not free:
            continue
        if task.shots[index - 1].linked or shot.linked or task.shots[index + 1].linked:
            continue
        yield (*plain[:index], index + 1, index, *plain[index + 2 :])


def _moves(task: Task, index: int) -> Iterator[ShotChange]:
    shot, limits = task.shots[index], task.limits
    before = task.shots[index - 1].linked if index else task.link_before
    quiet = not (shot.spoken or shot.linked or before)
    if shot.may_drop and quiet:
        yield ShotChange(index, dropped=True)
    held = limits.hold_frames if not (shot.spoken or shot.linked) and not shot.locked else 0
    for head in range(-limits.add_frames, limits.trim_frames + 1):
        for tail in range(-limits.trim_frames, limits.add_frames + held + 1):
            if _allowed(task, index, head, tail, held):
                over = max(0, tail - min(shot.tail_frames, limits.add_frames))
                yield ShotChange(index, head, tail, held_frames=over)
    if quiet and not shot.locked and index:
        most = int(limits.retime * shot.frames)
        yield from (ShotChange(index, stretched_frames=k) for k in range(-most, most + 1) if k)


def _allowed(task: Task, index: int, head: int, tail: int, held: int) -> bool:
    shot, limits = task.shots[index], task.limits
    if head == 0 and tail == 0:
        return True
    if shot.locked:
        return False
    if index == 0 and head:
        return False
    if index + 1 == len(task.shots) and shot.linked and tail:
        return False
    if -head > shot.head_frames or tail > min(shot.tail_frames, limits.add_frames) + held:
        return False
    length = shot.frames
    off = min(limits.trim_frames, int(limits.share * length), length - limits.shortest_frames)
    if head > max(0, off) or -tail > max(0, off):
        return False
    if length - head + tail < min(length, limits.shortest_frames):
        return False
    before = task.shots[index - 1].linked if index else task.link_before
    for first, last in shot.spoken:
        over_head = before and first < shot.first < last
        over_tail = shot.linked and first < shot.last < last
        if head > 0 and not over_head and shot.first + head + limits.breath_frames > first:
            return False
        if tail < 0 and not over_tail and shot.last + tail - limits.breath_frames < last:
            return False
    for one in shot.actions:
        if head > 0 and shot.first + head > one - limits.action_frames:
            return False
        if tail < 0 and shot.last + tail <= one + limits.action_frames:
            return False
    return True


def _price(
    task: Task, prices: Prices, order: tuple[int, ...], moves: tuple[ShotChange, ...]
) -> float:
    at, total = task.shots[0].first, 0.0
    shifts: dict[int, int] = {}
    heads: dict[int, int | None] = {}
    seen: dict[tuple[int, int], int] = {}
    for index in order:
        shot, move = task.shots[index], moves[index]
        if move.dropped:
            total += prices.dropped
            heads[index] = None
            continue
        heads[index] = at
        shifts[index] = at - shot.first - move.head_frames
        for action in shot.actions:
            into = Fraction(action - shot.first) * (shot.frames + move.stretched_frames)
            seen[index, action] = at - move.head_frames + ceil(into / shot.frames)
        at += shot.frames - move.head_frames + move.tail_frames + move.stretched_frames
        total += _move_price(shot, move, prices, task)
    heads[len(task.shots)] = at
    if task.keep_end and at != task.shots[-1].last:
        return inf
    for index, shot in enumerate(task.shots[:-1]):
        if shot.linked:
            rolls = moves[index].tail_frames == moves[index + 1].head_frames
            if not rolls or shifts[index] != shifts[index + 1]:
                return inf
    return total + sum(_aim_price(one, heads, seen) for one in task.aims)


def _move_price(shot: Shot, move: ShotChange, prices: Prices, task: Task) -> float:
    if move.stretched_frames:
        percent = abs(move.stretched_frames) / shot.frames * 100
        return prices.retimed + prices.retimed_percent * percent
    tail = move.tail_frames - move.held_frames
    edges = [_edge(move.head_frames, shot, prices), _edge(-tail, shot, prices)]
    if move.held_frames:
        edges[1] += prices.held + prices.held_frame * move.held_frames
    slips = move.head_frames * move.tail_frames > 0
    return max(edges) + min(edges) * (prices.slipped if slips else 1.0)


def _edge(off: int, shot: Shot, prices: Prices) -> float:
    if off > 0:
        share = off / shot.frames
        return prices.touch + prices.trimmed_frame * off + prices.trimmed_share * share
    return prices.added + prices.added_frame * -off if off else 0.0


def _aim_price(aim: Aim, heads: dict[int, int | None], seen: dict[tuple[int, int], int]) -> float:
    place = aim.place
    at = heads[place.shot] if place.frame is None else seen.get((place.shot, place.frame))
    best = max(one.worth for one in aim.targets)
    if aim.must:
        return 0.0 if at == aim.targets[0].frame else inf
    if at is None:
        return best
    return best - max((one.worth for one in aim.targets if one.frame == at), default=0.0)
