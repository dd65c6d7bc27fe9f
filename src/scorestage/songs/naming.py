"""Chords by name out of what is played: a lead sheet of a song that has its accompaniment only."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from scorestage.music import ChordSymbol, Note
from scorestage.music.feel import middle_of_bar
from scorestage.music.harmony import CHORD_INTERVALS, tone_name
from scorestage.music.key import Key
from scorestage.timebase import BarGrid, Beat

_QUALITIES = (
    *("major", "minor", "dominant", "minor-seventh", "major-seventh", "diminished"),
    *("half-diminished", "diminished-seventh", "augmented", "suspended-fourth"),
)
_PLAIN = {"major": 0.10, "minor": 0.10, "dominant": 0.04}
_DIVIDES = 0.16
"""How much better two chords in a bar must say it than one."""

Share = tuple[float, ...]


def chords_heard(notes: Sequence[Note], grid: BarGrid, key: Key) -> tuple[ChordSymbol, ...]:
    """A chord for each bar, or two where its halves differ, from the tones that sound in it.

    The tones weigh by their length, the lowest ones twice; a tone that a chord lacks costs as much
    as one it has wins. What is silent keeps the chord before.
    """
    found: list[ChordSymbol] = []
    for index, bar in enumerate(grid.bars):
        start, end = grid.starts[index], grid.starts[index + 1]
        middle = Beat(start.quarters + middle_of_bar(bar.meter))
        whole = _best(notes, start, end, key)
        halves = [_best(notes, low, high, key) for low, high in pairwise((start, middle, end))]
        if whole is None:
            continue
        told = [one for one in halves if one is not None]
        if len(told) == 2 and _name(told[0][1]) != _name(told[1][1]):
            better = (told[0][0] + told[1][0]) / 2 - whole[0]
            chosen = [one[1] for one in told] if better > _DIVIDES else [whole[1]]
        else:
            chosen = [whole[1]]
        for chord in chosen:
            if not found or _name(found[-1]) != _name(chord):
                found.append(chord)
    return tuple(found)


def _name(chord: ChordSymbol) -> str:
    return f"{chord.root} {chord.quality}"


def _best(
    notes: Sequence[Note], start: Beat, end: Beat, key: Key
) -> tuple[float, ChordSymbol] | None:
    share, bass = _heard(notes, start, end)
    if not any(share):
        return None
    best: tuple[float, int, str] | None = None
    for root in range(12):
        for quality in _QUALITIES:
            tones = {(root + semitones) % 12 for _, semitones in CHORD_INTERVALS[quality]}
            points = sum(part if tone in tones else -part for tone, part in enumerate(share))
            points -= 0.12 * sum(share[tone] < 0.02 for tone in tones)
            points += _PLAIN.get(quality, 0.0) + (0.15 if root == bass else 0.0)
            if best is None or points > best[0]:
                best = (points, root, quality)
    if best is None:
        return None
    points, root, quality = best
    return points, ChordSymbol(start, _spelled(notes, start, end, root, key), quality)


def _spelled(notes: Sequence[Note], start: Beat, end: Beat, root: int, key: Key) -> str:
    """The root as it is written where it sounds, else as the key would spell it."""
    names = [
        tone_name(pitch)
        for note in notes
        if note.onset < end and start < note.end
        for pitch in note.sounding
        if pitch.key % 12 == root
    ]
    return max(names, key=names.count) if names else tone_name(key.spell(60 + root))


def _heard(notes: Sequence[Note], start: Beat, end: Beat) -> tuple[Share, int]:
    """How much of the sound each of the twelve tones has, and which is lowest the longest."""
    weights = [0.0] * 12
    depth: dict[int, Fraction] = {}
    inside = [one for one in notes if one.onset < end and start < one.end]
    low = min((one.sounding[0].key for one in inside if one.sounding), default=0)
    for note in inside:
        lasting = (min(note.end, end) - max(note.onset, start)).quarters
        for pitch in note.sounding:
            deep = pitch.key <= low + 4
            weights[pitch.key % 12] += float(lasting) * (2 if deep else 1)
            if deep:
                depth[pitch.key % 12] = depth.get(pitch.key % 12, Fraction(0)) + lasting
    total = sum(weights)
    bass = max(depth, key=lambda tone: depth[tone]) if depth else -1
    return tuple(one / total for one in weights) if total else tuple(weights), bass
