"""How strong the layers of a score are against each other while the tune sounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorestage.music import Role

STEP_DB = 5.0
"""What one step of dynamics counts."""
UNDER = (Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.BASS, Role.COLOUR)
"""The layers that a tune has to be heard over; hits may cover it."""
SILENT_DB = -99.0


@dataclass(frozen=True, slots=True)
class Sounding:
    """One note of a player in a role, from `start` to `end` in quarters.

    `power` is its weight squared, in trumpets at forte, with 5 dB for each step from mf.
    """

    player: str
    role: Role
    start: float
    end: float
    power: float


def power_of(weight: float, level: float) -> float:
    """The power of a weight at a level in steps from mf.

    >>> round(power_of(1.0, 0.0), 3), round(power_of(1.0, 2.0), 3)
    (1.0, 10.0)
    """
    return (weight * 10 ** (level * STEP_DB / 20)) ** 2


def decibels(power: float) -> float:
    """A power in decibels: one trumpet at mf is 0.

    >>> round(decibels(10.0), 3), decibels(0.0)
    (10.0, -99.0)
    """
    return 10 * math.log10(power) if power > 0 else SILENT_DB


def powers(
    notes: Iterable[Sounding], start: float, end: float, *, with_tune: bool = True
) -> dict[Role, float]:
    """The mean power of each role in a span, over the time it sounds, there with the tune.

    Where there is no tune, or `with_tune` is false, over all the time it sounds. A player counts
    once in a role, whatever the chord. A role that never sounds with the tune is left out.

    >>> tune = Sounding("a", Role.MELODY, 0.0, 2.0, 1.0)
    >>> late = Sounding("b", Role.BASS, 1.0, 4.0, 4.0)
    >>> powers((tune, late), 0.0, 4.0) == {Role.MELODY: 1.0, Role.BASS: 4.0}
    True
    """
    inside = [one for one in notes if one.start < end and one.end > start]
    cuts = {start, end}
    for one in inside:
        cuts.add(max(one.start, start))
        cuts.add(min(one.end, end))
    ordered = sorted(cuts)
    tunes = [one for one in inside if one.role is Role.MELODY]
    only = with_tune and bool(tunes)
    total: dict[Role, float] = {}
    lasting: dict[Role, float] = {}
    for low, high in pairwise(ordered):
        if only and not any(one.start <= low < one.end for one in tunes):
            continue
        for role, power in _at(inside, low).items():
            total[role] = total.get(role, 0.0) + power * (high - low)
            lasting[role] = lasting.get(role, 0.0) + high - low
    return {role: total[role] / lasting[role] for role in total}


def _at(notes: Sequence[Sounding], now: float) -> Mapping[Role, float]:
    """The power of each role at a moment."""
    each: dict[tuple[Role, str], float] = {}
    for one in notes:
        if one.start <= now < one.end:
            key = one.role, one.player
            each[key] = max(each.get(key, 0.0), one.power)
    found: dict[Role, float] = {}
    for (role, _), power in each.items():
        found[role] = found.get(role, 0.0) + power
    return found


def strongest_under(found: Mapping[Role, float]) -> tuple[Role, float] | None:
    """The strongest layer under the tune and by how many decibels the tune stands over it.

    None where there is no tune, or nothing under it.
    """
    tune = found.get(Role.MELODY, 0.0)
    layers = {role: found[role] for role in UNDER if found.get(role, 0.0) > 0}
    if tune <= 0 or not layers:
        return None
    role = max(layers, key=lambda one: layers[one])
    return role, decibels(tune) - decibels(layers[role])
