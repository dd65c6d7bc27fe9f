"""The search for a line: which step of the scale each note of a rhythm takes.

Costs are in arbitrary points; the cheapest line through all notes is found exactly, by dynamic
programming over pairs of neighbouring steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random

from scorestage.music.harmony import in_chord, pitch_under
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol

FORBIDDEN = 60.0
HOPELESS = 25.0
"""A line that costs so much more than the best one so far is not followed any further."""
_INTERVALS = {
    (0, 0): 1.7,
    (0, 1): 1.0,
    (1, 1): 0.1,
    (1, 2): 0.0,
    (2, 3): 0.7,
    (2, 4): 0.7,
    (3, 5): 1.0,
    (4, 7): 1.3,
    (5, 8): 2.6,
    (5, 9): 2.6,
    (7, 12): 2.4,
}
"""What an interval of (staff steps, semitones) costs where leaps are neither liked nor shunned."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One note to be found: where, how long, how strong, over what; `target` in steps.

    `stress` 3 is the downbeat, 0 off the beat; `only` fixes the steps it may take.
    """

    onset: Fraction
    length: Fraction
    stress: int
    chord: ChordSymbol
    target: float
    only: tuple[int, ...] = ()

    @property
    def weighs(self) -> bool:
        """Whether a tone foreign to the chord would be heard as one."""
        return self.stress >= 2 or (self.stress == 1 and self.length >= 1) or self.length >= 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest step allowed, and how much leaps are liked, 0 to 4."""

    low: int
    high: int
    leaps: int = 2


@cache
def key_under(key: Key, step: int, chord: ChordSymbol) -> int:
    """MIDI key of a step of the scale as the chord bends it."""
    return pitch_under(key, step, chord).key


@cache
def belongs(key: Key, step: int, chord: ChordSymbol) -> bool:
    """Whether a step of the scale is a tone of the chord."""
    return in_chord(pitch_under(key, step, chord), chord)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A slot with its tones looked up: MIDI key and belonging of every step, from `low` on.

    `foreign` is 0 for a tone of the chord, 1 for a light foreign tone, 2 for one that weighs.
    """

    slot: Slot
    low: int
    keys: tuple[int, ...]
    foreign: tuple[int, ...]
    leads: tuple[bool, ...]

    @classmethod
    def of(cls, slot: Slot, key: Key, low: int, high: int) -> _Stand:
        steps = range(low, high + 1)
        keys = tuple(key_under(key, step, slot.chord) for step in steps)
        inside = tuple(belongs(key, step, slot.chord) for step in steps)
        weight = 2 if slot.weighs else 1
        leads = tuple(
            step % 7 == 6 and inside[step - low] and (keys[step - low] - key.home.key) % 12 == 11
            for step in steps
        )
        foreign = tuple(0 if belonging else weight for belonging in inside)
        return cls(slot, low, keys, foreign, leads)


_State = tuple[int | None, int | None]
_Table = dict[_State, tuple[float, tuple[int, ...]]]


def find_line(
    slots: tuple[Slot, ...],
    key: Key,
    bounds: Bounds,
    random: Random,
    before: tuple[int, ...] = (),
    noise: float = 1.0,
) -> tuple[int, ...]:
    """The steps of the cheapest line through `slots`, after the steps that went `before`.

    `noise` (points) is drawn from `random` for every step of every slot, so that other draws
    give other lines of the same quality.
    """
    steps = range(bounds.low, bounds.high + 1)
    reach = [*steps, *before, *(step for slot in slots for step in slot.only)]
    low, high = min(reach), max(reach)
    jitter = [{step: random.random() * noise for step in steps} for _ in slots]
    start = (before[-2] if len(before) > 1 else None, before[-1] if before else None)
    table: _Table = {start: (0.0, ())}
    previous: _Stand | None = None
    for slot, shake in zip(slots, jitter, strict=True):
        stand = _Stand.of(slot, key, low, high)
        allowed = slot.only or tuple(steps)
        own = {step: _own_cost(stand, step) + shake.get(step, 0.0) for step in allowed}
        table = _advance(table, own, stand, previous or stand, bounds.leaps)
        previous = stand
    return min(table.values())[1]


def _advance(
    table: _Table, own: dict[int, float], stand: _Stand, previous: _Stand, leaps: int
) -> _Table:
    found: _Table = {}
    moves: dict[int, dict[int, float]] = {}
    best = min(cost for cost, _ in table.values())
    for (before, last), (cost, line) in table.items():
        if cost > best + HOPELESS:
            continue
        foreign = 0 if last is None else previous.foreign[last - previous.low]
        if last is not None and last not in moves:
            moves[last] = {step: _move_cost(last, step, stand, previous, leaps) for step in own}
        for step, extra in own.items():
            total = cost + extra
            if last is not None:
                total += moves[last][step] + _turn_cost(before, last, step, foreign)
            state = (last, step)
            old = found.get(state)
            if old is None or total < old[0]:
                found[state] = (total, (*line, step))
    return found


def _own_cost(stand: _Stand, step: int) -> float:
    slot = stand.slot
    away = abs(step - slot.target)
    cost = 0.3 * away + 0.05 * away * away
    foreign = stand.foreign[step - stand.low]
    if foreign:
        cost += (4.5 if slot.stress == 3 else 3.0) if foreign == 2 else 0.3
        cost += 6.0 if slot.length >= 2 else 0.0
    return cost


def _move_cost(last: int, step: int, stand: _Stand, previous: _Stand, leaps: int) -> float:
    moved = step - last
    semitones = stand.keys[step - stand.low] - previous.keys[last - previous.low]
    cost = interval_cost(semitones, moved, leaps)
    inside = not stand.foreign[step - stand.low]
    foreign = previous.foreign[last - previous.low]
    if foreign:
        if not (abs(moved) == 1 or (moved == 0 and inside)):
            cost += 8.0
        elif foreign == 2 and moved == 1:
            cost += 2.0
    elif previous.leads[last - previous.low] and moved != 1:
        cost += 1.5 if inside and stand.slot.chord == previous.slot.chord else 4.0
    return cost


@cache
def interval_cost(semitones: int, steps: int, leaps: int) -> float:
    """What a melodic interval costs: steps nothing, wide leaps much, awkward ones very much.

    Awkward are tritones, sevenths, augmented and diminished intervals and all beyond an octave.
    """
    cost = _INTERVALS.get((abs(steps), abs(semitones)))
    if cost is None:
        return FORBIDDEN if abs(semitones) > 12 else 12.0
    if leaps >= 3 and abs(steps) in (3, 4):
        return 0.3
    if abs(steps) == 1:
        return cost + 0.25 * max(0, leaps - 2)
    return cost * (1.6 - 0.25 * leaps) if abs(steps) > 1 else cost


@cache
def _turn_cost(before: int | None, last: int, step: int, foreign: int) -> float:
    """What it costs to go on to `step` after coming from `before` to `last`."""
    if before is None:
        return 0.0
    came, moved = last - before, step - last
    if came == 0 and moved == 0:
        return 3.0
    cost = 0.6 if came == -moved and came else 0.0
    cost += 1.5 if foreign == 1 and abs(came) > 1 else 0.0
    if abs(came) >= 3:
        if came * moved > 0:
            cost += 0.8 if abs(moved) == 1 else 3.0 if abs(came + moved) > 4 else 1.2
        elif abs(moved) >= 3:
            cost += 1.5
    elif abs(came) == 2 and abs(moved) >= 3 and came * moved > 0 and abs(came + moved) > 7:
        cost += 2.0
    return cost
