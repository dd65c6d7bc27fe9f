"""What the same search does on hits that mean nothing."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from scorestage.tempofit.candidate import Chance
from scorestage.tempofit.crowd import Crowd
from scorestage.tempofit.ground import Floats, Ground
from scorestage.tempofit.net import GRAIN, MISS_MARK, Fineness, Net
from scorestage.tempofit.pulse import even_pulses
from scorestage.tempofit.steady import OneTempo
from scorestage.tempofit.sweep import Taste

COARSE = Fineness(
    bucket=0.025, passed=1, far_seconds=1.5, room=0.6, lean=False, spread=False, count=True
)
"""The bending search as it is run on every draw, the real hits among them."""
ONE, BENDING = "one tempo", "bending tempo"
ALLOWED = 0.05
"""How many random draws may do as well before the fit counts as luck."""
BATCH_NUMBERS = 100_000
"""States held at once: what fits near the processor."""


def draw_hits(ground: Ground, draws: int, seed: int) -> Floats:
    """[draw, point]: as many hits at random in the same span, no closer than the real ones.

    The first row holds the real hits. With an open end the last hit stays where it is.
    """
    real = np.array([point.seconds for point in ground.points])
    inner = real[1:-1]
    found = np.tile(real, (draws + 1, 1))
    if not len(inner):
        return found
    gaps = np.diff(real[1:] if ground.open_end else inner)
    least = max(0.0, float(gaps.min(initial=ground.length / (len(inner) + 1))))
    room = max(0.0, ground.length - least * (len(inner) - (not ground.open_end)))
    random = np.random.default_rng(seed).uniform(0.0, room, (draws, len(inner)))
    found[1:, 1:-1] = np.sort(random, axis=1) + least * np.arange(len(inner))
    return found


def chances(ground: Ground, draws: int, seed: int) -> dict[str, Chance]:
    """The baseline of both searches, by their family's name; empty without hits or draws."""
    if not draws or not ground.hits:
        return {}
    seconds = draw_hits(ground, draws, seed)
    found = {}
    steady = OneTempo(ground, seconds).run()
    if steady is not None:
        found[ONE] = _chance(ONE, ground, steady.points, steady.missed)
    points, missed = bending(ground, seconds)
    pulses = even_pulses(ground, seconds)
    if pulses is not None:  # an even pulse bends by nothing, and is sought more finely
        evener = pulses.points < points
        points = np.where(evener, pulses.points, points)
        missed = np.where(evener, pulses.missed, missed)
    found[BENDING] = _chance(BENDING, ground, points, missed)
    return found


def bending(ground: Ground, seconds: Floats) -> tuple[Floats, Floats]:
    """Points and misses of the best bending tempo of every draw."""
    points = []
    states = Net(ground, seconds[:1], COARSE, laid=False).buckets * ground.bar_units
    batches = min(len(seconds), math.ceil(len(seconds) * states / BATCH_NUMBERS))
    for batch in np.array_split(seconds, batches):
        net = Net(ground, batch, COARSE, laid=False)
        points.append(Crowd(net, Taste(ground.wish, ground.breath)).points)
    found = np.concatenate(points)
    reached = np.isfinite(found)
    finite = np.where(reached, found, 0.0)
    whole = np.floor(finite * GRAIN) / GRAIN
    missed = np.rint((finite - whole) / MISS_MARK)
    return np.where(reached, whole, np.inf), missed


def _chance(family: str, ground: Ground, points: Floats, missed: Floats) -> Chance:
    hits, nothing = len(ground.hits), sum(point.price for point in ground.hits)
    caught = np.where(np.isfinite(points), hits - missed, 0)
    points = np.minimum(points, nothing)
    random, reached = points[1:], caught[1:]
    as_good = float(np.mean(random <= points[0] + 1e-9))
    return Chance(
        family=family,
        draws=len(random),
        hits=hits,
        caught=int(caught[0]),
        mean_caught=_thousandths(reached.mean()),
        p95_caught=int(np.quantile(reached, 0.95, method="inverted_cdf")),
        points=_thousandths(points[0]),
        mean_points=_thousandths(random.mean()),
        p5_points=_thousandths(np.quantile(random, 0.05, method="inverted_cdf")),
        better_than_chance=as_good <= ALLOWED,
    )


def _thousandths(number: float) -> Fraction:
    return Fraction(round(float(number) * 1000), 1000)
