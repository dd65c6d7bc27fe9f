"""What each place of a cut or an action costs, by what was asked to land where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scorestage.conform.recutting.edges import Floats
from scorestage.conform.recutting.values import Aim, Prices, Target, Task


def aim_points(aim: Aim, frame: int, prices: Prices, *, nearest: bool) -> float:
    """What it costs that the thing aimed lies on this frame: 0 on the best target.

    >>> from fractions import Fraction
    >>> from scorestage.conform.recutting.values import Place
    >>> aim = Aim(Place(1), (Target(48, 3.0, Fraction(48)), Target(36, 1.0, Fraction(36))))
    >>> [aim_points(aim, frame, Prices(), nearest=False) for frame in (48, 36, 40)]
    [0.0, 2.0, 3.0]
    """
    if aim.must:
        away = abs(frame - aim.targets[0].frame)
        if not away:
            return 0.0
        return prices.missed + prices.missed_frame * away if nearest else np.inf
    best = max((one.worth for one in aim.targets), default=0.0)
    return best - max((one.worth for one in aim.targets if one.frame == frame), default=0.0)


def aims_at(aims: Sequence[Aim], base: int, width: int, prices: Prices, nearest: bool) -> Floats:
    """The points of all these aims for each frame from `base` on."""
    found = np.zeros(width)
    for aim in aims:
        if aim.must:
            away = np.abs(np.arange(base, base + width) - aim.targets[0].frame)
            missed = prices.missed + prices.missed_frame * away if nearest else np.inf
            found += np.where(away == 0, 0.0, missed)
            continue
        worth = np.zeros(width)
        for target in aim.targets:
            if 0 <= target.frame - base < width:
                at = target.frame - base
                worth[at] = max(worth[at], target.worth)
        found += max((one.worth for one in aim.targets), default=0.0) - worth
    return found


def cut_aims(task: Task, boundary: int) -> tuple[Aim, ...]:
    """What the cut into a shot (or, of their number, the end of the last) is to land on."""
    return tuple(one for one in task.aims if one.place.frame is None and one.place.shot == boundary)


def action_aims(task: Task, shot: int) -> tuple[Aim, ...]:
    """What the actions in a shot are to land on."""
    return tuple(one for one in task.aims if one.place.frame is not None and one.place.shot == shot)


def target_near(aim: Aim, frame: int | None) -> Target | None:
    """What it is held against: the one asked for, else the one met, else the nearest of worth."""
    if aim.must or not aim.targets or frame is None:
        return aim.targets[0] if aim.must else None
    met = [one for one in aim.targets if one.frame == frame]
    if met:
        return max(met, key=lambda one: one.worth)
    return min(aim.targets, key=lambda one: (abs(one.frame - frame), -one.worth))
