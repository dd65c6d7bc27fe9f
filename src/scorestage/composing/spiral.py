"""Chew's spiral array: how far apart tones, chords and keys are heard to lie.

Tones stand on a helix a fifth apart, a quarter turn and `h` higher each; what sounds together is
the point of gravity of its tones (its centre of effect). Constants: radius 1, h = sqrt(2/15),
weights of chords and keys of Chew's thesis (2000); the three measures are those of Herremans and
Chew, Tension ribbons (2016): diameter (dissonance), momentum (movement) and strain (distance from
the key).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, dist, pi, sin, sqrt

from scorestage.music import ChordSymbol, Pitch
from scorestage.music.harmony import bass_name, chord_tones, mode_family
from scorestage.music.key import Key

RISE = sqrt(2 / 15)
WEIGHTS = (0.516, 0.315, 0.168)
"""Of root, fifth and third in a chord; of tonic, dominant and subdominant in a key."""
MAJOR_DOMINANT = MINOR_SUBDOMINANT = 0.75
"""How much of a minor key's fifth step is major, and of its fourth step minor."""

Point = tuple[float, float, float]
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}


def fifths_of(pitch: Pitch) -> int:
    """How many fifths a spelled tone lies above C; quarter tones as the nearest written step.

    >>> fifths_of(Pitch.parse("F#4")), fifths_of(Pitch.parse("Bb3"))
    (6, -2)
    """
    return _FIFTHS[pitch.step] + 7 * round(pitch.alter)


@cache
def point_of(fifths: int) -> Point:
    """Where a tone stands on the helix."""
    return sin(fifths * pi / 2), cos(fifths * pi / 2), fifths * RISE


def centre(points: Sequence[tuple[Point, float]]) -> Point:
    """The centre of effect of points with their weights."""
    total = sum(weight for _, weight in points)
    x, y, z = (sum(point[axis] * weight for point, weight in points) / total for axis in range(3))
    return x, y, z


@cache
def chord_point(root: int, *, minor: bool = False) -> Point:
    """The centre of a triad on a root (in fifths above C)."""
    tones = (root, root + 1, root - 3 if minor else root + 4)
    return centre([(point_of(one), weight) for one, weight in zip(tones, WEIGHTS, strict=True)])


@cache
def key_point(key: Key) -> Point:
    """The centre of a key; modes count as major or minor by their third."""
    home = fifths_of(key.home)
    if mode_family(key.mode) == "major":
        chords = [chord_point(home), chord_point(home + 1), chord_point(home - 1)]
    else:
        fifth, fourth = MAJOR_DOMINANT, MINOR_SUBDOMINANT
        chords = [
            chord_point(home, minor=True),
            centre(
                [(chord_point(home + 1), fifth), (chord_point(home + 1, minor=True), 1 - fifth)]
            ),
            centre(
                [(chord_point(home - 1, minor=True), fourth), (chord_point(home - 1), 1 - fourth)]
            ),
        ]
    return centre(list(zip(chords, WEIGHTS, strict=True)))


def diameter(tones: Sequence[int]) -> float:
    """The widest distance between two tones (in fifths above C): how dissonant they are.

    >>> round(diameter((0, 4, 1)), 2), round(diameter((0, 4, 1, -2)), 2)
    (1.79, 2.97)
    """
    places = [point_of(one) for one in set(tones)]
    return max((dist(one, other) for one in places for other in places), default=0.0)


def momentum(before: Point, after: Point) -> float:
    """How far the harmony has moved between two centres."""
    return dist(before, after)


def strain(here: Point, key: Key) -> float:
    """How far a centre lies from its key."""
    return dist(here, key_point(key))


@cache
def chord_fifths(chord: ChordSymbol) -> tuple[int, ...]:
    """The tones of a chord in fifths above C, its bass among them."""
    bass = Pitch.parse(f"{bass_name(chord)}4")
    return tuple(dict.fromkeys(fifths_of(tone) for tone in (*chord_tones(chord), bass)))


@cache
def chord_measures(chord: ChordSymbol, key: Key) -> tuple[float, float]:
    """The diameter of a chord and how far its centre lies from a key."""
    tones = chord_fifths(chord)
    here = centre([(point_of(one), 1.0) for one in tones])
    return diameter(tones), strain(here, key)


def chord_strain(chord: ChordSymbol, key: Key) -> float:
    """One figure for a chord in a key: its diameter, and its distance from the key twice over.

    Diameters run to 4, distances from the key to 2: so both count about the same.
    """
    spread, distance = chord_measures(chord, key)
    return spread + 2 * distance
