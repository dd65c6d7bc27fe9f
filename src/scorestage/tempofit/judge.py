"""Judges a map exactly: where each hit lands, what speaks against the map, and why to take it."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np

from scorestage.production import Hit, HitKind
from scorestage.tempofit.candidate import Candidate, CostTerms, Landing
from scorestage.tempofit.ground import EDGE_WEIGHT, Ground, odd_factor
from scorestage.tempofit.heard import crowded_points, drift_points
from scorestage.tempofit.places import grid_unit, place_prices
from scorestage.tempofit.price import caught_points, off_points, ramp_points, step_points
from scorestage.tempofit.settings import HIDES
from scorestage.tempofit.steps import Heard, Turn, heard_in, holds, largest_percent, ramps, turns
from scorestage.tempofit.words import why
from scorestage.timebase import Beat, Fermata, FrameRate, FreeBar, Position, Ramp, Steady, TempoMap

HALF = Fraction(1, 2)


def judged(
    name: str, tempo_map: TempoMap, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate
) -> Candidate:
    """The map as a candidate, its landings and steps exact."""
    landings = tuple(land(hit, tempo_map, rate) for hit in hits)
    meters = [bar.meter for bar in tempo_map.grid.bars]
    changes = sum(meter != after for meter, after in pairwise(meters))
    heard = heard_in(tempo_map)
    largest = largest_percent(tempo_map, heard.beats)
    unwritten = largest_percent(tempo_map, (one for one in heard.beats if not one.written))
    costs = costs_of(tempo_map, ground, landings, rate, heard)
    told = why(tempo_map, landings, unwritten, heard)
    return Candidate(name, told, tempo_map, landings, costs, largest, changes, unwritten)


def land(hit: Hit, tempo_map: TempoMap, rate: FrameRate) -> Landing:
    """Where the map meets `hit`: the place of the grid that sounds nearest to its aim."""
    frame = rate.frame_span
    aim = hit.at + frame * hit.aim_frames if hit.aim_frames else hit.at
    grid = tempo_map.grid
    near = min(max(tempo_map.beat_at(aim), Beat(0) + -grid.pickup), grid.end)
    index = grid.index_at(near)
    meter = grid.bars[index].meter
    unit = grid_unit(meter).quarters
    into = unit * ((near.quarters - grid.starts[index].quarters) / unit + HALF).__floor__()
    at = Beat(grid.starts[index].quarters + into)
    off = (tempo_map.time_at(at).seconds - aim.seconds) / frame.seconds
    caught = -hit.early_frames <= off <= hit.late_frames
    if 0 <= into < meter.length.quarters:
        place = Position(index, grid.bars[index].label, into / meter.click.quarters + 1)
    else:
        place = grid.position(at)
    stress = 3 if at == grid.end else grid.stress_at(at)
    return Landing(hit, at, place, off, caught, stress)


def costs_of(
    tempo_map: TempoMap,
    ground: Ground,
    landings: tuple[Landing, ...],
    rate: FrameRate,
    heard: Heard | None = None,
) -> CostTerms:
    """Everything that speaks against a map, in points: its own or anybody else's."""
    weights = ground.weights
    frame = float(rate.frame_span.seconds)
    off = missed = place = 0.0
    for landing in landings:
        hit = landing.hit
        if not landing.caught:
            missed += weights.missing(hit.weight)
            continue
        off += caught_points(weights, float(landing.off_frames) * frame, hit.weight)
        place += place_prices(hit, weights.place)[landing.stress]
    meter = 0.0
    last = len(tempo_map.grid.bars) - 1
    for index, bar in enumerate(tempo_map.grid.bars):
        known = ground.meters.index(bar.meter) if bar.meter in ground.meters else 1
        share = ground.last_share if index == last else 1.0
        meter += weights.odd_bar * odd_factor(bar.meter, known) * share
    terms = (
        off,
        missed,
        place,
        _steps(tempo_map, ground, landings, heard or heard_in(tempo_map)),
        _wish(tempo_map, ground),
        meter,
        _written(tempo_map, ground),
        _ends(tempo_map, ground),
    )
    return CostTerms(*(Fraction(round(term * 1000), 1000) for term in terms))


def _steps(
    tempo_map: TempoMap, ground: Ground, landings: tuple[Landing, ...], heard: Heard
) -> float:
    weights = ground.weights
    changes = {one.at for one in landings if one.caught and one.hit.kind is HitKind.CHANGE}
    found = 0.0
    for turn in turns(tempo_map):
        relieved = turn.held or turn.at in changes
        found += _turn_points(turn, ground, weights.relief if relieved else 1.0)
    return found + _together(tempo_map, ground, heard)


def _together(tempo_map: TempoMap, ground: Ground, heard: Heard) -> float:
    """Marks that add up: from beat to beat, from bar to bar."""
    marks = [
        math.log(turn.ratio) for turn in turns(tempo_map) if turn.back is None and not turn.held
    ]
    if sum(map(abs, marks)) <= HIDES * ground.weights.step_scale:
        return 0.0
    beats, bars = (
        np.array([one.log_change for one in changes if not one.written])
        for changes in (heard.beats, heard.bars)
    )
    found = crowded_points(ground.weights, beats, np.array(marks))
    return found + drift_points(ground.weights, bars)


def _turn_points(turn: Turn, ground: Ground, relief: float) -> float:
    weights = ground.weights
    points = step_points(weights, math.log(turn.ratio), relief, turn.held)
    if turn.back is not None:
        back = step_points(weights, math.log(turn.back), relief)
        points = min(points, back + weights.change * relief)
    return points


def _written(tempo_map: TempoMap, ground: Ground) -> float:
    weights, end, found = ground.weights, tempo_map.grid.end, 0.0
    for ramp in ramps(tempo_map):
        share = weights.ramp_ending if _ends_with(ramp, end, ground) else 1.0
        away = math.log(ramp.end.quarters_per_minute / ramp.start.quarters_per_minute)
        found += share * ramp_points(weights, away)
    for hold in holds(tempo_map):
        share = weights.ending if _ends_with(hold, end, ground) else 1.0
        price = weights.fermata if isinstance(hold, Fermata) else weights.free_bar
        found += share * price
    return found


def _ends_with(event: Ramp | Fermata | FreeBar, end: Beat, ground: Ground) -> bool:
    return not ground.open_end and event.at + event.length == end


def _ends(tempo_map: TempoMap, ground: Ground) -> float:
    """First sound late (or early), and the final barline off the cue's end."""
    weights = ground.weights
    first = tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)
    found = off_points(weights, float((first - ground.origin).seconds), EDGE_WEIGHT)
    if not ground.open_end:
        lasting = (tempo_map.end - ground.origin).seconds - ground.points[-1].exact
        found += off_points(weights, float(lasting), EDGE_WEIGHT)
    return found


def _wish(tempo_map: TempoMap, ground: Ground) -> float:
    """How far the tempos are from the one wished for, by their share of the cue."""
    weights, events, end = ground.weights, tempo_map.events, tempo_map.grid.end
    first = Beat(0) + -tempo_map.grid.pickup
    whole = float((tempo_map.end - tempo_map.time_at(first)).seconds)
    marks: list[tuple[Beat, float, float, bool]] = []
    for event in events:
        if isinstance(event, Steady):
            now = _away(event.tempo.quarters_per_minute, ground)
            marks.append((event.at, now, now, True))
        elif isinstance(event, Ramp):
            pair = event.start.quarters_per_minute, event.end.quarters_per_minute
            marks.append((event.at, _away(pair[0], ground), _away(pair[1], ground), True))
            after = _away(pair[1], ground)
            marks.append((event.at + event.length, after, after, True))
        else:
            came = marks[-1][2]
            marks.append((event.at, came, came, False))
            marks.append((event.at + event.length, came, came, True))
    total, times = 0.0, dict(tempo_map.joints)

    def seconds_at(at: Beat) -> Fraction:
        return (times[at] if at in times else tempo_map.time_at(at)).seconds

    for index, (at, start, final, sounds) in enumerate(marks):
        until = min(marks[index + 1][0] if index + 1 < len(marks) else end, end)
        begins = min(first, at) if index == 0 else at
        if until <= begins or not sounds:
            continue
        lasting = float(seconds_at(until) - seconds_at(begins))
        share = lasting / whole if weights.by_share else 1.0
        total += weights.wish * share * (start * start + start * final + final * final) / 3
    return total / weights.wish_scale**2


def _away(quarters_per_minute: Fraction, ground: Ground) -> float:
    """How far a tempo is from the one wished for, in logarithms."""
    return math.log(float(quarters_per_minute / ground.unit.quarters) / 60 / ground.wish)
