"""Who has the tune: how much each line comes forward in each bar, and one way through them all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.orchestration.reduction.played import BarOfScore, Group, Passage, recurrences

_HAND_OVER = 2.0
"""What it costs to give the tune to another player from one bar to the next."""
_FRESH_ENTRY = 1.0
"""How much less it costs where that player enters after a silent bar."""
_SILENT = -9.0


@dataclass(frozen=True, slots=True)
class Forwardness:
    """What brings a line forward, each a weight of a conditional logit over the lines of a bar.

    Fitted on the bars of four movements whose main part was marked by hand (OpenScore
    Hauptstimme: Beach, Beethoven, Brahms, Haydn); `benchmarks/reduction.py` holds the figures,
    those of each movement with weights that leave it out as well.
    """

    height: float = 3.4
    activity: float = 2.4
    steps: float = 0.8
    variety: float = 1.0
    loudness: float = 0.45
    doubling: float = 1.3
    rhythms: float = 0.65
    recurrence: float = 1.2

    def of(self, features: Sequence[float]) -> float:
        """The sum of the features, each by its weight."""
        weights = (
            self.height,
            self.activity,
            self.steps,
            self.variety,
            self.loudness,
            self.doubling,
            self.rhythms,
            self.recurrence,
        )
        return sum(weight * feature for weight, feature in zip(weights, features, strict=True))


def features_of(
    passage: Passage,
    group: Group,
    bar: BarOfScore,
    heard: Counter[tuple[tuple[Fraction, int], ...]],
) -> tuple[float, ...]:
    """Height, activity, steps, variety, loudness, doubling, rhythms, recurrence of one line.

    Height is minus the share of other lines above it; loudness in pairs of dynamic steps below
    the loudest; the rest between 0 and about 1.
    """
    others = [one for other in bar.groups if other is not group for one in other]
    above = sum(1 for one in others if one.mean_key > passage.mean_key + 0.5)
    moves = [abs(b - a) for a, b in zip(passage.keys, passage.keys[1:], strict=False)]
    loudest = max(one.level for other in bar.groups for one in other)
    lengths = {note.length for note in (*passage.held, *passage.begun)}
    shape = passage.shape
    return (
        -above / len(others) if others else 0.0,
        math.log1p(len(passage.begun)) / 2,
        sum(1 for move in moves if 0 < move <= 2) / len(moves) if moves else 0.0,
        min(len(set(passage.keys)), 6) / 6,
        (passage.level - loudest) / 2,
        math.log(len(group)),
        min(len(lengths), 3) / 3,
        math.log1p(heard[shape]) / 3 if len(shape) > 1 else 0.0,
    )


def prominence(
    bars: Sequence[BarOfScore], weights: Forwardness | None = None
) -> tuple[dict[int, float], ...]:
    """For each bar, how far each pitched player of it comes forward."""
    weights = weights or Forwardness()
    heard = recurrences(bars)
    return tuple(
        {
            passage.player: weights.of(features_of(passage, group, bar, heard))
            for group in bar.groups
            for passage in group
            if passage.is_pitched
        }
        for bar in bars
    )


def tune_carriers(found: Sequence[dict[int, float]], players: int) -> tuple[int | None, ...]:
    """For each bar the player whose line is the tune; None where nothing pitched sounds.

    The best way through all bars together: what comes forward counts, handing the tune over
    costs, less to one who has just entered (Viterbi 1967).
    """
    best = [0.0] * players
    ways: list[list[int]] = []
    before: dict[int, float] = {}
    for bar in found:
        leader = max(range(players), key=lambda player: (best[player], -player))
        came, reached = [], []
        for player in range(players):
            ease = _FRESH_ENTRY if player not in before else 0.0
            taken_over = best[leader] - _HAND_OVER + ease
            stays = best[player] >= taken_over
            came.append(player if stays else leader)
            reached.append((best[player] if stays else taken_over) + bar.get(player, _SILENT))
        best, before = reached, bar
        ways.append(came)
    return _traced(ways, best, found)


def _traced(
    ways: Sequence[Sequence[int]], best: Sequence[float], found: Sequence[dict[int, float]]
) -> tuple[int | None, ...]:
    if not best:
        return (None,) * len(found)
    player = max(range(len(best)), key=lambda one: (best[one], -one))
    path: list[int | None] = []
    for came, bar in zip(reversed(ways), reversed(found), strict=True):
        path.append(player if player in bar else max(bar, key=lambda p: bar[p], default=None))
        player = came[player]
    return tuple(reversed(path))
