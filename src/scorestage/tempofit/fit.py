"""Finds tempo and meter maps that reach a cue's hits and still feel like music."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus
from scorestage.tempofit.bound import lower_bound
from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.chance import BENDING, ONE, chances
from scorestage.tempofit.conflict import conflict_words
from scorestage.tempofit.exactly import HARDLY, exact_map
from scorestage.tempofit.ground import LOCKED, Ground, lay_ground
from scorestage.tempofit.judge import judged
from scorestage.tempofit.kept import Gap, Span, gaps_of, ground_of_gap, joined, spans_of
from scorestage.tempofit.naming import named
from scorestage.tempofit.ranking import alike, differ, maps_differ
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import largest_step
from scorestage.tempofit.ways import Found, Ways
from scorestage.timebase import FilmTime, FrameRate, Meter, TempoMap

DEFAULTS = FitSettings()
NOTHING_ACCEPTED: frozenset[str] = frozenset()
STEADIEST = "steadiest"
ALWAYS_SHOWN = (STEADIEST, "closest")
"""Ways that a person wants to see even where others cost less."""
PLAIN_DENOMINATOR = 20
"""Of a constant tempo that is a whole number of 0.05 bpm."""
STEP_ROOM = 0.0005
"""So much (log tempo) further than a breath a step may come by rounding."""
SPARE = 3
"""So many more plans are judged than are shown."""


def fit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings = DEFAULTS,
    keep: TempoMap | None = None,
    accepted: frozenset[str] = NOTHING_ACCEPTED,
    keep_bars: tuple[tuple[int, int], ...] = (),
) -> tuple[Candidate, ...]:
    """Tempo and meter maps for a cue, best first, each judged exactly.

    `start` is where the first sound may fall; the final barline falls on `end` (within a frame),
    or without one a few bars after the last hit. `keep` is a map already in use: while it fills
    the cue and reaches all hits (but those `accepted` as missed, by id, or not fewer in weight
    than any other map), it stays first. Of its bars those of `keep_bars` (index spans, the end
    excluded) stay in every candidate as they are: when they sound, their meters and tempos.
    Locked hits that no map reaches together are named by `Candidate.conflict`.
    Raises `FitError` for hits outside the cue and for cues that no whole bars fill.

    >>> from scorestage.timebase import FRAMES_24
    >>> best = fit(FilmTime(0), FilmTime(20), (), FRAMES_24)[0]
    >>> best.tempo_map.events[0].tempo.bpm, len(best.tempo_map.grid.bars), best.tempo_map.end
    (Fraction(96, 1), 8, FilmTime('20'))
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = _fillable(lay_ground(start, end, live, rate, settings))
    if keep is not None and keep_bars:
        found = _around(keep, keep_bars, ground, live, rate, settings, end)
    else:
        found = _searched(ground, live, rate, settings)
        found = _with_gaps(found, ground, settings)
    if keep is not None:
        found = _with_kept(keep, found, ground, live, rate, start, end, accepted)
    baseline = chances(ground, settings.draws, settings.seed)
    return tuple(
        replace(one, chance=baseline.get(_family(one)), conflict=conflict_words(ground, one))
        for one in named(found)
    )


def first_fit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings = DEFAULTS,
) -> Candidate:
    """A good map at once, for live use: without ranking and without its chance baseline.

    >>> from scorestage.timebase import FRAMES_24
    >>> first_fit(FilmTime(0), FilmTime(20), (), FRAMES_24).tempo_map.end
    FilmTime('20')
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = _fillable(lay_ground(start, end, live, rate, settings))
    found = Ways(ground, settings).first()
    if found is None:
        raise _too_short(ground)
    candidate = judged(found.name, exact_map(ground, found.plan, rate), ground, live, rate)
    return replace(candidate, conflict=conflict_words(ground, candidate))


def _family(candidate: Candidate) -> str:
    return BENDING if len(candidate.tempo_map.events) > 1 else ONE


def _searched(
    ground: Ground, hits: tuple[Hit, ...], rate: FrameRate, settings: FitSettings
) -> list[Candidate]:
    """All ways, the different ones judged and ranked."""
    ways = Ways(ground, settings)
    chosen = _chosen(ground, list(ways.all()), settings.top)
    if not chosen:
        raise _too_short(ground)
    if len(chosen) < settings.top:
        chosen = _chosen(ground, [*chosen, *ways.further()], settings.top)
    return _shown([_judged(one, ground, hits, rate) for one in chosen], settings.top)


def _judged(found: Found, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate) -> Candidate:
    """A plan as a candidate; a constant tempo by 0.05 bpm just so, where plainer ones cost more."""
    candidate = judged(found.name, exact_map(ground, found.plan, rate), ground, hits, rate)
    if len(found.plan.knots) > 2:
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


def _with_gaps(found: list[Candidate], ground: Ground, settings: FitSettings) -> list[Candidate]:
    """The candidates with what, at most, another map could save."""
    least = lower_bound(ground, settings, float(found[0].costs.total))
    bound = Fraction(math.floor(least * 1000), 1000)
    return [replace(one, gap=max(Fraction(0), one.costs.total - bound)) for one in found]


def _around(
    keep: TempoMap,
    keep_bars: tuple[tuple[int, int], ...],
    ground: Ground,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings,
    end: FilmTime | None,
) -> list[Candidate]:
    """Maps that keep bars as they are: every gap between those is fitted by itself."""
    pieces = gaps_of(keep, spans_of(keep, keep_bars), ground.origin, end)
    whole = end if end is not None else keep.end
    lists: list[list[tuple[Gap, TempoMap, str]] | Span] = []
    for piece in pieces:
        if isinstance(piece, Span):
            lists.append(piece)
            continue
        own = _fillable(ground_of_gap(ground, piece, whole))
        chosen = _chosen(own, list(Ways(own, settings).all()), settings.top)
        if not chosen:
            raise _too_short(own)
        lists.append([(piece, exact_map(own, one.plan, rate), one.name) for one in chosen])
    most = max((len(one) for one in lists if isinstance(one, list)), default=1)
    candidates = []
    for number in range(most):
        for only in range(len(lists)):
            names, parts = list[str](), list[tuple[Gap, TempoMap] | Span]()
            for index, one in enumerate(lists):
                if isinstance(one, Span):
                    parts.append(one)
                    continue
                gap, tempo_map, name = one[min(number if index >= only else 0, len(one) - 1)]
                parts.append((gap, tempo_map))
                names.append(name)
            name = names[-1] if names else "kept"
            candidates.append(judged(name, joined(keep, parts), ground, hits, rate))
    return _shown(candidates, settings.top)


def _fillable(ground: Ground) -> Ground:
    """The ground, with a bar of one beat allowed where a very short cue holds no other."""
    if ground.open_end:
        return ground
    most = int(ground.highest * ground.length + 1e-9)
    odd = ground.odd_points(most)
    lowest = math.ceil(ground.lowest * ground.length - 1e-9)
    if np.any(np.isfinite(odd[max(1, lowest) : most + 1])):
        return ground
    usual = ground.meters[0]
    single = Meter(3 if usual.compound else 1, usual.denominator)
    return replace(ground, meters=(*ground.meters, single))


def _too_short(ground: Ground) -> FitError:
    return FitError(
        f"no whole bar fits into {ground.length:.2f} s at the tempos allowed",
        do="make the cue longer or widen the range of tempos",
    )


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
    others = [one for one in found if not alike(one.tempo_map, keep)]
    return [kept, *others][: max(1, len(found))]
