"""Several ways to re-cut, ranked, and each good in another way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.conform.recutting.judging import judged
from scorestage.conform.recutting.obstacles import wider
from scorestage.conform.recutting.search import cheapest
from scorestage.conform.recutting.values import Limits, Prices, Recut, Task

LEAST_CHANGE = "least change"
USUAL = Prices()
_SPARING = 5
"""How many times dearer it is to touch a shot where as few as can be are to be touched."""
OTHER_WAYS = 2
_EAGER = 8.0
"""How much cheaper every change is where as much as can be is to land."""
MOST = "as many as can land"


def recuts(task: Task, prices: Prices = USUAL, top: int = 6) -> tuple[Recut, ...]:
    """Ways to re-cut, the cheapest first; the first is the cheapest of all the limits allow.

    The others are each the cheapest of their manner: the stretch as long as it was, no frame used
    that was not chosen, nothing at another speed, in small steps, on the fewest shots, on other
    shots; and where cuts are only proposed, as many landings as the limits allow. Where limits let
    out land still more, those ways come last, named by the option that allows them. Empty where
    what was asked for cannot be had at all (`conflicts_of` says why).
    """
    found: list[Recut] = []
    for name, one, how in _manners(task, prices):
        way = cheapest(one, how)
        if way is not None:
            found.append(judged(task, way, name, prices))
    if not found:
        return ()
    for _ in range(OTHER_WAYS):
        touched = {change.shot for one in found for change in one.changes if not change.is_nothing}
        way = cheapest(task, prices, frozenset(touched))
        if way is None:
            break
        found.append(judged(task, way, "on other shots", prices))
    return _with_wider(task, prices, _ranked(found, top), top)


def _with_wider(
    task: Task, prices: Prices, found: tuple[Recut, ...], top: int
) -> tuple[Recut, ...]:
    """Beside them the ways that land more than any of these, were one limit let out."""
    if all(one.must for one in task.aims):
        return found
    wide: list[Recut] = []
    most = max(map(_met, found))
    for words, limits in wider(task.limits):
        if words.startswith("--trim"):
            continue
        let = replace(task, limits=limits)
        way = cheapest(let, _eager(prices))
        if way is not None:
            one = judged(let, way, f"beyond the limits, with {words}", prices)
            wide += [one] if _met(one) > most else []
    return (*found[: max(1, top - len(wide))], *wide)[:top]


def _met(way: Recut) -> int:
    return sum(one.is_met for one in way.landed)


def _eager(prices: Prices) -> Prices:
    """Changes cost little beside what lands."""
    return replace(
        prices,
        touch=prices.touch / _EAGER,
        trimmed_frame=prices.trimmed_frame / _EAGER,
        trimmed_share=prices.trimmed_share / _EAGER,
        added=prices.added / _EAGER,
        added_frame=prices.added_frame / _EAGER,
        held=prices.held / _EAGER,
        held_frame=prices.held_frame / _EAGER,
        retimed=prices.retimed / _EAGER,
        retimed_percent=prices.retimed_percent / _EAGER,
    )


def _manners(task: Task, prices: Prices) -> tuple[tuple[str, Task, Prices], ...]:
    limits = task.limits
    sparing = replace(prices, touch=prices.touch * _SPARING, added=prices.added * _SPARING)
    own_speed = replace(limits, retime=Fraction(0), hold_frames=0)
    return (
        (LEAST_CHANGE, task, prices),
        ("as long as before", replace(task, keep_end=True), prices),
        ("at its own speed", replace(task, limits=own_speed), prices),
        ("no frame put on", replace(task, limits=replace(own_speed, add_frames=0)), prices),
        ("in small steps", replace(task, limits=_small(limits)), prices),
        ("on the fewest shots", task, sparing),
        (MOST, task, _eager(prices)),
    )


def _small(limits: Limits) -> Limits:
    """A third of what is allowed at each edge: spread over more shots, nobody sees it."""
    trim, add = max(1, limits.trim_frames // 3), max(1, limits.add_frames // 3)
    return replace(limits, trim_frames=trim, add_frames=add)


def _ranked(found: list[Recut], top: int) -> tuple[Recut, ...]:
    kept: list[Recut] = []
    for one in sorted(found, key=lambda way: (way.name != LEAST_CHANGE, way.points)):
        if all(one.changes != other.changes or one.order != other.order for other in kept):
            kept.append(one)
    first, *others = kept
    return (first, *sorted(others, key=lambda way: way.points))[:top]
