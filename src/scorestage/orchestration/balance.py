"""How strong each line of the sketch is in each bar, in trumpets at forte and in decibels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scorestage.music import Player, Role, Score
from scorestage.orchestration.explaining import Account, Kind
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.practice import strength

_STEP_DB = 5.0
_UNDER = (Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.BASS, Role.COLOUR)


@dataclass(frozen=True, slots=True)
class LineBalance:
    """One role in one bar: who plays it, their weight, how loud that is.

    `weight` is the sum of the catalogue's weights (one trumpet at forte is 1), after
    Rimsky-Korsakov; `level_db` adds the printed dynamics (mf is 0, a step 5 dB).
    """

    bar_index: int
    bar: str
    role: Role
    players: tuple[str, ...]
    weight: float
    level_db: float


def balance_of(account: Account, score: Score) -> tuple[LineBalance, ...]:
    """Bar by bar the weight of tune, counter-melody, harmony, rhythm, bass and colour."""
    grid = account.grid
    players = {line.player.id: line.player for line in score.lines}
    curves = {line.player.id: LevelCurve(line.staves[0]) for line in score.lines if line.staves}
    sounding: dict[tuple[int, Role], dict[str, None]] = {}
    for one in account.played:
        if one.kind is Kind.PERCUSSION:
            continue
        first, last = grid.index_at(one.at), grid.index_at(one.end)
        until = last + 1 if one.end > grid.starts[last] else last
        for bar in range(first, max(first + 1, until)):
            sounding.setdefault((bar, one.role), {})[one.player] = None
    found = []
    order = list(Role)
    for bar, role in sorted(sounding, key=lambda place: (place[0], order.index(place[1]))):
        names = tuple(sounding[bar, role])
        at = grid.starts[bar].quarters
        levels = [curves[name].at(at) for name in names]
        weights = [_weight(players[name], level) for name, level in zip(names, levels, strict=True)]
        power = sum(
            (weight * 10 ** (level * _STEP_DB / 20)) ** 2
            for weight, level in zip(weights, levels, strict=True)
        )
        level_db = 10 * math.log10(power) if power > 0 else -99.0
        label = str(grid.bars[bar].label)
        found.append(
            LineBalance(bar, label, role, names, round(sum(weights), 2), round(level_db, 1))
        )
    return tuple(found)


def _weight(player: Player, level: float) -> float:
    return strength(player.instrument, player.count, level)


def tune_margins(balance: tuple[LineBalance, ...]) -> dict[int, float]:
    """By bar how many decibels the tune stands above the strongest layer under it."""
    found = {}
    for bar in {one.bar_index for one in balance}:
        here = {one.role: one.level_db for one in balance if one.bar_index == bar}
        under = [here[role] for role in _UNDER if role in here]
        if Role.MELODY in here and under:
            found[bar] = round(here[Role.MELODY] - max(under), 1)
    return found
