"""The fewest people who can carry every line of a sketch, each in reach of who plays it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from scorestage.music import Ensemble, Player, Role
from scorestage.orchestration.carriers import Company, register_cost, speed_cost
from scorestage.orchestration.coverage import Uncovered
from scorestage.orchestration.job import Job
from scorestage.orchestration.plan import company_of
from scorestage.orchestration.practice import (
    Colour,
    colour,
    is_chordal,
    key_cost,
    lines_at_once,
    suit,
)
from scorestage.orchestration.values import Chair, SketchLine

_REACH = 12.0
_HANDS = 3
_LEAST_SUIT = 3
_SINGS = 6


def fewest(job: Job) -> Ensemble:
    """The ensemble without everybody who can be spared; those the composer named stay.

    Who plays chords counts for three lines, and whoever has the tune has nothing else. Players are
    spared by how many people they are, sections first; where even all cannot carry every line,
    nobody is spared who carries one now.
    """
    demands = [_demand(job, place) for place in range(len(job.phrases))]
    named = {one for reading in job.strands for one in reading.strand.assign}
    named |= {one for wish in job.assignments for one in wish.players}
    left = [one for one in job.ensemble.players if _plays_lines(one)]
    best = [_carried(demand, left) for demand in demands]
    seats = {one.id: seat for seat, one in enumerate(job.ensemble.players)}
    for player in sorted(left, key=lambda one: (-one.count, _worth(one), -seats[one.id])):
        if player.id in named or len(left) == 1:
            continue
        others = [one for one in left if one is not player]
        if all(_carried(one, others) >= most for one, most in zip(demands, best, strict=True)):
            left = others
    kept = {one.id for one in left} | named
    players = tuple(one for one in job.ensemble.players if one.id in kept)
    return replace(job.ensemble, players=players or job.ensemble.players)


def with_help(few: Ensemble, full: Ensemble, missing: Sequence[Uncovered]) -> Ensemble:
    """One player more: who reaches most of what is missing, the smallest section first."""
    known = {one.id for one in few.players}
    options = [one for one in full.players if one.id not in known and _plays_lines(one)]

    def worth(player: Player) -> tuple[int, int, int]:
        reached = sum(
            key_cost(player.instrument, one.tone.key, 0.0) < _REACH
            and suit(player.instrument, one.role) >= _LEAST_SUIT
            for one in missing
        )
        return -reached, player.count, -_worth(player)

    best = min(options, key=worth, default=None)
    if best is None or worth(best)[0] == 0:
        return few
    kept = known | {best.id}
    return replace(few, players=tuple(one for one in full.players if one.id in kept))


def _plays_lines(player: Player) -> bool:
    return colour(player.instrument) not in (Colour.DRUMS, Colour.TIMPANI)


def _worth(player: Player) -> int:
    """How many things a player is good for."""
    return sum(suit(player.instrument, role) for role in (Role.MELODY, Role.HARMONY, Role.BASS))


_Demand = tuple[Sequence[SketchLine], dict[str, list[bool]], dict[str, int]]


def _demand(job: Job, place: int) -> _Demand:
    """The lines of a phrase, and by player which of them lie in reach and how many at once."""
    lines = [one for one in job.lines(place) if one.is_pitched]
    lines = [one for one in lines if one.role is not Role.ACCENT]
    company = company_of(job, job.phrases[place], lines)
    reach = {
        chair.id: [_reaches(company, line, chair) for line in lines] for chair in company.chairs
    }
    rooms = {
        chair.id: min(
            lines_at_once(chair.player, chair.instrument),
            _HANDS if is_chordal(chair.instrument) else 2,
        )
        for chair in company.chairs
    }
    return lines, reach, rooms


def _reaches(company: Company, line: SketchLine, chair: Chair) -> bool:
    least = _SINGS if line.role is Role.MELODY else _LEAST_SUIT
    chords = line.role is Role.MELODY and is_chordal(chair.instrument)
    if chair.alternate or chords or suit(chair.instrument, line.role) < least:
        return False
    cost = register_cost(line, chair, company.phrase.level)
    return cost + speed_cost(line, chair, company.timing) < _REACH


def _carried(demand: _Demand, players: Sequence[Player]) -> int:
    """How many lines of a phrase these players can carry at once."""
    lines, reach, rooms = demand
    seats = [(one.id, turn) for one in players for turn in range(rooms[one.id])]
    if not lines or not seats:
        return 0
    gain = np.zeros((len(lines), len(seats)))
    for row, line in enumerate(lines):
        for column, (name, turn) in enumerate(seats):
            if reach[name][row] and not (turn and line.role is Role.MELODY):
                gain[row, column] = 1.0
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return int(gain[rows, columns].sum())
