"""Hands: what ten fingers, four mallets or six strings can hold at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scorestage.music import Family, Instrument

FINGERS = 5
HARP_FINGERS = 4
_HARPS = ("pluck.harp", "pluck.celtic-harp")
_FRETS = 19
_FRET_SPAN = 4
_BOWED_SPAN = 5


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
        return on_strings(strings, distinct, bowed=is_bowed(instrument))
    if instrument.hand_span_semitones:
        return two_hands(instrument, distinct)
    return True


def is_bowed(instrument: Instrument) -> bool:
    """Whether it is a bowed string instrument with known strings."""
    return instrument.family is Family.STRINGS and bool(instrument.open_strings)


def double_stop(instrument: Instrument, keys: tuple[int, ...]) -> bool:
    """Whether a bow sounds both keys on neighbouring strings."""
    strings = tuple(string.key for string in instrument.open_strings)
    return len(keys) == 2 and on_strings(strings, keys, bowed=True)


def two_hands(instrument: Instrument, keys: Sequence[int]) -> bool:
    """Whether the keys, from low to high, split into a left and a right hand."""
    return any(
        in_one_hand(instrument, tuple(keys[:cut])) and in_one_hand(instrument, tuple(keys[cut:]))
        for cut in range(len(keys) + 1)
    )


@lru_cache(maxsize=16384)
def on_strings(strings: tuple[int, ...], keys: tuple[int, ...], *, bowed: bool = False) -> bool:
    """Whether each key finds a string of its own, stopped within reach (open strings are free).

    A plucking hand spans four frets and may skip strings; a bow needs neighbouring strings, and
    a hand on the fingerboard spans five semitones (an octave on two strings).

    >>> on_strings((55, 62, 69, 76), (62, 69)), on_strings((55, 62, 69, 76), (55, 57))
    (True, False)
    """
    if not bowed:
        return _place(strings, keys, (), _FRET_SPAN)
    return any(
        _place(strings[low : low + len(keys)], keys, (), _BOWED_SPAN)
        for low in range(len(strings) - len(keys) + 1)
    )


def _place(
    strings: tuple[int, ...], keys: tuple[int, ...], frets: tuple[int, ...], span: int
) -> bool:
    if not keys:
        return True
    for index, string in enumerate(strings):
        fret = keys[0] - string
        if not 0 <= fret <= _FRETS:
            continue
        held = frets if fret == 0 else (*frets, fret)
        if held and max(held) - min(held) > span:
            continue
        if _place(strings[:index] + strings[index + 1 :], keys[1:], held, span):
            return True
    return False
