"""Spelled pitches and intervals; everything here sounds, nothing is transposed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import MusicError

STEPS = "CDEFGAB"
_SEMITONES = (0, 2, 4, 5, 7, 9, 11)
_SEMITONE_OF = dict(zip(STEPS, _SEMITONES, strict=True))
_SIGNS = {"": 0, "#": 1, "##": 2, "x": 2, "b": -1, "bb": -2, "♯": 1, "♭": -1, "♮": 0}
_TEXT = re.compile(r"([A-Ga-g])(##|#|x|bb|b|♯|♭|♮|)(-?\d+)")


@dataclass(frozen=True, slots=True)
class Interval:
    """A distance as written: `steps` of the staff and `semitones`; both negative when downward.

    >>> Interval(4, 7).inverse
    Interval(steps=-4, semitones=-7)
    """

    steps: int
    semitones: Fraction | int

    @property
    def inverse(self) -> Interval:
        """The way back."""
        return Interval(-self.steps, -self.semitones)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.steps + other.steps, self.semitones + other.semitones)


UNISON = Interval(0, 0)
OCTAVE = Interval(7, 12)


@dataclass(frozen=True, slots=True)
class Pitch:
    """A sounding pitch with its spelling; middle C is C4; `alter` in semitones (1/2: quarter tone).

    >>> Pitch.parse("Bb3").midi
    58
    >>> str(Pitch.parse("F#4").moved(Interval(2, 3)))
    'A4'
    """

    step: str
    alter: Fraction | int
    octave: int

    def __post_init__(self) -> None:
        if self.step not in STEPS:
            raise MusicError(f"{self.step!r} is no step of the scale")

    @property
    def midi(self) -> Fraction | int:
        """The MIDI key, fractional for quarter tones; C4 is 60."""
        return 12 * (self.octave + 1) + _SEMITONE_OF[self.step] + self.alter

    @property
    def key(self) -> int:
        """The nearest MIDI key."""
        return round(self.midi)

    @property
    def staff_step(self) -> int:
        """Steps of the staff above C0: what decides lines and spaces."""
        return 7 * self.octave + STEPS.index(self.step)

    def __str__(self) -> str:
        signs = {0: "", 1: "#", 2: "##", -1: "b", -2: "bb"}
        sign = signs.get(int(self.alter)) if self.alter == int(self.alter) else None
        return f"{self.step}{sign if sign is not None else f'({self.alter})'}{self.octave}"

    @classmethod
    def parse(cls, text: str) -> Pitch:
        """Read `F#4`, `Bb3`, `Ebb5`."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise MusicError(f"{text!r} is no pitch", do="write for example F#4 or Bb3")
        return cls(match[1].upper(), _SIGNS[match[2]], int(match[3]))

    def moved(self, interval: Interval) -> Pitch:
        """This pitch an interval away, spelled by the interval's steps."""
        octave, index = divmod(self.staff_step + interval.steps, 7)
        plain = 12 * (octave + 1) + _SEMITONES[index]
        return Pitch(STEPS[index], self.midi + interval.semitones - plain, octave)

    def interval_to(self, other: Pitch) -> Interval:
        """The interval from here up (or down) to `other`."""
        return Interval(other.staff_step - self.staff_step, other.midi - self.midi)

    def simply_spelled(self) -> Pitch:
        """The same key with at most one sharp or flat, for what transposition has spelled oddly."""
        if -1 <= self.alter <= 1 and str(self)[:2] not in ("E#", "B#", "Fb", "Cb"):
            return self
        return pitch_of_key(self.key, flats=bool(self.alter < 0))


def pitch_of_key(key: int, *, flats: bool = False) -> Pitch:
    """A plain spelling for MIDI `key`.

    >>> str(pitch_of_key(61)), str(pitch_of_key(61, flats=True))
    ('C#4', 'Db4')
    """
    octave, tone = divmod(key, 12)
    if tone in _SEMITONES:
        return Pitch(STEPS[_SEMITONES.index(tone)], 0, octave - 1)
    if flats:
        return Pitch(STEPS[_SEMITONES.index(tone + 1)], -1, octave - 1)
    return Pitch(STEPS[_SEMITONES.index(tone - 1)], 1, octave - 1)
