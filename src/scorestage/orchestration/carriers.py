"""Who carries each line of the sketch in a phrase: one assignment of least cost for all lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy.optimize import linear_sum_assignment

from scorestage.music import Instrument, Pitch, Role
from scorestage.orchestration.chairs import Turns, by_height
from scorestage.orchestration.limits import Pedals, spellings
from scorestage.orchestration.manners import BALANCED, Manner
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    breath_seconds,
    breathes,
    can_divide,
    colour,
    is_chordal,
    is_harp,
    is_horn,
    key_costs,
    lines_at_once,
    strength,
    suit,
)
from scorestage.orchestration.rivals import Shyness
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Chair, Phrase, SketchLine

_WEIGHT = {Role.MELODY: 2.0, Role.BASS: 1.7, Role.COUNTER: 1.2}
_NOBODY = {Role.MELODY: 700.0, Role.BASS: 600.0, Role.COUNTER: 80.0, Role.RHYTHM: 70.0}
_NOBODY_ELSE = 50.0
_LEAST_SHARE = 0.2
_DECAYS = (Colour.PLUCKED, Colour.KEYS, Colour.MALLETS)
_DYING_SECONDS = 0.8
_STRUCK = 8.0
"""Mallets colour a tune; they lead where nobody else can."""
_NAMED_ELSEWHERE = 40.0
"""Whom the composer has named for one line has no other, while somebody else can."""
_EASY_PEDALS = 0.5
"""How many pedals a second a harpist moves without a thought."""
_NOT_SHY = Shyness()


@dataclass(frozen=True, slots=True)
class Company:
    """What every choice of a phrase is made with."""

    phrase: Phrase
    chairs: tuple[Chair, ...]
    turns: Turns
    timing: Timing
    named: Mapping[int, tuple[str, ...]]
    """By strand the players the composer named."""
    roles: frozenset[Role] = frozenset()
    """What the sketch has in this phrase."""
    manner: Manner = BALANCED
    shy: Shyness = _NOT_SHY
    """Of whom it keeps away, where another option is too near."""

    @property
    def has_cellos(self) -> bool:
        """Whether strings other than double basses can carry a bass."""
        return any(
            suit(chair.instrument, Role.BASS) >= 9
            and colour(chair.instrument) is Colour.STRINGS
            and chair.instrument.octave_display == 0
            for chair in self.chairs
        )


@dataclass(frozen=True, slots=True)
class Carrier:
    """A line of the sketch in the hands of a chair."""

    line: SketchLine
    chair: Chair
    cost: float


def carriers(company: Company, lines: Sequence[SketchLine]) -> tuple[Carrier, ...]:
    """One chair for each pitched line, where the ensemble has one."""
    if not lines:
        return ()
    found = _assigned(company, lines, frozenset())
    leaders = frozenset(one.chair.id for one in found if one.line.role is Role.MELODY)
    shared = [one for one in found if one.chair.id in leaders and one.line.role is not Role.MELODY]
    if shared:
        again = _assigned(company, lines, leaders)
        if len(again) == len(found):
            found = again
    return tuple(_in_order_of_height(found))


def _assigned(
    company: Company, lines: Sequence[SketchLine], single: frozenset[str]
) -> list[Carrier]:
    """The assignment of least cost, lines counting by how much they play.

    Sections named in `single` are not divided, and hands with the tune have nothing else.
    """
    seats: list[tuple[Chair, int]] = []
    for chair in company.chairs:
        room = lines_at_once(chair.player, chair.instrument)
        if chair.id in single and _has_more(chair):
            room = 1
        seats += [(chair, turn) for turn in range(room)]
    matrix = np.full((len(lines), len(seats) + len(lines)), IMPOSSIBLE)
    lengths = [sum((tone.length for tone in line.tones), Fraction(0)) for line in lines]
    longest = max(lengths)
    for row, line in enumerate(lines):
        share = float(lengths[row] / longest)
        weight = _WEIGHT.get(line.role, 1.0) * max(_LEAST_SHARE, share)
        costs = {chair.id: line_cost(company, line, chair) for chair in company.chairs}
        for column, (chair, turn) in enumerate(seats):
            cost = costs[chair.id]
            if cost < IMPOSSIBLE:
                matrix[row, column] = weight * (cost + turn * _sharing(chair))
        nobody = _NOBODY.get(line.role, _NOBODY_ELSE) / (1 + line.index / 2)
        matrix[row, len(seats) + row] = nobody * max(_LEAST_SHARE, share)
    rows, columns = linear_sum_assignment(matrix)
    return [
        Carrier(lines[row], seats[column][0], float(matrix[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if column < len(seats)
    ]


def _has_more(chair: Chair) -> bool:
    """Whether a leader could take other lines too: a section, hands at keys or strings."""
    return can_divide(chair.player, chair.instrument) or is_chordal(chair.instrument)


def line_cost(company: Company, line: SketchLine, chair: Chair) -> float:
    """What it costs to give a line to a chair; `IMPOSSIBLE` where most of it is out of range."""
    phrase, instrument = company.phrase, chair.instrument
    register = register_cost(line, chair, phrase.level)
    if register >= IMPOSSIBLE:
        return IMPOSSIBLE
    cost = (10 - suit(instrument, line.role)) * 1.2 + register
    cost += speed_cost(line, chair, company.timing) + _length_cost(line, chair, company)
    cost += _place_in_turn(line, chair, company) + _dynamic_fit(line, chair, company)
    cost += _pedal_cost(line, chair, company.timing)
    cost += company.manner.care(instrument, line.role) + company.shy.of(chair, line.role)
    if line.role is Role.BASS and _sixteen_foot(chair) and company.has_cellos:
        cost += 6.0
    if chair.alternate and line.role in (Role.MELODY, Role.BASS):
        cost += 30.0
    named = company.named.get(line.strand)
    if named:
        cost = cost / 4 if chair.id in named else cost + 300.0
    elif any(chair.id in players for players in company.named.values()):
        cost += _NAMED_ELSEWHERE
    return cost + phrase.dice(f"{chair.id}|{line.label}|{line.index}")


def _sixteen_foot(chair: Chair) -> bool:
    """Basses that belong an octave below the line, where others can play it."""
    return colour(chair.instrument) is Colour.STRINGS and chair.instrument.octave_display < 0


def register_cost(line: SketchLine, chair: Chair, level: float, octaves: int = 0) -> float:
    """Mean cost of the line's keys there, `octaves` away, and half of the worst.

    What is out of range weighs heavily; `IMPOSSIBLE` where that is most of it.
    """
    return _register_cost(line.keys, chair.instrument, level, octaves)


@lru_cache(maxsize=1 << 15)
def _register_cost(
    keys: tuple[tuple[int, float], ...], instrument: Instrument, level: float, octaves: int
) -> float:
    total, length, lost, worst = 0.0, 0.0, 0.0, 0.0
    costs = key_costs(instrument, level)
    for home, lasting in keys:
        key = home + 12 * octaves
        one = costs[key] if 0 <= key <= 127 else IMPOSSIBLE
        length += lasting
        if one >= IMPOSSIBLE:
            lost += lasting
        else:
            total += one * lasting
            worst = max(worst, one)
    if length == 0 or lost > length / 2:
        return IMPOSSIBLE
    return total / length + worst / 2 + 40.0 * lost / length


def _sharing(chair: Chair) -> float:
    """What each further line in one chair costs."""
    return 4.0 if can_divide(chair.player, chair.instrument) else 1.5


def speed_cost(line: SketchLine, chair: Chair, timing: Timing) -> float:
    """High where the notes follow each other faster than the instrument can repeat them."""
    limit = chair.instrument.repeat_notes_per_second
    fast = 0
    for gap, repeated in timing.pace(line.tones).gaps_seconds:
        bound = limit if repeated else 1.5 * limit
        fast += gap * bound < 1
    return 8.0 + 40.0 * fast / len(line.tones) if fast else 0.0


def _length_cost(line: SketchLine, chair: Chair, company: Company) -> float:
    """High where a sound would die, or a breath end, before the note does."""
    seconds = company.timing.pace(line.tones).lengths_seconds
    mean = sum(seconds) / len(seconds)
    if colour(chair.instrument) in _DECAYS and line.role is not Role.BASS:
        return min(6.0, 1.5 * mean) if mean > _DYING_SECONDS else 0.0
    if breathes(chair.instrument):
        breath = breath_seconds(chair.instrument, company.phrase.level)
        return 2.0 * sum(one > breath for one in seconds) / len(seconds)
    return 0.0


def _pedal_cost(line: SketchLine, chair: Chair, timing: Timing) -> float:
    """High where a harp's pedals would have to move all the time, or cannot follow at all."""
    if not is_harp(chair.instrument):
        return 0.0
    pedals = Pedals(timing)
    out = 0
    for tone in line.tones:
        if isinstance(tone.pitch, Pitch):
            ways = spellings((tone.pitch,))
            out += not any(pedals.take(pitches, tone.start) for pitches in ways)
    seconds = timing.between(line.tones[0].start, line.tones[-1].end)
    often = max(0.0, pedals.moves / max(1.0, seconds) - _EASY_PEDALS)
    return 10.0 * often + 40.0 * out / len(line.tones)


def _place_in_turn(line: SketchLine, chair: Chair, company: Company) -> float:
    """The tune goes round, and what goes with it sits in another colour."""
    phrase, turns = company.phrase, company.turns
    if line.role is Role.MELODY:
        share = 0.4 if phrase.tier >= 3 else 1.0
        share *= company.manner.turn_share
        struck = _STRUCK if colour(chair.instrument) is Colour.MALLETS else 0.0
        return struck + share * turns.misfit(chair, phrase) + 0.4 * chair.rank
    leads = turns.leads(chair, phrase)
    if line.role is Role.COUNTER:
        return 2.5 if leads else 0.4 * chair.rank
    if line.role is Role.HARMONY:
        return 2.0 if leads is (phrase.number // 2 % 2 == 0) else 0.0
    if line.role is Role.RHYTHM:
        return 1.5 if leads is (phrase.number // 2 % 2 == 1) else 0.0
    return 0.0


def _dynamic_fit(line: SketchLine, chair: Chair, company: Company) -> float:
    """Brass waits for loud music, a single wind does not lead a tutti, violins are kept for it."""
    phrase = company.phrase
    brass = colour(chair.instrument) is Colour.BRASS
    if phrase.tier <= 1 and brass and company.manner.brass_waits:
        return 1.0 if is_horn(chair.instrument) else 4.5
    cost = 0.0
    if phrase.tier == 2 and brass and company.manner.brass_waits and line.role is Role.BASS:
        cost += 4.0  # cellos, basses and bassoons first; a tuba waits for the forte
    weight = strength(chair.instrument, chair.player.count, phrase.level)
    if line.role is Role.MELODY:
        if company.manner.fewest:  # nobody will double it
            return 8.0 * max(0.0, 1.0 - weight)
        return 8.0 * max(0.0, 1.0 - weight) if phrase.tier >= 3 else 0.0
    if Role.MELODY in company.roles and suit(chair.instrument, Role.MELODY) >= 10:
        first = chair.rank == 0
        cost += (0.0, 0.0, 2.5 if first else 0.0, 5.0 if first else 2.0, 6.0)[phrase.tier]
    if line.role is not Role.BASS and Role.BASS in company.roles:
        cost += 8.0 if suit(chair.instrument, Role.BASS) >= 9 else 0.0
    if line.role is Role.COUNTER and phrase.tier >= 3:
        cost += 5.0 * max(0.0, 1.0 - weight)
    if line.role is Role.HARMONY and brass and phrase.tier >= 3:
        cost -= 2.0
    return cost


def _in_order_of_height(found: Sequence[Carrier]) -> list[Carrier]:
    """Where players of one instrument share the harmony, the first sits on top."""
    result = list(found)
    kinds: dict[str, list[int]] = {}
    for place, carrier in enumerate(found):
        if (
            carrier.line.role is Role.HARMONY
            and lines_at_once(carrier.chair.player, carrier.chair.instrument) <= 2
        ):
            kinds.setdefault(carrier.chair.instrument.id, []).append(place)
    for places in kinds.values():
        chairs = [found[place].chair for place in places]
        if len({chair.id for chair in chairs}) < len(chairs):
            continue
        by_line = sorted(places, key=lambda place: -found[place].line.mean_key)
        for place, chair in zip(by_line, by_height(chairs), strict=True):
            result[place] = Carrier(found[place].line, chair, found[place].cost)
    return result
