"""Which ensemble for a sketch: each tried, and ranked by what it can carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Ensemble, Role, Sketch
from scorestage.orchestration.coverage import MUST, coverage
from scorestage.orchestration.engine import orchestrate
from scorestage.orchestration.levels import tier_of
from scorestage.orchestration.practice import strength
from scorestage.orchestration.reading import read_strands
from scorestage.orchestration.result import FaultKind, Severity
from scorestage.orchestration.settings import Settings
from scorestage.timebase import TempoMap

_PLAIN = Settings()
_WEIGHTS = {"carried": 6, "sounding": 3, "power": 3, "busy": 2, "easy": 1}
_NEEDED = (1, 2, 3, 6, 10)
"""Trumpets at forte that a whisper … a tutti asks for."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An ensemble with how well it suits the sketch, 0 to 100, and why in words.

    `carried` is the share of tune and bass played as written, `sounding` of all the sketch's
    notes; `power` is 1 where it is strong enough for the loudest bars; `busy` is the share of its
    players who have something to play. Musical style is for others to judge.
    """

    ensemble: Ensemble
    points: int
    carried: Fraction
    sounding: Fraction
    power: Fraction
    busy: Fraction
    words: str


def propose(
    sketch: Sketch,
    ensembles: Sequence[Ensemble],
    tempo_map: TempoMap,
    settings: Settings = _PLAIN,
) -> tuple[Proposal, ...]:
    """The ensembles, the most suitable first; each is scored in earnest to find out."""
    found = [_tried(sketch, one, tempo_map, settings) for one in ensembles]
    return tuple(sorted(found, key=lambda one: (-one.points, one.ensemble.head_count)))


def _tried(sketch: Sketch, ensemble: Ensemble, tempo_map: TempoMap, settings: Settings) -> Proposal:
    result = orchestrate(sketch, ensemble, tempo_map, settings)
    shares = coverage(read_strands(sketch), (note for _, note in result.score.notes()))
    carried = _mean([share for role, share in shares.items() if role in MUST])
    sounding = _mean(list(shares.values()))
    lines = result.score.lines
    busy = Fraction(sum(not line.is_silent for line in lines), len(lines))
    doubtful = sum(fault.kind is FaultKind.REGISTER for fault in result.faults)
    wrong = sum(fault.severity is Severity.WRONG for fault in result.faults)
    easy = Fraction(10, 10 + doubtful)
    strong = power(sketch, ensemble)
    parts = {
        "carried": carried,
        "sounding": sounding,
        "power": strong,
        "busy": busy,
        "easy": easy,
    }
    total = sum((_WEIGHTS[name] * share for name, share in parts.items()), Fraction(0))
    points = round(100 * total / sum(_WEIGHTS.values())) - 5 * wrong
    idle = sum(line.is_silent for line in lines)
    words = _words(shares, idle, doubtful, weak=strong < 1)
    return Proposal(ensemble, max(0, points), carried, sounding, strong, busy, words)


def power(sketch: Sketch, ensemble: Ensemble) -> Fraction:
    """How much of the weight that the loudest mark asks for the ensemble has."""
    levels = [mark.dynamic.level for strand in sketch.strands for mark in strand.staff.dynamics]
    loudest = max(levels, default=0)
    needed = _NEEDED[tier_of(loudest)]
    had = sum(strength(one.instrument, one.count, loudest) for one in ensemble.players)
    return min(Fraction(1), Fraction(had).limit_denominator(100) / needed)


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares) if shares else Fraction(1)


def _words(shares: Mapping[Role, Fraction], idle: int, doubtful: int, *, weak: bool) -> str:
    thin = [role.value.lower() for role, share in shares.items() if share < Fraction(9, 10)]
    said = [f"{', '.join(thin)} thinned out" if thin else "every strand carried"]
    if weak:
        said.append("not strong enough for the loudest bars")
    if idle:
        said.append(f"{idle} would sit out")
    if doubtful:
        said.append(f"{doubtful} bars at the edge of a register")
    return "; ".join(said)
