"""How strong each line of the sketch is in each bar, in trumpets at forte and in decibels."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.music import Player, Role, Score
from scorestage.orchestration.explaining import Account, Kind
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.practice import strength
from scorestage.orchestration.strengths import (
    UNDER,
    Sounding,
    decibels,
    power_of,
    powers,
)


@dataclass(frozen=True, slots=True)
class LineBalance:
    """One role in one bar: who plays it, their weight, how loud that is.

    `weight` is the sum of the catalogue's weights (one trumpet at forte is 1), after
    Rimsky-Korsakov; `level_db` adds the printed dynamics (mf is 0, a step 5 dB) and is the mean
    while the tune sounds, where it does. `with_tune` is whether both sound together in that bar.
    """

    bar_index: int
    bar: str
    role: Role
    players: tuple[str, ...]
    weight: float
    level_db: float
    with_tune: bool = True


@dataclass(slots=True)
class _Bar:
    """What sounds in a bar, and for each role who has it, with the weight at the first note."""

    notes: list[Sounding]
    weights: dict[Role, dict[str, float]]


def balance_of(account: Account, score: Score) -> tuple[LineBalance, ...]:
    """Bar by bar the weight of tune, counter-melody, harmony, rhythm, bass and colour."""
    grid = account.grid
    order = list(Role)
    found = []
    for index, bar in enumerate(_bars(account, score)):
        start = float(grid.starts[index].quarters)
        end = start + float(grid.bars[index].meter.length.quarters)
        start = min([start, *(one.start for one in bar.notes)]) if index == 0 else start
        own = powers(bar.notes, start, end, with_tune=False)
        beside = powers(bar.notes, start, end)
        for role in sorted(own, key=order.index):
            weights = bar.weights[role]
            found.append(
                LineBalance(
                    index,
                    str(grid.bars[index].label),
                    role,
                    tuple(weights),
                    round(sum(weights.values()), 2),
                    round(decibels(beside.get(role, own[role])), 1),
                    role in beside and Role.MELODY in beside,
                )
            )
    return tuple(found)


def _bars(account: Account, score: Score) -> list[_Bar]:
    """By bar all that is played, percussion apart, each note as strong as it is written."""
    grid = account.grid
    players = {line.player.id: line.player for line in score.lines}
    curves = {line.player.id: LevelCurve(line.staves[0]) for line in score.lines if line.staves}
    found = [_Bar([], {}) for _ in grid.bars]
    for one in account.played:
        if one.kind is Kind.PERCUSSION:
            continue
        level = curves[one.player].at(one.at.quarters)
        weight = _weight(players[one.player], level)
        start, end = float(one.at.quarters), float(one.end.quarters)
        note = Sounding(one.player, one.role, start, end, power_of(weight, level))
        first, last = grid.index_at(one.at), grid.index_at(one.end)
        until = last + 1 if one.end > grid.starts[last] else last
        for bar in range(first, max(first + 1, until)):
            found[bar].notes.append(note)
            found[bar].weights.setdefault(one.role, {}).setdefault(one.player, weight)
    return found


def _weight(player: Player, level: float) -> float:
    return strength(player.instrument, player.count, level)


def tune_margins(balance: tuple[LineBalance, ...]) -> dict[int, float]:
    """By bar how many decibels the tune stands above the strongest layer under it."""
    found = {}
    by_bar: dict[int, dict[Role, float]] = {}
    for one in balance:
        if one.with_tune:
            by_bar.setdefault(one.bar_index, {})[one.role] = one.level_db
    for bar, here in by_bar.items():
        under = [here[role] for role in UNDER if role in here]
        if Role.MELODY in here and under:
            found[bar] = round(here[Role.MELODY] - max(under), 1)
    return found
