"""The rhythm of a line made for its words: stressed syllables on strong beats, room to breathe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import log2
from random import Random

from scorestage.music.feel import felt_beats, stress_in_bar
from scorestage.songs.text import Line
from scorestage.timebase import Meter

EIGHTH = Fraction(1, 2)
_CROWDED = Fraction(9, 10)
"""A line's bars hold no more syllables than this share of their eighths."""


@dataclass(frozen=True, slots=True)
class Sung:
    """A syllable's place in its line: onset in quarters from the line's first downbeat, length."""

    onset: Fraction
    length: Fraction


@dataclass(frozen=True, slots=True)
class Pace:
    """How lines go: their meter, how many bars each has, how slack their rhythm is.

    `dotted` and `syncopation` as a style counts them, 0 to 4.
    """

    meter: Meter
    bars: int
    dotted: int = 1
    syncopation: int = 0

    @property
    def length(self) -> Fraction:
        """Quarters of a line."""
        return self.meter.length.quarters * self.bars

    @property
    def beat(self) -> Fraction:
        """The felt beat at its start."""
        return felt_beats(self.meter)[0]


def bars_for(lines: Sequence[Line], meter: Meter) -> int:
    """How many bars each line of a stanza takes: two, or four where there are many syllables."""
    most = max(line.notes for line in lines)
    bar = meter.length.quarters
    for bars in (2, 4, 8, 16):
        if most <= _CROWDED * (bars * bar - 2 * felt_beats(meter)[0]) / EIGHTH:
            return bars
    return -(-most // max(1, int(bar)))


def upbeat_of(line: Line, meter: Meter) -> Fraction:
    """How many quarters a line may begin before its first downbeat: room for weak syllables."""
    return felt_beats(meter)[0] * min(_upbeat(_stresses(line)), 2)


def line_rhythm(
    line: Line, pace: Pace, random: Random, tail: Fraction = Fraction(0)
) -> tuple[Sung, ...]:
    """Where each syllable (and each further note of one) of a line begins, and how long it is.

    Syllables before the first stressed one may come before the first downbeat; `tail` is what the
    next line's upbeat takes of this one's last bar. The last syllable is held, and there is a
    breath after it.
    """
    stresses = _stresses(line)
    low = -int(upbeat_of(line, pace.meter) / EIGHTH)
    breath = tail + EIGHTH if tail else pace.beat if pace.length > 4 * pace.beat else EIGHTH
    end = int((pace.length - breath) / EIGHTH)
    high = max(end - 1, low + len(stresses) - 1)
    jitter = {at: random.random() * 0.25 for at in range(low, high + 1)}
    places = _best(tuple(stresses), low, high, pace, jitter)
    ends = [*places[1:], max(end, places[-1] + 1)]
    return tuple(
        Sung(at * EIGHTH, max(EIGHTH, (stop - at) * EIGHTH))
        for at, stop in zip(places, ends, strict=True)
    )


def _stresses(line: Line) -> list[int]:
    found = [part for one in line.syllables for part in (one.stress, *(0,) * one.held)]
    rhymes = not line.syllables[-1].held and (len(found) == 1 or not line.syllables[-2].goes_on)
    return [*found[:-1], max(1, found[-1])] if rhymes else found


def clash(line: Line, rhythm: Sequence[Sung], meter: Meter) -> float:
    """How badly the words of a line go to a rhythm that was made for another one."""
    return sum(
        _stress_cost(stress, _strong(meter, one.onset), 0)
        for stress, one in zip(_stresses(line), rhythm, strict=True)
    )


def _upbeat(stresses: Sequence[int]) -> int:
    """How many syllables lead up to the first stressed one, three at most."""
    found = next((at for at, stress in enumerate(stresses) if stress == 2), 0)
    return found if found <= 3 else 0


def _strong(meter: Meter, at: Fraction) -> int:
    return stress_in_bar(meter, at % meter.length.quarters)


def _best(
    stresses: tuple[int, ...], low: int, high: int, pace: Pace, jitter: dict[int, float]
) -> tuple[int, ...]:
    count = len(stresses)
    usual = float(max(1, (high - low) / max(1, count)))
    final = _final_place(pace, high)

    @cache
    def cost_from(number: int, at: int) -> tuple[float, tuple[int, ...]]:
        strong = _strong(pace.meter, at * EIGHTH)
        own = _stress_cost(stresses[number], strong, pace.syncopation) + jitter[at]
        if number == count - 1:
            short = 1.5 if high + 1 - at < 2 else 0.0
            return own + 0.35 * abs(at - final) + short, (at,)
        options = []
        for after in range(at + 1, min(high - (count - 2 - number), at + 8) + 1):
            rest, places = cost_from(number + 1, after)
            step = _step_cost(after - at, usual, stresses[number], at, pace)
            options.append((rest + step, places))
        if not options:
            return 1e6, (at,) * (count - number)
        cost, places = min(options)
        return own + cost, (at, *places)

    starts = range(low, max(low, min(high - count + 1, 3)) + 1)
    opened = (
        (cost_from(0, at)[0] + _opening_cost(at, low, stresses), cost_from(0, at)[1])
        for at in starts
    )
    return min(opened)[1]


def _opening_cost(at: int, low: int, stresses: Sequence[int]) -> float:
    """A line that has no upbeat begins on its downbeat."""
    return 0.5 * abs(at) if low == 0 else 0.6 * max(0, at)


def _final_place(pace: Pace, high: int) -> int:
    """The eighth that a line's last syllable falls on best: the last bar's downbeat or middle."""
    last = pace.length - pace.meter.length.quarters
    return min(int(last / EIGHTH), high)


def _stress_cost(stress: int, strong: int, syncopation: int) -> float:
    if stress == 2:
        return (2.4, 0.9, 0.2, 0.0)[strong] / (1 + 0.25 * syncopation * (strong == 0))
    if stress == 0:
        return (0.0, 0.25, 0.9, 2.2)[strong]
    return (0.5, 0.1, 0.1, 0.5)[strong]


def _step_cost(step: int, usual: float, stress: int, at: int, pace: Pace) -> float:
    """What the length of a note costs: near the usual one, long on a stress, dotted by style."""
    cost = 0.8 * log2(step / usual) ** 2
    if stress == 0 and step > usual * 1.6:
        cost += 0.7
    if step == 3:
        cost += 0.5 - 0.2 * pace.dotted if not at % 2 else 0.9
    if step == 1 and at % 2 and _strong(pace.meter, at * EIGHTH) == 0:
        cost -= 0.1
    return cost
