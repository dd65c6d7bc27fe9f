"""Whole chords for one player: keyboards, harp, guitars, mallets, pads."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.music import Instrument, Note, Pitch
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.fingers import at_once
from scorestage.orchestration.practice import Colour, colour, key_cost
from scorestage.orchestration.values import ADDED, Chair
from scorestage.orchestration.voicing import Seat, voiced
from scorestage.timebase import Beat, Beats

CHORDS = ADDED + "chords"
_CENTRE = {Colour.KEYS: 60.0, Colour.PLUCKED: 57.0, Colour.MALLETS: 65.0, Colour.SYNTH: 58.0}
_SOUNDED = 60


def grips(
    chair: Chair, chords: Sequence[Slice], count: int, level: float, centre: float | None = None
) -> list[tuple[Slice, tuple[int, ...]]]:
    """For each chord the keys one player grips, at most `count`, each near the grip before."""
    instrument = chair.instrument
    middle = _CENTRE.get(colour(instrument), 60.0) if centre is None else centre
    found: list[tuple[Slice, tuple[int, ...]]] = []
    before: tuple[int, ...] = ()
    for chord in chords:
        keys = _grip(instrument, chord, count, level, middle, before)
        if keys:
            found.append((chord, keys))
            before = keys
    return found


def _grip(
    instrument: Instrument,
    chord: Slice,
    count: int,
    level: float,
    centre: float,
    before: tuple[int, ...],
) -> tuple[int, ...]:
    for voices in range(min(count, instrument.max_polyphony), 0, -1):
        wishes = [centre + 4.5 * (place - (voices - 1) / 2) for place in range(voices)]
        seats = [Seat(instrument, wish) for wish in wishes]
        earlier = before if len(before) == voices else ()
        keys = voiced(seats, chord, earlier, level)
        if keys and at_once(instrument, keys):
            return tuple(dict.fromkeys(keys))
    return ()


def chord_note(
    chair: Chair, chord: Slice, keys: Sequence[int], mark: str, origin: str = CHORDS
) -> Note:
    """The grip as one note that lasts as long as the chord."""
    return Note(
        id=f"{chair.id}.{chord.id}~{mark}",
        onset=Beat(chord.start),
        length=Beats(chord.end - chord.start),
        pitches=tuple(chord.spelled(key) for key in keys),
        origin=origin,
    )


def ladder(instrument: Instrument, chord: Slice, low: int, high: int) -> list[Pitch]:
    """All tones of the chord on the instrument between two keys, upward."""
    return [
        chord.spelled(key)
        for key in range(low, high + 1)
        if key % 12 in chord.names and key_cost(instrument, key, 0.0) < _SOUNDED
    ]
