"""The single lines a score is made of: every place where a theme could be sung.

A staff with chords or several voices holds more than one: the top, the bottom and the middle of
its chords, each voice, and what is highest and lowest over all of its voices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.score import Score, Staff

Tone = tuple[Fraction, Fraction, Pitch]
"""Onset and end in quarters, and what sounds."""

_REPEATED_SHARE = Fraction(3, 10)


@dataclass(frozen=True, slots=True)
class Strand:
    """One line of single notes in order of onset; `player` counts the lines of the score from 0.

    `keys` are MIDI keys, `steps` steps of the staff, `onsets` and `ends` quarters.
    """

    player: int
    onsets: tuple[Fraction, ...]
    ends: tuple[Fraction, ...]
    keys: tuple[int, ...]
    steps: tuple[int, ...]

    @classmethod
    def of_tones(cls, player: int, tones: Sequence[Tone]) -> Strand:
        """A strand of tones already in order."""
        return cls(
            player,
            tuple(tone[0] for tone in tones),
            tuple(tone[1] for tone in tones),
            tuple(tone[2].key for tone in tones),
            tuple(tone[2].staff_step for tone in tones),
        )


def strands_of(score: Score) -> tuple[Strand, ...]:
    """All lines of single notes in a score, each once for every player who has it."""
    found = []
    for player, line in enumerate(score.lines):
        seen = set()
        for staff in line.staves:
            for tones in _lines_of(staff):
                strand = Strand.of_tones(player, tones)
                content = (strand.onsets, strand.keys)
                if len(tones) > 1 and content not in seen:
                    seen.add(content)
                    found.append(strand)
    return tuple(found)


def _lines_of(staff: Staff) -> Iterator[list[Tone]]:
    for voice in staff.voices:
        for tones in _by_place_in_chord(voice.notes):
            yield tones
            yield from _without_repeats(tones)
    if len(staff.voices) > 1:
        yield skyline(staff.notes)
        yield skyline(staff.notes, -1)


def _by_place_in_chord(notes: Iterable[Note]) -> Iterator[list[Tone]]:
    """The top notes; where there are chords the bottom notes and the one below the top too."""
    pitched = [note for note in notes if note.sounding]
    deepest = max((len(note.sounding) for note in pitched), default=0)
    for place in (-1, 0, -2)[: min(deepest, 3)]:
        yield [
            (
                note.onset.quarters,
                note.end.quarters,
                note.sounding[max(place, -len(note.sounding))],
            )
            for note in pitched
        ]


def _without_repeats(tones: list[Tone]) -> Iterator[list[Tone]]:
    """A line of many struck-again notes as the long notes it stands for."""
    merged: list[Tone] = []
    for tone in tones:
        if merged and merged[-1][1] == tone[0] and merged[-1][2].key == tone[2].key:
            merged[-1] = (merged[-1][0], tone[1], tone[2])
        else:
            merged.append(tone)
    if len(tones) - len(merged) > _REPEATED_SHARE * len(tones):
        yield merged


def skyline(notes: Iterable[Note], direction: int = 1) -> list[Tone]:
    """What is highest at every onset (with `direction` -1 lowest) and not under a held note.

    A tone that is struck below a higher one that has begun earlier and still sounds is left out.
    """
    tones = sorted(
        (
            (note.onset.quarters, note.end.quarters, pitch)
            for note in notes
            for pitch in note.sounding
        ),
        key=lambda tone: (tone[0], -direction * tone[2].key),
    )
    found: list[Tone] = []
    for start, end, pitch in tones:
        if found:
            last_start, last_end, last = found[-1]
            if last_start == start:
                continue
            if last_end > start and direction * last.key > direction * pitch.key:
                continue
            found[-1] = (last_start, min(last_end, start), last)
        found.append((start, end, pitch))
    return found


def gaps(onsets: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """From each onset to the next."""
    return tuple(other - one for one, other in pairwise(onsets))
