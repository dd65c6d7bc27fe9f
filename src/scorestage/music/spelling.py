"""Spelling keys: which step and sign a MIDI key most likely is, from the keys around it.

Every spelling has a place on the line of fifths (F -1, C 0, G 1, ... B flat -2, F sharp 6). Each
note takes the place nearest to the middle of its surroundings, so that keys close together in time
stay close together on the line (the principle of Temperley's "The Cognition of Basic Musical
Structures", chapter 5).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from scorestage.music.pitch import Pitch

_STEPS_BY_FIFTHS = "FCGDAEB"
_LOWEST, _HIGHEST = -8, 12
_HALF_WINDOW_QUARTERS = 6
_MIDDLE_OF_MAJOR = 2
_ROUNDS = 3


def pitch_on_line(key: int, place: int) -> Pitch:
    """The pitch of a MIDI key that stands at `place` on the line of fifths.

    >>> str(pitch_on_line(61, 7)), str(pitch_on_line(61, -5))
    ('C#4', 'Db4')
    """
    alter, index = divmod(place + 1, 7)
    step = _STEPS_BY_FIFTHS[index]
    plain = key - alter
    octave = plain // 12 - 1
    return Pitch(step, alter, octave)


def spelled(
    keys: Sequence[tuple[Fraction, int]], signature: int | None = None
) -> tuple[Pitch, ...]:
    """A pitch for each (onset in quarters, MIDI key), in the order given.

    `signature` counts the sharps (negative: flats) of the key signature, where one is told.

    >>> [str(one) for one in spelled([(Fraction(0), 60), (Fraction(1), 63), (Fraction(2), 67)])]
    ['C4', 'Eb4', 'G4']
    """
    order = sorted(range(len(keys)), key=lambda at: keys[at])
    onsets = [keys[at][0] for at in order]
    tones = [keys[at][1] for at in order]
    middle = _MIDDLE_OF_MAJOR + (signature if signature is not None else _home(tones))
    places = [_nearest(tone, middle, 1) for tone in tones]
    windows = [
        (
            bisect_left(onsets, onset - _HALF_WINDOW_QUARTERS),
            bisect_right(onsets, onset + _HALF_WINDOW_QUARTERS),
        )
        for onset in onsets
    ]
    for _ in range(_ROUNDS):
        sums = [0]
        for place in places:
            sums.append(sums[-1] + place)
        weight = 12 if signature is not None else 6
        places = [
            _nearest(tone, sums[stop] - sums[start] + weight * middle, stop - start + weight)
            for tone, (start, stop) in zip(tones, windows, strict=True)
        ]
    found: dict[int, Pitch] = {
        at: pitch_on_line(tone, place) for at, tone, place in zip(order, tones, places, strict=True)
    }
    return tuple(found[at] for at in range(len(keys)))


def _nearest(tone: int, total: int, count: int) -> int:
    """The place of `tone` nearest to the mean `total / count`; of two the raised one leads on."""
    lowest = _LOWEST + (tone * 7 - _LOWEST) % 12
    options = range(lowest, _HIGHEST + 1, 12)
    return min(options, key=lambda place: (abs(place * count - total), -place))


def _home(tones: Sequence[int]) -> int:
    """The signature whose seven steps hold most of the keys; few signs are preferred."""
    counts = [0] * 12
    for tone in tones:
        counts[tone % 12] += 1

    def held(fifths: int) -> int:
        return sum(counts[place * 7 % 12] for place in range(fifths - 1, fifths + 6))

    return max(range(-6, 7), key=lambda fifths: (held(fifths), -abs(fifths), -fifths))
