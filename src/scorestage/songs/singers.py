"""Who can sing a song, and in which key: range, tessitura, and keys that are read easily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.music import Instrument, Note, Pitch
from scorestage.music.key import Key

_FARTHEST = 21
_HEART = Fraction(11, 20)
"""How high in the comfortable range a voice likes to spend its time, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Compass:
    """What a tune asks of a voice: lowest and highest tone, and the middle by time."""

    low: Pitch
    high: Pitch
    middle_midi: Fraction


@dataclass(frozen=True, slots=True)
class KeyOffer:
    """A key for a singer: how far the song moves, what it then asks, how much lies outside.

    `strained` is the share of the time above or below what is comfortable, `outside` that beyond
    what the voice has.
    """

    semitones: int
    key: Key
    compass: Compass
    strained: Fraction
    outside: Fraction
    points: Fraction


def compass_of(notes: Sequence[Note]) -> Compass:
    """The compass of a tune; raises `InputError` where nobody sings."""
    sung = [(note.sounding[-1], note.length.quarters) for note in notes if note.sounding]
    if not sung:
        raise InputError("there is no tune in it")
    whole = sum((length for _, length in sung), Fraction(0))
    middle = sum((Fraction(pitch.midi) * length for pitch, length in sung), Fraction(0)) / whole
    ordered = sorted((pitch for pitch, _ in sung), key=lambda pitch: pitch.midi)
    return Compass(ordered[0], ordered[-1], middle)


def keys_for(notes: Sequence[Note], key: Key, singer: Instrument) -> tuple[KeyOffer, ...]:
    """Keys for a singer, the best first: each of the twelve in its best octave.

    Time outside the comfortable range counts by how far, outside the whole range far more; then
    how near the middle of the tune lies to the heart of the voice, how few accidentals the key has
    and how little the song moves. Raises `InputError` for an instrument without a range.
    """
    if singer.comfortable is None or singer.professional is None:
        raise InputError(f"nothing is known of the range of {singer.name}")
    offers: dict[int, KeyOffer] = {}
    for semitones in range(-_FARTHEST, _FARTHEST + 1):
        offer = _offer(notes, key, singer, semitones)
        known = offers.get(semitones % 12)
        if known is None or (offer.points, abs(semitones)) < (known.points, abs(known.semitones)):
            offers[semitones % 12] = offer
    return tuple(sorted(offers.values(), key=lambda one: (one.points, abs(one.semitones))))


def _offer(notes: Sequence[Note], key: Key, singer: Instrument, semitones: int) -> KeyOffer:
    easy, whole = singer.comfortable, singer.professional
    if easy is None or whole is None:
        raise InputError(f"nothing is known of the range of {singer.name}")
    strained = outside = far = total = Fraction(0)
    for note in notes:
        if not note.sounding:
            continue
        at, length = note.sounding[-1].key + semitones, note.length.quarters
        total += length
        off = max(0, easy.low.key - at, at - easy.high.key)
        beyond = max(0, whole.low.key - at, at - whole.high.key)
        strained += length * (off > 0)
        outside += length * (beyond > 0)
        far += length * (off + 8 * beyond)
    compass = compass_of(notes)
    heart = easy.low.key + (easy.high.key - easy.low.key) * _HEART
    away = abs(compass.middle_midi + semitones - heart)
    into = key.moved(semitones)
    points = 4 * far / total + away / 4 + Fraction(into.accidentals(), 12)
    points += Fraction(abs(semitones), 60)
    moved = Compass(
        _moved(compass.low, semitones, into),
        _moved(compass.high, semitones, into),
        compass.middle_midi + semitones,
    )
    return KeyOffer(semitones, into, moved, strained / total, outside / total, points)


def _moved(pitch: Pitch, semitones: int, key: Key) -> Pitch:
    return key.spell(pitch.key + semitones)
