"""The proof: every note of tune and bass is played, at its own pitch and moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Note, Pitch, Role
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.values import Tone

MUST = (Role.MELODY, Role.BASS)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A note of the sketch that nobody plays at its pitch."""

    strand: int
    role: Role
    tone: Tone


def sounding_keys(notes: Iterable[Note]) -> set[tuple[tuple[int, int], int]]:
    """Every onset, as a ratio of quarters, with every key struck there."""
    return {
        (note.onset.quarters.as_integer_ratio(), pitch.key)
        for note in notes
        for pitch in note.sounding
    }


def uncovered(
    strands: Sequence[StrandReading], notes: Iterable[Note], roles: Sequence[Role] = MUST
) -> tuple[Uncovered, ...]:
    """Notes of these roles that no player begins at their onset and pitch."""
    heard = sounding_keys(notes)
    found = []
    for reading in strands:
        if reading.role not in roles:
            continue
        for line in reading.lines:
            for tone in line:
                if (
                    isinstance(tone.pitch, Pitch)
                    and (tone.start.as_integer_ratio(), tone.key) not in heard
                ):
                    found.append(Uncovered(reading.index, reading.role, tone))
    return tuple(found)


def unheard(strands: Sequence[StrandReading], notes: Iterable[Note]) -> tuple[Uncovered, ...]:
    """Notes of any role that no player begins at their onset, in any octave."""
    heard = {(at, key % 12) for at, key in sounding_keys(notes)}
    return tuple(
        Uncovered(reading.index, reading.role, tone)
        for reading in strands
        for line in reading.lines
        for tone in line
        if isinstance(tone.pitch, Pitch)
        and (tone.start.as_integer_ratio(), tone.key % 12) not in heard
    )


def silent(strands: Sequence[StrandReading], notes: Iterable[Note]) -> tuple[Uncovered, ...]:
    """Notes of any role that no player begins, in any octave, while they ought to sound."""
    starts: dict[int, set[Fraction]] = {}
    for at, key in sounding_keys(notes):
        starts.setdefault(key % 12, set()).add(Fraction(*at))
    return tuple(
        Uncovered(reading.index, reading.role, tone)
        for reading in strands
        for line in reading.lines
        for tone in line
        if isinstance(tone.pitch, Pitch)
        and tone.start not in (heard := starts.get(tone.key % 12, set()))
        and not any(tone.start < at < tone.end for at in heard)
    )


def coverage(strands: Sequence[StrandReading], notes: Iterable[Note]) -> Mapping[Role, Fraction]:
    """By role the share of the sketch's pitched notes that are played as written."""
    listed = list(notes)
    found: dict[Role, Fraction] = {}
    for role in dict.fromkeys(reading.role for reading in strands):
        tones = [
            tone
            for reading in strands
            if reading.role is role
            for line in reading.lines
            for tone in line
            if isinstance(tone.pitch, Pitch)
        ]
        if tones:
            missing = len(uncovered(strands, listed, (role,)))
            found[role] = 1 - Fraction(missing, len(tones))
    return found
