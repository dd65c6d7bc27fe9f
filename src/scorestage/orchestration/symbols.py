"""A sheet with chord symbols and no note: its chords written out, so that they can be scored."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from scorestage.music import (
    ChordSymbol,
    Interval,
    Note,
    Pitch,
    Role,
    Sketch,
    Staff,
    Strand,
    Voice,
)
from scorestage.music.harmony import chord_tones
from scorestage.timebase import Beat

_LOWEST = 55
_BASS_OCTAVE = 2
_LOWEST_BASS = 40


def written_out(sketch: Sketch) -> Sketch:
    """The chord symbols as a harmony and a bass, each held to the next chord or barline.

    The chord lies in close position from G3 upward, its bass an octave and more below. A sketch
    without symbols, or with notes, stays as it is.
    """
    if not sketch.chords or any(strand.staff.notes for strand in sketch.strands):
        return sketch
    chords: list[Note] = []
    basses: list[Note] = []
    for number, (chord, start, end) in enumerate(_held(sketch), start=1):
        tones = tuple(dict.fromkeys(_close(one) for one in chord_tones(chord)))
        if not tones:
            continue
        chords.append(Note(f"chord-{number}", start, end - start, _ordered(tones)))
        basses.append(Note(f"root-{number}", start, end - start, (_bass(chord),)))
    marks = next((one.staff.dynamics for one in sketch.strands if one.staff.dynamics), ())
    strands = tuple(
        Strand(role, Staff((Voice(tuple(notes)),), marks))
        for role, notes in ((Role.HARMONY, chords), (Role.BASS, basses))
    )
    return replace(sketch, strands=strands)


def _held(sketch: Sketch) -> list[tuple[ChordSymbol, Beat, Beat]]:
    """Each chord from its place to the next chord's or the next barline, there again."""
    grid = sketch.grid
    ordered = sorted(sketch.chords, key=lambda one: one.at)
    ends = [*(one.at for one in ordered[1:]), grid.end]
    found = []
    for chord, end in zip(ordered, ends, strict=True):
        inside = [start for start in grid.starts if chord.at < start < end]
        found += [(chord, low, high) for low, high in pairwise((chord.at, *inside, end))]
    return [one for one in found if one[1] < one[2]]


def _close(pitch: Pitch) -> Pitch:
    """A tone in the octave from G3 upward."""
    octaves = -((pitch.key - _LOWEST) // 12)
    return pitch.moved(Interval(7 * octaves, 12 * octaves))


def _ordered(tones: tuple[Pitch, ...]) -> tuple[Pitch, ...]:
    return tuple(sorted(tones, key=lambda one: one.midi))


def _bass(chord: ChordSymbol) -> Pitch:
    low = Pitch.parse(f"{chord.bass or chord.root}{_BASS_OCTAVE}")
    return low if low.key >= _LOWEST_BASS else low.moved(Interval(7, 12))
