"""Searches a cue by every way, and chooses what to show."""

from __future__ import annotations

import math
from collections.abc import Iterator
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
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.ranking import (
    Sounding,
    sound_different,
    sounding_map,
    sounding_plan,
)
from scorestage.tempofit.reach import (
    PRESSES,
    Reach,
    Reaches,
    best_reaches,
    near_seconds,
    pressed,
    reach_of,
)
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import largest_change, sensible
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
ROUNDED_POINTS = 1.0
"""So many points more than planned a map may cost for its plain tempos."""
FAITHFUL_SHARE = 0.95
"""No map costs less than this share of what its plan does, but for rounded tempos."""
SPARE = 3
"""So many more plans are judged than are shown."""


def searched(
    ground: Ground, hits: tuple[Hit, ...], rate: FrameRate, settings: FitSettings
) -> list[Candidate]:
    """All ways, the different ones judged and ranked.

    No single tempo reaches more than the first one: where one did, hits count for more.
    """
    asked = best_reaches(ground)
    pressed_on, found = _reaching(ground, settings, asked)
    chosen = _chosen(pressed_on, found, settings.top, asked.same)
    if not chosen:
        raise too_short(ground)
    if len(chosen) < settings.top:
        further = Ways(pressed_on, settings).further()
        chosen = _chosen(pressed_on, [*chosen, *further], settings.top, asked.same)
    shown = _judged_enough(chosen, pressed_on, hits, rate, settings.top, asked.same)
    shown = _shown(shown, settings.top, asked.same)
    if pressed_on is not ground:
        shown = [judged(one.name, one.tempo_map, ground, hits, rate) for one in shown]
    return [*shown[:1], *sorted(shown[1:], key=_rank)]


def _reaching(ground: Ground, settings: FitSettings, asked: Reaches) -> tuple[Ground, list[Found]]:
    """Plans by every way; pressed for hits until the cheapest falls short of no single tempo."""
    usual, ways = ground, Ways(ground, settings)
    found = list(ways.all())
    found += ways.undercutting(min((one.points for one in found), default=math.inf))
    for times in PRESSES:
        first = _first(ground, found)
        if first is None or not _falls_short(usual, first, asked.free):
            break
        needed = _falls_short(usual, first, asked.same)
        tried = pressed(usual, times)
        more = list(_pressed_ways(tried, settings, found, asked.same))
        if not needed and not _gains(usual, _first(tried, more), first):
            break
        ground, found = tried, more
    return ground, found


def _first(ground: Ground, found: list[Found]) -> Found | None:
    return min(_gentle(ground, found), key=lambda one: one.points, default=None)


def _gains(ground: Ground, one: Found | None, before: Found) -> bool:
    """Whether a plan reaches more than the one before it, or as much nearer."""
    if one is None:
        return False
    return reach_of(ground, before.plan).falls_short(reach_of(ground, one.plan), 0.0)


def _pressed_ways(
    ground: Ground, settings: FitSettings, found: list[Found], asked: Reach
) -> Iterator[Found]:
    """The plans found, priced anew, and those that are found besides where hits count for more."""
    ways = Ways(ground, settings)
    priced = [replace(one, points=plan_points(ground, one.plan)) for one in found]
    priced += ways.at_constant(asked.offset, asked.rate)
    priced += ways.near()
    yield from priced
    yield from ways.undercutting(min(one.points for one in priced))


def _falls_short(ground: Ground, found: Found, asked: Reach) -> bool:
    return reach_of(ground, found.plan).falls_short(asked, near_seconds(ground))


def _judged_enough(
    chosen: list[Found],
    ground: Ground,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    top: int,
    asked: Reach,
) -> list[Candidate]:
    """The plans judged, but for those that are much too dear to be shown, and no others' twins."""
    found: list[Candidate] = []
    wanted = [sounding_plan(ground, one.plan) for one in chosen if one.name in _names_shown(top)]
    for one in chosen:
        if _too_dear(one, found, top, asked):
            sounds = sounding_plan(ground, one.plan)
            if all(sound_different(sounds, other) for other in wanted):
                continue
        found.append(_judged(one, ground, hits, rate))
    return found


def _too_dear(one: Found, found: list[Candidate], top: int, asked: Reach) -> bool:
    """Whether a plan costs, however its map is judged, more than as many as are shown."""
    if len(found) < top:
        return False
    shown = _different(found, asked)[:top]
    if len(shown) < top or not _enough(shown[0], asked) or any(map(_locked_missed, shown)):
        return False
    dearest = max(candidate.costs.total for candidate in shown)
    return one.points * FAITHFUL_SHARE - ROUNDED_POINTS > dearest


def _judged(found: Found, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate) -> Candidate:
    """A plan as a candidate; a constant tempo by 0.05 bpm just so, where plainer ones cost more.

    Tempos are less plain where a hit would be lost by it, or a step heard.
    """
    candidate = judged(found.name, exact_map(ground, found.plan, rate), ground, hits, rate)
    lost = len(candidate.caught) < len(found.plan.landed)
    dearer = lost or candidate.costs.total > found.points + ROUNDED_POINTS
    steady = sum(knot.law is Law.STEADY for knot in found.plan.knots[:-1]) < 2
    if not dearer and not steady:
        return candidate
    exact = exact_map(ground, found.plan, rate, HARDLY)
    plain = exact.tempo_at(exact.grid.starts[0]).bpm.denominator <= PLAIN_DENOMINATOR
    if not (dearer or plain) or exact.events == candidate.tempo_map.events:
        return candidate
    other = judged(found.name, exact, ground, hits, rate)
    return min(candidate, other, key=lambda one: one.costs.total)


def _gentle(ground: Ground, found: list[Found]) -> list[Found]:
    """None that steps further than a breath, unless locked hits are reached in no other way.

    Nor any whose tempos leave the range, or that hurries into the ending, where others do not.
    """
    found = [one for one in found if sensible(ground, one.plan)] or found
    gentle = [one for one in found if largest_change(ground, one.plan) <= ground.breath + STEP_ROOM]
    reached = min((one.points for one in found), default=math.inf) < LOCKED
    if not gentle or (reached and min(one.points for one in gentle) >= LOCKED):
        return found
    return gentle


def _chosen(
    ground: Ground, found: list[Found], top: int, asked: Reach | None = None
) -> list[Found]:
    """The cheapest plans that differ from each other, and those that are always shown.

    Where a reach is asked for, one that does not fall short of it comes first.
    """
    gentle = sorted(_gentle(ground, found), key=lambda one: one.points)
    if asked is not None:
        gentle.sort(key=lambda one: (one.points >= LOCKED, _falls_short(ground, one, asked)))
        first = gentle[:1]
        gentle = [*first, *sorted(gentle[1:], key=lambda one: one.points)]
    different, heard = list[Found](), list[Sounding]()
    for one in gentle:
        sounds = sounding_plan(ground, one.plan)
        if all(sound_different(sounds, other) for other in heard):
            different.append(one)
            heard.append(sounds)
    first = different[: top + SPARE]
    steadiest = [one for one in found if one.name == STEADIEST and one not in first]
    rest = [one for one in different[top + SPARE :] if one.name in ALWAYS_SHOWN]
    return [*first, *steadiest, *(one for one in rest if one not in steadiest)]


def _shown(candidates: list[Candidate], top: int, asked: Reach | None = None) -> list[Candidate]:
    """Cheapest first, all different, the best plans of some ways among them.

    Before the cheapest comes one that reaches as much as is asked for, where that does not.
    """
    different = _different(candidates, asked)
    first = different[:top]
    for name in _names_shown(top):
        wanted = [one for one in different[top:] if one.name == name]
        spare = [i for i, one in enumerate(first) if i and one.name not in ALWAYS_SHOWN]
        if wanted and spare:
            first = [one for i, one in enumerate(first) if i != spare[-1]] + wanted[:1]
    return [*first[:1], *sorted(first[1:], key=_rank)]


def _names_shown(top: int) -> tuple[str, ...]:
    return ALWAYS_SHOWN[: max(0, top - 2)]


def _different(candidates: list[Candidate], asked: Reach | None) -> list[Candidate]:
    """Cheapest first, but for one that reaches as much as is asked for; all sound different."""
    ranked = sorted(candidates, key=_rank)
    if asked is not None:
        least = _locked_missed(ranked[0])
        enough = [one for one in ranked if _locked_missed(one) == least and _enough(one, asked)]
        ranked = [*enough[:1], *(one for one in ranked if one not in enough[:1])]
    different, sounding = list[Candidate](), list[Sounding]()
    for one in ranked:
        sounds = sounding_map(one.tempo_map)
        if all(sound_different(sounds, other) for other in sounding):
            different.append(one)
            sounding.append(sounds)
    return different


def _rank(candidate: Candidate) -> tuple[int, Fraction]:
    return _locked_missed(candidate), candidate.costs.total


def _enough(candidate: Candidate, asked: Reach) -> bool:
    """Whether a map reaches the weight and the number of hits asked for."""
    caught = candidate.caught
    weight = sum(landing.hit.weight for landing in caught)
    return weight >= asked.weight and len(caught) >= asked.hits


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
