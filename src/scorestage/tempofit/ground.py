"""The ground a fit is searched on: points of film, the bar in grid units, what each place costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from scorestage.errors import FitError
from scorestage.production import Hit, HitKind, HitStatus
from scorestage.tempofit.places import common_unit, place_prices
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.timebase import Beats, FilmRange, FilmTime, FrameRate, Meter

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LOCKED = 1e5
"""What missing a locked hit costs: more than everything else together."""
EDGE_WEIGHT = 0.25
"""Weight of the start and of the end."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment to meet, in seconds from the cue's start: the start itself, a hit's aim, the end.

    `places` are the points by stress, `turn` whether the tempo may change here (not within a
    steady span), `relief` what a tempo step costs here as a share, `goal` whether a ritardando
    may lead here, `stop` whether the music may be held here.
    """

    seconds: float
    exact: Fraction
    early: float
    late: float
    weight: float
    price: float
    places: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    turn: bool = True
    relief: float = 1.0
    goal: bool = False
    stop: bool = False
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a search needs: points in order, the usual bar in grid units, costs per place.

    A unit is half a click beat, a third of it where the beat is dotted, or what counts both.
    `before` and `after` are the tempos (units a second) that lead in and on, where bars are kept.
    """

    origin: FilmTime
    points: tuple[Point, ...]
    open_end: bool
    meters: tuple[Meter, ...]
    unit: Beats
    bar_units: int
    pickups: tuple[int, ...]
    lowest: float
    highest: float
    wish: float
    breath: float
    hidden: float
    start_late: float
    frame_seconds: float
    weights: Weights
    steady: tuple[tuple[float, float], ...] = ()
    before: float | None = None
    after: float | None = None
    end_hold: bool = False
    """Whether the last note may be held to the cue's end."""
    whole: float = 0.0
    """Seconds that the wish is shared out over; 0: this ground's own length."""
    first_bar: int = 1
    """What is printed under the first bar."""

    @property
    def length(self) -> float:
        """Seconds from the start to the last point."""
        return self.points[-1].seconds

    @property
    def shared(self) -> float:
        """Seconds that the wish is shared out over."""
        return self.whole or self.length

    @property
    def hits(self) -> tuple[Point, ...]:
        """The points that are hits."""
        return tuple(point for point in self.points if point.hit is not None)

    def stress(self, meter: Meter) -> Ints:
        """Strength of every unit of a bar of `meter`."""
        return np.array(bar_stress(meter, self.unit), dtype=np.int64)

    def place_points(self, point: Point, meter: Meter) -> Floats:
        """What landing `point` costs at every unit of a bar of `meter`."""
        return np.array(self.place_prices(point, meter))

    def place_prices(self, point: Point, meter: Meter) -> list[float]:
        """The same, as a plain list."""
        return [point.places[strength] for strength in bar_stress(meter, self.unit)]

    def least_places(self, point: Point) -> Floats:
        """What landing `point` costs at least on every unit of the usual bar, in any meter."""
        found = np.full(self.bar_units, np.inf)
        for meter in self.meters:
            prices = self.place_points(point, meter)
            np.minimum.at(found, np.arange(len(prices)) % self.bar_units, prices)
        return np.where(np.isfinite(found), found, min(point.places))

    @property
    def click_units(self) -> int:
        """Units of a click beat of the usual meter."""
        return max(1, round(self.meters[0].click.quarters / self.unit.quarters))

    @property
    def may_hold(self) -> bool:
        """Whether there is an end to which the last note may be held."""
        return self.end_hold and not self.open_end and self.after is None

    def bar_lengths(self) -> list[int]:
        """The allowed meters' bars in units."""
        return [len(bar_stress(meter, self.unit)) for meter in self.meters]

    def bar_prices(self) -> list[float]:
        """What a bar of each allowed meter costs."""
        odd = self.weights.odd_bar
        return [odd * odd_factor(meter, index) for index, meter in enumerate(self.meters)]

    def odd_points(self, most_units: int) -> Floats:
        """What it costs to fill 0 … `most_units` units with whole bars; inf where it cannot be."""
        bars = [*zip(self.bar_lengths(), self.bar_prices(), strict=True)]
        found = [0.0] + [math.inf] * most_units
        for units in range(1, most_units + 1):
            found[units] = min(
                (found[units - length] + price for length, price in bars if length <= units),
                default=math.inf,
            )
        return np.array(found)

    @property
    def last_share(self) -> float:
        """What of its price an odd bar keeps as the last one."""
        ends = not self.open_end and self.after is None
        return self.weights.last_bar if ends else 1.0

    def end_points(self) -> Floats:
        """What it costs to end after so many units of a bar: the last bar may be odd."""
        found = np.full(self.bar_units, 0.0 if self.open_end else np.inf)
        for length, price in zip(self.bar_lengths(), self.bar_prices(), strict=True):
            at = length % self.bar_units
            found[at] = min(found[at], price * self.last_share)
        return found

    def shift_points(self) -> Floats:
        """What it costs, in odd bars, to move the barlines by 0, 1 … units of the usual bar."""
        phases = self.bar_units
        found = np.full(phases, np.inf)
        found[0] = 0.0
        for _ in range(phases):
            for length, price in zip(self.bar_lengths(), self.bar_prices(), strict=True):
                found = np.minimum(found, np.roll(found, -length % phases) + price)
        return found


@lru_cache(maxsize=256)
def bar_stress(meter: Meter, unit: Beats) -> tuple[int, ...]:
    """Strength of every unit of a bar: 3 downbeat, 2 strong beat, 1 beat, 0 between."""
    found = [0] * units_in(meter.length, unit)
    for strength, offsets in ((1, meter.clicks), (2, meter.stresses)):
        for offset in offsets:
            found[units_in(offset, unit)] = strength
    found[0] = 3
    return tuple(found)


def odd_factor(meter: Meter, index: int) -> float:
    """The usual meter is free; a longer or rarer bar costs a little more."""
    if index == 0:
        return 0.0
    return 1.0 + (0.3 if meter.numerator in (5, 7, 10) else 0.0) + (meter.numerator == 1) * 2.0


def units_in(length: Beats, unit: Beats) -> int:
    """`length` counted in grid units; whole by construction."""
    return int(length.quarters / unit.quarters)


def lay_ground(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings,
) -> Ground:
    """The ground for a cue; raises `FitError` naming hits that lie outside of it."""
    live = [hit for hit in hits if hit.status is not HitStatus.DROPPED]
    _refuse_outside(start, end, live, rate)
    frame = float(rate.frame_span.seconds)
    usual, unit = settings.meters[0], common_unit(settings.meters)
    per_second = float(Fraction(1, 60) * (usual.click.quarters / unit.quarters))
    steady = tuple(_span(one, start) for one in settings.steady)
    points = sorted(
        (_hit_point(hit, start, rate, settings.weights, steady) for hit in live),
        key=lambda point: point.seconds,
    )
    late = float(settings.start_late_frames) * frame
    first = Point(0.0, Fraction(0), 0.0, late, EDGE_WEIGHT, math.inf)
    last = [] if end is None else [_end_point((end - start).seconds, frame / 2)]
    return Ground(
        origin=start,
        points=(first, *points, *last),
        open_end=end is None,
        meters=settings.meters,
        unit=unit,
        bar_units=units_in(usual.length, unit),
        pickups=tuple(sorted({units_in(pickup, unit) for pickup in settings.pickups})),
        lowest=float(settings.lowest_bpm) * per_second,
        highest=float(settings.highest_bpm) * per_second,
        wish=float(settings.wish_bpm) * per_second,
        breath=math.log1p(float(settings.breath_percent) / 100),
        hidden=math.log1p(float(settings.hidden_percent) / 100),
        start_late=late,
        frame_seconds=frame,
        weights=settings.weights,
        steady=steady,
        end_hold=settings.end_hold or settings.fermatas,
        first_bar=settings.first_bar,
    )


def _end_point(length: Fraction, room: float) -> Point:
    return Point(float(length), length, room, room, EDGE_WEIGHT, math.inf, goal=True)


def _span(one: FilmRange, start: FilmTime) -> tuple[float, float]:
    return float((one.start - start).seconds), float((one.end - start).seconds)


def _hit_point(
    hit: Hit,
    start: FilmTime,
    rate: FrameRate,
    weights: Weights,
    steady: tuple[tuple[float, float], ...],
) -> Point:
    frame = float(rate.frame_span.seconds)
    aim = (hit.at - start).seconds + hit.aim_frames * rate.frame_span.seconds
    price = weights.missing(hit.weight) + (LOCKED if hit.locked else 0.0)
    changes = hit.kind is HitKind.CHANGE
    stops = hit.kind is HitKind.STOP
    return Point(
        seconds=float(aim),
        exact=aim,
        early=float(hit.early_frames) * frame,
        late=float(hit.late_frames) * frame,
        weight=hit.weight,
        price=price,
        places=place_prices(hit, weights.place),
        turn=not any(first < float(aim) < last for first, last in steady),
        relief=weights.relief if changes else 1.0,
        goal=changes or stops or hit.weight >= 4,
        stop=stops,
        hit=hit,
    )


def _refuse_outside(
    start: FilmTime, end: FilmTime | None, hits: list[Hit], rate: FrameRate
) -> None:
    if end is not None and end <= start:
        raise FitError("the cue ends before it starts", do="set an end after the start")
    outside = [hit for hit in hits if hit.at < start or (end is not None and hit.at > end)]
    if outside:
        named = ", ".join(
            f"{hit.id} ({hit.words or 'no words'}, {float((hit.at - start).seconds):+.2f} s)"
            for hit in outside
        )
        raise FitError(
            f"hits lie outside the cue: {named}, counted from its start",
            do="move or drop them, or make the cue longer",
        )
