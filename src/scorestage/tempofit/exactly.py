"""Turns a plan into an exact tempo map, with tempos as plain as the landing allows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scorestage.tempofit.ground import Ground
from scorestage.tempofit.plan import Plan
from scorestage.timebase import (
    BarGrid,
    Beat,
    FilmSpan,
    FilmTime,
    FrameRate,
    Steady,
    Tempo,
    TempoMap,
)

PLAIN = (1, 2, 4, 10, 20, 100, 1000, 10**4, 10**6)
"""Denominators of a tempo, plainest first: 96, 96.5, 96.25, 96.3, …"""


def exact_map(ground: Ground, plan: Plan, start: FilmTime, rate: FrameRate) -> TempoMap:
    """The plan as an exact map: every knot within a sixteenth of a frame, errors never add up.

    The music starts on a whole frame.
    """
    frame = rate.frame_span.seconds
    knots = plan.knots
    offset = round(knots[0].seconds / float(frame)) * frame
    click, unit = ground.meters[0].click, ground.unit
    clicks_per_unit = unit.quarters / click.quarters
    reached, events = offset, list[Steady]()
    for knot, after in pairwise(knots):
        clicks = (after.unit - knot.unit) * clicks_per_unit
        wanted = Fraction(after.seconds).limit_denominator(10**9)
        bpm = _plainest(clicks, wanted - reached, frame / 16)
        at = Beat((knot.unit - plan.pickup) * unit.quarters)
        if not events or events[-1].tempo.bpm != bpm:
            events.append(Steady(at, Tempo(bpm, click)))
        reached += 60 * clicks / bpm
    before_bar_one = 60 * plan.pickup * clicks_per_unit / events[0].tempo.bpm
    grid = BarGrid.of_meters(plan.bars, unit * plan.pickup)
    return TempoMap(start + FilmSpan(offset + before_bar_one), grid, tuple(events))


def _plainest(clicks: Fraction, seconds: Fraction, slack: Fraction) -> Fraction:
    """The plainest tempo at which so many clicks last `seconds`, give or take `slack`."""
    ideal = 60 * clicks / seconds
    for denominator in PLAIN:
        bpm = Fraction(round(ideal * denominator), denominator)
        if bpm > 0 and abs(60 * clicks / bpm - seconds) <= slack:
            return bpm
    return ideal
