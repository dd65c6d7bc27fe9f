"""Finds tempo and meter maps that reach a cue's hits and still feel like music."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus
from scorestage.tempofit.bend import Bender, Fineness
from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.chance import BENDING, ONE, chances
from scorestage.tempofit.exactly import exact_map
from scorestage.tempofit.ground import LOCKED, Ground, lay_ground
from scorestage.tempofit.judge import judged
from scorestage.tempofit.plan import Plan, plain_plan, plan_of_option, plan_of_steps
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import smoothed
from scorestage.tempofit.steady import OneTempo
from scorestage.timebase import FilmTime, FrameRate, Meter, TempoMap

DEFAULTS = FitSettings()
NOTHING_ACCEPTED: frozenset[str] = frozenset()
ALWAYS_SHOWN = ("steadiest", "closest")
"""Ways that a person wants to see even where others cost less."""
OTHER_TEMPOS = (("slower", 0.85), ("faster", 1.18))
"""Wishes beside the one wished, as factors of it."""
WIDER = (1.0, 2.0, 4.0)
"""How much more than its breath a tempo may step where a locked hit cannot be met otherwise."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to search: its name, the ground changed for it, and how far hits may lean."""

    name: str
    ground: Ground
    leans: tuple[float, ...] = (-0.5, 0.0, 0.5)


def fit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings = DEFAULTS,
    keep: TempoMap | None = None,
    accepted: frozenset[str] = NOTHING_ACCEPTED,
) -> tuple[Candidate, ...]:
    """Tempo and meter maps for a cue, best first, each judged exactly.

    `start` is where the first sound may fall; the final barline falls on `end` (within a frame),
    or without one a few bars after the last hit. `keep` is a map already in use: while it fills
    the cue and reaches all hits (but those `accepted` as missed, by id, or not fewer in weight
    than any other map), it stays first.
    Raises `FitError` for hits outside the cue, for locked hits that no map reaches, and for cues
    too short for a bar.

    >>> from scorestage.timebase import FRAMES_24
    >>> best = fit(FilmTime(0), FilmTime(20), (), FRAMES_24)[0]
    >>> best.tempo_map.events[0].tempo.bpm, len(best.tempo_map.grid.bars), best.tempo_map.end
    (Fraction(96, 1), 8, FilmTime('20'))
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = _fillable(lay_ground(start, end, live, rate, settings))
    plans = _plans(ground, settings)
    if not plans:
        raise _too_short(ground)
    found = [
        judged(name, exact_map(ground, plan, start, rate), ground, live, rate)
        for name, plan in plans
    ]
    found = _ranked(_locked_reached(found), settings.top)
    if keep is not None:
        found = _with_kept(keep, found, ground, live, rate, start, end, accepted)
    baseline = chances(ground, settings.draws, settings.seed)
    return tuple(replace(one, chance=baseline.get(_family(one))) for one in found)


def _family(candidate: Candidate) -> str:
    return BENDING if candidate.largest_step_percent > 0 else ONE


def _plans(ground: Ground, settings: FitSettings) -> list[tuple[str, Plan]]:
    """A plan for each way to search that differs from those before."""
    if ground.open_end and ground.length * ground.lowest < 2:
        return [("plain", plain_plan(ground, settings.bars_without_end))]
    found = []
    hidden = math.log1p(float(settings.hidden_percent) / 100)
    if ground.hits:
        balanced = _bent(_Way("balanced", ground), hidden)
        for way in _ways(ground, balanced, hidden):
            plan = _bent(way, hidden)
            if plan is not None:
                found.append((way.name, plan))
        if balanced is not None:
            found.append(("balanced", balanced))
    wishes = [("steadiest", 1.0)] if ground.hits else [("plain", 1.0), *OTHER_TEMPOS]
    for name, factor in wishes:
        steady = _steady(replace(ground, wish=ground.wish * factor))
        if steady is not None:
            found.append((name, steady))
    return found


def _ways(ground: Ground, balanced: Plan | None, hidden: float) -> list[_Way]:
    """Other ways to search than the balanced one, as far as they can differ from it."""
    ways = [_Way("closest", _exacting(ground), leans=(0.0,))]
    if balanced is None or len(set(balanced.bars)) > 1:
        ways.append(_Way("plain meter", replace(ground, meters=ground.meters[:1])))
    if balanced is None or balanced.largest_step > hidden:
        ways.append(_Way("hidden steps", replace(ground, breath=hidden)))
    for name, factor in OTHER_TEMPOS:
        wish = ground.wish * factor
        if ground.lowest <= wish <= ground.highest:
            ways.append(_Way(name, replace(ground, wish=wish)))
    return ways


def _exacting(ground: Ground) -> Ground:
    """The ground where every hit counts, and counts as caught only within a quarter frame."""
    quarter = ground.frame_seconds / 4
    points = tuple(
        point
        if point.hit is None
        else replace(
            point,
            early=min(quarter, point.early),
            late=min(quarter, point.late),
            price=4 * point.price,
        )
        for point in ground.points
    )
    return replace(ground, points=points)


def _bent(way: _Way, hidden: float) -> Plan | None:
    """The best bending plan; wider steps only where a locked hit needs them."""
    seconds = np.array([[point.seconds for point in way.ground.points]])
    for wider in WIDER:
        ground = replace(way.ground, breath=way.ground.breath * wider)
        fineness = Fineness(leans=way.leans, passed=8 if len(ground.points) < 28 else 4)
        found = Bender(ground, seconds, fineness).run()
        if found.steps and found.points[0] < LOCKED:
            plan = plan_of_steps(ground, found.steps)
            freedom = max(way.leans)
            return smoothed(ground, plan, freedom, hidden) if plan is not None else None
    return None


def _steady(ground: Ground) -> Plan | None:
    seconds = np.array([[point.seconds for point in ground.points]])
    found = OneTempo(ground, seconds).run()
    return plan_of_option(ground, found.best[0]) if found is not None else None


def _fillable(ground: Ground) -> Ground:
    """The ground, with a bar of one beat allowed where a very short cue holds no other."""
    if ground.open_end:
        return ground
    odd = ground.odd_points(int(ground.highest * ground.length) + 1)
    lowest = math.ceil(ground.lowest * ground.length - 1e-9)
    if np.any(np.isfinite(odd[max(1, lowest) : int(ground.highest * ground.length + 1e-9) + 1])):
        return ground
    usual = ground.meters[0]
    single = Meter(3 if usual.compound else 1, usual.denominator)
    return replace(ground, meters=(*ground.meters, single))


def _too_short(ground: Ground) -> FitError:
    return FitError(
        f"no whole bar fits into {ground.length:.2f} s at the tempos allowed",
        do="make the cue longer or widen the range of tempos",
    )


def _locked_reached(found: list[Candidate]) -> list[Candidate]:
    """The candidates that reach every locked hit; `FitError` naming those that none reaches."""
    reaching = [one for one in found if not any(landing.hit.locked for landing in one.missed)]
    if reaching:
        return reaching
    nearest = min(found, key=lambda one: sum(landing.hit.locked for landing in one.missed))
    named = ", ".join(landing.hit.id for landing in nearest.missed if landing.hit.locked)
    raise FitError(
        f"no map reaches the locked hits together; unmet: {named}",
        do="unlock one, let it fall on a half-beat, or widen the range of tempos",
    )


def _ranked(found: list[Candidate], top: int) -> list[Candidate]:
    """Cheapest first, without those that say the same."""
    different: list[Candidate] = []
    for one in sorted(found, key=lambda one: one.costs.total):
        if not any(_alike(one.tempo_map, other.tempo_map) for other in different):
            different.append(one)
    first = different[:top]
    for name in ALWAYS_SHOWN[: max(0, top - 2)]:
        asked = [one for one in different[top:] if one.name == name]
        if asked:
            spare = max(i for i, one in enumerate(first) if one.name not in ALWAYS_SHOWN)
            first = [one for i, one in enumerate(first) if i != spare] + asked
    return first


def _alike(one: TempoMap, other: TempoMap) -> bool:
    """Whether two maps have the same bars and no barline further apart than 5 ms."""
    if one.grid != other.grid:
        return False
    near = Fraction(1, 200)
    return all(abs((one.time_at(at) - other.time_at(at)).seconds) <= near for at in one.grid.starts)


def _with_kept(
    keep: TempoMap,
    found: list[Candidate],
    ground: Ground,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    start: FilmTime,
    end: FilmTime | None,
    accepted: frozenset[str],
) -> list[Candidate]:
    """The map in use first while it fills the cue and reaches its hits, else the others alone."""
    frame = rate.frame_span
    first = keep.time_at(keep.grid.starts[0] + -keep.grid.pickup)
    begins = first >= start and (first - start).seconds <= ground.start_late + 1e-9
    ends = end is None or abs(keep.end - end) <= frame
    kept = judged("kept", keep, ground, hits, rate)
    no_worse = kept.costs.missed <= found[0].costs.missed
    reaches = no_worse or all(landing.hit.id in accepted for landing in kept.missed)
    if not (begins and ends and reaches):
        return found
    others = [one for one in found if not _alike(one.tempo_map, keep)]
    return [kept, *others][: max(1, len(found))]
