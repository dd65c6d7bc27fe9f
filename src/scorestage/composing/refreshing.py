"""No phrase twice note for note, no figure three bars running: what would come again is varied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.passage import FASTEST_SECONDS, Passage, PassageBar, Texture
from scorestage.music import Note, Role

PHRASE = 4
"""Bars that are compared with those heard before."""
FIGURE = 4
"""Strokes that make a bar a figure; fewer of them are chords that are held."""
_Written = dict[Role, list[Note]]
_Shape = tuple[tuple[str, Fraction, Fraction, tuple[object, ...]], ...]


def freshened(passage: Passage, texture: Texture) -> Texture:
    """The texture with every phrase of four bars that comes again changed in its last bar, and
    every figure that goes round and round in every third bar.

    A stroke is divided or left to ring, two tones change places, the bass is struck once more: the
    chords and their first strokes stay as they are. What cannot be changed so stays.
    """
    written: _Written = {role: list(notes) for role, notes in texture.items()}
    heard: set[_Shape] = set()
    for first in range(0, len(passage.bars), PHRASE):
        bars = passage.bars[first : first + PHRASE]
        shape = _shape(written, bars)
        if shape in heard:
            written, shape = _varied(passage, written, bars, heard, first)
        heard.add(shape)
    return _broken_runs(passage, written)


def _broken_runs(passage: Passage, written: _Written) -> _Written:
    """No figure three bars running, and no two bars twice running; held chords and drones may."""
    bars = passage.bars
    for place in range(2, len(bars)):
        shapes = [_shape(written, [bar]) for bar in bars[max(0, place - 3) : place + 1]]
        thrice = shapes[-1] == shapes[-2] == shapes[-3]
        twice = len(shapes) == 4 and shapes[2:] == shapes[:2]
        if (thrice or twice) and len(shapes[-1]) >= FIGURE:
            here = [bars[place]]
            written, _ = _varied(passage, written, here, set(shapes), -place)
    return written


def _shape(written: Mapping[Role, Sequence[Note]], bars: Sequence[PassageBar]) -> _Shape:
    """What a phrase holds, counted from its first barline."""
    start, end = bars[0].start, bars[-1].end
    return tuple(
        sorted(
            (role.value, (note.onset - start).quarters, note.length.quarters, note.pitches)
            for role, notes in written.items()
            for note in notes
            if start <= note.onset < end
        )
    )


def _varied(
    passage: Passage,
    written: _Written,
    bars: Sequence[PassageBar],
    heard: set[_Shape],
    number: int,
) -> tuple[_Written, _Shape]:
    """The first change, in an order drawn by lot, that makes a phrase nobody has heard yet."""
    random = passage.random("fresh", number)
    roles = [
        role for role in (Role.RHYTHM, Role.COLOUR, Role.HARMONY, Role.BASS) if role in written
    ]
    ways = [(way, role, bar) for bar in bars[::-1] for role in roles for way in _WAYS]
    for way, role, bar in sorted(ways, key=lambda entry: (-entry[2].index, random.random())):
        own = [note for note in written[role] if bar.start <= note.onset < bar.end]
        changed = way(passage, bar, sorted(own, key=lambda note: note.onset))
        if changed is None:
            continue
        rest = [note for note in written[role] if not bar.start <= note.onset < bar.end]
        tried = {**written, role: rest + changed}
        shape = _shape(tried, bars)
        if shape not in heard:
            return tried, shape
    return written, _shape(written, bars)


_Way = Callable[[Passage, PassageBar, Sequence[Note]], "list[Note] | None"]


def _divided(passage: Passage, bar: PassageBar, notes: Sequence[Note]) -> list[Note] | None:
    """A later stroke struck twice in its time."""
    for place in range(len(notes) - 1, -1, -1):
        note = notes[place]
        half = note.length * Fraction(1, 2)
        on_grid = (half.quarters * 4).denominator == 1
        if not on_grid or half.quarters * passage.quarter_seconds < FASTEST_SECONDS:
            continue
        if note.onset == bar.start and half.quarters < 1:
            continue
        again = replace(note, onset=note.onset + half, length=half, articulations=())
        return [*notes[:place], replace(note, length=half), again, *notes[place + 1 :]]
    return None


def _joined(passage: Passage, bar: PassageBar, notes: Sequence[Note]) -> list[Note] | None:
    """The last stroke left out, the one before it left to ring; never a chord's first one."""
    if len(notes) < 3:
        return None
    before, last = notes[-2:]
    begins = {chord.start for chord in bar.harmonies}
    if last.onset in begins or last.onset == before.onset or last.end > bar.end:
        return None
    return [*notes[:-2], replace(before, length=last.end - before.onset)]


def _swapped(passage: Passage, bar: PassageBar, notes: Sequence[Note]) -> list[Note] | None:
    """The last two different tones under one chord change places; the chord's first stays."""
    begins = {chord.start for chord in bar.harmonies}
    for place in range(len(notes) - 2, 0, -1):
        one, other = notes[place], notes[place + 1]
        together = bar.under(one.onset) == bar.under(other.onset)
        if one.pitches != other.pitches and together and one.onset not in begins:
            found = list(notes)
            found[place] = replace(one, pitches=other.pitches)
            found[place + 1] = replace(other, pitches=one.pitches)
            return found
    return None


_WAYS: tuple[_Way, ...] = (_swapped, _divided, _joined)
