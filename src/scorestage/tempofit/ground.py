"""The ground a fit is searched on: points of film, the bar in grid units, what each place costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus, HitWant
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.timebase import Beats, FilmTime, FrameRate, Meter

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOCKED = 1e5
"""What missing a locked hit costs: more than everything else together."""
PLACE_POINTS = {
    HitWant.DOWNBEAT: (12.0, 5.0, 2.0, 0.0),
    HitWant.STRONG: (9.0, 3.0, 0.0, 0.0),
    HitWant.BEAT: (6.0, 1.5, 0.5, 0.0),
    HitWant.HALF: (0.5, 0.5, 0.2, 0.0),
    HitWant.ANY: (0.0, 0.0, 0.0, 0.0),
}
"""Points by stress of the place: between beats, beat, strong beat, downbeat."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment to meet, in seconds from the cue's start: the start itself, a hit's aim, the end."""

    seconds: float
    early: float
    late: float
    weight: int
    price: float
    want: HitWant
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a search needs: points in order, the usual bar in grid units, costs per place.

    A unit is half a click beat, or a third of it where the beat is dotted.
    """

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
    start_late: float
    frame_seconds: float
    weights: Weights

    @property
    def length(self) -> float:
        """Seconds from the start to the last point."""
        return self.points[-1].seconds

    @property
    def hits(self) -> tuple[Point, ...]:
        """The points that are hits."""
        return tuple(point for point in self.points if point.hit is not None)

    def stress(self, meter: Meter) -> Ints:
        """Strength of every unit of a bar of `meter`."""
        count = units_in(meter.length, self.unit)
        found = np.zeros(count, dtype=np.int64)
        for strength, offsets in ((1, meter.clicks), (2, meter.stresses)):
            for offset in offsets:
                found[units_in(offset, self.unit)] = strength
        found[0] = 3
        return found

    def place_points(self, point: Point, meter: Meter) -> Floats:
        """What landing `point` costs at every unit of a bar of `meter`."""
        if point.hit is None:
            return np.zeros(units_in(meter.length, self.unit))
        table = np.array(PLACE_POINTS[point.want]) * (self.weights.place * point.weight / 3)
        return np.asarray(table[self.stress(meter)], dtype=np.float64)

    def odd_points(self, most_units: int) -> Floats:
        """What it costs to fill 0 … `most_units` units with whole bars; inf where it cannot be."""
        found = np.full(most_units + 1, np.inf)
        found[0] = 0.0
        prices = [
            (units_in(meter.length, self.unit), self.weights.odd_bar * odd_factor(meter, index))
            for index, meter in enumerate(self.meters)
        ]
        for units in range(1, most_units + 1):
            for length, price in prices:
                if length <= units:
                    found[units] = min(found[units], found[units - length] + price)
        return found


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
    usual = settings.meters[0]
    unit = usual.click * Fraction(1, 3 if usual.compound else 2)
    per_second = float(Fraction(1, 60) * (usual.click.quarters / unit.quarters))
    points = sorted(
        (_hit_point(hit, start, rate, settings.weights) for hit in live),
        key=lambda point: point.seconds,
    )
    late = float(settings.start_late_frames) * frame
    first = Point(0.0, 0.0, late, 3, math.inf, HitWant.DOWNBEAT)
    last = []
    if end is not None:
        length = float((end - start).seconds)
        last = [Point(length, frame / 2, frame / 2, 3, math.inf, HitWant.DOWNBEAT)]
    return Ground(
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
        start_late=late,
        frame_seconds=frame,
        weights=settings.weights,
    )


def _hit_point(hit: Hit, start: FilmTime, rate: FrameRate, weights: Weights) -> Point:
    frame = float(rate.frame_span.seconds)
    aim = (hit.at - start).seconds + hit.aim_frames * rate.frame_span.seconds
    price = weights.miss * hit.weight**2 + (LOCKED if hit.locked else 0.0)
    early, late = float(hit.early_frames) * frame, float(hit.late_frames) * frame
    return Point(float(aim), early, late, hit.weight, price, hit.want, hit)


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
