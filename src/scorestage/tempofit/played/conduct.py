"""From observed places to a map that can be conducted: the path, the hits on it, the report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scorestage.errors import FitError
from scorestage.production import Hit
from scorestage.tempofit.judge import land
from scorestage.tempofit.played.aims import aims_of
from scorestage.tempofit.played.line import Floats, Limit, Played, TempoPath
from scorestage.tempofit.played.path import PRICE, find_path, scatter_seconds
from scorestage.tempofit.played.pulling import broken_limits, pulled_to
from scorestage.tempofit.played.values import (
    Follow,
    Observed,
    PlayedBeat,
    PlayedMap,
    PlayedSettings,
)
from scorestage.tempofit.played.writing import exact_seconds, write_beats, write_path
from scorestage.tempofit.steps import tempo_steps_percent
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, FrameRate, Meter, TempoMap

PRICE_BARS = 0.8
"""Where every bar has its tempo anyway, the path may follow the take more closely."""
MOST_BARS = 4000
LEAST = 3
END = "final barline"
ROUGH = 0.12
"""How much longer or shorter (a share) hits may make a bar than the take's before one gives way."""
ROUGH_END = 0.35
LEFT_OUT = 0.3
"""How sure a beat is that was left out between others."""
FAR = 2.5
"""So many scatters off, a beat is doubtful."""


@dataclass(frozen=True, slots=True)
class _Take:
    """What is known while a map is made: the observations as numbers, the scatter, the wishes."""

    played: Played
    scatter: float
    settings: PlayedSettings

    def path(self, barlines: Floats) -> TempoPath:
        """The path of the take alone."""
        price = PRICE if self.settings.follow is Follow.SPANS else PRICE_BARS
        ramps = self.settings.ramps or self.settings.follow is not Follow.SPANS
        return find_path(self.played, barlines, self.scatter, ramps, price)


def conduct(
    observed: Sequence[Observed],
    rate: FrameRate,
    settings: PlayedSettings,
    hits: tuple[Hit, ...] = (),
    end: FilmTime | None = None,
    grid: BarGrid | None = None,
) -> PlayedMap:
    """A map of the take: smooth and without lag, or beat by beat; hits and final barline met.

    Without a `grid` there are as many bars as the take has, or as reach the `end`. Hits are pulled
    onto the nearest place they may fall on; those that no sensible tempo reaches stay missed and
    are named. Raises `FitError` for fewer than three places, or a locked hit that is not reached.
    """
    take = _take(observed, settings)
    pickup = max(Fraction(0), -min(one.at.quarters for one in observed))
    if grid is None:
        grid = _grid(take, settings.meters, pickup, end)
    barlines = np.array([float(at.quarters) for at in grid.starts])
    plain = take.path(barlines)
    exact = settings.follow is Follow.BEATS
    limits, without = ((), ()) if exact else _limits(plain, grid, rate, hits, end)
    path, unmet = _pulled(take, plain, barlines, limits)
    unmet = (*without, *unmet)
    _refuse_unmet_locks(hits, unmet)
    remarks = [f"hit {name} is not reached by any tempo near the take" for name in unmet]
    if exact:
        tempo_map = write_beats(_every_beat(path, take, grid), grid)
    else:
        tempo_map = write_path(path, grid, settings.follow, settings.ramps)
    return _reported(tempo_map, observed, take, rate, hits, (plain, path), tuple(remarks))


def _take(observed: Sequence[Observed], settings: PlayedSettings) -> _Take:
    if len({one.at for one in observed}) < LEAST:
        raise FitError(f"at least {LEAST} beats must be played", do="tap or play more of the cue")
    ordered = sorted(observed, key=lambda one: one.at)
    places = np.array([float(one.at.quarters) for one in ordered])
    seconds = np.array([float(one.heard.seconds) for one in ordered])
    trust = np.array([max(0.01, min(1.0, one.trust)) for one in ordered])
    merged = _merged(Played(places, seconds, trust))
    told = settings.scatter_seconds
    return _Take(merged, told if told is not None else scatter_seconds(merged), settings)


def _merged(played: Played) -> Played:
    """One observation a place: the mean of those that fall on it."""
    places, index = np.unique(played.quarters, return_inverse=True)
    weights = np.bincount(index, played.weights)
    seconds = np.bincount(index, played.weights * played.seconds) / weights
    return Played(places, seconds, weights / np.bincount(index))


def _grid(
    take: _Take, meters: tuple[Meter, ...], pickup: Fraction, end: FilmTime | None
) -> BarGrid:
    """The bars of the take: to the bar after its last beat, or to the barline nearest to `end`."""
    starts, last = [Fraction(0)], float(take.played.quarters[-1])

    def add() -> None:
        meter = meters[min(len(starts), len(meters)) - 1]
        starts.append(starts[-1] + meter.length.quarters)
        if len(starts) > MOST_BARS:
            raise FitError(f"more than {MOST_BARS} bars", do="is the end right?")

    while starts[-1] <= last:
        add()
    count = len(starts) - 1
    if end is not None:
        until = float(end.seconds)
        path = take.path(np.array([float(at) for at in starts]))
        while path.second_at(float(starts[-1])) < until:
            add()
        offs = [abs(path.second_at(float(at)) - until) for at in starts]
        count = max(1, int(np.argmin(offs)))
    bars = tuple(meters[min(index, len(meters) - 1)] for index in range(count))
    return BarGrid.of_meters(bars, Beats(pickup))


def _limits(
    plain: TempoPath,
    grid: BarGrid,
    rate: FrameRate,
    hits: tuple[Hit, ...],
    end: FilmTime | None,
) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """What must be met: every hit on its place, the final barline on the end; hits without place.

    Two hits that need one place at two moments cannot both have it.
    """
    limits, without = aims_of(plain, grid, rate, hits)
    if end is None:
        return limits, without
    moment, last = float(end.seconds), float(grid.end.quarters)
    closing = Limit(last, moment, moment, END)
    inside = tuple(one for one in limits if one.quarters < last)
    return (*inside, closing), without


def _pulled(
    take: _Take, plain: TempoPath, barlines: Floats, limits: tuple[Limit, ...]
) -> tuple[TempoPath, tuple[str, ...]]:
    """The path that meets the limits, and the names of hits given up: the lightest ones first."""
    unmet: list[str] = []
    while broken_limits(plain, limits):
        pulled = pulled_to(plain, take.played, barlines, limits)
        worst = int(np.argmax(np.abs(pulled.stretch)))
        hits = [one for one in limits if one.name != END]
        rough = ROUGH if hits else ROUGH_END
        if not pulled.unmet and abs(pulled.stretch[worst]) <= rough:
            return pulled.path, tuple(unmet)
        if not hits:
            raise FitError(
                "the final barline cannot be met: the take is far longer or shorter than the cue",
                do="check where the take begins, or let the map end where the take does",
            )
        given_up = _lightest(hits, pulled.unmet, float(barlines[worst]))
        unmet.append(given_up.name)
        limits = tuple(one for one in limits if one is not given_up)
    return plain, tuple(unmet)


def _lightest(hits: list[Limit], unmet: tuple[str, ...], rough: float) -> Limit:
    """The hit to give up: the lightest of those that cannot be met, or that bend the most."""
    near = [one for one in hits if one.name in unmet]
    near = near or sorted(hits, key=lambda one: abs(one.quarters - rough))[:2]
    return min(near, key=lambda one: one.weight)


def _every_beat(path: TempoPath, take: _Take, grid: BarGrid) -> tuple[tuple[Beat, Fraction], ...]:
    """Every click as it was played; beats left out lie between, as the path and its neighbours."""
    played = take.played
    off = played.seconds - path.seconds_at(played.quarters)
    places = [Beat(0) - Beats(grid.pickup.quarters)] if grid.pickup.quarters else []
    for index, bar in enumerate(grid.bars):
        places += [grid.starts[index] + offset for offset in bar.meter.clicks]
    places.append(grid.end)
    inside = {float(at.quarters) for at in places}
    between = [Beat(_written(at)) for at in played.quarters if float(at) not in inside]
    places = sorted({*places, *between})
    numbers = np.array([float(at.quarters) for at in places])
    shift = np.interp(numbers, played.quarters, off)
    moments = path.seconds_at(numbers) + shift
    return tuple((at, exact_seconds(moment)) for at, moment in zip(places, moments, strict=True))


def _written(quarters: float) -> Fraction:
    return Fraction(quarters).limit_denominator(960)


def _reported(
    tempo_map: TempoMap,
    observed: Sequence[Observed],
    take: _Take,
    rate: FrameRate,
    hits: tuple[Hit, ...],
    paths: tuple[TempoPath, TempoPath],
    remarks: tuple[str, ...],
) -> PlayedMap:
    plain, path = paths
    beats = _beside(tempo_map, observed, take.scatter)
    offs = [one.off_seconds for one in beats if one.off_seconds is not None] or [Fraction(0)]
    pulled, where = _how_far_pulled(plain, path, beats)
    landings = tuple(land(hit, tempo_map, rate) for hit in hits)
    steps = [abs(step) for step in tempo_steps_percent(tempo_map)]
    return PlayedMap(
        tempo_map=tempo_map,
        follow=take.settings.follow,
        beats=beats,
        landings=landings,
        scatter_seconds=take.scatter,
        rms_seconds=math.sqrt(sum(float(off) ** 2 for off in offs) / len(offs)),
        mean_seconds=sum(float(off) for off in offs) / len(offs),
        largest_off_seconds=max(offs, key=abs),
        pulled_seconds=pulled,
        pulled_at=where,
        largest_step_percent=float(max(steps, default=Fraction(0))),
        remarks=remarks,
    )


def _beside(
    tempo_map: TempoMap, observed: Sequence[Observed], scatter: float
) -> tuple[PlayedBeat, ...]:
    """Every click of the map, and every other place that was played, beside the take."""
    heard = {one.at: one for one in observed}
    first, last = min(heard), max(heard)
    places = sorted({click.at for click in tempo_map.clicks()} | set(heard))
    found = []
    for at in places:
        mapped = tempo_map.time_at(at)
        one = heard.get(at)
        if one is None:
            confidence = LEFT_OUT if first < at < last else 0.0
            found.append(PlayedBeat(at, mapped, None, None, confidence))
            continue
        off = (mapped - one.heard).seconds
        far = float(off) / (FAR * scatter)
        found.append(PlayedBeat(at, mapped, one.heard, off, one.trust * math.exp(-far * far / 2)))
    return tuple(found)


def _how_far_pulled(
    plain: TempoPath, path: TempoPath, beats: tuple[PlayedBeat, ...]
) -> tuple[float, Beat | None]:
    """The most that hits and end take a beat away from where the take alone would have it."""
    if path is plain:
        return 0.0, None
    places = np.array([float(one.at.quarters) for one in beats])
    away = np.abs(path.seconds_at(places) - plain.seconds_at(places))
    worst = int(np.argmax(away))
    return float(away[worst]), beats[worst].at


def _refuse_unmet_locks(hits: tuple[Hit, ...], unmet: tuple[str, ...]) -> None:
    locked = [hit.words or hit.id for hit in hits if hit.locked and hit.id in unmet]
    if locked:
        raise FitError(
            f"no tempo near the take reaches the locked hits {', '.join(locked)}",
            do="unlock them, or play the take again nearer to them",
        )
