"""How near a written cue comes to a written temp beside its tune: harmony, rhythm, scoring."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.music import Score, Theme
from scorestage.spotting.temp.keys import NAMES, HeardKey, keys_heard
from scorestage.timebase import BarGrid, Beat

MOVES_COUNT: Final = 5
BARS_COUNT: Final = 3
"""From so many different moves of chord to chord, or bars of one rhythm, on end: of 36 pairs of
unrelated movements fewer than one in ten have as many in common (`benchmarks.temp`). Two chords
that alternate are two moves however long they go on."""
SCORING_COUNTS: Final = 0.75
_QUALITIES: Final = {"major": (0, 4, 7), "minor": (0, 3, 7), "diminished": (0, 3, 6)}
_SIGNS: Final = {"major": "", "minor": "m", "diminished": "dim"}
_ROOT_BONUS: Final = 0.3
_LEAST_FIT: Final = 0.6


@dataclass(frozen=True, slots=True)
class WrittenChord:
    """What sounds over a half bar, as root (0 is C) and quality, from `at` on."""

    at: Beat
    root: int
    quality: str

    @property
    def name(self) -> str:
        """Its symbol.

        >>> WrittenChord(Beat(0), 9, "minor").name
        'Am'
        """
        return NAMES[self.root] + _SIGNS[self.quality]


@dataclass(frozen=True, slots=True)
class SharedRun:
    """The longest run that two pieces have in common: pairs of score positions, and names.

    `counts` says whether it is longer than unrelated pieces have it.
    """

    pairs: tuple[tuple[Beat, Beat], ...]
    names: tuple[tuple[str, str], ...]
    counts: bool

    def __len__(self) -> int:
        return len(self.pairs)


def harmony_shared(temp: Score, cue: Score) -> SharedRun:
    """The longest run of chords that follow one another alike, in any key.

    A chord that is held or repeated counts once.
    """
    one, other = chords_of(temp), chords_of(cue)
    moves = _moves(one)
    first, second, count = _longest(moves, _moves(other), _kinds)
    own, others = one[first : first + count + 1], other[second : second + count + 1]
    pairs = tuple((a.at, b.at) for a, b in zip(own, others, strict=True)) if count else ()
    names = tuple((a.name, b.name) for a, b in zip(own, others, strict=True)) if count else ()
    return SharedRun(pairs, names, _kinds(moves[first : first + count]) >= MOVES_COUNT)


def rhythm_shared(temp: Theme, cue: Theme, temp_grid: BarGrid, cue_grid: BarGrid) -> SharedRun:
    """The longest run of bars in which the two tunes have the same rhythm.

    Bars of even notes, or of one, are everybody's: a run must begin with another one, and only
    bars that are not even count.
    """
    one, other = _rhythms(temp, temp_grid), _rhythms(cue, cue_grid)
    first, second, count = _longest(one, other, _own_bars)
    worth = _own_bars(one[first : first + count])
    pairs = tuple(
        (temp_grid.starts[first + n], cue_grid.starts[second + n])
        for n in range(count if worth else 0)
    )
    return SharedRun(pairs, (), worth >= BARS_COUNT)


def mode_of(score: Score) -> HeardKey | None:
    """The key its notes are most like."""
    weights = np.zeros(12)
    for line in score.lines:
        for note in line.notes:
            for pitch in note.sounding:
                weights[pitch.key % 12] += float(note.length.quarters)
    found = keys_heard(weights[None, :]) if weights.any() else ()
    return found[0] if found else None


def scoring_shared(temp: Score, cue: Score) -> float:
    """The share of the instruments of both that play in both."""
    one, other = (
        {line.player.instrument.id for line in score.lines if not line.is_silent}
        for score in (temp, cue)
    )
    return len(one & other) / max(1, len(one | other))


def chords_of(score: Score) -> tuple[WrittenChord, ...]:
    """The chords of a score, each once while it lasts; half bars that are no triad say nothing."""
    edges = _half_bars(score.grid)
    weights = _weights(score, edges)
    found: list[WrittenChord] = []
    for number, (sounds, bass) in enumerate(zip(*weights, strict=True)):
        chord = _chord(sounds, bass)
        if chord is None:
            continue
        made = WrittenChord(Beat(edges[number]), *chord)
        if not found or (found[-1].root, found[-1].quality) != chord:
            found.append(made)
    return tuple(found)


def _half_bars(grid: BarGrid) -> list[Fraction]:
    edges = []
    for bar, start in zip(grid.bars, grid.starts, strict=False):
        length = bar.meter.length.quarters
        edges.append(start.quarters)
        if len(bar.meter.clicks) % 2 == 0:
            edges.append(start.quarters + length / 2)
    return [*edges, grid.end.quarters]


def _weights(score: Score, edges: list[Fraction]) -> tuple[NDArray[np.float64], list[int]]:
    """How long each pitch class sounds in each half bar, and the lowest one."""
    places = np.array([float(edge) for edge in edges])
    sounds = np.zeros((max(1, len(edges) - 1), 12))
    lowest = [999] * len(sounds)
    for line in score.lines:
        for note in line.notes:
            begin, end = float(note.onset.quarters), float(note.end.quarters)
            first = max(0, int(np.searchsorted(places, begin, "right")) - 1)
            for slot in range(first, len(sounds)):
                if places[slot] >= end:
                    break
                long = min(end, places[slot + 1]) - max(begin, places[slot])
                for pitch in note.sounding if long > 1e-6 else ():
                    sounds[slot, pitch.key % 12] += long
                    lowest[slot] = min(lowest[slot], pitch.key)
    return sounds, [low % 12 if low < 999 else -1 for low in lowest]


def _chord(sounds: NDArray[np.float64], bass: int) -> tuple[int, str] | None:
    whole = float(sounds.sum())
    if whole <= 0:
        return None
    best, chosen = -1.0, (0, "major")
    for quality, tones in _QUALITIES.items():
        for root in range(12):
            own = sounds[[(root + tone) % 12 for tone in tones]]
            if own[0] <= 0 or own[1] <= 0:
                continue
            rank = float(own.sum()) / whole + _ROOT_BONUS * (root == bass)
            if rank > best + 1e-9:
                best, chosen = rank, (root, quality)
    return chosen if best >= _LEAST_FIT else None


def _moves(chords: Sequence[WrittenChord]) -> list[Hashable]:
    return [((b.root - a.root) % 12, a.quality, b.quality) for a, b in pairwise(chords)]


def _kinds(moves: Sequence[Hashable]) -> int:
    """How many different moves there are."""
    return len(set(moves))


def _own_bars(bars: Sequence[Hashable]) -> int:
    """How many bars of a run have a rhythm of their own."""
    return sum(len(set(np.diff(bar))) > 1 for bar in bars if isinstance(bar, tuple))


def _rhythms(theme: Theme, grid: BarGrid) -> list[Hashable]:
    """Per bar: where its notes begin, and where it ends; an empty bar is like no other."""
    onsets: list[list[Fraction]] = [[] for _ in grid.bars]
    for note in theme.notes:
        if note.sounding and 0 <= note.onset.quarters < grid.end.quarters:
            index = grid.index_at(note.onset)
            onsets[index].append(note.onset.quarters - grid.starts[index].quarters)
    ends = [bar.meter.length.quarters for bar in grid.bars]
    return [
        (*places, end) if len(places) > 1 else None
        for places, end in zip(onsets, ends, strict=True)
    ]


def _longest(
    one: Sequence[Hashable], other: Sequence[Hashable], worth: Callable[[Sequence[Hashable]], int]
) -> tuple[int, int, int]:
    """The run of the greatest worth that both have, the longest of these: where it begins in each,
    how long it is."""
    best, most = (0, 0, 0), 0
    before = np.zeros(len(other) + 1, dtype=np.intp)
    for row, same in enumerate(alike := _alike(one, other)):
        now = np.zeros_like(before)
        now[1:] = np.where(same, before[:-1] + 1, 0)
        goes_on = np.zeros(len(before), dtype=bool)
        if row + 1 < len(one):
            goes_on[:-1] = alike[row + 1]
        for column in np.flatnonzero((now > 0) & (now >= most) & ~goes_on).tolist():
            count = int(now[column])
            value = worth(one[row - count + 1 : row + 1])
            if (value, count) > (most, best[2]) and value:
                best, most = (row - count + 1, column - count, count), value
        before = now
    return best


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[NDArray[np.bool_]]:
    """For each item of the one, where the other has the same; None is like nothing."""
    numbers: dict[Hashable, int] = {}
    named = np.array([numbers.setdefault(item, len(numbers)) for item in other], dtype=np.intp)
    nowhere = np.zeros(len(other), dtype=bool)
    return [named == numbers.get(item, -1) if item is not None else nowhere for item in one]
