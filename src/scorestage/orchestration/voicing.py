"""A chord laid out for a choir: complete, open below and close above, each voice moving little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.music import Instrument
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.practice import IMPOSSIBLE, key_costs

_CHOICES = 7
_MISSING = 3.0
_LOW = 48
_GROUND = 50
_MIDDLE = 60


@dataclass(frozen=True, slots=True)
class Seat:
    """A voice of the choir: who plays it and where it would like to lie."""

    instrument: Instrument
    wish: float


def seats_for(instruments: Sequence[Instrument], centre: float, spread: float) -> list[Seat]:
    """Voices from low to high around `centre`, `spread` semitones apart, inside each instrument."""
    found = []
    for place, instrument in enumerate(instruments):
        wish = centre + (place - (len(instruments) - 1) / 2) * spread
        easy = instrument.comfortable
        if easy is not None:
            wish = max(easy.low.key + 2.0, min(easy.high.key - 2.0, wish))
        found.append(Seat(instrument, wish))
    return found


def voiced(
    seats: Sequence[Seat], chord: Slice, before: Sequence[int], level: float
) -> tuple[int, ...]:
    """MIDI keys for the seats from low to high, least cost over range, spacing and movement.

    `before` are the keys of the chord before (empty at the start). Empty where there is no way.
    """
    classes = sorted(chord.names)
    states: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(-1, 0): (0.0, ())}
    for place, seat in enumerate(seats):
        last = before[place] if place < len(before) else None
        choices = _choices(seat, chord, last, level)
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (below, mask), (cost, keys) in states.items():
            for key, own in choices:
                if below >= 0 and key < below:
                    continue
                total = cost + own + (_gap(below, key) if below >= 0 else 0.0)
                state = key, mask | 1 << classes.index(key % 12)
                if state not in following or total < following[state][0]:
                    following[state] = total, (*keys, key)
        states = following
    if not states:
        return ()
    most = min(len(seats), len(classes))
    ranked = [
        (cost + _MISSING * max(0, most - mask.bit_count()), keys)
        for (_, mask), (cost, keys) in states.items()
    ]
    return min(ranked)[1]


def _choices(seat: Seat, chord: Slice, last: int | None, level: float) -> list[tuple[int, float]]:
    """The best keys for one voice; not under the bass, and low down rather the bass's own tone."""
    wide = seat.instrument.professional
    if wide is None:
        return []
    bass = chord.bass.key if chord.bass is not None else 0
    ground = bass % 12 if chord.bass is not None else chord.pitches[0].key % 12
    aim = seat.wish if last is None else 0.6 * last + 0.4 * seat.wish
    found = []
    costs = key_costs(seat.instrument, level)
    for key in range(max(0, wide.low.key, bass), min(127, wide.high.key) + 1):
        if key % 12 in chord.names and abs(key - aim) <= 16:
            register = costs[key]
            if register < IMPOSSIBLE:
                cost = register + 0.12 * abs(key - seat.wish)
                cost += 0.3 * abs(key - last) if last is not None else 0.0
                cost += 2.5 if key < _GROUND and key % 12 != ground else 0.0
                found.append((key, cost))
    return sorted(found, key=lambda choice: choice[1])[:_CHOICES]


def _gap(below: int, above: int) -> float:
    """What the distance between two neighbouring voices costs.

    >>> _gap(36, 40) > _gap(60, 64), _gap(72, 90) > _gap(72, 79)
    (True, True)
    """
    distance = above - below
    if distance == 0:
        return 2.0
    if below < _LOW:
        return 4.0 if distance < 7 else max(0.0, distance - 19) * 0.3
    if below < _MIDDLE and distance < 3:
        return 2.0
    return max(0.0, distance - 12) * 0.6 + (0.8 if distance < 3 else 0.0)
