"""Judges a map exactly: where each hit lands, what speaks against the map, and why to take it."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from scorestage.production import Hit
from scorestage.tempofit.candidate import Candidate, CostTerms, Landing
from scorestage.tempofit.ground import PLACE_POINTS, Ground, odd_factor
from scorestage.timebase import Beat, Beats, FrameRate, Meter, Ramp, TempoMap

HALF = Fraction(1, 2)
HUNDRED = Fraction(100)


def judged(
    name: str, tempo_map: TempoMap, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate
) -> Candidate:
    """The map as a candidate, its landings and steps exact."""
    landings = tuple(land(hit, tempo_map, rate) for hit in hits)
    meters = [bar.meter for bar in tempo_map.grid.bars]
    changes = sum(meter != after for meter, after in pairwise(meters))
    largest = max((abs(step) for step in tempo_steps_percent(tempo_map)), default=Fraction(0))
    costs = _costs(tempo_map, ground, landings, rate)
    why = _why(tempo_map, landings, largest, meters)
    return Candidate(name, why, tempo_map, landings, costs, largest, changes)


def land(hit: Hit, tempo_map: TempoMap, rate: FrameRate) -> Landing:
    """Where the map meets `hit`: the place of the grid that sounds nearest to its aim."""
    frame = rate.frame_span
    aim = hit.at + frame * hit.aim_frames
    grid = tempo_map.grid
    near = min(max(tempo_map.beat_at(aim), Beat(0) + -grid.pickup), grid.end)
    index = grid.index_at(near)
    unit = grid_unit(grid.bars[index].meter)
    into = (near - grid.starts[index]).quarters / unit.quarters
    at = grid.starts[index] + unit * (into + HALF).__floor__()
    off = rate.frames_in(tempo_map.time_at(at) - aim)
    caught = -hit.early_frames <= off <= hit.late_frames
    stress = 3 if at == grid.end else grid.stress_at(at)
    return Landing(hit, at, grid.position(at), off, caught, stress)


def grid_unit(meter: Meter) -> Beats:
    """The finest place a hit may fall on: half a click, a third of a dotted one."""
    return meter.click * Fraction(1, 3 if meter.compound else 2)


def tempo_steps_percent(tempo_map: TempoMap) -> tuple[Fraction, ...]:
    """How much each tempo differs from the one before, in percent, ramps left out."""
    ramps = [event for event in tempo_map.events if isinstance(event, Ramp)]
    found = []
    for (_, tempo), (at, after) in pairwise(tempo_map.baked()):
        if at >= tempo_map.grid.end:
            break
        if not any(ramp.at <= at <= ramp.at + ramp.length for ramp in ramps):
            ratio = after.quarters_per_minute / tempo.quarters_per_minute
            found.append((ratio - 1) * HUNDRED)
    return tuple(found)


def _costs(
    tempo_map: TempoMap, ground: Ground, landings: tuple[Landing, ...], rate: FrameRate
) -> CostTerms:
    weights = ground.weights
    frame = float(rate.frame_span.seconds)
    off = missed = place = 0.0
    for landing in landings:
        hit = landing.hit
        if not landing.caught:
            missed += weights.miss * hit.weight**2
            continue
        seconds = float(landing.off_frames) * frame
        scale = weights.early_seconds if seconds < 0 else weights.late_seconds
        off += weights.off * hit.weight * (seconds / scale) ** 2
        place += weights.place * hit.weight / 3 * PLACE_POINTS[hit.want][landing.stress]
    step = 0.0
    for percent in tempo_steps_percent(tempo_map):
        away = math.log1p(float(percent) / 100) / weights.step_scale
        step += weights.step * away**2 + weights.change
    meter = 0.0
    for bar in tempo_map.grid.bars:
        known = ground.meters.index(bar.meter) if bar.meter in ground.meters else 1
        meter += weights.odd_bar * odd_factor(bar.meter, known)
    terms = (off, missed, place, step, _wish(tempo_map, ground), meter)
    return CostTerms(*(Fraction(round(term * 1000), 1000) for term in terms))


def _wish(tempo_map: TempoMap, ground: Ground) -> float:
    """How far the tempos are from the one wished for, by their share of the cue."""
    weights, baked = ground.weights, tempo_map.baked()
    ends = [at for at, _ in baked[1:]] + [tempo_map.grid.end]
    total, whole = 0.0, float((tempo_map.end - tempo_map.time_at(baked[0][0])).seconds)
    for (at, tempo), end in zip(baked, ends, strict=True):
        if at >= tempo_map.grid.end:
            break
        lasting = tempo_map.time_at(min(end, tempo_map.grid.end)) - tempo_map.time_at(at)
        share = float(lasting.seconds) / whole if weights.by_share else 1.0
        units = float(tempo.quarters_per_minute / ground.unit.quarters) / 60
        total += weights.wish * share * (math.log(units / ground.wish) / weights.wish_scale) ** 2
    return total


def _why(
    tempo_map: TempoMap,
    landings: tuple[Landing, ...],
    largest: Fraction,
    meters: list[Meter],
) -> str:
    """The facts in one line."""
    caught = sum(landing.caught for landing in landings)
    downbeats = sum(landing.caught and landing.stress == 3 for landing in landings)
    tempos = [float(tempo.bpm) for at, tempo in tempo_map.baked() if at < tempo_map.grid.end]
    words = []
    if landings:
        words.append(f"{caught} of {len(landings)} hits caught, {downbeats} on downbeats")
    if max(tempos) - min(tempos) < 0.01:
        words.append(f"one tempo, {tempos[0]:.4g}")
    else:
        words.append(f"{min(tempos):.4g} to {max(tempos):.4g} bpm")
        words.append(f"largest step {float(largest):.1f} %")
    odd = [str(meter) for meter in meters if meter != meters[0]]
    if odd:
        words.append(f"{len(odd)} of {len(meters)} bars not in {meters[0]}")
    missed = [landing.hit.words or landing.hit.id for landing in landings if not landing.caught]
    if missed:
        words.append("misses " + ", ".join(missed))
    return "; ".join(words)
