"""Harmony as it is heard in any score: a chord and a key for every felt beat, by its tones.

Chords are templates over the tones that sound, by their length, the bass counting more; keys are
the profiles of Krumhansl and Kessler (1982) over some bars. Both are chosen along the whole score
at once (Viterbi), so that a passing tone makes no chord and a borrowed chord no key. Where chords
are named by symbols, those stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.music import ChordSymbol, Pitch, Score
from scorestage.music.feel import felt_starts, stress_in_bar
from scorestage.music.harmony import CHORD_INTERVALS
from scorestage.timebase import BarGrid, Beat, Beats

MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
QUALITIES = {
    "major": 0.0,
    "minor": 0.0,
    "dominant": 0.06,
    "minor-seventh": 0.10,
    "major-seventh": 0.10,
    "diminished": 0.04,
    "half-diminished": 0.10,
    "diminished-seventh": 0.08,
    "augmented": 0.10,
    "suspended-fourth": 0.14,
    "power": 0.03,
}
"""What is told apart, and how much better the richer ones must fit."""
NO_ROOT, NO_THIRD, BASS_IS_ROOT, BASS_FOREIGN = 0.3, 0.12, 0.14, -0.12
CHANGE = {3: 0.03, 2: 0.05, 1: 0.07}
"""What a change of chord costs at a downbeat, a group's start, another beat."""
KEY_BEATS, KEY_CHANGE = 6.0, 1.6
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeardChord:
    """A chord from `start` to `end`: tones as 0 to 11, the key it is heard in and its name."""

    start: Beat
    end: Beat
    root: int
    quality: str
    bass: int
    tonic: int
    minor: bool
    name: str

    @property
    def degree(self) -> int:
        """Semitones of its root above the tonic."""
        return (self.root - self.tonic) % 12

    @property
    def key(self) -> str:
        """The key in words."""
        return f"{_NAMES[self.tonic]} {'minor' if self.minor else 'major'}"


def heard_chords(score: Score) -> tuple[HeardChord, ...]:
    """The chords of a score in order; silence belongs to the chord before it."""
    places = _felt(score.grid)
    weights, bass = _weights(score, places)
    if not weights.any():
        return ()
    keys = _keys(weights)
    if score.chords:
        return _named(score, places, keys)
    labels = _labels(weights, bass, [_change(score.grid, at) for at in places])
    end = score.grid.end
    ends = [*places[1:], end]
    found: list[HeardChord] = []
    for number, (root, quality) in enumerate(labels):
        tonic, minor = keys[number]
        low = int(bass[number]) if bass[number] >= 0 else root
        last = found[-1] if found else None
        if last and (last.root, last.quality) == (root, quality):
            found[-1] = _until(last, ends[number])
            continue
        name = str(ChordSymbol(Beat(0), _NAMES[root], quality, _bass(root, quality, low)))
        found.append(
            HeardChord(places[number], ends[number], root, quality, low, tonic, minor, name)
        )
    return tuple(found)


def _until(chord: HeardChord, end: Beat) -> HeardChord:
    return HeardChord(
        chord.start, end, chord.root, chord.quality, chord.bass, chord.tonic, chord.minor,
        chord.name,
    )  # fmt: skip


def _bass(root: int, quality: str, low: int) -> str:
    """The bass as the symbol names it: only a tone of the chord other than its root."""
    inside = low != root and (low - root) % 12 in _tones(quality)
    return _NAMES[low] if inside else ""


def _felt(grid: BarGrid) -> list[Beat]:
    """Every felt beat of every bar, the pickup's beginning too."""
    found = [
        grid.starts[index] + Beats(offset)
        for index, bar in enumerate(grid.bars)
        for offset in felt_starts(bar.meter)
    ]
    return [Beat(0) - grid.pickup, *found] if grid.pickup.quarters > 0 else found


def _change(grid: BarGrid, at: Beat) -> float:
    index = grid.index_at(at)
    into = (at - grid.starts[index]).quarters
    return CHANGE[max(1, stress_in_bar(grid.bars[index].meter, into))] if into >= 0 else CHANGE[1]


def _weights(score: Score, places: Sequence[Beat]) -> tuple[Floats, NDArray[np.int64]]:
    """How long each tone sounds in each beat, and which one lies lowest (-1: none)."""
    edges = np.array([float(at.quarters) for at in (*places, score.grid.end)])
    weights = np.zeros((len(places), 12))
    low = np.full(len(places), 999.0)
    for _, note in score.notes():
        keys = [pitch.key for pitch in note.sounding]
        start, end = float(note.onset.quarters), float(note.end.quarters)
        if not keys or end <= start:
            continue
        first = max(0, int(np.searchsorted(edges, start + 1e-9, side="right")) - 1)
        for beat in range(first, len(places)):
            if edges[beat] >= end - 1e-9:
                break
            lasting = min(end, edges[beat + 1]) - max(start, edges[beat])
            for key in keys:
                weights[beat, key % 12] += lasting
            if lasting * 4 >= edges[beat + 1] - edges[beat]:
                low[beat] = min(low[beat], keys[0])
    lengths = np.diff(edges)[:, None]
    return np.sqrt(weights / lengths), np.where(low < 999, low % 12, -1).astype(np.int64)


@cache
def _tones(quality: str) -> tuple[int, ...]:
    return tuple(semitones % 12 for _, semitones in CHORD_INTERVALS[quality])


def _fits(weights: Floats, bass: NDArray[np.int64]) -> Floats:
    """How well each of the 12 roots of each quality fits each beat."""
    total = np.maximum(weights.sum(axis=1), 1e-9)
    columns = []
    for quality, costs in QUALITIES.items():
        tones = _tones(quality)
        for root in range(12):
            inside = sum(weights[:, (root + tone) % 12] for tone in tones) / total
            fit = inside - costs - NO_ROOT * (weights[:, root] < 1e-6)
            if quality != "power":
                fit = fit - NO_THIRD * (weights[:, (root + tones[1]) % 12] < 1e-6)
            if len(tones) > 3:
                fit = fit - NO_THIRD * (weights[:, (root + tones[3]) % 12] < 1e-6)
            fit = fit + BASS_IS_ROOT * (bass == root)
            foreign = ~np.isin((bass - root) % 12, tones) & (bass >= 0)
            columns.append(np.where(weights.any(axis=1), fit + BASS_FOREIGN * foreign, 0.0))
    return np.stack(columns, axis=1)


def _labels(
    weights: Floats, bass: NDArray[np.int64], costs: Sequence[float]
) -> list[tuple[int, str]]:
    """Root and quality for every beat: the path that fits best, changes being paid for."""
    path = _path(_fits(weights, bass), costs)
    names = list(QUALITIES)
    return [(state % 12, names[state // 12]) for state in path]


def _path(fits: Floats, costs: Sequence[float]) -> list[int]:
    """The best way through the states where every change costs the same."""
    total = fits[0]
    back = np.zeros(fits.shape, dtype=np.int64)
    states = np.arange(fits.shape[1])
    for beat in range(1, len(fits)):
        best = int(total.argmax())
        moved = total[best] - costs[beat]
        back[beat] = np.where(total >= moved, states, best)
        total = np.maximum(total, moved) + fits[beat]
    found = [int(total.argmax())]
    for beat in range(len(fits) - 1, 0, -1):
        found.append(int(back[beat, found[-1]]))
    return found[::-1]


def _keys(weights: Floats) -> list[tuple[int, bool]]:
    """Tonic and whether it is minor, for every beat."""
    beats = np.arange(len(weights))
    reach = int(3 * KEY_BEATS)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / KEY_BEATS) ** 2)
    smooth = np.stack([np.convolve(row, kernel)[reach : reach + len(beats)] for row in weights.T])
    centred = smooth - smooth.mean(axis=0)
    norm = np.maximum(np.linalg.norm(centred, axis=0), 1e-9)
    fits = []
    for profile in (MAJOR, MINOR):
        shape = np.array(profile) - np.mean(profile)
        shape = shape / np.linalg.norm(shape)
        fits += [(np.roll(shape, tonic) @ centred) / norm for tonic in range(12)]
    path = _path(np.stack(fits, axis=1), [KEY_CHANGE] * len(beats))
    return [(state % 12, state >= 12) for state in path]


def _named(
    score: Score, places: Sequence[Beat], keys: Sequence[tuple[int, bool]]
) -> tuple[HeardChord, ...]:
    """The chords that stand over the score, with the keys that are heard."""
    symbols = sorted(score.chords, key=lambda chord: chord.at)
    ends = [*(chord.at for chord in symbols[1:]), score.grid.end]
    found: list[HeardChord] = []
    beat = 0
    for symbol, end in zip(symbols, ends, strict=True):
        while beat + 1 < len(places) and places[beat + 1] <= symbol.at:
            beat += 1
        tonic, minor = keys[beat]
        root = Pitch.parse(f"{symbol.root}4").key % 12
        bass = Pitch.parse(f"{symbol.bass}4").key % 12 if symbol.bass else root
        if end <= symbol.at:
            continue
        found.append(
            HeardChord(symbol.at, end, root, symbol.quality, bass, tonic, minor, str(symbol))
        )
    return tuple(found)


def changes(chords: Sequence[HeardChord]) -> list[Beat]:
    """Where the harmony changes: another root, or another third over the same one."""
    return [
        other.start
        for one, other in pairwise(chords)
        if one.root != other.root or _third(one) != _third(other)
    ]


def _third(chord: HeardChord) -> int:
    tones = _tones(chord.quality) if chord.quality in CHORD_INTERVALS else ()
    return next((tone for tone in tones if tone in (3, 4)), 0)
