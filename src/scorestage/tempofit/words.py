"""Says in words what a map is like."""

from __future__ import annotations

import math
from fractions import Fraction

from scorestage.tempofit.candidate import Landing
from scorestage.tempofit.steps import Change, Heard, holds, ramps
from scorestage.timebase import Beat, Fermata, Ramp, Steady, TempoMap, mixed_text

HIDDEN_PERCENT = Fraction(5, 2)
"""Up to so much from beat to beat, and from bar to bar, nobody notices."""
HIDDEN = float(HIDDEN_PERCENT) + 1e-6


def why(tempo_map: TempoMap, landings: tuple[Landing, ...], largest: Fraction, heard: Heard) -> str:
    """The facts in one line; `heard` are the changes of tempo that a listener meets."""
    words = []
    caught = sum(landing.caught for landing in landings)
    downbeats = sum(landing.caught and landing.stress == 3 for landing in landings)
    if landings:
        words.append(f"{caught} of {len(landings)} hits caught, {downbeats} on downbeats")
    words.extend(_tempo_words(tempo_map, largest, landings, heard))
    meters = [bar.meter for bar in tempo_map.grid.bars]
    odd = [str(meter) for meter in meters if meter != meters[0]]
    if odd:
        words.append(f"{len(odd)} of {len(meters)} bars not in {meters[0]}")
    missed = [landing.hit.words or landing.hit.id for landing in landings if not landing.caught]
    if missed:
        words.append("misses " + ", ".join(missed))
    return "; ".join(words)


def _tempo_words(
    tempo_map: TempoMap, largest: Fraction, landings: tuple[Landing, ...], heard: Heard
) -> list[str]:
    tempos = [float(one.tempo.bpm) for one in tempo_map.events if isinstance(one, Steady)]
    found = []
    if max(tempos) - min(tempos) < 0.01:
        opening = "starts at" if ramps(tempo_map) else "one tempo,"
        found.append(f"{opening} {tempos[0]:.4g}")
    else:
        found.append(f"{min(tempos):.4g} to {max(tempos):.4g} bpm")
        found.append(f"largest step {float(largest):.1f} %{_heard(largest)}")
    found += _loud_words(tempo_map, landings, heard)
    found += _drift_words(tempo_map, landings, heard)
    for ramp in ramps(tempo_map):
        last = ramp.at + ramp.length
        reached = _reached(landings, last, tempo_map)
        found.append(f"{ramp_word(ramp)} into {_place(tempo_map, last)}{reached}")
    for hold in holds(tempo_map):
        name = "a fermata" if isinstance(hold, Fermata) else "a free bar"
        reached = _reached(landings, hold.at + hold.length, tempo_map)
        lasting = f"{float(hold.played.seconds):.1f} s"
        found.append(f"{name} at {_place(tempo_map, hold.at)}, {lasting}{reached}")
    return found


def _loud_words(tempo_map: TempoMap, landings: tuple[Landing, ...], heard: Heard) -> list[str]:
    """Each step that is heard, and the hit that it buys."""
    return [
        f"a step of {abs(one.percent):.1f} % {'up' if one.percent > 0 else 'down'} at "
        f"{_place(tempo_map, one.at)}"
        f"{_reached(landings, one.at, tempo_map)}"
        for one in heard.beats
        if not one.written and abs(one.percent) > HIDDEN
    ]


def _drift_words(tempo_map: TempoMap, landings: tuple[Landing, ...], heard: Heard) -> list[str]:
    """Bars whose small steps add up to what is heard: what to write there, and for which hit."""
    at_once = [one.at for one in heard.beats if abs(one.percent) > HIDDEN]
    loud = [
        one
        for one in heard.bars
        if not one.written
        and abs(one.percent) > HIDDEN
        and not _steps_within(tempo_map, one.at, at_once)
    ]
    runs: list[list[Change]] = []
    index_at = tempo_map.grid.index_at
    for one in loud:
        goes_on = runs and index_at(one.at) == index_at(runs[-1][-1].at) + 1
        if goes_on and (one.percent > 0) == (runs[-1][-1].percent > 0):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_run_words(run, tempo_map, landings) for run in runs]


def _steps_within(tempo_map: TempoMap, barline: Beat, steps: list[Beat]) -> bool:
    """Whether one of the steps lies in the bars about a barline."""
    index, starts = tempo_map.grid.index_at(barline), tempo_map.grid.starts
    first = starts[index - 1]
    last = starts[index + 1] if index + 1 < len(tempo_map.grid.bars) else tempo_map.grid.end
    return any(first < at < last for at in steps)


def _run_words(run: list[Change], tempo_map: TempoMap, landings: tuple[Landing, ...]) -> str:
    bars, index = tempo_map.grid.bars, tempo_map.grid.index_at(run[0].at)
    last = tempo_map.grid.index_at(run[-1].at)
    percent = math.expm1(sum(abs(one.log_change) for one in run)) * 100
    how = "slows down (poco rit.)" if run[0].percent < 0 else "moves on (poco accel.)"
    place = f"from bar {bars[index - 1].label} to {bars[last].label}"
    return f"{how} by {percent:.1f} % {place}{_reached(landings, run[-1].at, tempo_map)}"


def _reached(landings: tuple[Landing, ...], at: Beat, tempo_map: TempoMap) -> str:
    """Which hit a change that ends at `at` is made for: the next one caught, or the cue's end."""
    after = [landing for landing in landings if landing.caught and landing.at >= at]
    if not after:
        return " to end with the cue" if at >= tempo_map.grid.end else ""
    landing = min(after, key=lambda one: one.at)
    return f" to reach {landing.hit.words or landing.hit.id}"


def _heard(largest: Fraction) -> str:
    """By the bands of what is heard: 2.5 % a step hides, more is for a phrase."""
    if largest <= HIDDEN_PERCENT:
        return " (not noticed)"
    return " (heard, fine at a phrase)" if largest <= 6 else " (must be written as a new tempo)"


def ramp_word(ramp: Ramp) -> str:
    """`rit. 96 to 80` or `accel. 80 to 96`."""
    first, final = float(ramp.start.bpm), float(ramp.end.bpm)
    return f"{'rit.' if final < first else 'accel.'} {first:.4g} to {final:.4g}"


def _place(tempo_map: TempoMap, at: Beat) -> str:
    if at >= tempo_map.grid.end:
        return "the ending"
    position = tempo_map.grid.position(at)
    beat = f" beat {mixed_text(position.beat)}" if position.beat != 1 else ""
    return f"bar {position.label}{beat}"
