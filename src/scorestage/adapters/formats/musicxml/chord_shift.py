"""Chord symbols over a transposing part: a file names them as its player reads them."""

from __future__ import annotations

from dataclasses import replace

from scorestage.music import ChordSymbol, Interval, Pitch
from scorestage.music.written import as_written


def moved_chord(chord: ChordSymbol, shift: Interval) -> ChordSymbol:
    """The chord with root and bass moved by `shift`, whatever its octaves.

    >>> from scorestage.timebase import Beat
    >>> print(moved_chord(ChordSymbol(Beat(0), "C", "minor-seventh", "Bb"), Interval(1, 2)))
    Dm7/C
    """
    if shift.semitones % 12 == 0:
        return chord
    return replace(chord, root=_moved(chord.root, shift), bass=_moved(chord.bass, shift))


def _moved(name: str, shift: Interval) -> str:
    if not name:
        return ""
    pitch = Pitch.parse(f"{name}4")
    there = pitch.moved(shift)
    there = there if -1 <= there.alter <= 1 else as_written(pitch, shift)
    signs = int(there.alter)
    return there.step + ("#" * signs if signs > 0 else "b" * -signs)
