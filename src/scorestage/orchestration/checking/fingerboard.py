"""Strings by fingerboard: which string, how far up, which finger; and from one grip to the next.

Distances are in millimetres of the string, so that a stretch that is impossible at the nut is easy
an octave higher. String lengths are those of usual full-size instruments.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

FINGERS = 4
_DEFAULT_LENGTH_MM = 330.0
_LENGTHS_MM = (("violin", 328.0), ("viola", 372.0), ("cello", 692.0), ("bass", 1050.0))
_REACH_MM = (("violin", 116.0), ("viola", 118.0), ("cello", 165.0), ("bass", 128.0))
_EASY_MM = (("violin", 90.0), ("viola", 92.0), ("cello", 128.0), ("bass", 112.0))
_HIGHEST_STOP = 36
_HIGHEST_STOP_IN_CHORDS = 21
_THUMB, _THUMB_FROM_MM = 1.35, 500.0
_SHIFT_SECONDS = 0.06
_SHIFT_MM_PER_SECOND = 900.0


@dataclass(frozen=True, slots=True)
class Neck:
    """A bowed instrument's strings (open, as MIDI keys from low to high) and the player's hand."""

    strings: tuple[int, ...]
    length_mm: float
    reach_mm: float
    easy_mm: float

    @classmethod
    def of(cls, name: str, strings: tuple[int, ...]) -> Neck:
        """The neck of an instrument by its id; an unknown one is measured as a violin."""

        def measure(table: tuple[tuple[str, float], ...], default: float) -> float:
            return next((mm for word, mm in table if word in name), default)

        return cls(
            strings,
            measure(_LENGTHS_MM, _DEFAULT_LENGTH_MM),
            measure(_REACH_MM, _REACH_MM[0][1]),
            measure(_EASY_MM, _EASY_MM[0][1]),
        )

    def stop_mm(self, stop: int) -> float:
        """How far from the nut a stop `stop` semitones above the open string lies.

        >>> round(Neck.of("violin", (55, 62, 69, 76)).stop_mm(12))
        164
        """
        return self.length_mm * (1.0 - math.pow(2.0, -stop / 12))


@dataclass(frozen=True, slots=True)
class Grip:
    """One way to hold some keys: the stop of each key (0 open), the strings, the hand's place.

    `hand_mm` is where the first finger lies, -1 with open strings only; `stretch_mm` how far the
    last finger is from it.
    """

    stops: tuple[int, ...]
    first_string: int
    hand_mm: float
    stretch_mm: float


@lru_cache(maxsize=65536)
def grips(neck: Neck, keys: tuple[int, ...]) -> tuple[Grip, ...]:
    """All grips of up to four keys on neighbouring strings, the easiest first.

    The bow needs neighbouring strings (a chord of three is broken, so there one may be passed
    over), each key a string of its own; stopped keys need a finger
    each, but one finger lies across two neighbouring strings at the same stop.

    >>> violin = Neck.of("violin", (55, 62, 69, 76))
    >>> [grip.stops for grip in grips(violin, (62, 69))]
    [(0, 0), (7, 7), (14, 0)]
    >>> grips(violin, (55, 57))
    ()
    """
    found = []
    for places in _string_choices(len(neck.strings), len(keys)):
        first, under = places[0], tuple(neck.strings[place] for place in places)
        for order in _orders(keys):
            stops = tuple(key - string for key, string in zip(order, under, strict=True))
            highest = _HIGHEST_STOP if len(keys) == 1 else _HIGHEST_STOP_IN_CHORDS
            if all(0 <= stop <= highest for stop in stops):
                grip = _grip(neck, stops, first)
                if grip is not None:
                    found.append(grip)
    return tuple(sorted(found, key=lambda grip: (grip.stretch_mm + grip.hand_mm / 4, grip.stops)))


def _string_choices(strings: int, count: int) -> Iterator[tuple[int, ...]]:
    """Neighbouring strings; three notes are broken one and two, so one string may lie between."""
    for places in combinations(range(strings), count):
        if places[-1] - places[0] < count + (count == 3):
            yield places


def _orders(keys: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Keys from low to high over the strings; of two, the lower may lie on the higher string."""
    yield keys
    if len(keys) == 2:
        yield keys[::-1]


def _grip(neck: Neck, stops: tuple[int, ...], first: int) -> Grip | None:
    stopped = [stop for stop in stops if stop]
    if not stopped:
        return Grip(stops, first, -1.0, 0.0)
    if _fingers(stops) > FINGERS:
        return None
    low, high = neck.stop_mm(min(stopped)), neck.stop_mm(max(stopped))
    if high - low > neck.reach_mm:
        return None
    return Grip(stops, first, low, high - low)


def _fingers(stops: tuple[int, ...]) -> int:
    """How many fingers: neighbouring strings at one stop share one."""
    count = 0
    for place, stop in enumerate(stops):
        if stop and not (place and stops[place - 1] == stop):
            count += 1
    return count


def harmonic_places(neck: Neck, stopped: int, touched: int) -> tuple[int, ...]:
    """The strings, counted from the lowest, on which one key is stopped while another is touched.

    On long strings the thumb stops, which reaches farther.

    >>> violin, bass = Neck.of("violin", (55, 62, 69, 76)), Neck.of("bass", (28, 33, 38, 43))
    >>> harmonic_places(violin, 76, 81), harmonic_places(bass, 29, 34)
    ((0, 1, 2), ())
    """
    reach = neck.reach_mm * (_THUMB if neck.length_mm > _THUMB_FROM_MM else 1.0)
    return tuple(
        place
        for place, string in enumerate(neck.strings)
        if 0 < stopped - string < touched - string <= _HIGHEST_STOP
        and neck.stop_mm(touched - string) - neck.stop_mm(stopped - string) <= reach
    )


def is_easy(neck: Neck, keys: tuple[int, ...]) -> bool:
    """Whether some grip needs no stretch."""
    return any(grip.stretch_mm <= neck.easy_mm for grip in grips(neck, keys))


def move_seconds(neck: Neck, before: Grip, after: Grip) -> float:
    """How long the hand takes from one grip to the next: nothing within its frame, else a shift.

    Open strings leave the hand where it is.
    """
    if before.hand_mm < 0 or after.hand_mm < 0:
        return 0.0
    low = min(before.hand_mm, after.hand_mm)
    high = max(before.hand_mm + before.stretch_mm, after.hand_mm + after.stretch_mm)
    if high - low <= neck.reach_mm:
        return 0.0
    return _SHIFT_SECONDS + (high - low - neck.reach_mm) / _SHIFT_MM_PER_SECOND
