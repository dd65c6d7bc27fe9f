"""Searches a cue by every way, and chooses what to show."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np

from scorestage.errors import FitError
from scorestage.production import Hit
from scorestage.tempofit.bound import lower_bound
from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.exactly import HARDLY, exact_map
from scorestage.tempofit.ground import LOCKED, Ground
from scorestage.tempofit.judge import judged
from scorestage.tempofit.kept import Gap, Span, gaps_of, ground_of_gap, joined, spans_of
from scorestage.tempofit.plan import Law
from scorestage.tempofit.ranking import differ, maps_differ
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import largest_step
from scorestage.tempofit.tails import SHORTEST_HOLD
from scorestage.tempofit.ways import Found, Ways
from scorestage.timebase import FilmTime, FrameRate, Meter, TempoMap

STEADIEST = "steadiest"
ALWAYS_SHOWN = (STEADIEST, "closest", "ritardando", "fermata", "free bar")
"""Ways that a person wants to see even where others cost less, as far as the list is long."""
PLAIN_DENOMINATOR = 20
"""Of a constant tempo that is a whole number of 0.05 bpm."""
STEP_ROOM = 0.0005
"""So much (log tempo) further than a breath a step may come by rounding."""
Fitted = tuple[Gap, TempoMap, str]
"""A gap, a map that fills it, and the way that was found."""
SPARE = 3
"""So many more plans are judged than are shown."""


def searched(
    ground: Ground, hits: tuple[Hit, ...], rate: FrameRate, settings: FitSettings
) -> list[Candidate]:
    """All ways, the different ones judged and ranked."""
    ways = Ways(ground, settings)
    found = list(ways.all())
    found += ways.undercutting(min((one.points for one in found), default=math.inf))
    chosen = _chosen(ground, found, settings.top)
    if not chosen:
        raise too_short(ground)
    if len(chosen) < settings.top:
        chosen = _chosen(ground, [*chosen, *ways.further()], settings.top)
    return _shown([_judged(one, ground, hits, rate) for one in chosen], settings.top)


def _judged(found: Found, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate) -> Candidate:
    """A plan as a candidate; a constant tempo by 0.05 bpm just so, where plainer ones cost more."""
    candidate = judged(found.name, exact_map(ground, found.plan, rate), ground, hits, rate)
    if sum(knot.law is Law.STEADY for knot in found.plan.knots[:-1]) > 1:
        return candidate
    exact = exact_map(ground, found.plan, rate, HARDLY)
    if exact.tempo_at(exact.grid.starts[0]).bpm.denominator > PLAIN_DENOMINATOR:
        return candidate
    other = judged(found.name, exact, ground, hits, rate)
    return min(candidate, other, key=lambda one: one.costs.total)


def _chosen(ground: Ground, found: list[Found], top: int) -> list[Found]:
    """The cheapest plans that differ from each other, and those that are always shown.

    None steps further than a breath, unless locked hits are reached in no other way.
    """
    gentle = [one for one in found if largest_step(one.plan) <= ground.breath + STEP_ROOM]
    reached = min((one.points for one in found), default=math.inf) < LOCKED
    if not gentle or (reached and min(one.points for one in gentle) >= LOCKED):
        gentle = found
    different: list[Found] = []
    for one in sorted(gentle, key=lambda one: one.points):
        if all(differ(ground, one.plan, other.plan) for other in different):
            different.append(one)
    first = different[: top + SPARE]
    steadiest = [one for one in found if one.name == STEADIEST and one not in first]
    rest = [one for one in different[top + SPARE :] if one.name in ALWAYS_SHOWN]
    return [*first, *steadiest, *(one for one in rest if one not in steadiest)]


def _shown(candidates: list[Candidate], top: int) -> list[Candidate]:
    """Cheapest first, all different, the best plans of some ways among them."""
    different: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (_locked_missed(one), one.costs.total)):
        if all(maps_differ(one.tempo_map, other.tempo_map) for other in different):
            different.append(one)
    first = different[:top]
    for name in ALWAYS_SHOWN[: max(0, top - 2)]:
        asked = [one for one in different[top:] if one.name == name]
        spare = [i for i, one in enumerate(first) if i and one.name not in ALWAYS_SHOWN]
        if asked and spare:
            first = [one for i, one in enumerate(first) if i != spare[-1]] + asked[:1]
    return sorted(first, key=lambda one: (_locked_missed(one), one.costs.total))


def _locked_missed(candidate: Candidate) -> int:
    return sum(landing.hit.locked for landing in candidate.missed)


def with_gaps(found: list[Candidate], ground: Ground, settings: FitSettings) -> list[Candidate]:
    """The candidates with what, at most, another map could save."""
    least = lower_bound(ground, settings, float(found[0].costs.total))
    bound = Fraction(math.floor(least * 1000), 1000)
    return [replace(one, gap=max(Fraction(0), one.costs.total - bound)) for one in found]


def around(
    keep: TempoMap,
    keep_bars: tuple[tuple[int, int], ...],
    ground: Ground,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings,
    end: FilmTime | None,
    quick: bool = False,
) -> list[Candidate]:
    """Maps that keep bars as they are: every gap between those is fitted by itself.

    `quick` searches the plain way only.
    """
    pieces = gaps_of(keep, spans_of(keep, keep_bars), ground.origin, end, ground.first_bar)
    whole = end if end is not None else keep.end
    lists: list[list[Fitted]] = []
    for piece in pieces:
        if isinstance(piece, Gap):
            own = fillable(ground_of_gap(ground, piece, whole))
            ways = Ways(own, settings)
            chosen = _chosen(own, list(ways.near() if quick else ways.all()), settings.top)
            if not chosen:
                raise too_short(own)
            lists.append([(piece, exact_map(own, one.plan, rate), one.name) for one in chosen])
    candidates = []
    for numbers in _combinations([len(one) for one in lists], settings.top):
        fitted = [one[number] for one, number in zip(lists, numbers, strict=True)]
        new = iter(fitted)
        parts = [piece if isinstance(piece, Span) else next(new)[:2] for piece in pieces]
        name = fitted[-1][2] if fitted else "kept"
        candidates.append(judged(name, joined(keep, parts), ground, hits, rate))
    return _shown(candidates, settings.top)


def _combinations(counts: list[int], top: int) -> list[tuple[int, ...]]:
    """Which plan of each gap to take: the best of all, then others in one gap or in all."""
    found = [(0,) * len(counts)]
    for number in range(1, top + SPARE):
        found.append(tuple(min(number, count - 1) for count in counts))
        for gap, count in enumerate(counts):
            if number < count and number < top:
                found.append(tuple(number if at == gap else 0 for at in range(len(counts))))
    return list(dict.fromkeys(found))[: 2 * top + SPARE]


def fillable(ground: Ground) -> Ground:
    """The ground, with a bar of one beat allowed where a very short cue holds no other."""
    if ground.open_end:
        return ground
    held = min(ground.bar_lengths()) + (SHORTEST_HOLD - 1) * ground.click_units
    if ground.may_hold and held <= ground.highest * ground.length:
        return ground
    most = int(ground.highest * ground.length + 1e-9)
    odd = ground.odd_points(most)
    lowest = math.ceil(ground.lowest * ground.length - 1e-9)
    if np.any(np.isfinite(odd[max(1, lowest) : most + 1])):
        return ground
    usual = ground.meters[0]
    single = Meter(3 if usual.compound else 1, usual.denominator)
    return replace(ground, meters=(*ground.meters, single))


def too_short(ground: Ground) -> FitError:
    return FitError(
        f"no whole bar fits into {ground.length:.2f} s at the tempos allowed",
        do="make the cue longer or widen the range of tempos",
    )
