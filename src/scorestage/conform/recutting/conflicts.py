"""Why a landing cannot be had: against which other landing, handle or words, by how many frames."""

from __future__ import annotations

from dataclasses import replace

from scorestage.conform.recutting.edges import stretches, task_edges
from scorestage.conform.recutting.judging import judged
from scorestage.conform.recutting.search import cheapest
from scorestage.conform.recutting.values import Aim, Conflict, Landed, Prices, Shot, Task

_MOST_REASONS = 6


def conflicts_of(task: Task, prices: Prices) -> tuple[Conflict, ...]:
    """The landings asked for that the limits forbid, with what binds; empty where all can be had.

    Each is told beside the one before it with which it cannot be had, if it could be had alone.
    """
    eager = replace(prices, missed_frame=prices.missed_frame * 100)
    way = cheapest(replace(task, nearest=True), eager)
    if way is None:
        return ()
    landed = judged(task, way, "", prices).landed
    pairs = [(a, b) for a, b in zip(task.aims, landed, strict=True) if a.must and not b.is_met]
    return tuple(_told(task, aim, one, prices) for aim, one in pairs)


def _told(task: Task, aim: Aim, landed: Landed, prices: Prices) -> Conflict:
    against = _against(task, aim, prices)
    after = landed.after_frame if landed.after_frame is not None else landed.before_frame
    short = after - aim.targets[0].frame
    first = against.place.shot if against is not None else 0
    last = aim.place.shot + (aim.place.frame is not None)
    low, high = sorted((first, max(last, first + 1)))
    return Conflict(aim, short, against, reasons_of(task, low, high, longer=short < 0))


def _against(task: Task, aim: Aim, prices: Prices) -> Aim | None:
    """The landing nearest to it that it cannot be had together with; None: it fails alone."""
    musts = [one for one in task.aims if one.must and one is not aim]
    if cheapest(replace(task, aims=(aim,)), prices) is None:
        return None
    for other in sorted(musts, key=lambda one: abs(one.place.shot - aim.place.shot)):
        if cheapest(replace(task, aims=(other, aim)), prices) is None:
            return other
    return None


def reasons_of(task: Task, first: int, last: int, *, longer: bool) -> tuple[str, ...]:
    """What keeps the shots from `first` up to `last` from growing (or shrinking) further."""
    found: list[str] = []
    for index in range(first, min(last, len(task.shots))):
        found += _of_shot(task, index, longer)
    if len(found) > _MOST_REASONS:
        found = [*found[:_MOST_REASONS], f"and {len(found) - _MOST_REASONS} more"]
    return tuple(found)


def _of_shot(task: Task, index: int, longer: bool) -> list[str]:
    shot = task.shots[index]
    linked = task.shots[index - 1].linked if index else task.link_before
    edges = task_edges(task, index)
    head, tail = (edges.head_low, edges.tail_high) if longer else (edges.head_high, edges.tail_low)
    told = [f"shot {shot.number}: head {abs(head.frames)} frames, {head.why}"]
    if linked:
        told = [f"shot {shot.number}: dialogue comes over the cut, its head only rolls"]
    if shot.linked:
        told.append(f"shot {shot.number}: dialogue goes on over the cut, its tail only rolls")
    else:
        told.append(f"shot {shot.number}: tail {abs(tail.frames)} frames, {tail.why}")
    return [*told, *_speed_words(shot, task, linked)]


def _speed_words(shot: Shot, task: Task, linked: bool) -> list[str]:
    if task.limits.retime and len(stretches(shot, task.limits, linked)) == 1 and shot.spoken:
        return [f"shot {shot.number}: keeps its speed, somebody speaks"]
    return []
