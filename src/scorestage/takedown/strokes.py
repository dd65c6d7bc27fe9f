"""From keys to strokes: what is struck together, rolled, or quickly before a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.takedown.performance import PlayedTone
from scorestage.takedown.rhythm import Stroke

_NEXT_SECONDS, _SPREAD_SECONDS = Fraction(1, 40), Fraction(7, 100)
_ROLL_NEXT_SECONDS, _ROLL_SPREAD_SECONDS = Fraction(8, 100), Fraction(45, 100)
_FEWEST_ROLLED = 3
_GRACE_SECONDS = Fraction(1, 10)
_GRACE_QUARTERS = Fraction(9, 50)
"""What lasts longer beside its click is a short note, no grace note."""
_GRACE_REACH = 3
_LONGER = 3


@dataclass(frozen=True, slots=True)
class Gesture:
    """Tones that are one thing to write: a note or chord, rolled or not, with its grace notes."""

    tones: tuple[PlayedTone, ...]
    rolled: bool = False
    graces: tuple[PlayedTone, ...] = ()

    @property
    def at_seconds(self) -> Fraction:
        """When it is struck: the middle of a chord, the beginning of a roll."""
        starts = sorted(tone.start_seconds for tone in self.tones)
        return starts[0] if self.rolled else starts[(len(starts) - 1) // 2]


Click = Callable[[Fraction], Fraction]
"""Where the click stands, in quarters, at a time in seconds."""


def gestures_of(
    tones: Sequence[PlayedTone], quarters: Click, *, can_roll: bool
) -> tuple[Gesture, ...]:
    """The tones of one player in order, put together as they belong together."""
    ordered = sorted(tones, key=lambda tone: (tone.start_seconds, tone.key))
    found: list[Gesture] = []
    at = 0
    while at < len(ordered):
        rolled = _rolled(ordered, at) if can_roll else 0
        if rolled:
            found.append(Gesture(tuple(ordered[at : at + rolled]), rolled=True))
            at += rolled
            continue
        stop = at + 1
        while stop < len(ordered) and _together(ordered, at, stop):
            stop += 1
        found.append(Gesture(tuple(ordered[at:stop])))
        at = stop
    return tuple(_with_graces(found, quarters))


def _together(tones: Sequence[PlayedTone], first: int, at: int) -> bool:
    one, before, start = tones[at], tones[at - 1], tones[first]
    if any(other.key == one.key for other in tones[first:at]):
        return False
    return (
        one.start_seconds - before.start_seconds <= _NEXT_SECONDS
        and one.start_seconds - start.start_seconds <= _SPREAD_SECONDS
    )


def _rolled(tones: Sequence[PlayedTone], first: int) -> int:
    """How many tones from here on are a chord rolled upward, all held; 0 where it is none."""
    stop = first + 1
    while stop < len(tones):
        one, before = tones[stop], tones[stop - 1]
        apart = one.start_seconds - before.start_seconds
        if one.key <= before.key or apart > _ROLL_NEXT_SECONDS:
            break
        if one.start_seconds - tones[first].start_seconds > _ROLL_SPREAD_SECONDS:
            break
        stop += 1
    chord = tones[first:stop]
    if len(chord) < _FEWEST_ROLLED:
        return 0
    wide = chord[-1].start_seconds - chord[0].start_seconds
    held = min(tone.end_seconds for tone in chord) - chord[-1].start_seconds
    even = wide / (len(chord) - 1)
    if even <= _NEXT_SECONDS or held < wide:
        return 0
    after = tones[stop].start_seconds if stop < len(tones) else None
    if after is not None and after - chord[-1].start_seconds < 2 * even:
        return 0
    return len(chord)


def _with_graces(found: Sequence[Gesture], quarters: Click) -> list[Gesture]:
    """Short notes close before a longer one, near in pitch, nothing as quick before them."""
    kept: list[Gesture] = []
    waiting: list[PlayedTone] = []
    for place, one in enumerate(found):
        if _is_grace(found, place, quarters, bool(waiting)):
            waiting.append(one.tones[0])
            continue
        kept.append(Gesture(one.tones, one.rolled, tuple(waiting)))
        waiting = []
    return kept


def _is_grace(found: Sequence[Gesture], place: int, quarters: Click, follows_one: bool) -> bool:
    if place + 1 >= len(found) or len(found[place].tones) > 1:
        return False
    one, main = found[place].tones[0], found[place + 1]
    gap = main.at_seconds - one.start_seconds
    lasts = max(tone.end_seconds for tone in main.tones) - main.at_seconds
    near = min(abs(tone.key - one.key) for tone in main.tones)
    if not 0 < gap <= _GRACE_SECONDS or not 0 < near <= _GRACE_REACH:
        return False
    if quarters(main.at_seconds) - quarters(one.start_seconds) > _GRACE_QUARTERS:
        return False
    if one.end_seconds - one.start_seconds > 2 * gap or lasts < _LONGER * gap:
        return False
    if place + 2 < len(found) and found[place + 2].at_seconds - main.at_seconds < 2 * gap:
        return False
    before = one.start_seconds - found[place - 1].at_seconds if place else gap * 10
    return follows_one or before >= 2 * gap


def strokes_of(gestures: Sequence[Gesture], quarters: Click) -> tuple[Stroke, ...]:
    """The gestures as strokes; `quarters` tells where the click stands at a time in seconds."""
    return tuple(
        Stroke(
            float(quarters(one.at_seconds)),
            float(one.at_seconds),
            tuple(sorted(tone.key for tone in one.tones)),
        )
        for one in gestures
    )
