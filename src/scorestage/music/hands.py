"""Two hands on one keyboard: which keys struck together each of them takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.timebase import Beat

_MIDDLE = 60
_SPAN = 14
"""Semitones that one hand holds without leaving its place."""


def needs_two(notes: Sequence[Note]) -> bool:
    """Whether a keyboard part reaches far enough to be written on two staves."""
    keys = [pitch.key for note in notes for pitch in note.sounding]
    return bool(keys) and min(keys) < _MIDDLE - 4 and max(keys) > _MIDDLE + 3


def hands(notes: Sequence[Note]) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """The notes of the right and of the left hand; chords are divided where their gap is widest.

    A hand stays near the keys it had last.
    """
    by_onset: dict[Beat, list[Note]] = defaultdict(list)
    for note in notes:
        by_onset[note.onset].append(note)
    right: list[Note] = []
    left: list[Note] = []
    high, low = _MIDDLE + 12, _MIDDLE - 12
    for onset in sorted(by_onset):
        keys = sorted({pitch.key for note in by_onset[onset] for pitch in note.sounding})
        border = _border(keys, high, low)
        above = [key for key in keys if key >= border]
        below = [key for key in keys if key < border]
        high = (high + 2 * (sum(above) // len(above))) // 3 if above else high
        low = (low + 2 * (sum(below) // len(below))) // 3 if below else low
        for note in by_onset[onset]:
            _deal(note, border, right, left)
    return tuple(right), tuple(left)


def _border(keys: Sequence[int], high: int, low: int) -> int:
    """The lowest key of the right hand."""
    middle = (high + low) // 2
    if not keys or keys[-1] - keys[0] <= _SPAN:
        centre = (keys[0] + keys[-1]) // 2 if keys else middle
        return keys[0] if keys and abs(centre - high) <= abs(centre - low) else 128
    gaps = [
        (2 * (later - key) - abs((key + later) // 2 - middle), later)
        for key, later in pairwise(keys)
        if later > keys[-1] - 3 * _SPAN
    ]
    return max(gaps)[1] if gaps else middle


def _deal(note: Note, border: int, right: list[Note], left: list[Note]) -> None:
    upper = tuple(one for one in note.pitches if isinstance(one, Pitch) and one.key >= border)
    lower = tuple(one for one in note.pitches if isinstance(one, Pitch) and one.key < border)
    if upper:
        right.append(replace(note, pitches=upper))
    if lower:
        left.append(replace(note, pitches=lower, id=f"{note.id}l" if upper else note.id))
