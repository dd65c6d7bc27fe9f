"""Harmonies offered for a bare tune: several, each with its chords, none the composer's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random

from scorestage.errors import InputError
from scorestage.music import ChordSymbol, Note, Role, Sketch
from scorestage.music.key import Key
from scorestage.thematics import find_key, harmonise
from scorestage.thematics.harmonising import COLOURED_MAJOR, COLOURED_MINOR
from scorestage.timebase import Beats

_CHORDAL = (Role.HARMONY, Role.BASS, Role.RHYTHM)
_SIMPLE_MAJOR = ("I", "IV", "V", "V7")
_SIMPLE_MINOR = ("i", "iv", "V", "V7")


@dataclass(frozen=True, slots=True)
class OfferedHarmony:
    """One way to harmonise a tune: its number from 1, what it is like, its chords."""

    number: int
    name: str
    key: Key
    chords: tuple[ChordSymbol, ...]

    def bars(self, sketch: Sketch) -> tuple[str, ...]:
        """The chords of each bar in words: `C G7`."""
        grid = sketch.grid
        found: list[list[str]] = [[] for _ in grid.bars]
        for chord in self.chords:
            found[grid.index_at(chord.at)].append(str(chord))
        return tuple(" ".join(one) for one in found)


def needs_harmony(sketch: Sketch) -> bool:
    """Whether it is a bare tune: no chords by name, and nothing that holds or implies any."""
    return not sketch.chords and not any(one.role in _CHORDAL for one in sketch.strands)


def harmonies_for(sketch: Sketch, seed: int = 1) -> tuple[OfferedHarmony, ...]:
    """Harmonies for a bare tune, from the plainest to the most coloured; no two the same.

    Raises `InputError` where there is no tune to harmonise.
    """
    tune = [note for one in sketch.of_role(Role.MELODY) for note in one.staff.notes]
    tune = [note for note in tune if note.top is not None]
    if not tune:
        raise InputError("there is no tune to harmonise", do="name its staff Melody")
    key = find_key(tune)
    plain = _in_runs(sketch, tune, key, (), (), None)
    coloured = COLOURED_MINOR if key.is_minor else COLOURED_MAJOR
    simple = _SIMPLE_MINOR if key.is_minor else _SIMPLE_MAJOR
    offers = [
        ("all the chords of the key", plain),
        ("three chords", _in_runs(sketch, tune, key, simple, (), None)),
        ("other chords of the key", _in_runs(sketch, tune, key, (), plain, Random(seed))),
        ("borrowed chords", _in_runs(sketch, tune, key, coloured, plain, Random(seed + 1))),
    ]
    found: list[OfferedHarmony] = []
    for name, chords in offers:
        if all(chords != one.chords for one in found):
            found.append(OfferedHarmony(len(found) + 1, name, key, chords))
    return tuple(found)


def harmonised(sketch: Sketch, number: int, seed: int = 1) -> tuple[Sketch, OfferedHarmony]:
    """The sketch with one of the harmonies offered for it.

    Raises `InputError` for a number that is not offered.
    """
    offered = harmonies_for(sketch, seed)
    if not 0 < number <= len(offered):
        raise InputError(f"there is no harmony {number}", do=f"choose from 1 to {len(offered)}")
    chosen = offered[number - 1]
    return replace(sketch, chords=chosen.chords), chosen


def _in_runs(
    sketch: Sketch,
    tune: Sequence[Note],
    key: Key,
    pool: tuple[str, ...],
    avoid: tuple[ChordSymbol, ...],
    random: Random | None,
) -> tuple[ChordSymbol, ...]:
    """Harmonised meter by meter: each stretch of bars in one meter by itself."""
    found: list[ChordSymbol] = []
    for meter, group in groupby(enumerate(sketch.grid.bars), key=lambda indexed: indexed[1].meter):
        bars = [index for index, _ in group]
        start = sketch.grid.starts[bars[0]]
        end = sketch.grid.starts[bars[-1] + 1]
        by = Beats(start.quarters)
        notes = [replace(note, onset=note.onset - by) for note in tune if start <= note.onset < end]
        old = tuple(replace(chord, at=chord.at - by) for chord in avoid if start <= chord.at < end)
        chords = harmonise(notes, key, meter, len(bars), pool=pool, avoid=old, random=random)
        found += [replace(chord, at=chord.at + by) for chord in chords]
    return tuple(found)
