"""Small scores with themes planted in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

from scorestage.music import Family, Instrument, Line, Note, Pitch, Player, Score, Staff, Voice
from scorestage.timebase import BarGrid, Beat, Beats, Meter


def player_line(name: str, notes: Iterable[Note]) -> Line:
    """A player who plays these notes."""
    instrument = Instrument(name, name, name, Family.STRINGS, None, None)
    return Line(Player(name, name, name, (instrument,)), (Staff((Voice(tuple(notes)),)),))


def moved(notes: Iterable[Note], quarters: Fraction | int, semitones: int = 0) -> list[Note]:
    """Notes later, and on other keys."""
    found = []
    for number, note in enumerate(notes):
        pitches = tuple(_key(pitch.key + semitones) for pitch in note.sounding)
        onset = note.onset + Beats(quarters)
        found.append(replace(note, id=f"m{quarters}-{number}", onset=onset, pitches=pitches))
    return found


def _key(key: int) -> Pitch:
    steps = ("C", 0), ("D", -1), ("D", 0), ("E", -1), ("E", 0), ("F", 0)
    steps += ("F", 1), ("G", 0), ("A", -1), ("A", 0), ("B", -1), ("B", 0)
    step, alter = steps[key % 12]
    return Pitch(step, alter, key // 12 - 1)


def wandering(bars: int, seed: int, low: int = 50, high: int = 76) -> list[Note]:
    """A line that goes nowhere: steps and leaps of a scale in mixed note values, at random."""
    random = Random(seed)
    scale = [key for key in range(low, high) if key % 12 in (0, 2, 4, 5, 7, 9, 11)]
    at, place, found = Fraction(0), len(scale) // 2, []
    while at < bars * 4:
        length = random.choice((Fraction(1, 2), Fraction(1), Fraction(1), Fraction(2)))
        length = min(length, bars * 4 - at)
        place = max(0, min(len(scale) - 1, place + random.choice((-3, -2, -1, -1, 1, 1, 2, 4))))
        pitch = _key(scale[place])
        found.append(Note(f"w{seed}-{at}", Beat(at), Beats(length), (pitch,)))
        at += length
    return found


def score_of(bars: int, **lines: Iterable[Note]) -> Score:
    """A score in 4/4 with a player for each line."""
    grid = BarGrid.regular(bars, Meter(4, 4))
    return Score(grid, tuple(player_line(name, notes) for name, notes in lines.items()))
