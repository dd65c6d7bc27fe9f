"""A checker of craft, written apart from the composer: it knows only the sketch and the rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from scorestage.music import Note, Role, Sketch
from scorestage.timebase import Beat

REGISTERS = {
    Role.MELODY: (45, 91),
    Role.COUNTER: (38, 80),
    Role.HARMONY: (36, 84),
    Role.RHYTHM: (33, 96),
    Role.BASS: (24, 62),
    Role.COLOUR: (36, 108),
    Role.ACCENT: (24, 100),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """A pad chord and the bass struck with it: MIDI keys; None where no bass is."""

    at: Beat
    end: Beat
    bass: int | None
    upper: tuple[int, ...]


def notes_of(sketch: Sketch, role: Role) -> tuple[Note, ...]:
    """All notes of a role in order."""
    found = [note for strand in sketch.of_role(role) for note in strand.staff.notes]
    return tuple(sorted(found, key=lambda note: note.onset))


def all_notes(sketch: Sketch) -> list[tuple[Role, Note]]:
    """Every note with its role."""
    return [(strand.role, note) for strand in sketch.strands for note in strand.staff.notes]


def pad_slices(sketch: Sketch) -> list[Slice]:
    """Every three-voice chord of the pad with the bass note that is struck together with it."""
    bass = {note.onset: note.sounding[0].key for note in notes_of(sketch, Role.BASS)}
    return [
        Slice(
            note.onset,
            note.end,
            bass.get(note.onset),
            tuple(pitch.key for pitch in note.sounding),
        )
        for note in notes_of(sketch, Role.HARMONY)
        if len(note.sounding) == 3
    ]


def joined_slices(sketch: Sketch) -> list[tuple[Slice, Slice]]:
    """Pad chords that follow each other without a gap."""
    return [(one, other) for one, other in pairwise(pad_slices(sketch)) if one.end == other.at]


def is_bare(one: Slice) -> bool:
    """Whether a chord has no third: a tone, its fifth and their octaves."""
    tones = {key % 12 for key in (*one.upper, *(() if one.bass is None else (one.bass,)))}
    return len(tones) == 1 or (len(tones) == 2 and (max(tones) - min(tones)) in (5, 7))


def parallels(sketch: Sketch, *, bare_fifths: bool = False) -> list[tuple[Beat, str]]:
    """Parallel fifths and octaves from chord to joined chord; absolute intervals.

    With `bare_fifths`, which a style has to declare, one bare chord may move to another; nothing
    else may.
    """
    found = []
    for one, other in joined_slices(sketch):
        if bare_fifths and is_bare(one) and is_bare(other):
            continue
        before = list(one.upper)
        after = list(other.upper)
        if one.bass is not None and other.bass is not None:
            before.append(one.bass)
            after.append(other.bass)
        for first, second in combinations(range(len(before)), 2):
            moves = after[first] - before[first], after[second] - before[second]
            old = abs(before[first] - before[second]) % 12
            new = abs(after[first] - after[second]) % 12
            if moves[0] * moves[1] > 0 and old == new and new in (0, 7):
                found.append((other.at, "fifths" if new == 7 else "octaves"))
    return found


def upper_moves(sketch: Sketch) -> list[int]:
    """Melodic moves of the pad's upper voices, in semitones."""
    moves = []
    for one, other in joined_slices(sketch):
        moves += [b - a for a, b in zip(one.upper, other.upper, strict=True)]
    return moves


def off_grid(sketch: Sketch) -> list[str]:
    """Notes whose onset or length is neither a sixteenth nor a triplet eighth."""

    def fits(quarters: Fraction) -> bool:
        return (quarters * 4).denominator == 1 or (quarters * 3).denominator == 1

    return [
        note.id
        for _, note in all_notes(sketch)
        if not (fits(note.onset.quarters) and fits(note.length.quarters))
    ]


def overlaps(sketch: Sketch) -> list[str]:
    """Notes of a strand that begin before the one before them is over."""
    found = []
    for strand in sketch.strands:
        for voice in strand.staff.voices:
            pairs = pairwise(voice.notes)
            found += [other.id for one, other in pairs if other.onset < one.end]
    return found


def out_of_register(sketch: Sketch) -> list[str]:
    """Notes outside the register of their role."""
    found = []
    for role, note in all_notes(sketch):
        low, high = REGISTERS[role]
        found += [f"{note.id} {pitch}" for pitch in note.sounding if not low <= pitch.key <= high]
    return found


def silent_bars(sketch: Sketch) -> list[int]:
    """Indices of bars in which nothing sounds."""
    grid = sketch.grid
    sounding: Counter[int] = Counter()
    for _, note in all_notes(sketch):
        last = grid.index_at(note.end)
        if grid.starts[last] == note.end:
            last -= 1
        for index in range(grid.index_at(note.onset), last + 1):
            sounding[index] += 1
    return [index for index in range(len(grid.bars)) if not sounding[index]]


def attacks_near(sketch: Sketch, at: Beat, within: Fraction) -> list[tuple[Role, Note]]:
    """Everything struck within so many quarters of a point, but not on it."""
    return [
        (role, note)
        for role, note in all_notes(sketch)
        if note.onset != at and abs((note.onset - at).quarters) <= within
    ]


def duplicate_ids(sketch: Sketch) -> list[str]:
    """Ids that stand for more than one note."""
    counts = Counter(note.id for _, note in all_notes(sketch))
    return [name for name, count in counts.items() if count > 1]
