"""Says in words what a map is like."""

from __future__ import annotations

from fractions import Fraction

from scorestage.tempofit.candidate import Landing
from scorestage.tempofit.steps import holds, ramps
from scorestage.timebase import Beat, Fermata, Ramp, Steady, TempoMap, mixed_text


def why(tempo_map: TempoMap, landings: tuple[Landing, ...], largest: Fraction) -> str:
    """The facts in one line."""
    words = []
    caught = sum(landing.caught for landing in landings)
    downbeats = sum(landing.caught and landing.stress == 3 for landing in landings)
    if landings:
        words.append(f"{caught} of {len(landings)} hits caught, {downbeats} on downbeats")
    words.extend(_tempo_words(tempo_map, largest))
    meters = [bar.meter for bar in tempo_map.grid.bars]
    odd = [str(meter) for meter in meters if meter != meters[0]]
    if odd:
        words.append(f"{len(odd)} of {len(meters)} bars not in {meters[0]}")
    missed = [landing.hit.words or landing.hit.id for landing in landings if not landing.caught]
    if missed:
        words.append("misses " + ", ".join(missed))
    return "; ".join(words)


def _tempo_words(tempo_map: TempoMap, largest: Fraction) -> list[str]:
    tempos = [float(one.tempo.bpm) for one in tempo_map.events if isinstance(one, Steady)]
    found = []
    if max(tempos) - min(tempos) < 0.01:
        opening = "starts at" if ramps(tempo_map) else "one tempo,"
        found.append(f"{opening} {tempos[0]:.4g}")
    else:
        found.append(f"{min(tempos):.4g} to {max(tempos):.4g} bpm")
        found.append(f"largest step {float(largest):.1f} %{_heard(largest)}")
    for ramp in ramps(tempo_map):
        found.append(f"{ramp_word(ramp)} into {_place(tempo_map, ramp.at + ramp.length)}")
    for hold in holds(tempo_map):
        name = "a fermata" if isinstance(hold, Fermata) else "a free bar"
        found.append(f"{name} at {_place(tempo_map, hold.at)}, {float(hold.played.seconds):.1f} s")
    return found


def _heard(largest: Fraction) -> str:
    """By the bands of what is heard: 2.5 % a step hides, more is for a phrase."""
    if largest <= Fraction(5, 2):
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
