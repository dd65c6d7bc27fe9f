"""Which key a tune is in.

Profiles of Krumhansl and Kessler (1982), correlated with how long each tone sounds; where the tune
begins and ends decides between neighbours, the characteristic step between modes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import sqrt

from scorestage.music.harmony import tone_name
from scorestage.music.key import Key
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


def find_keys(notes: Sequence[Note]) -> tuple[tuple[Key, float], ...]:
    """All 24 keys with how well a tune fits each (about -1 to 1), the best first.

    Raises `ValueError` where there is no pitched note.
    """
    line = [(note, note.top) for note in notes]
    sounding = [(note, pitch) for note, pitch in line if pitch is not None]
    if not sounding:
        raise ValueError("there is no pitched note to find a key from")
    weights = _weights(sounding)
    first, last = sounding[0][1].key % 12, sounding[-1][1].key % 12
    found = []
    for tonic in range(12):
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR)):
            turned = [profile[(tone - tonic) % 12] for tone in range(12)]
            fit = _correlation(turned, [float(weight) for weight in weights])
            fit += 0.18 if last == tonic else 0.0
            fit += 0.06 if first == tonic else 0.03 if (first - tonic) % 12 == 7 else 0.0
            name = _tonic_name(tonic, mode, (pitch for _, pitch in sounding))
            found.append((Key(name, _modal(mode, tonic, weights)), fit))
    return tuple(sorted(found, key=lambda entry: -entry[1]))


def find_key(notes: Sequence[Note]) -> Key:
    """The key a tune fits best."""
    return find_keys(notes)[0][0]


def _weights(sounding: list[tuple[Note, Pitch]]) -> list[Fraction]:
    weights = [Fraction(0)] * 12
    for note, pitch in sounding:
        weights[pitch.key % 12] += min(note.length.quarters, Fraction(2))
    return weights


def _modal(mode: str, tonic: int, weights: list[Fraction]) -> str:
    """The church mode, where its characteristic step sounds and the usual one does not."""

    def only(this: int, that: int) -> bool:
        sounds = weights[(tonic + this) % 12]
        return sounds > 0 and weights[(tonic + that) % 12] * 4 < sounds

    if mode == "major":
        return "mixolydian" if only(10, 11) else "lydian" if only(6, 5) else "major"
    if only(9, 8) and not only(11, 10):
        return "dorian"
    return "phrygian" if only(1, 2) else "minor"


def _tonic_name(tonic: int, mode: str, pitches: Iterable[Pitch]) -> str:
    """The tonic as the tune itself spells it, where that gives no outlandish key."""
    plain = Key("C", mode).moved(tonic)
    names = Counter(tone_name(pitch) for pitch in pitches if pitch.key % 12 == tonic)
    for name, _ in names.most_common():
        if len(name) < 3 and Key(name, mode).accidentals() <= 7:
            return name
    return plain.tonic


def _correlation(one: list[float], other: list[float]) -> float:
    mean_one, mean_other = sum(one) / len(one), sum(other) / len(other)
    a = [number - mean_one for number in one]
    b = [number - mean_other for number in other]
    spread = sqrt(sum(x * x for x in a) * sum(y * y for y in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / spread if spread else 0.0
