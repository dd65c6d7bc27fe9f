"""Choosing the cues: the best set of stretches between joints, found by dynamic programming."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.joints import Joint
from scorestage.spotting.need import Amount, Need
from scorestage.spotting.picture import PictureIndex
from scorestage.timebase import FilmRange, FilmSpan, FilmTime

LONG_COST: Final = 6.0
"""What a cue twice as long as is usual costs, in seconds of wanted music."""

SHARES: Final = {
    Amount.SPARSE: (0.12, 0.3),
    Amount.NORMAL: (0.35, 0.65),
    Amount.WALL_TO_WALL: (0.0, 1.0),
}
"""The share of a film that has music, at least and at most, with the director's amount.

Wall to wall takes all the room there is; the bounds of the others are ours, not measured.
"""
TRIALS: Final = 9
FRAME: Final = FilmSpan("1/20")


@dataclass(frozen=True, slots=True)
class CueRules:
    """What a cue costs and how long it may be.

    Costs count in seconds of fully wanted music. `usual_share` of the film is the length at which
    a cue begins to be long, held between `usual_low_seconds` and `usual_high_seconds`.
    """

    shortest: FilmSpan = FilmSpan(8)  # noqa: RUF009 (an exact constant)
    least_gap: FilmSpan = FilmSpan(3)  # noqa: RUF009 (an exact constant)
    cue_cost: float = 1.2
    joint_cost: float = 3.5
    segue_cost: float = 1.0
    usual_share: Fraction = Fraction(1, 4)
    usual_low_seconds: float = 20.0
    usual_high_seconds: float = 90.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cue to be: from one joint to another, and the score it was chosen by."""

    first: Joint
    last: Joint
    segue_in: bool
    segue_out: bool
    score: float


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to have everything decided up to a joint."""

    score: float
    came_from: int
    cue_first: int | None


def choose_stretches(
    picture: PictureIndex,
    joints: tuple[Joint, ...],
    need: Need,
    amount: Amount,
    rules: CueRules,
    dry: tuple[FilmRange, ...] = (),
) -> tuple[Stretch, ...]:
    """The stretches with music, best in sum; at least one unless the amount is none.

    None covers any of what must stay `dry`, as long as there is music enough without it.

    A cue longer than is usual costs more the longer it is, so that it is parted at a good joint;
    two cues may follow each other without a gap (segue). Where the share of the film with music
    falls outside what the director's amount means, music is made dearer or cheaper, by as little as
    will do.
    """
    if amount is Amount.NONE or len(joints) < 2:
        return ()
    low, high = SHARES[amount]
    dear, cheap = -1.0, 1.0
    lift = 0.0
    best: tuple[tuple[float, float], _Scorer, list[tuple[int, int]]] | None = None
    for _ in range(TRIALS):
        scorer = _Scorer(picture, joints, need, amount, rules, lift, dry)
        chosen = _best_path(joints, scorer, rules) or _best_single(joints, scorer)
        share = scorer.share(chosen)
        missed = max(low - share, share - high, 0.0)
        if best is None or (missed, abs(lift)) < best[0]:
            best = (missed, abs(lift)), scorer, chosen
        if not missed and not lift:
            break
        dearer = share > high or (not missed and lift > 0)
        dear, cheap = (dear, lift) if dearer else (lift, cheap)
        lift = (dear + cheap) / 2
    return () if best is None else _stretches(joints, best[1], best[2])


def _stretches(
    joints: tuple[Joint, ...], scorer: _Scorer, chosen: list[tuple[int, int]]
) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(
            joints[first],
            joints[last],
            number > 0 and chosen[number - 1][1] == first,
            number + 1 < len(chosen) and chosen[number + 1][0] == last,
            round(scorer.cue(first, last) or 0.0, 4),
        )
        for number, (first, last) in enumerate(chosen)
    )


class _Scorer:
    """What a cue from one joint to another is worth."""

    def __init__(
        self,
        picture: PictureIndex,
        joints: tuple[Joint, ...],
        need: Need,
        amount: Amount,
        rules: CueRules,
        lift: float = 0.0,
        dry: tuple[FilmRange, ...] = (),
    ) -> None:
        self.joints = joints
        self.rules = rules
        ends = np.concatenate(([0.0], np.cumsum((need.wanted + lift) * need.frame_seconds)))
        places = np.array([_index(picture, joint.at) for joint in joints])
        self._wanted: NDArray[np.float64] = ends[places]
        self._wet_from = _wet_from(joints, dry)
        self._seconds = np.array([float((joint.at - joints[0].at).seconds) for joint in joints])
        whole = float((joints[-1].at - joints[0].at).seconds)
        self.whole_seconds = whole
        share = whole * float(rules.usual_share)
        self.usual_seconds = min(rules.usual_high_seconds, max(rules.usual_low_seconds, share))
        if amount is Amount.WALL_TO_WALL:
            self.usual_seconds *= 1.25
        self.shortest_seconds = min(
            float(rules.shortest.seconds), 0.999 * float(self._seconds[-1] - self._seconds[0])
        )

    def share(self, chosen: list[tuple[int, int]]) -> float:
        """The share of the film, first joint to last, that these cues cover."""
        return sum(self.seconds(*cue) for cue in chosen) / max(self.whole_seconds, 1e-9)

    def seconds(self, first: int, last: int) -> float:
        return float(self._seconds[last] - self._seconds[first])

    def last_joints_before(self, gap_seconds: float) -> list[int]:
        """For each joint the last one that lies at least `gap_seconds` before it; -1 for none."""
        places = np.searchsorted(self._seconds, self._seconds - gap_seconds + 1e-9, side="right")
        return [int(place) - 1 for place in places]

    def cue(self, first: int, last: int) -> float | None:
        """The score of a cue; None where it may not be."""
        entrance, way_out = self.joints[first].entrance, self.joints[last].exit
        seconds = self.seconds(first, last)
        if entrance is None or way_out is None or seconds < self.shortest_seconds:
            return None
        if first < self._wet_from[last]:
            return None
        over = max(0.0, seconds / self.usual_seconds - 1)
        cost = self.rules.cue_cost + LONG_COST * over * over
        cost += self.rules.joint_cost * (2 - entrance.worth - way_out.worth)
        return float(self._wanted[last] - self._wanted[first]) - cost


def _wet_from(joints: tuple[Joint, ...], dry: tuple[FilmRange, ...]) -> list[int]:
    """For each joint the first one from which a cue up to it covers nothing dry.

    A frame's worth at either end is no cover: joints lie on frames, dry stretches need not.
    """
    found = []
    for last in range(len(joints)):
        first = 0
        for span in dry:
            if joints[last].at > span.start + FRAME:
                while first < last and joints[first].at < span.end - FRAME:
                    first += 1
        found.append(first)
    return found


def _index(picture: PictureIndex, at: FilmTime) -> int:
    return len(picture) if at >= picture.end else picture.index_at(at)


def _best_path(
    joints: tuple[Joint, ...], scorer: _Scorer, rules: CueRules
) -> list[tuple[int, int]]:
    """Joint numbers of the chosen cues, by dynamic programming over the joints."""
    longest = scorer.usual_seconds * 4
    rested = scorer.last_joints_before(float(rules.least_gap.seconds))
    free: list[_Step] = []
    ended: list[_Step | None] = []
    for last in range(len(joints)):
        best: _Step | None = None
        for first in range(last - 1, -1, -1):
            if scorer.seconds(first, last) > longest:
                break
            score = scorer.cue(first, last)
            if score is None:
                continue
            before, came_from = _before(free, ended, first, rested[first], rules)
            if best is None or before + score > best.score + 1e-9:
                best = _Step(before + score, came_from, first)
        ended.append(best)
        idle = free[-1].score if free else 0.0
        if best is not None and best.score > idle + 1e-9:
            free.append(best)
        else:
            free.append(_Step(idle, last - 1, None))
    return _walked_back(free, ended)


def _before(
    free: list[_Step], ended: list[_Step | None], first: int, earlier: int, rules: CueRules
) -> tuple[float, int]:
    """The best score before a cue that starts at `first`, and the step it comes from.

    `earlier` is the last joint far enough before it for a rest. A negative step -k-2 says that a
    cue ended at joint k, where this one takes over.
    """
    score = free[earlier].score if earlier >= 0 else 0.0
    took_over = ended[first]
    if took_over is not None and took_over.score - rules.segue_cost > score + 1e-9:
        return took_over.score - rules.segue_cost, -first - 2
    return score, earlier


def _walked_back(free: list[_Step], ended: list[_Step | None]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    place, step = len(free) - 1, free[-1]
    while True:
        if step.cue_first is not None:
            chosen.append((step.cue_first, place))
            came_from = step.came_from
            if came_from < -1:
                place = -came_from - 2
                segued = ended[place]
                if segued is None:
                    break
                step = segued
                continue
            place = came_from
        else:
            place = step.came_from
        if place < 0:
            break
        step = free[place]
    return chosen[::-1]


def _best_single(joints: tuple[Joint, ...], scorer: _Scorer) -> list[tuple[int, int]]:
    """The one cue that costs least, for a film that hardly asks for any."""
    best: tuple[float, int, int] | None = None
    longest = max(scorer.usual_seconds * 4, 2 * scorer.shortest_seconds)
    for first in range(len(joints)):
        for last in range(first + 1, len(joints)):
            if scorer.seconds(first, last) > longest:
                break
            score = scorer.cue(first, last)
            if score is not None and (best is None or score > best[0] + 1e-9):
                best = (score, first, last)
    return [] if best is None else [(best[1], best[2])]
