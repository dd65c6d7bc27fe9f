"""The craft of any score in figures and faults: voice leading, breath, climax, silence, room.

Counted per 1,000 transitions from attack to attack, with absolute intervals, as the published
figures of chorales and quartets are. Lines that go in octaves or unison for three moves and more
double each other, so do lines that share a whole gesture between rests, and those in fifths
(organum); power chords that are named move as one: that is no fault. What the composer's own notes
declare (`DECLARED`) is none either. Where more than `CHAMBER` lines play, doubling is what an
orchestra does all the time: parallels are then looked for between the outermost sounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.composing.cadences import tune_of
from scorestage.composing.shape import SECTION_BARS
from scorestage.music import MarkKind, Note, Score
from scorestage.timebase import Beat

DECLARED = (
    *("rule:riff", "rule:planing", "rule:ring-off", "rule:button", "rule:funk", "rule:epic"),
    *("rule:aitake", "rule:buleria"),
)
"""Origins whose parallels are meant: power chords, planing, the octaves of a close, the sho's
clusters, the guitar's cadence."""
DOUBLING_MOVES = 3
MOST_LINES = 48
CHAMBER = 10
FEWEST_NOTES = 3
_REST = -1
Keys = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class CraftFault:
    """One place: what it is (`parallel fifths` …), where, and between whom."""

    kind: str
    at: Beat
    bar: str
    bar_index: int
    lines: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class CraftFigures:
    """A score in figures. Rates per 1,000 transitions, shares from 0 to 1; None: nothing to count.

    `hidden_outer` are hidden fifths and octaves between outer lines; `gaps` upper neighbours more
    than an octave apart; `awkward` leaps of 6, 10, 11 or more than 12 semitones; `breath_quarters`
    the longest stretch of the highest line without a rest; `covered` how much of it lies within a
    tone of, or under, something else; `empty_bars` where nothing sounds.
    """

    transitions: int
    parallel_fifths: float | None
    parallel_octaves: float | None
    hidden_outer: float | None
    crossing: float | None
    overlap: float | None
    gaps: float | None
    steps: float | None
    awkward: float | None
    breath_quarters: float | None
    covered: float | None
    empty_bars: tuple[int, ...]
    chords_per_bar: float | None


@dataclass(frozen=True, slots=True)
class Craft:
    """What the checker found."""

    figures: CraftFigures
    faults: tuple[CraftFault, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Every line by every attack: MIDI keys (-1 where it rests), who it is, what is declared."""

    names: tuple[str, ...]
    places: tuple[Beat, ...]
    keys: Keys
    declared: NDArray[np.bool_]


def craft_of(score: Score) -> Craft:
    """The craft of a score or (by `Sketch.as_score`) of a sketch."""
    lines = _lines(score)
    faults = list(_parallels(score, _outer(lines) if len(lines.names) > CHAMBER else lines))
    faults += _climaxes(score)
    return Craft(_figures(score, lines, faults), tuple(sorted(faults, key=lambda one: one.at)))


def _lines(score: Score) -> _Lines:
    voices: list[tuple[str, list[Note], int, int]] = []
    for line in score.lines:
        for staff in line.staves:
            for voice in staff.voices:
                notes = sorted((n for n in voice.notes if n.sounding), key=lambda n: n.onset)
                size = max((len(note.sounding) for note in notes), default=0)
                voices += [(line.player.name, notes, rank, size) for rank in range(min(size, 6))]
    voices = voices[:MOST_LINES]
    places = sorted(
        {at for _, notes, _, _ in voices for note in notes for at in (note.onset, note.end)}
    )
    keys = np.full((len(voices), len(places)), _REST, dtype=np.int16)
    declared = np.zeros((len(voices), len(places)), dtype=bool)
    index = {at: number for number, at in enumerate(places)}
    for row, (_, notes, rank, size) in enumerate(voices):
        for note in notes:
            tones = sorted((pitch.key for pitch in note.sounding), reverse=True)
            if rank >= len(tones) or (size > 1 and len(tones) not in (size, 1)):
                continue
            column = index[note.onset]
            while column < len(places) and places[column] < note.end:
                keys[row, column] = tones[rank]
                declared[row, column] = note.origin.startswith(DECLARED)
                column += 1
    names = tuple(name if size == 1 else f"{name} {rank + 1}" for name, _, rank, size in voices)
    return _Lines(names, tuple(places), keys, declared)


def _outer(lines: _Lines) -> _Lines:
    """The highest and the lowest that sounds, as two lines."""
    keys = lines.keys
    sounding = (keys >= 0).sum(axis=0) > 1
    high = np.where(sounding, keys.max(axis=0), _REST)
    low = np.where(sounding, np.where(keys >= 0, keys, 999).min(axis=0), _REST)
    declared = lines.declared.any(axis=0)
    both = np.stack([high, low]).astype(np.int16)
    return _Lines(("the top", "the bass"), lines.places, both, np.stack([declared, declared]))


def _parallels(score: Score, lines: _Lines) -> Iterator[CraftFault]:
    """Parallel fifths and octaves of every pair, runs of three moves and more left out."""
    grid = score.grid
    bare = _bare(score, lines)
    for one, other in combinations(range(len(lines.names)), 2):
        first, second = lines.keys[one].astype(int), lines.keys[other].astype(int)
        sounding = (first >= 0) & (second >= 0)
        joined = sounding[1:] & sounding[:-1]
        moves, others = np.diff(first), np.diff(second)
        apart = np.abs(first - second)
        same = joined & (moves * others > 0) & (apart[1:] % 12 == apart[:-1] % 12)
        for interval, kind in ((7, "parallel fifths"), (0, "parallel octaves")):
            hits = same & (apart[1:] % 12 == interval)
            moved = joined & ((moves != 0) | (others != 0))
            doubled = _whole(hits, moved, joined) if interval == 0 else ~joined
            for column in _isolated(hits & ~doubled, moved & ~doubled):
                declared = lines.declared[one, column + 1] or lines.declared[other, column + 1]
                if declared or (bare[column] and bare[column + 1]):
                    continue
                at = lines.places[column + 1]
                bar = grid.index_at(at)
                names = (lines.names[one], lines.names[other])
                words = f"{kind} between {names[0]} and {names[1]}"
                yield CraftFault(kind, at, str(grid.bars[bar].label), bar, names, words)


def _bare(score: Score, lines: _Lines) -> list[bool]:
    """At which attacks a power chord is named: bare fifths move as one sound."""
    chords = sorted(score.chords, key=lambda chord: chord.at)
    starts = [chord.at for chord in chords]
    found = []
    for at in lines.places:
        place = bisect_right(starts, at) - 1
        found.append(place >= 0 and chords[place].quality == "power")
    return found


def _isolated(hits: NDArray[np.bool_], moved: NDArray[np.bool_]) -> list[int]:
    """Where hits stand in runs shorter than a doubling; what stands still breaks no run."""
    found: list[int] = []
    run: list[int] = []
    for column in np.flatnonzero(moved):
        if hits[column]:
            run.append(int(column))
            continue
        if len(run) < DOUBLING_MOVES:
            found += run
        run = []
    return found + (run if len(run) < DOUBLING_MOVES else [])


def _whole(
    hits: NDArray[np.bool_], moved: NDArray[np.bool_], joined: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """The moves of stretches between rests that two lines play in octaves from first to last."""
    stretch = np.cumsum(~joined)
    broken = np.zeros(int(stretch[-1]) + 1 if len(stretch) else 0, dtype=bool)
    broken[stretch[moved & ~hits]] = True
    found: NDArray[np.bool_] = joined & ~broken[stretch]
    return found


def _figures(score: Score, lines: _Lines, faults: Sequence[CraftFault]) -> CraftFigures:
    keys = lines.keys.astype(int)
    sounding = (keys >= 0).sum(axis=0)
    transitions = int(((sounding[1:] > 1) & (sounding[:-1] > 1)).sum())
    counts = {kind: sum(one.kind == kind for one in faults) for kind in _RATED}
    moves = _moves(keys)
    return CraftFigures(
        transitions,
        _rate(counts["parallel fifths"], transitions),
        _rate(counts["parallel octaves"], transitions),
        _rate(_hidden(keys), transitions),
        *_order(keys),
        _share(int((np.abs(moves) <= 2).sum()), len(moves)),
        _share(int(sum(abs(move) in (6, 10, 11) or abs(move) > 12 for move in moves)), len(moves)),
        _breath(score),
        _covered(keys),
        _empty(score),
        _chords(score, lines),
    )


_RATED = ("parallel fifths", "parallel octaves")


def _rate(count: int, transitions: int) -> float | None:
    return 1000 * count / transitions if transitions else None


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def _moves(keys: NDArray[np.int_]) -> NDArray[np.int_]:
    """Every melodic move of every line; standing still is none."""
    found = []
    for row in keys:
        joined = (row[1:] >= 0) & (row[:-1] >= 0)
        moves = np.diff(row)[joined]
        found.append(moves[moves != 0])
    return np.concatenate(found) if found else np.zeros(0, dtype=int)


def _hidden(keys: NDArray[np.int_]) -> int:
    """Similar motion of the outer lines into a fifth or octave, the upper one leaping."""
    if len(keys) < 2:
        return 0
    high = np.where(keys >= 0, keys, -1).max(axis=0)
    low = np.where(keys >= 0, keys, 999).min(axis=0)
    full = (keys >= 0).sum(axis=0) > 1
    joined = full[1:] & full[:-1]
    up, down = np.diff(high), np.diff(low)
    apart = high - low
    perfect = np.isin(apart[1:] % 12, (0, 7)) & (apart[1:] % 12 != apart[:-1] % 12)
    return int((joined & perfect & (up * down > 0) & (np.abs(up) > 2)).sum())


def _order(keys: NDArray[np.int_]) -> tuple[float | None, float | None, float | None]:
    """Crossing, overlap and wide gaps of neighbours, for up to six lines from high to low."""
    if not 2 <= len(keys) <= 6:
        return None, None, None
    crossing = overlap = gaps = pairs = upper = 0
    for number, (one, other) in enumerate(pairwise(keys)):
        both = (one >= 0) & (other >= 0)
        joined = both[1:] & both[:-1] & ((np.diff(one) != 0) | (np.diff(other) != 0))
        pairs += int(joined.sum())
        crossing += int((joined & (other[1:] > one[1:])).sum())
        overlap += int((joined & ((other[1:] > one[:-1]) | (one[1:] < other[:-1]))).sum())
        if number < len(keys) - 2:
            upper += int(joined.sum())
            gaps += int((joined & (one[1:] - other[1:] > 12)).sum())
    return _share(crossing, pairs), _share(overlap, pairs), _share(gaps, upper)


def _breath(score: Score) -> float | None:
    """The longest stretch of the highest line without a rest, in quarters."""
    voices = [
        [note for note in voice.notes if note.sounding]
        for line in score.lines
        for staff in line.staves
        for voice in staff.voices
    ]
    heights = [
        (sum(note.sounding[-1].key for note in notes) / len(notes), number)
        for number, notes in enumerate(voices)
        if len(notes) > FEWEST_NOTES
    ]
    if not heights:
        return None
    top = sorted(voices[max(heights)[1]], key=lambda note: note.onset)
    longest = begun = None
    for note, after in zip(top, [*top[1:], None], strict=True):
        begun = note.onset if begun is None else begun
        if after is None or after.onset > note.end:
            lasting = (note.end - begun).quarters
            longest = lasting if longest is None else max(longest, lasting)
            begun = None
    return float(longest) if longest is not None else None


def _covered(keys: NDArray[np.int_]) -> float | None:
    """How often the first line lies within two semitones of another one, or under it."""
    if len(keys) < 2:
        return None
    tune, rest = keys[0], keys[1:]
    sounding = tune >= 0
    near = ((rest >= 0) & (np.abs(rest - tune) % 12 != 0) & (rest > tune - 2)).any(axis=0)
    return _share(int((sounding & near).sum()), int(sounding.sum()))


def _empty(score: Score) -> tuple[int, ...]:
    grid = score.grid
    heard = {
        index
        for line in score.lines
        for note in line.notes
        if note.end > note.onset
        for index in range(grid.index_at(note.onset), grid.index_at(note.end) + 1)
        if grid.starts[index] < note.end
    }
    return tuple(index for index in range(len(grid.bars)) if index not in heard)


def _chords(score: Score, lines: _Lines) -> float | None:
    """Changes of harmony a bar: chord symbols, else changes of the lowest tone on a beat."""
    bars = len(score.grid.bars)
    if not bars:
        return None
    if score.chords:
        return len(score.chords) / bars
    if not lines.places:
        return None
    low = np.where(lines.keys >= 0, lines.keys, 999).min(axis=0)
    on_beat = [at.quarters.denominator == 1 for at in lines.places]
    tones = [int(key) for key, strong in zip(low, on_beat, strict=True) if strong and key < 999]
    return sum(one % 12 != other % 12 for one, other in pairwise(tones)) / bars


def _climaxes(score: Score) -> Iterator[CraftFault]:
    """Sections (by rehearsal letter) whose tune reaches its highest tone in several places.

    Twice within a bar is one climax; a section of less than four bars has none to spoil.
    """
    grid = score.grid
    tune = tune_of(score)
    letters = [mark.at for mark in score.marks if mark.kind == MarkKind.REHEARSAL]
    edges = sorted({grid.starts[0], *letters, grid.end})
    for start, end in pairwise(edges):
        inside = [(at, key) for at, _, key, _ in tune if start <= at < end]
        if not inside or grid.index_at(end) - grid.index_at(start) < SECTION_BARS:
            continue
        top = max(key for _, key in inside)
        bars = sorted({grid.index_at(at) for at, key in inside if key == top})
        apart = [bars[0], *(other for one, other in pairwise(bars) if other - one > 1)]
        if len(apart) > 2:
            label = str(grid.bars[apart[1]].label)
            words = f"the tune reaches its highest tone {len(apart)} times in this section"
            yield CraftFault("climax", grid.starts[apart[1]], label, apart[1], ("tune",), words)
