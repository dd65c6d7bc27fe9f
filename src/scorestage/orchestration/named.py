"""Everybody whom the composer names for a line plays it: `Hn 1-2` over one line is both of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.orchestration.carriers import Carrier, Company, register_cost
from scorestage.orchestration.playing import ROLE_WORDS, carrier_task, double_task
from scorestage.orchestration.practice import IMPOSSIBLE, Colour, colour
from scorestage.orchestration.values import Chair, SketchLine, Task

_OCTAVES = (0, -1, 1, -2, 2)
_FARTHER = 8.0
_WHY = "the composer's own choice"
_STILL = (Colour.DRUMS, Colour.TIMPANI)


def named_too(
    company: Company, carried: Sequence[Carrier], lines: Sequence[SketchLine], place: int
) -> list[Task]:
    """The tasks of those who are named for a strand here and have none of its lines yet.

    They share its lines in turn, at pitch or, where most of a phrase lies outside the instrument,
    all of it in the octave that suits it best.
    """
    busy = {one.chair.id for one in carried}
    found: list[Task] = []
    for strand, players in company.named.items():
        own = sorted((line for line in lines if line.strand == strand), key=_order)
        idle = [
            chair
            for chair in company.chairs
            if chair.id in players and chair.id not in busy and not chair.alternate
        ]
        for turn, chair in enumerate(idle if own else []):
            task = _task(company, own[turn % len(own)], chair, place)
            if task is not None:
                busy.add(chair.id)
                found.append(task)
    return found


def _order(line: SketchLine) -> int:
    return line.index


def _task(company: Company, line: SketchLine, chair: Chair, place: int) -> Task | None:
    """The line in the octave of least cost; None for who cannot play it in any."""
    if colour(chair.instrument) in _STILL:
        return None
    level = company.phrase.level
    costs = [
        (register_cost(line, chair, level, octaves) + _FARTHER * abs(octaves), octaves)
        for octaves in _OCTAVES
    ]
    cost, octaves = min(costs, key=lambda option: option[0])
    if cost >= IMPOSSIBLE:
        return None
    if not octaves:
        return carrier_task(line, chair, place, f"{_WHY}, with the others")
    way = "up" if octaves > 0 else "down"
    count = "an octave" if abs(octaves) == 1 else "two octaves"
    why = f"{_WHY}: the {ROLE_WORDS[line.role]} lies outside the instrument, so {count} {way}"
    return replace(
        double_task(line, chair, place, octaves, why),
        priority=carrier_task(line, chair, place, why).priority,
        essential=True,
    )
