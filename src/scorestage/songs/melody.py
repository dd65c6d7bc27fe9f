"""The line of a tune made for its words: chord tones where it is strong, steps between, one climax.

A path over the steps of the scale is found by dynamic programming over pairs of notes, as leaps
are to be answered by a turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from scorestage.music import ChordSymbol, Pitch, PitchRange
from scorestage.music.harmony import chord_tones, pitch_under
from scorestage.music.key import Key

_INTERVALS = (0.45, 0.0, 0.3, 0.75, 1.1, 1.5, 3.0, 2.2)
_MOTIF = 0.55


@dataclass(frozen=True, slots=True)
class Place:
    """A note to be found: its chord, how strong it stands, its length in quarters.

    `aim` is where the contour would have it, in steps above the tonic; `like` how far
    the motif it repeats moves to that place, in steps. `final` are degrees (from 0) it may end
    on. `opens` begins a line, `same_syllable` goes on singing the one before.
    """

    chord: ChordSymbol
    strong: int
    length: Fraction
    aim: float
    like: int | None = None
    final: tuple[int, ...] = ()
    opens: bool = False
    same_syllable: bool = False


def sing(
    places: Sequence[Place],
    key: Key,
    voice: PitchRange,
    random: Random,
    gaps: Sequence[int] = (),
    leaps: int = 2,
) -> tuple[Pitch, ...]:
    """The pitches of a tune within a voice, on the steps of a key that has `gaps` in it."""
    rungs = _rungs(key, voice, gaps)
    wobble = [[random.random() * 0.3 for _ in rungs] for _ in places]
    own = [
        [_place_cost(place, step, key, rungs) + wobble[number][at] for at, step in enumerate(rungs)]
        for number, place in enumerate(places)
    ]
    path = _path(places, rungs, own, leaps)
    return tuple(
        pitch_under(key, rungs[at], place.chord) for at, place in zip(path, places, strict=True)
    )


def _rungs(key: Key, voice: PitchRange, gaps: Sequence[int]) -> list[int]:
    """The steps of the scale, from the tonic, that lie in the voice."""
    low, high = voice.low.key, voice.high.key
    inside = [step for step in range(-21, 29) if low <= key.at(step).key <= high]
    found = [step for step in inside if step % 7 + 1 not in gaps]
    return found or inside


def _place_cost(place: Place, step: int, key: Key, rungs: Sequence[int]) -> float:
    pitch = pitch_under(key, step, place.chord)
    tones = {tone.key % 12 for tone in chord_tones(place.chord)}
    cost = 0.10 * float(abs(step - place.aim) ** 1.3)
    if pitch.key % 12 not in tones:
        cost += (0.25, 0.8, 1.6, 2.2)[place.strong] + 0.7 * float(min(place.length, Fraction(3)))
        if any((pitch.key - tone) % 12 == 1 for tone in tones):
            cost += 0.5
    if place.final and step % 7 not in place.final:
        cost += 6.0
    if step in (rungs[0], rungs[-1]):
        cost += 0.4
    return cost


def _move_cost(move: int, leaps: int) -> float:
    size = abs(move)
    cost = _INTERVALS[size] if size < len(_INTERVALS) else 6.0 + size
    return cost * (1.3 - 0.15 * leaps) if size > 2 else cost


def _turn_cost(before: int, move: int) -> float:
    """A leap is answered by a step or a smaller move back."""
    if abs(before) < 3:
        return 0.25 if before * move > 0 and abs(before) + abs(move) > 5 else 0.0
    if before * move > 0:
        return 0.8 + 0.4 * abs(move)
    return 0.0 if 0 < abs(move) <= abs(before) else 0.3


def _path(
    places: Sequence[Place], rungs: Sequence[int], own: Sequence[Sequence[float]], leaps: int
) -> list[int]:
    count = len(rungs)
    if len(places) == 1:
        return [min(range(count), key=lambda at: own[0][at])]
    table: list[dict[tuple[int, int], tuple[float, int]]] = []
    state = {
        (a, b): own[0][a] + own[1][b] + _joint(places, 1, rungs, a, b, leaps)
        for a in range(count)
        for b in range(count)
    }
    for number in range(2, len(places)):
        found: dict[tuple[int, int], float] = {}
        back: dict[tuple[int, int], tuple[float, int]] = {}
        for b in range(count):
            for c in range(count):
                step = own[number][c] + _joint(places, number, rungs, b, c, leaps)
                best, where = min(
                    (
                        state[a, b]
                        + (
                            0.0
                            if places[number].opens
                            else _turn_cost(rungs[b] - rungs[a], rungs[c] - rungs[b])
                        ),
                        a,
                    )
                    for a in range(count)
                )
                found[b, c] = best + step
                back[b, c] = (best, where)
        table.append(back)
        state = found
    b, c = min(state, key=lambda pair: (state[pair], pair))
    path = [c, b]
    for back in reversed(table):
        a = back[path[-1], path[-2]][1]
        path.append(a)
    return path[::-1]


def _joint(
    places: Sequence[Place], number: int, rungs: Sequence[int], a: int, b: int, leaps: int
) -> float:
    move = rungs[b] - rungs[a]
    place = places[number]
    cost = _move_cost(move, leaps) * (0.5 if place.opens else 1.0)
    if place.same_syllable:
        cost += 1.5 if move == 0 else 0.5 * max(0, abs(move) - 1)
    if place.like is not None:
        cost += _MOTIF * abs(move - place.like)
    return cost
