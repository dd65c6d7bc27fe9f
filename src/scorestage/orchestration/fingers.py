"""Hands: what ten fingers, four mallets or six strings can hold at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scorestage.music import Family, Instrument
from scorestage.orchestration.checking.fingerboard import Neck, grips, is_easy
from scorestage.orchestration.checking.frets import shapes

FINGERS = 5
HARP_FINGERS = 4
_HARPS = ("pluck.harp", "pluck.celtic-harp")


@lru_cache(maxsize=16384)
def in_one_hand(instrument: Instrument, keys: tuple[int, ...]) -> bool:
    """Whether one hand (or one pair of mallets) takes these keys together."""
    if len(keys) < 2:
        return True
    span = instrument.hand_span_semitones
    most = HARP_FINGERS if instrument.musicxml_sound in _HARPS else FINGERS
    if span and max(keys) - min(keys) > span:
        return False
    return len(set(keys)) <= (most if instrument.staves > 1 else instrument.max_polyphony)


@lru_cache(maxsize=16384)
def at_once(instrument: Instrument, keys: tuple[int, ...]) -> bool:
    """Whether one player can sound these keys together on the instrument.

    Fretted strings need a string each and frets within reach; keyboards, harp and mallets two
    hands; everything else as many notes as its file says.

    >>> guitar = Instrument("g", "Guitar", "G.", Family.PLUCKED, None, None, max_polyphony=6,
    ...     open_strings=tuple(Pitch.parse(p) for p in ("E2", "A2", "D3", "G3", "B3", "E4")))
    >>> at_once(guitar, (40, 47, 52, 56, 59, 64)), at_once(guitar, (40, 41, 42))
    (True, False)
    """
    distinct = tuple(sorted(set(keys)))
    if len(distinct) > max(1, instrument.max_polyphony):
        return False
    if len(distinct) < 2:
        return True
    if instrument.open_strings:
        strings = tuple(string.key for string in instrument.open_strings)
        if is_bowed(instrument):
            return bool(grips(Neck.of(instrument.id, strings), distinct))
        return bool(shapes(strings, distinct))
    if instrument.hand_span_semitones:
        return two_hands(instrument, distinct)
    return True


def is_bowed(instrument: Instrument) -> bool:
    """Whether it is a bowed string instrument with known strings."""
    return instrument.family is Family.STRINGS and bool(instrument.open_strings)


def double_stop(instrument: Instrument, keys: tuple[int, ...]) -> bool:
    """Whether a bow sounds both keys on neighbouring strings, without a stretch."""
    strings = tuple(string.key for string in instrument.open_strings)
    return len(keys) == 2 and is_easy(Neck.of(instrument.id, strings), tuple(sorted(keys)))


def two_hands(instrument: Instrument, keys: Sequence[int]) -> bool:
    """Whether the keys, from low to high, split into a left and a right hand."""
    return any(
        in_one_hand(instrument, tuple(keys[:cut])) and in_one_hand(instrument, tuple(keys[cut:]))
        for cut in range(len(keys) + 1)
    )
