"""How loud each note is: dynamics in force, hairpins on the way, accents on top."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Articulation, Dynamic, Hairpin, Note, Staff
from scorestage.timebase import Beat

_AT_MF = 80
_STEP = 16
_ACCENTS = {
    Articulation.ACCENT: 12,
    Articulation.MARCATO: 18,
    Articulation.SFORZATO: 24,
    Articulation.STACCATISSIMO: 4,
}


@dataclass(frozen=True, slots=True)
class Loudness:
    """The dynamics of a staff as MIDI velocities; mf is 80, each step 16, before any mark mf."""

    marks: tuple[tuple[Beat, int], ...]
    hairpins: tuple[tuple[Hairpin, int, int], ...]
    """Each with the velocity it comes from and goes to."""

    @classmethod
    def of_staff(cls, staff: Staff) -> Loudness:
        """From the staff's own marks; a hairpin to nowhere goes one step."""
        ordered = sorted(staff.dynamics, key=lambda mark: mark.at)
        marks = tuple((mark.at, _velocity(mark.dynamic)) for mark in ordered)
        plain = cls(marks, ())
        found = []
        for hairpin in sorted(staff.hairpins, key=lambda hairpin: hairpin.start):
            start = plain.at(hairpin.start)
            goal = next((level for at, level in marks if at == hairpin.end), None)
            if goal is None:
                goal = start + (_STEP if hairpin.opens else -_STEP)
            found.append((hairpin, start, goal))
        return cls(marks, tuple(found))

    def at(self, beat: Beat) -> int:
        """The velocity in force at `beat`, accents left out."""
        place = bisect_right(self.marks, beat, key=lambda mark: mark[0])
        level = self.marks[place - 1][1] if place else _AT_MF
        since = self.marks[place - 1][0] if place else None
        for hairpin, start, goal in self.hairpins:
            if hairpin.start <= beat < hairpin.end:
                into = (beat - hairpin.start).quarters / (hairpin.end - hairpin.start).quarters
                return round(start + Fraction(goal - start) * into)
            if hairpin.end <= beat and (since is None or since < hairpin.end):
                level = goal
        return level

    def velocity(self, note: Note) -> int:
        """The velocity of `note`, 1 to 127."""
        accent = max((_ACCENTS.get(sign, 0) for sign in note.articulations), default=0)
        return max(1, min(127, self.at(note.onset) + accent))


def _velocity(dynamic: Dynamic) -> int:
    """
    >>> [_velocity(one) for one in (Dynamic.PPPP, Dynamic.P, Dynamic.MF, Dynamic.FFFF)]
    [8, 48, 80, 127]
    """
    return max(8, min(127, _AT_MF + _STEP * dynamic.level))
