"""Twelve-tone rows: forms, matrix, partition, and a row drawn out of a theme.

Forms are named as Perle and Babbitt do: P, I, R and RI with the number of the pitch class each
begins on (for R and RI: ends on), C being 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from scorestage.errors import MusicError
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch, pitch_of_key
from scorestage.music.theme import Theme
from scorestage.timebase import Beat, Beats, Meter

TONES = 12
_KINDS = ("P", "I", "R", "RI")


@dataclass(frozen=True, slots=True)
class Row:
    """Twelve pitch classes in an order of their own, each once (C is 0).

    >>> Row.parse("E F G C# F# D# G# D B C A A#").form("I4").classes[:3]
    (4, 3, 1)
    """

    classes: tuple[int, ...]

    def __post_init__(self) -> None:
        if sorted(self.classes) != list(range(TONES)):
            raise MusicError(f"{self} is no row", do="name each of the twelve pitch classes once")

    def __str__(self) -> str:
        return " ".join(str(one) for one in self.classes)

    @classmethod
    def parse(cls, text: str) -> Row:
        """Read names of tones (`E F Gb …`) or numbers (`4 5 6 …`; `t` and `e` for 10 and 11)."""
        numbers = {"t": 10, "e": 11}
        words = text.replace(",", " ").split()
        found = []
        as_numbers = all(word.isdigit() or word in numbers for word in words)
        for word in words:
            if as_numbers:
                found.append(numbers.get(word, int(word) if word.isdigit() else 0))
            else:
                found.append(Pitch.parse(f"{word}4").key % TONES)
        return cls(tuple(found))

    @classmethod
    def of_theme(cls, theme: Theme, seed: int = 0) -> Row:
        """The theme's pitch classes in order of first appearance, the missing ones drawn after."""
        found: list[int] = []
        for note in theme.notes:
            for pitch in note.sounding:
                if pitch.key % TONES not in found:
                    found.append(pitch.key % TONES)
        missing = [tone for tone in range(TONES) if tone not in found]
        Random(f"{seed}|{theme.id}|row").shuffle(missing)
        return cls((*found, *missing))

    def form(self, name: str) -> Row:
        """One of the 48 forms by name: `P0`, `I7`, `R5`, `RI11`.

        Raises `MusicError` for a name of none.
        """
        kind = name.rstrip("0123456789")
        digits = name[len(kind) :]
        if kind not in _KINDS or not digits or int(digits) >= TONES:
            raise MusicError(f"{name!r} is no form of a row", do="for example P0, I7, R5 or RI11")
        first = self.classes[0]
        sign = -1 if kind.endswith("I") else 1
        turned = tuple((int(digits) + sign * (tone - first)) % TONES for tone in self.classes)
        return Row(turned[::-1] if kind.startswith("R") else turned)

    def forms(self) -> dict[str, Row]:
        """All 48 by name."""
        names = (f"{kind}{number}" for kind in _KINDS for number in range(TONES))
        return {name: self.form(name) for name in names}

    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """Twelve rows of twelve: P forms from left to right, I forms from top to bottom."""
        return tuple(
            self.form(f"P{tone}").classes for tone in self.form(f"I{self.classes[0]}").classes
        )

    def partition(self, size: int) -> tuple[tuple[int, ...], ...]:
        """The row in sets of 2, 3, 4 or 6 tones, in order: material for chords and voices."""
        if size not in (2, 3, 4, 6):
            raise MusicError(f"a row does not part into sets of {size}", do="2, 3, 4 or 6")
        return tuple(self.classes[start : start + size] for start in range(0, TONES, size))

    def combinatorial(self) -> tuple[str, ...]:
        """Forms whose first six tones are just the other six of this one."""
        other = set(self.classes[6:])
        return tuple(name for name, row in self.forms().items() if set(row.classes[:6]) == other)

    def as_theme(self, rhythm_of: Theme | None = None, theme_id: str = "row") -> Theme:
        """The row as a theme: near each other, middle register, in the rhythm of another theme."""
        pitches = _near_each_other(self.classes)
        if rhythm_of is None:
            spans: Iterable[tuple[Fraction, Fraction]] = (
                (Fraction(place), Fraction(1)) for place in range(TONES)
            )
            meter = Meter(4, 4)
        else:
            spans = ((one.onset.quarters, one.length.quarters) for one in rhythm_of.notes)
            meter = rhythm_of.meter
        notes = tuple(
            Note(
                f"{theme_id}-{place}",
                Beat(onset),
                Beats(length),
                (pitches[place % TONES],),
                origin=f"theme:{theme_id}:row",
            )
            for place, (onset, length) in enumerate(spans)
        )
        return Theme(theme_id, theme_id, notes, meter, "C", "", motif_notes=6)


def _near_each_other(classes: Sequence[int]) -> list[Pitch]:
    """Each tone in the octave nearest the last one, kept within an octave and a half of C5."""
    found: list[Pitch] = []
    before = 69
    for tone in classes:
        near = [tone + TONES * octave for octave in range(4, 8)]
        fitting = [key for key in near if 57 <= key <= 81]
        before = min(fitting, key=lambda key: (abs(key - before), key))
        found.append(pitch_of_key(before))
    return found
