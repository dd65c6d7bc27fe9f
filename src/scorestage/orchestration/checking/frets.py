"""Guitars: chords by fretboard, and the hand from chord to chord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from scorestage.music import Family
from scorestage.orchestration.checking.walk import Event, walk
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.result import FaultKind, Severity

_FRETS = 19
_SPAN = 4
_FINGERS = 4
_SHIFT_SECONDS, _FRET_SECONDS = 0.04, 0.025


@dataclass(frozen=True, slots=True)
class Shape:
    """A chord shape: (string, fret) from the lowest note up; `hand` the lowest fret, 0 if open."""

    places: tuple[tuple[int, int], ...]
    hand: int


@lru_cache(maxsize=16384)
def shapes(strings: tuple[int, ...], keys: tuple[int, ...]) -> tuple[Shape, ...]:
    """All shapes: each key a string of its own, frets within reach, four fingers and a barre.

    >>> guitar = (40, 45, 50, 55, 59, 64)
    >>> shapes(guitar, (40, 47, 52, 55, 59, 64))[0].places
    ((0, 0), (1, 2), (2, 2), (3, 0), (4, 0), (5, 0))
    >>> shapes(guitar, (40, 41, 42))
    ()
    """
    found: list[Shape] = []

    def place(index: int, taken: tuple[tuple[int, int], ...]) -> None:
        if index == len(keys):
            _kept(taken, found)
            return
        for string, open_key in enumerate(strings):
            fret = keys[index] - open_key
            if not 0 <= fret <= _FRETS or any(string == other for other, _ in taken):
                continue
            frets = [one for _, one in taken if one] + ([fret] if fret else [])
            if frets and max(frets) - min(frets) > _SPAN:
                continue
            place(index + 1, (*taken, (string, fret)))

    place(0, ())
    return tuple(sorted(found, key=lambda shape: (shape.hand, shape.places)))


def _kept(taken: tuple[tuple[int, int], ...], found: list[Shape]) -> None:
    frets = sorted(fret for _, fret in taken if fret)
    if not frets:
        found.append(Shape(taken, 0))
        return
    if _fingers(taken, frets[0]) <= _FINGERS:
        found.append(Shape(taken, frets[0]))


def _fingers(taken: tuple[tuple[int, int], ...], lowest: int) -> int:
    """How many fingers: the first lies across at the lowest fret, others across neighbours.

    An open string under a barre cannot sound, so there each needs a finger of its own.
    """
    by_string = dict(taken)
    under = [string for string, fret in taken if fret == lowest]
    opened = any(not by_string.get(string, 1) for string in range(min(under), max(under)))
    count = len(under) if opened else 1
    for string, fret in taken:
        if fret > lowest and by_string.get(string - 1) != fret:
            count += 1
    return count


def is_fretted(one: Heard) -> bool:
    """Whether it is a guitar, lute or electric bass with known strings."""
    return one.instrument.family in (Family.PLUCKED, Family.RHYTHM) and bool(
        one.instrument.open_strings
    )


def check_frets(inspection: Inspection) -> None:
    """Chords no left hand can hold, and shapes too far apart for the time between them."""
    own = [one for one in inspection.heard if is_fretted(one) and one.keys]
    if not own:
        return
    strings = tuple(string.key for string in own[0].instrument.open_strings)
    moments: list[Heard] = []
    events: list[Event[Shape]] = []
    for _, together in groupby(own, key=lambda one: one.start):
        struck = list(together)
        keys = tuple(sorted({key for one in struck for key in one.keys}))
        if len(keys) > len(strings):
            continue
        held = shapes(strings, keys)
        if not held:
            _told(inspection, struck[0], keys)
            continue
        start = inspection.timing.at(struck[0].start)
        leave = start + (inspection.timing.at(struck[0].end) - start) * 0.5
        costs = tuple(shape.hand * 0.002 for shape in held)
        moments.append(struck[0])
        events.append(Event(start, leave, struck[0].start, held, costs))
    _shifts(inspection, moments, events)


def _told(inspection: Inspection, one: Heard, keys: Sequence[int]) -> None:
    if len(keys) == 1:
        return
    names = " ".join(map(str, one.note.sounding))
    text = f"no shape on the fretboard holds {names}"
    repair = f"leave out the {one.note.sounding[len(one.note.sounding) // 2]}"
    inspection.tell(FaultKind.SPAN, one.start, text, Severity.ERROR, repair)


def _shifts(
    inspection: Inspection, moments: Sequence[Heard], events: Sequence[Event[Shape]]
) -> None:
    for short in walk(events, shift_seconds, spare=0.8).shortages:
        one = moments[short.index]
        text = (
            f"from fret {short.before.hand} to fret {short.after.hand} needs "
            f"{short.needs_seconds:.2f} s, has {short.has_seconds:.2f} s"
        )
        repair = "another octave, or a second guitar"
        inspection.tell(FaultKind.LEAP, one.start, text, Severity.WARNING, repair)


def shift_seconds(before: Shape, after: Shape) -> float:
    """How long the left hand takes along the neck; open strings leave it free.

    >>> shift_seconds(Shape(((0, 0),), 0), Shape(((0, 9),), 9))
    0.0
    """
    if not before.hand or not after.hand:
        return 0.0
    away = abs(after.hand - before.hand)
    return _SHIFT_SECONDS + _FRET_SECONDS * (away - _SPAN) if away > _SPAN else 0.0
