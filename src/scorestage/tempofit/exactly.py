"""Turns a plan into an exact tempo map, with tempos as plain as the landing allows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.tempofit.ground import Ground
from scorestage.tempofit.plan import Knot, Law, Plan
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FrameRate,
    FreeBar,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

PLAIN = (1, 2, 4, 10, 20, 100, 1000, 10**4, 10**6)
"""Denominators of a tempo, plainest first: 96, 96.5, 96.25, 96.3, …"""
SLACK = Fraction(1, 32)
"""A knot lands within this part of a frame of where the plan has it."""
FAITHFUL = Fraction(1, 3000)
"""And no stretch is longer or shorter than planned by more than this part of it."""
HARDLY = Fraction(1, 10**5)
"""The same where a tempo is wanted as it is."""
NEARLY = 2e-4
"""A plan's tempo may leave the range by this part of it and count as inside."""


@dataclass(slots=True)
class _Writer:
    """Writes tempo events one after the other, from the exact place the one before reached."""

    ground: Ground
    plan: Plan
    most_slack: Fraction
    reached: Fraction
    events: list[TempoEvent] = field(default_factory=list)
    bpm: Fraction = Fraction(0)
    before_bar_one: Fraction = Fraction(0)
    unit_clicks: Fraction = field(init=False)

    def __post_init__(self) -> None:
        self.unit_clicks = self.ground.unit.quarters / self.ground.meters[0].click.quarters

    def stretch(self, knot: Knot, after: Knot, last: bool) -> None:
        """One stretch, by its law."""
        at = Beat((knot.unit - self.plan.pickup) * self.ground.unit.quarters)
        units = after.unit - knot.unit
        length = Beats(units * self.ground.unit.quarters)
        wanted = self._wanted(after, last) - self.reached
        began = self.reached
        if knot.law is Law.STEADY:
            self._steady(at, self._clicks(units), wanted, self._slack(after, last, wanted))
        elif knot.law is Law.RAMP:
            self._ramp(at, length, self._clicks(units), wanted, self._slack(after, last, wanted))
        else:
            played = FilmSpan(wanted)
            held: TempoEvent = Fermata(at, length, played)
            self.events.append(held if knot.law is Law.FERMATA else FreeBar(at, length, played))
            self.reached += wanted
        self._count_in(knot.unit, after.unit, began)

    def _steady(self, at: Beat, clicks: Fraction, wanted: Fraction, slack: Fraction) -> None:
        bpm = self._plainest(clicks, wanted, slack)
        if bpm != self.bpm:
            self.events.append(Steady(at, Tempo(bpm, self.ground.meters[0].click)))
        self.bpm = bpm
        self.reached += 60 * clicks / bpm

    def _ramp(
        self, at: Beat, length: Beats, clicks: Fraction, wanted: Fraction, slack: Fraction
    ) -> None:
        """Linear in time: a ramp lasts as its mean tempo would."""
        click, first = self.ground.meters[0].click, self.bpm
        ideal = 120 * clicks / wanted - first
        final = ideal
        for denominator in PLAIN:
            tried = Fraction(round(ideal * denominator), denominator)
            if tried > 0 and abs(120 * clicks / (first + tried) - wanted) <= slack:
                final = tried
                break
        law = RampLaw.LINEAR_IN_TIME
        ramp = Ramp(at, length, Tempo(first, click), Tempo(final, click), law)
        self.events.append(ramp)
        self.bpm = final
        self.reached += ramp.seconds_after(length)

    def _wanted(self, knot: Knot, last: bool) -> Fraction:
        """When a knot should sound: exactly on its point where the plan has it there.

        The last one does so in any case where music that stays as it is follows.
        """
        if last and self.ground.after is not None:
            return self.ground.points[-1].exact
        if knot.point is not None:
            point = self.ground.points[knot.point]
            if abs(knot.seconds - point.seconds) < 1e-7:
                return point.exact
        return Fraction(knot.seconds).limit_denominator(10**9)

    def _slack(self, knot: Knot, last: bool, wanted: Fraction) -> Fraction:
        """How far from the plan a knot may land; not at all where nothing is allowed."""
        if last and self.ground.after is not None:
            return Fraction(0)
        most = min(self.most_slack, FAITHFUL * wanted)
        if knot.point is None:
            return most
        point = self.ground.points[knot.point]
        off = knot.seconds - point.seconds
        room = min(point.early + off, point.late - off)
        if point.hit is None:
            room = point.early
        return min(most, max(Fraction(0), Fraction(room)))

    def _clicks(self, units: int) -> Fraction:
        return units * self.unit_clicks

    def _plainest(self, clicks: Fraction, seconds: Fraction, slack: Fraction) -> Fraction:
        """The plainest tempo at which so many clicks last `seconds`, give or take `slack`."""
        minutes = 60 * clicks
        ideal = minutes / seconds
        per_bpm = float(1 / self.unit_clicks) / 60
        low, high = self.ground.lowest / per_bpm, self.ground.highest / per_bpm
        slowest = minutes / (seconds + slack)
        fastest = minutes / (seconds - slack) if seconds > slack else None
        if self.bpm and slowest <= self.bpm and (fastest is None or self.bpm <= fastest):
            return self.bpm
        free = not low <= ideal <= high
        top, bottom = ideal.numerator, ideal.denominator
        for denominator in PLAIN:
            bpm, over = divmod(top * denominator, bottom)
            bpm += 2 * over > bottom or (2 * over == bottom and bpm % 2 == 1)
            if bpm <= 0 or bpm * slowest.denominator < slowest.numerator * denominator:
                continue
            if fastest and bpm * fastest.denominator > fastest.numerator * denominator:
                continue
            if free or low - 1e-9 <= bpm / denominator <= high + 1e-9:
                return Fraction(bpm, denominator)
        return ideal

    def _count_in(self, first: int, last: int, began: Fraction) -> None:
        """Keeps count of the seconds before bar 1."""
        pickup = self.plan.pickup
        if first < pickup:
            share = Fraction(min(last, pickup) - first, last - first)
            self.before_bar_one += (self.reached - began) * share


def exact_map(ground: Ground, plan: Plan, rate: FrameRate, slack: Fraction = SLACK) -> TempoMap:
    """The plan as an exact map: every knot within `slack` of a frame, errors never add up.

    The music starts on a quarter of a frame, unless that takes its first tempo out of the range.
    """
    frame = rate.frame_span.seconds
    knots = plan.knots
    offset = _offset(ground, plan, frame / 4)
    writer = _Writer(ground, plan, slack * frame, offset)
    for index, knot in enumerate(knots[:-1]):
        writer.stretch(knot, knots[index + 1], index == len(knots) - 2)
    grid = BarGrid.of_meters(plan.bars, ground.unit * plan.pickup, ground.first_bar)
    start = ground.origin + FilmSpan(offset + writer.before_bar_one)
    return TempoMap(start, grid, tuple(writer.events))


def _offset(ground: Ground, plan: Plan, quarter: Fraction) -> Fraction:
    """When the music starts: on the nearest quarter of a frame from which the tempo of its first
    stretch stays in the range, where the plan's does."""
    first, after = plan.knots[0], plan.knots[1]
    number = first.seconds / float(quarter)
    nearest = round(number) * quarter
    if first.law is not Law.STEADY or not _in_range(ground, plan, first.seconds, NEARLY):
        return nearest
    other = (math.floor(number) if round(number) > number else math.ceil(number)) * quarter
    for tried in (nearest, other):
        if tried >= 0 and float(tried) < after.seconds and _in_range(ground, plan, float(tried)):
            return tried
    return Fraction(first.seconds).limit_denominator(10**9)


def _in_range(ground: Ground, plan: Plan, offset_seconds: float, slack: float = 1e-6) -> bool:
    """Whether the first stretch keeps to the range of tempos where the music starts there."""
    first, after = plan.knots[0], plan.knots[1]
    speed = (after.unit - first.unit) / (after.seconds - offset_seconds)
    return ground.lowest * (1 - slack) <= speed <= ground.highest * (1 + slack)
