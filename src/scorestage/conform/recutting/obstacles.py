"""Why a cut that was proposed stays off its beat: its price, its neighbours, or its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.conform.recutting.conflicts import reasons_of
from scorestage.conform.recutting.judging import judged
from scorestage.conform.recutting.search import cheapest
from scorestage.conform.recutting.values import (
    Aim,
    Landed,
    Limits,
    Prices,
    Recut,
    Target,
    Task,
    met_aims,
)

_NEAREST = 2
_SHOTS_SEARCHED = 1500
"""How many shots are gone through at most to say why: on a whole reel the first cuts only."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps one cut (or action) of a way off the music nearest to it.

    `points` is what the whole way would cost more if it landed; None where it cannot within the
    limits. Then `against` names the other landings it cannot be had with, `reasons` what holds the
    shots around it, and `helps` what would let it land.
    """

    landed: Landed
    target: Target
    points: float | None
    against: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()


def obstacles_of(task: Task, way: Recut, prices: Prices) -> tuple[Obstacle, ...]:
    """For what was only proposed and does not land in this way, in film order: why not.

    On a stretch of very many shots the first ones only are told.
    """
    pairs = zip(task.aims, way.landed, strict=True)
    missed = [(aim, one) for aim, one in pairs if not aim.must and not one.is_met]
    most = max(1, _SHOTS_SEARCHED // len(task.shots))
    return tuple(_told(task, way, aim, one, prices) for aim, one in missed[:most] if aim.targets)


def _told(task: Task, way: Recut, aim: Aim, landed: Landed, prices: Prices) -> Obstacle:
    """The nearest beats are tried, with all that lands in the way landing still."""
    held = met_aims(task, way)
    lies = landed.after_frame if landed.after_frame is not None else landed.before_frame
    near = sorted(aim.targets, key=lambda one: (abs(one.frame - lies), -one.worth))[:_NEAREST]
    for target in near:
        dearer = _price(task, way, (*held, _forced(aim, target)), prices)
        if dearer is not None:
            return Obstacle(landed, target, dearer)
    return _held_back(task, aim, landed, near[0], held, prices)


def _held_back(
    task: Task, aim: Aim, landed: Landed, target: Target, held: tuple[Aim, ...], prices: Prices
) -> Obstacle:
    forced = _forced(aim, target)
    if _can(replace(task, aims=(forced,)), prices):
        beside = sorted(held, key=lambda one: abs(one.place.shot - aim.place.shot))
        against = (one for one in beside if not _can(replace(task, aims=(one, forced)), prices))
        one = next(against, None)
        words = () if one is None else (f"{one.place.words} on {one.targets[0].words}",)
        return Obstacle(landed, target, None, words, (), _helps(task, (*held, forced), prices))
    lies = landed.after_frame if landed.after_frame is not None else landed.before_frame
    shot = aim.place.shot
    first, last = max(0, shot - 1), shot + (aim.place.frame is not None)
    reasons = reasons_of(task, first, max(last, first + 1), longer=lies < target.frame)
    return Obstacle(landed, target, None, (), reasons, _helps(task, (forced,), prices))


def _helps(task: Task, aims: tuple[Aim, ...], prices: Prices) -> tuple[str, ...]:
    """Which one limit, let out, would let these land; none of them where it takes several."""
    return tuple(
        words
        for words, limits in wider(task.limits)
        if _can(replace(task, aims=aims, limits=limits), prices)
    )


def wider(limits: Limits) -> tuple[tuple[str, Limits], ...]:
    """The limits let out one by one, each with the option that says so.

    >>> [words for words, _ in wider(Limits())]
    ['--retime 8', '--hold 12', '--trim 48']
    """
    percent = float(limits.retime * 200)
    return (
        (f"--retime {percent:g}", replace(limits, retime=limits.retime * 2)),
        (f"--hold {max(12, 2 * limits.hold_frames)}", replace(
            limits, hold_frames=max(12, 2 * limits.hold_frames)
        )),
        (f"--trim {2 * limits.trim_frames}", replace(
            limits, trim_frames=2 * limits.trim_frames, share=min(Fraction(1), limits.share * 2)
        )),
    )  # fmt: skip


def _forced(aim: Aim, target: Target) -> Aim:
    return Aim(aim.place, (target,), must=True)


def _can(task: Task, prices: Prices) -> bool:
    return cheapest(task, prices) is not None


def _price(task: Task, way: Recut, aims: tuple[Aim, ...], prices: Prices) -> float | None:
    """How much dearer it gets when these must land, the other wishes as they are."""
    places = {(one.place.shot, one.place.frame) for one in aims}
    others = [one for one in task.aims if (one.place.shot, one.place.frame) not in places]
    found = cheapest(replace(task, aims=(*aims, *others)), prices)
    if found is None:
        return None
    return float(judged(task, found, "", prices).points - way.points)
