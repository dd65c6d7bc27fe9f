"""Doublings: who joins a line in unison or octaves, and how many a phrase can bear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.music import Role
from scorestage.orchestration.carriers import Carrier, Company, register_cost, speed_cost
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    breath_seconds,
    breathes,
    colour,
    has_two_hands,
    is_horn,
    suit,
)
from scorestage.orchestration.values import Chair, SketchLine

_SHIFT_WORD = {
    -2: "two octaves below",
    -1: "an octave below",
    0: "in unison",
    1: "an octave above",
    2: "two octaves above",
}
_LIMIT = (0.0, 5.5, 7.0, 9.0, 11.0)
_LEAST_SUIT = {Role.MELODY: 3, Role.BASS: 5, Role.COUNTER: 5, Role.RHYTHM: 6, Role.COLOUR: 6}
_LOWEST_OCTAVE_BELOW = 50
_HIGHEST_BASS = 52


@dataclass(frozen=True, slots=True)
class Double:
    """A chair that joins a carrier, `octaves` away."""

    line: SketchLine
    chair: Chair
    octaves: int
    why: str


def doubles(
    company: Company, carried: Sequence[Carrier], free: Sequence[Chair]
) -> tuple[Double, ...]:
    """Those of the free chairs that join the tune, the bass, the counter-melody or the rhythm."""
    found: list[Double] = []
    left = list(free)
    done: set[tuple[Role, int]] = set()
    order = (Role.BASS, Role.MELODY, Role.COUNTER, Role.RHYTHM, Role.COLOUR)
    for role in order:
        for carrier in sorted(carried, key=lambda one: (one.line.strand, one.line.index)):
            if carrier.line.role is not role or (role, carrier.line.strand) in done:
                continue
            done.add((role, carrier.line.strand))
            joined = _joining(company, carrier, left)
            found += joined
            taken = {one.chair.id for one in joined}
            left = [chair for chair in left if chair.id not in taken]
    return tuple(found)


def firsts_above(
    carried: Sequence[Carrier], doubled: Sequence[Double]
) -> tuple[tuple[Carrier, ...], tuple[Double, ...]]:
    """Where the second of a pair would double the first from above, the two change places.

    First violins play the upper octave, second violins the line itself.
    """
    owners = list(carried)
    pairs = list(doubled)
    for number, double in enumerate(pairs):
        for place, owner in enumerate(owners):
            same = owner.line is double.line and double.octaves > 0
            kinds = owner.chair.instrument.id, double.chair.instrument.id
            alone = sum(one.chair.id == owner.chair.id for one in owners) == 1
            if same and alone and kinds[0] == kinds[1] and owner.chair.seat < double.chair.seat:
                owners[place] = Carrier(owner.line, double.chair, owner.cost)
                why = _why(owners[place], owner.chair, double.octaves)
                pairs[number] = Double(double.line, owner.chair, double.octaves, why)
                break
    return tuple(owners), tuple(pairs)


def wanted(company: Company, role: Role) -> int:
    """How many players may join a line of this role, by how loud the phrase is and the manner."""
    if company.shy.sparing:
        return 0
    found = usually_wanted(company, role)
    if role in (Role.MELODY, Role.BASS, Role.COUNTER):
        found = max(0, found + company.manner.more)
    return min(found, company.manner.most)


def usually_wanted(company: Company, role: Role) -> int:
    """How many players may join a line of this role where nothing else is asked for.

    >>> from types import SimpleNamespace as Kind
    >>> phrase = Kind(tier=4, dice=lambda what: 0.5)
    >>> usually_wanted(Kind(phrase=phrase, chairs=range(29), roles=frozenset()), Role.MELODY)
    8
    """
    phrase, size = company.phrase, len(company.chairs)
    tier = phrase.tier
    if role is Role.BASS:
        return (1, 1, 2, 3, 4)[tier]
    if role is Role.MELODY:
        base = (0, 1 if phrase.dice("pair") < 0.45 else 0, 1, 3, 4)[tier]
        return base + max(0, (size - 8) * (0, 0, 1, 3, 5)[tier] // 24)
    if role is Role.COUNTER:
        return (0, 0, 1, 2, 3)[tier]
    if role is Role.RHYTHM:
        alone = 0 if Role.MELODY in company.roles else size // 6
        return (0, 0, 1 + alone // 2, 2 + alone, 4 + alone)[tier]
    return (0, 0, 0, 1, 1)[tier]


def _joining(company: Company, carrier: Carrier, free: Sequence[Chair]) -> list[Double]:
    role, tier = carrier.line.role, company.phrase.tier
    crowd: Counter[tuple[int, Colour]] = Counter({(0, colour(carrier.chair.instrument)): 1})
    found: list[Double] = []
    left = [chair for chair in free if suit(chair.instrument, role) >= _LEAST_SUIT[role]]
    for _ in range(wanted(company, role)):
        double = _best(company, carrier, left, crowd, _LIMIT[tier])
        if double is None:
            break
        left.remove(double.chair)
        crowd[double.octaves, colour(double.chair.instrument)] += 1
        found.append(double)
    return found


def _best(
    company: Company,
    carrier: Carrier,
    free: Sequence[Chair],
    crowd: Counter[tuple[int, Colour]],
    limit: float,
    octaves_allowed: Sequence[int] = (),
) -> Double | None:
    """The chair and octave that join a line at least cost; None where that is too much."""
    options = [
        (_double_cost(company, carrier, chair, octaves, crowd), chair.seat, octaves, chair)
        for chair in free
        for octaves in octaves_allowed or _octaves(carrier.line.role, company.phrase.tier)
    ]
    if not options:
        return None
    cost, _, octaves, chair = min(options, key=lambda option: option[:3])
    if cost > limit:
        return None
    return Double(carrier.line, chair, octaves, _why(carrier, chair, octaves))


def one_more(
    company: Company, carried: Sequence[Carrier], doubled: Sequence[Double], free: Sequence[Chair]
) -> Double | None:
    """One more of the free chairs on the tune, where it is not heard; None where none suits it."""
    tunes = [one for one in carried if one.line.role is Role.MELODY]
    already = sum(one.line.role is Role.MELODY for one in doubled)
    if not tunes or already >= company.manner.most:
        return None
    carrier = min(tunes, key=lambda one: (one.line.strand, one.line.index))
    crowd: Counter[tuple[int, Colour]] = Counter({(0, colour(carrier.chair.instrument)): 1})
    for one in doubled:
        if one.line.role is Role.MELODY:
            crowd[one.octaves, colour(one.chair.instrument)] += 1
    able = [one for one in free if suit(one.instrument, Role.MELODY) >= _LEAST_SUIT[Role.MELODY]]
    limit = _LIMIT[max(3, company.phrase.tier)]
    return _best(company, carrier, able, crowd, limit, (0,) if company.phrase.tier <= 1 else ())


def _octaves(role: Role, tier: int) -> tuple[int, ...]:
    if role is Role.BASS:
        return (-1, 0, 1) if tier >= 3 else (-1, 0)
    if role is Role.RHYTHM:
        return (0, 1, -1)
    return (0, 1, -1, 2) if tier >= 3 else (0, 1, -1)


def _double_cost(
    company: Company,
    carrier: Carrier,
    chair: Chair,
    octaves: int,
    crowd: Counter[tuple[int, Colour]],
) -> float:
    phrase, line, instrument = company.phrase, carrier.line, chair.instrument
    register = register_cost(line, chair, phrase.level, octaves)
    if register >= 30.0 or company.manner.is_silent(instrument):
        return IMPOSSIBLE
    cost = (10 - suit(instrument, line.role)) * 0.7 + 1.5 * register
    group = colour(instrument)
    cost += 0.9 * crowd[octaves, group] + 0.5 * sum(
        count for (place, _), count in crowd.items() if place == octaves
    )
    if breathes(instrument):
        breath = breath_seconds(instrument, phrase.level)
        longest = max(company.timing.pace(line.tones).lengths_seconds)
        cost += 2.0 if longest > breath else 0.0
    cost += _placing(line, chair, octaves, phrase.tier)
    cost += speed_cost(line, chair, company.timing) + company.shy.of(chair, line.role)
    if line.role is Role.BASS:
        if has_two_hands(instrument):
            return IMPOSSIBLE
        heavy = 5.0 if group is Colour.BRASS and phrase.tier <= 2 else 0.0
        cost += company.manner.care(instrument, line.role)
        return cost + heavy + _bass_pairing(carrier, chair, octaves)
    if group is Colour.BRASS and not _brass_joins(company, line.role, chair):
        return IMPOSSIBLE
    if line.role is Role.MELODY:
        cost += company.manner.joins(instrument)
        outside = phrase.tier <= 2 and not company.turns.leads(chair, phrase)
        cost += 4.0 * company.manner.turn_share if outside else 0.0
    if phrase.tier <= 3 and (chair.seat + phrase.number) % 3 == 0:
        cost += 12.0
    return cost + phrase.dice(f"double|{chair.id}|{line.label}|{octaves}")


def _brass_joins(company: Company, role: Role, chair: Chair) -> bool:
    """Brass is kept for the chords, but for its turn at the tune, and horns at a counter-melody.

    In a tutti the tune needs it as well as the chords.
    """
    if Role.HARMONY not in company.roles or not company.manner.brass_waits:
        return True
    leads = company.turns.leads(chair, company.phrase)
    if role is Role.MELODY:
        leads = leads or company.phrase.tier == 4
        return leads and suit(chair.instrument, Role.MELODY) >= 7
    return role is Role.COUNTER and is_horn(chair.instrument) and not leads


def _placing(line: SketchLine, chair: Chair, octaves: int, tier: int) -> float:
    """Octaves below muddy, octaves above need a loud phrase, a weak unison is covered."""
    mean = float(line.mean_key) + 12 * octaves
    cost = 0.0
    if line.role in (Role.MELODY, Role.COUNTER):
        if octaves == -1 and mean < _LOWEST_OCTAVE_BELOW:
            cost += 5.0
        easy = chair.instrument.comfortable
        seconds = chair.rank > 0 and tier >= 3
        if octaves < 0 and easy and not seconds and mean < (easy.low.key + easy.high.key) / 2 - 6:
            cost += 3.0
        if octaves > 0 and tier < 2:
            cost += 2.0
        if octaves == 2:
            cost += 1.5
    if line.role is Role.BASS and mean > _HIGHEST_BASS:
        cost += 4.0
    return cost


def _bass_pairing(carrier: Carrier, chair: Chair, octaves: int) -> float:
    """Cellos and basses go together, an octave apart: the oldest doubling there is."""
    pair = {carrier.chair.instrument.id, chair.instrument.id}
    if pair == {"cello", "double-bass"}:
        return -6.0 if octaves == (-1 if chair.instrument.id == "double-bass" else 1) else -3.0
    return 1.0 if octaves == 1 else 0.0


def _why(carrier: Carrier, chair: Chair, octaves: int) -> str:
    whom = carrier.chair.player.name
    return f"with {whom} {_SHIFT_WORD[octaves]}"
