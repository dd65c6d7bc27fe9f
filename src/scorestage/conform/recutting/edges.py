"""What may come off or go onto each edge of a shot, why no more, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.conform.recutting.values import Limits, Prices, Shot, Task

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bound:
    """The furthest an edge moves one way, in frames, and what holds it."""

    frames: int
    why: str


@dataclass(frozen=True, slots=True)
class Edges:
    """How a shot's edges may move: head from `head_low` (frames put on, negative) to `head_high`
    (frames off), tail from `tail_low` (off, negative) to `tail_high` (put on)."""

    head_low: Bound
    head_high: Bound
    tail_low: Bound
    tail_high: Bound
    hold_from: int
    """Tail frames beyond these are held."""


def edges_of(shot: Shot, limits: Limits, linked_before: bool) -> Edges:
    """The bounds of a shot's edges, each with the reason in an editor's words.

    >>> shot = Shot(3, "A001", 100, 148, head_frames=6, spoken=((110, 130),))
    >>> edges = edges_of(shot, Limits(), False)
    >>> edges.head_high.frames, edges.head_high.why, edges.head_low.frames
    (8, 'dialogue from frame 110', -6)
    >>> edges.tail_high
    Bound(frames=0, why='its source has no frames after it (no handle)')
    """
    if shot.locked:
        stays = Bound(0, "the shot is locked")
        return Edges(stays, stays, stays, stays, 0)
    most = min(limits.trim_frames, int(limits.share * shot.frames))
    most = max(0, min(most, shot.frames - max(limits.shortest_frames, shot.mix_frames)))
    off = Bound(most, f"no more than {most} frames may come off an edge")
    on = limits.add_frames
    head_high, tail_low = _kept_clear(shot, limits, off, linked_before)
    head_low = _handle(shot.head_frames, on, "before")
    tail_high = _handle(shot.tail_frames, on, "after")
    hold_from = tail_high.frames
    if limits.hold_frames and not shot.spoken and not shot.linked:
        words = f"no frame may be held longer than {limits.hold_frames}"
        tail_high = Bound(tail_high.frames + limits.hold_frames, words)
    return Edges(
        Bound(-head_low.frames, head_low.why),
        head_high,
        Bound(-tail_low.frames, tail_low.why),
        tail_high,
        hold_from,
    )


def task_edges(task: Task, index: int) -> Edges:
    """The bounds of a shot of the task: where the music enters, the head of its shot stays."""
    shots = task.shots
    linked = shots[index - 1].linked if index else task.link_before
    edges = edges_of(shots[index], task.limits, linked)
    if not index:
        stays = Bound(0, "the music enters over this shot: its head stays")
        edges = replace(edges, head_low=stays, head_high=stays)
    if index + 1 == len(shots) and shots[index].linked:
        stays = Bound(0, "dialogue goes on over the cut, and what lies beyond it stays")
        edges = replace(edges, tail_low=stays, tail_high=stays, hold_from=0)
    return edges


def _handle(has: int, most: int, side: str) -> Bound:
    if has <= 0:
        return Bound(0, f"its source has no frames {side} it (no handle)")
    if has < most:
        return Bound(has, f"its handle is {has} frames")
    return Bound(most, f"no more than {most} frames of handle may go on")


def _kept_clear(shot: Shot, limits: Limits, off: Bound, linked_before: bool) -> tuple[Bound, Bound]:
    """The most that may come off head and tail: no word is cut, no action lost."""
    head = tail = off
    for first, last in shot.spoken:
        crosses_head = linked_before and first < shot.first < last
        crosses_tail = shot.linked and first < shot.last < last
        words = f"dialogue from frame {first}"
        room = max(0, first - limits.breath_frames - shot.first)
        if not crosses_head and room < head.frames:
            head = Bound(room, words)
        room = max(0, shot.last - last - limits.breath_frames)
        if not crosses_tail and room < tail.frames:
            tail = Bound(room, f"dialogue up to frame {last}")
    for frame in shot.actions:
        before = max(0, frame - limits.action_frames - shot.first)
        after = max(0, shot.last - frame - 1 - limits.action_frames)
        words = f"the action at frame {frame}"
        head = Bound(before, words) if before < head.frames else head
        tail = Bound(after, words) if after < tail.frames else tail
    return head, tail


def edge_points(shot: Shot, edges: Edges, prices: Prices) -> tuple[Floats, Floats]:
    """The price of each move of the head and of the tail, from their low bounds on."""
    head = [
        _points(off, shot.frames, prices)
        for off in range(edges.head_low.frames, edges.head_high.frames + 1)
    ]
    tail = []
    for on in range(edges.tail_low.frames, edges.tail_high.frames + 1):
        shown = min(on, edges.hold_from)
        held = on - shown
        points = _points(-shown, shot.frames, prices)
        tail.append(
            points + (prices.held + prices.held_frame * held * prices.scale if held else 0.0)
        )
    return np.array(head), np.array(tail)


def _points(off_frames: int, frames: int, prices: Prices) -> float:
    if off_frames > 0:
        share = prices.trimmed_share * off_frames / frames
        return prices.touch + prices.trimmed_frame * off_frames * prices.scale + share
    if off_frames < 0:
        return prices.added - prices.added_frame * off_frames * prices.scale
    return 0.0


def shot_points(shot: Shot, edges: Edges, limits: Limits, prices: Prices) -> Floats:
    """The price of every pair of moves (head x tail); infinite where too little would be left."""
    head, tail = edge_points(shot, edges, prices)
    offs = np.arange(edges.head_low.frames, edges.head_high.frames + 1)
    ons = np.arange(edges.tail_low.frames, edges.tail_high.frames + 1)
    slips = offs[:, None] * ons[None, :] > 0
    lesser = np.minimum(head[:, None], tail[None, :]) * np.where(slips, prices.slipped, 1.0)
    both = np.maximum(head[:, None], tail[None, :]) + lesser
    left = shot.frames - offs[:, None] + ons[None, :]
    least = min(shot.frames, max(limits.shortest_frames, shot.mix_frames))
    return np.where(left >= least, both, np.inf)


def stretches(shot: Shot, limits: Limits, linked_before: bool) -> range:
    """By how many frames a shot may grow or shrink by its speed; only 0 where it may not.

    A shot in which somebody speaks keeps its speed, and so does one whose action has to stay.
    """
    if shot.spoken or shot.linked or linked_before or shot.locked or not shot.retimes:
        return range(0, 1)
    most = int(limits.retime * shot.frames)
    return range(-most, most + 1)


def stretch_points(shot: Shot, frames: int, prices: Prices) -> float:
    """The price of a changed speed."""
    if not frames:
        return 0.0
    return prices.retimed + prices.retimed_percent * abs(frames) / shot.frames * 100


def stretched_frame(shot: Shot, action: int, frames: int) -> int:
    """How far into the shot an action is first seen when the shot is `frames` longer by speed.

    >>> stretched_frame(Shot(1, "A", 0, 100), 50, 4)
    52
    """
    into = Fraction(action - shot.first) * (shot.frames + frames) / shot.frames
    return -(-into.numerator // into.denominator)
