"""A way to re-cut told as an answer: where every shot lies, what lands, and its price."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scorestage.conform.recutting.aims import aim_points, target_near
from scorestage.conform.recutting.edges import (
    shot_points,
    stretch_points,
    stretched_frame,
    task_edges,
)
from scorestage.conform.recutting.search import Found
from scorestage.conform.recutting.values import (
    Aim,
    Landed,
    Placed,
    Prices,
    Recut,
    Shot,
    ShotChange,
    Task,
)


def judged(task: Task, found: Found, name: str, prices: Prices) -> Recut:
    """A way found, with its price by the usual prices."""
    placed = _placed(task, found.changes)
    landed = tuple(_landed(task, one, placed) for one in task.aims)
    points = _points(task, found, placed, landed, prices)
    frames = (placed[-1].last if placed else task.shots[0].first) - task.shots[0].first
    return Recut(name, placed, found.dropped, landed, Fraction(round(points * 1000), 1000), frames)


def untouched(task: Task, prices: Prices) -> Recut:
    """The edit as it stands."""
    changes = tuple(ShotChange(index) for index in range(len(task.shots)))
    return judged(task, Found(changes, (), 0.0), "as it is", prices)


def _placed(task: Task, changes: tuple[ShotChange, ...]) -> tuple[Placed, ...]:
    found: list[Placed] = []
    at = task.shots[0].first
    for one in changes:
        shot = task.shots[one.shot]
        last = at + shot.frames - one.head_frames + one.tail_frames + one.stretched_frames
        found.append(Placed(one, at, last))
        at = last
    return tuple(found)


def action_frame(shot: Shot, placed: Placed, action: int) -> int:
    """Where an action of a shot (a frame of the film as it was) is seen now."""
    change = placed.change
    if change.stretched_frames:
        return placed.first + stretched_frame(shot, action, change.stretched_frames)
    return placed.first + action - shot.first - change.head_frames


def _landed(task: Task, aim: Aim, placed: tuple[Placed, ...]) -> Landed:
    place = aim.place
    after = _after(task, aim, placed)
    before = place.frame
    if before is None:
        ends = place.shot == len(task.shots)
        before = task.shots[-1].last if ends else task.shots[place.shot].first
    held = after if after is not None else before
    target = target_near(aim, held)
    return Landed(place, target, before, after, aim.must)


def _after(task: Task, aim: Aim, placed: tuple[Placed, ...]) -> int | None:
    place = aim.place
    if place.shot == len(task.shots):
        return placed[-1].last if placed else None
    mine = next((one for one in placed if one.change.shot == place.shot), None)
    if mine is None:
        return None
    if place.frame is None:
        return mine.first
    return action_frame(task.shots[place.shot], mine, place.frame)


def _points(
    task: Task,
    found: Found,
    placed: tuple[Placed, ...],
    landed: tuple[Landed, ...],
    prices: Prices,
) -> float:
    total = sum(change_points(task, one.change, prices) for one in placed)
    total += prices.dropped * len(found.dropped)
    order = [one.change.shot for one in placed]
    total += prices.swapped * sum(a > b for a, b in pairwise(order))
    for aim, one in zip(task.aims, landed, strict=True):
        if one.after_frame is None:
            total += max((target.worth for target in aim.targets), default=0.0)
        else:
            total += aim_points(aim, one.after_frame, prices, nearest=True)
    return total


def change_points(task: Task, change: ShotChange, prices: Prices) -> float:
    """What one shot's change costs; infinite where its limits forbid it."""
    shot = task.shots[change.shot]
    if change.stretched_frames:
        return stretch_points(shot, change.stretched_frames, prices)
    if change.is_nothing:
        return 0.0
    edges = task_edges(task, change.shot)
    table = shot_points(shot, edges, task.limits, prices)
    row = change.head_frames - edges.head_low.frames
    column = change.tail_frames - edges.tail_low.frames
    inside = 0 <= row < table.shape[0] and 0 <= column < table.shape[1]
    return float(table[row, column]) if inside else float("inf")
