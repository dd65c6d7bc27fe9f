"""Accidentals as printed: a sign holds for its line or space to the end of the bar."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from scorestage.music.note import Unpitched
from scorestage.music.pitch import Interval, Pitch
from scorestage.music.written.values import WrittenPitch

_NAMES: dict[Fraction, str] = {
    Fraction(-3): "triple-flat",
    Fraction(-2): "flat-flat",
    Fraction(-3, 2): "three-quarters-flat",
    Fraction(-1): "flat",
    Fraction(-1, 2): "quarter-flat",
    Fraction(0): "natural",
    Fraction(1, 2): "quarter-sharp",
    Fraction(1): "sharp",
    Fraction(3, 2): "three-quarters-sharp",
    Fraction(2): "double-sharp",
    Fraction(3): "triple-sharp",
}
_SHARPENED = "FCGDAEB"


@lru_cache(maxsize=64)
def accidental_name(alter: Fraction | int) -> str:
    """The sign for an alteration, in MusicXML's words; other microtones show the nearest one.

    >>> accidental_name(-1), accidental_name(Fraction(1, 2))
    ('flat', 'quarter-sharp')
    """
    wanted = Fraction(alter)
    if wanted in _NAMES:
        return _NAMES[wanted]
    return _NAMES[min(_NAMES, key=lambda known: abs(known - wanted))]


@lru_cache(maxsize=4096)
def as_written(pitch: Pitch, shift: Interval) -> Pitch:
    """A sounding pitch as it stands on the page; what transposition spells oddly is put simply.

    >>> str(as_written(Pitch.parse("A#4"), Interval(1, 2)))
    'C5'
    """
    if shift.steps == 0 and shift.semitones == 0:
        return pitch
    moved = pitch.moved(shift)
    by_octaves = shift.steps % 7 == 0 and shift.semitones * 7 == shift.steps * 12
    return moved if by_octaves or moved.alter != int(moved.alter) else moved.simply_spelled()


class AccidentalMemory:
    """What the reader of a staff has in mind: the signs of this bar, and of the one before.

    `fifths` counts the sharps (negative: flats) of the key signature, 0 where there is none.
    """

    def __init__(self, fifths: int = 0) -> None:
        order = _SHARPENED if fifths >= 0 else _SHARPENED[::-1]
        alter: Fraction | int = 1 if fifths >= 0 else -1
        self._signature = dict.fromkeys(order[: abs(fifths)], alter)
        self._seen: dict[int, Fraction | int] = {}
        self._remembered: dict[int, Fraction | int] = {}

    def sign_key(self, altered: Mapping[str, Fraction | int]) -> None:
        """A key signature: what each of its steps is altered by from here on."""
        self._signature = dict(altered)

    def barline(self) -> None:
        """A barline cancels all signs; what it cancelled is worth a reminder in the next bar."""
        self._remembered = self._seen
        self._seen = {}

    def head(
        self, pitch: Pitch | Unpitched, *, tie_start: bool = False, tie_stop: bool = False
    ) -> WrittenPitch:
        """A head with the accidental it needs, or a courtesy.

        One tied over the barline needs none, but leaves a doubt: the next one on its line shows
        its sign again.
        """
        if not isinstance(pitch, Pitch):
            return WrittenPitch(pitch, None, False, tie_start, tie_stop)
        line, alter = pitch.staff_step, pitch.alter
        if tie_stop:
            if line not in self._seen:
                self._remembered[line] = alter
            return WrittenPitch(pitch, None, False, tie_start, tie_stop)
        if line in self._seen:
            needed, doubt = self._seen[line] != alter, False
        else:
            needed = self._signature.get(pitch.step, 0) != alter
            doubt = line in self._remembered and self._remembered[line] != alter
        self._seen[line] = alter
        if not (needed or doubt):
            return WrittenPitch(pitch, None, False, tie_start, tie_stop)
        return WrittenPitch(pitch, accidental_name(alter), not needed, tie_start, tie_stop)
