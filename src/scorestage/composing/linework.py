"""Lines that idioms share: what the tune does meanwhile, tones in reach, chromatic sets."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.composing.passage import Passage, octave_of
from scorestage.music import Note, Pitch
from scorestage.music.harmony import chord_tones
from scorestage.music.marks import ChordSymbol
from scorestage.timebase import Beat, Beats


def sounding_at(notes: Sequence[Note], at: Beat) -> Note | None:
    """The note that sounds at a point; None where there is none."""
    for note in notes:
        if note.onset <= at < note.end:
            return note
    return None


def struck_between(notes: Sequence[Note], start: Beat, end: Beat) -> bool:
    """Whether a note begins in a span."""
    return any(start <= note.onset < end for note in notes)


def in_octave_near(pitch: Pitch, key: int) -> Pitch:
    """The tone in the octave where it lies nearest to a MIDI key."""
    return octave_of(pitch, round((key - pitch.key) / 12))


def tones_within(chord: ChordSymbol, low: int, high: int) -> list[Pitch]:
    """All tones of a chord from one MIDI key to another, from low to high."""
    found = {
        tone.key: tone
        for root in chord_tones(chord)
        for tone in (octave_of(root, octave) for octave in range(-4, 4))
        if low <= tone.key <= high
    }
    return [found[key] for key in sorted(found)]


def chromatic(passage: Passage, lowest: int, count: int, apart: int = 1) -> tuple[Pitch, ...]:
    """So many tones from a MIDI key upward, `apart` semitones from each other."""
    return tuple(passage.key.spell(lowest + apart * number) for number in range(count))


def every(start: Beat, end: Beat, unit: Beats) -> list[Beat]:
    """The points from `start` to before `end`, a unit apart."""
    count = int((end - start).quarters / unit.quarters)
    return [start + unit * number for number in range(count)]


def two_bars(passage: Passage, number: int) -> tuple[Beat, Beat]:
    """From bar `number` of a passage to the end of the next one."""
    bars = passage.bars
    return bars[number].start, bars[min(number + 1, len(bars) - 1)].end
