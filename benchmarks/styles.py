"""How well the catalogue's styles are told apart by their notes alone, timbre removed.

    uv run --no-sync python -m benchmarks.styles [STYLE …] [--learn 6] [--test 4] [--pairs 8]

For each style and seed a theme is made and a cue of twenty bars written over it; all its notes, as
a pianist would read them (onset, length, pitch), become numbers: degrees, intervals, chords,
rhythm, register, texture, repetition, meter, tempo. A linear discriminant (pooled covariance, with
shrinkage) learns from some seeds and names the cues of others. Three questions: everything known;
without tempo; and every cue written in 4/4 at one tempo, so that neither meter nor tempo tells.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import CueRequest, compose
from scorestage.music import Sketch
from scorestage.music.feel import felt_beats
from scorestage.music.style import Style
from scorestage.production import Cue
from scorestage.thematics import make_theme, variants
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap

BARS = 20
Floats = NDArray[np.float64]
TEMPO_FEATURES = 3
SHRINKAGE = 0.25
EDGES_QUARTERS = (0.3, 0.55, 0.8, 1.05, 1.55, 2.05, 3.05)


@dataclass(frozen=True, slots=True)
class Heard:
    """A note as a pianist reads it: onset, length and bar place in quarters, MIDI key."""

    onset: float
    length: float
    key: int


def written(style: Style, seed: int, *, level: bool) -> tuple[Sketch, float]:
    """A cue in a style, and its tempo in quarters a minute; `level`: in 4/4 at 100."""
    meter = Meter(4, 4) if level else style.meters[seed % len(style.meters)]
    theme = make_theme(style, seed, meter=meter, theme_id="main")
    away = (-8, -4, 0, 4, 8)[seed % 5]
    beats = felt_beats(meter)
    quarters = float(sum(beats) / len(beats))
    bpm = 100.0 if level else style.bpm_wish * (1 + away / 100) * quarters
    grid = BarGrid.regular(BARS, meter)
    tempo_map = TempoMap.steady(FilmTime(10), Tempo(Fraction(round(bpm))), grid)
    cue = Cue("c1", "1m01", start=FilmTime(10), end=tempo_map.end)
    request = CueRequest(cue, tempo_map, (theme, *variants(theme, seed)), style, seed=seed)
    return compose(request).sketch, bpm


def heard(sketch: Sketch) -> list[Heard]:
    """All notes of a sketch, whoever plays them, in order; unisons count once."""
    found = {
        (float(note.onset.quarters), pitch.key): Heard(
            float(note.onset.quarters), float(note.length.quarters), pitch.key
        )
        for strand in sketch.strands
        for note in strand.staff.notes
        for pitch in note.sounding
    }
    return [found[place] for place in sorted(found)]


def features(sketch: Sketch, bpm: float) -> Floats:
    """What a cue is by numbers; the first `TEMPO_FEATURES` speak of tempo."""
    notes = heard(sketch)
    grid = sketch.grid
    beats = felt_beats(grid.bars[0].meter)
    bar = float(grid.bars[0].meter.length.quarters)
    total = float(grid.end.quarters)
    onsets = sorted({note.onset for note in notes})
    tempo = [bpm / 100, len(notes) / total * bpm / 60 / 8, len(onsets) / total * bpm / 60 / 4]
    tonic = min(note.key for note in notes if note.onset == max(n.onset for n in notes)) % 12
    parts = [
        tempo,
        [bar / 4, len(beats) / 4, float(max(beats)), float(min(beats))],
        [len(notes) / total / 4, len(onsets) / total],
        _degrees(notes, tonic),
        _vertical(notes, onsets),
        _line([max(keys) for keys in _by_onset(notes).values()]),
        _line([min(keys) for keys in _by_onset(notes).values()]),
        _rhythm(notes, onsets, bar, [float(beat) for beat in beats]),
        _register(notes),
        _again(notes, bar, round(total / bar)),
    ]
    return np.array([number for part in parts for number in part], dtype=np.float64)


def _by_onset(notes: Sequence[Heard]) -> dict[float, list[int]]:
    found: dict[float, list[int]] = {}
    for note in notes:
        found.setdefault(note.onset, []).append(note.key)
    return found


def _degrees(notes: Sequence[Heard], tonic: int) -> list[float]:
    """Shares of the twelve degrees by length, those of low notes, and how even they are."""
    whole, low = np.zeros(12), np.zeros(12)
    for note in notes:
        whole[(note.key - tonic) % 12] += note.length
        if note.key < 50:
            low[(note.key - tonic) % 12] += note.length
    whole /= whole.sum()
    low /= max(low.sum(), 1e-9)
    entropy = -sum(share * np.log2(share) for share in whole if share > 0)
    return [*whole, *low, float(entropy) / 3.6]


def _vertical(notes: Sequence[Heard], onsets: Sequence[float]) -> list[float]:
    """Interval classes between what sounds at each onset, how many sound, how many strike."""
    classes = np.zeros(7)
    sounding: list[int] = []
    sizes: Counter[int] = Counter()
    struck = _by_onset(notes)
    current: list[Heard] = []
    place = 0
    for at in onsets:
        current = [note for note in current if note.onset + note.length > at + 1e-6]
        while place < len(notes) and notes[place].onset <= at:
            current.append(notes[place])
            place += 1
        keys = sorted({note.key for note in current})
        sounding.append(len(keys))
        sizes[min(len(struck[at]), 6)] += 1
        for first, low in enumerate(keys):
            for high in keys[first + 1 :]:
                apart = (high - low) % 12
                classes[min(apart, 12 - apart)] += 1
    classes /= max(classes.sum(), 1.0)
    strikes = [sizes[size] / len(onsets) for size in range(1, 7)]
    return [*classes, float(np.mean(sounding)) / 5, float(np.std(sounding)) / 3, *strikes]


def _line(keys: Sequence[int]) -> list[float]:
    """How an outer line moves: shares of repeated tones, steps, thirds, leaps, ups."""
    moves = [other - one for one, other in pairwise(keys)] or [0]
    sizes = np.abs(np.array(moves))
    bounds = ((0, 0), (1, 1), (2, 2), (3, 4), (5, 7), (8, 11), (12, 12), (13, 99))
    shares = [float(np.mean((sizes >= low) & (sizes <= high))) for low, high in bounds]
    return [*shares, float(np.mean(np.array(moves) > 0)), len(set(keys)) / max(len(keys), 1)]


def _rhythm(
    notes: Sequence[Heard], onsets: Sequence[float], bar: float, beats: Sequence[float]
) -> list[float]:
    """Gaps and lengths by size, places in the bar and the beat, off-beat strokes."""
    gaps = [other - one for one, other in pairwise(onsets)]
    lengths = [note.length for note in notes]
    starts = np.concatenate([[0.0], np.cumsum(beats)])
    eighths = np.zeros(12)
    phases = np.zeros(4)
    low_on, low_off = 0, 0
    for note in notes:
        into = note.onset % bar
        eighths[min(int(into / bar * 12), 11)] += 1
        beat = max(place for place in range(len(beats)) if starts[place] <= into + 1e-6)
        phase = (into - starts[beat]) / beats[beat]
        phases[min(int(phase * 4 + 1e-6), 3)] += 1
        if note.key < 50:
            low_on += phase < 1e-6
            low_off += phase >= 1e-6
    alone = sum(1 for one, other in pairwise(onsets) if _weak(one, bar) and other - one > 0.9)
    return [
        *_shares(gaps),
        *_shares(lengths),
        *(eighths / eighths.sum()),
        *(phases / phases.sum()),
        low_off / max(low_on + low_off, 1),
        (low_on + low_off) / max(len(notes), 1),
        alone / max(len(onsets), 1),
    ]


def _weak(onset: float, bar: float) -> bool:
    return abs((onset % bar) % 1.0) > 1e-6


def _shares(lengths: Sequence[float]) -> list[float]:
    counts = np.histogram(lengths, bins=(0.0, *EDGES_QUARTERS, 1e9))[0].astype(np.float64)
    shares: Floats = counts / max(counts.sum(), 1.0)
    return [float(share) for share in shares]


def _register(notes: Sequence[Heard]) -> list[float]:
    keys = np.array([note.key for note in notes], dtype=np.float64)
    weights = np.array([note.length for note in notes])
    bands = ((0, 40), (41, 48), (49, 55), (56, 62), (63, 69), (70, 77), (78, 88), (89, 127))
    shares = [
        float(weights[(keys >= low) & (keys <= high)].sum() / weights.sum()) for low, high in bands
    ]
    ends = np.percentile(keys, (5, 50, 95)) / 24
    return [*shares, float(keys.mean()) / 24, float(keys.std()) / 12, *(float(end) for end in ends)]


def _again(notes: Sequence[Heard], bar: float, count: int) -> list[float]:
    """How much neighbouring bars share: rhythm, tones, lowest tone."""
    rhythm: list[set[float]] = [set() for _ in range(count)]
    tones: list[set[int]] = [set() for _ in range(count)]
    low = [200] * count
    for note in notes:
        index = min(max(int((note.onset + 1e-6) // bar), 0), count - 1)
        rhythm[index].add(round(note.onset % bar, 3))
        tones[index].add(note.key % 12)
        low[index] = min(low[index], note.key)

    def alike(sets: Sequence[set[float]] | Sequence[set[int]], apart: int) -> float:
        pairs = [(sets[n], sets[n + apart]) for n in range(count - apart)]
        return float(np.mean([len(a & b) / max(len(a | b), 1) for a, b in pairs]))

    same_low = float(np.mean([a % 12 == b % 12 for a, b in pairwise(low)]))
    size = float(np.mean([len(own) for own in tones])) / 7
    return [alike(rhythm, 1), alike(rhythm, 2), alike(tones, 1), alike(tones, 4), same_low, size]


def discriminate(learned: Floats, labels: NDArray[np.int64], asked: Floats) -> NDArray[np.int64]:
    """The class of each row of `asked`: the nearest centre under the pooled covariance."""
    middle, spread = learned.mean(axis=0), learned.std(axis=0)
    kept = spread > 1e-6
    learned = (learned[:, kept] - middle[kept]) / spread[kept]
    asked = (asked[:, kept] - middle[kept]) / spread[kept]
    classes = np.unique(labels)
    centres = np.array([learned[labels == one].mean(axis=0) for one in classes])
    rest = learned - centres[np.searchsorted(classes, labels)]
    pooled = rest.T @ rest / max(len(rest) - len(classes), 1)
    pooled = (1 - SHRINKAGE) * pooled + SHRINKAGE * np.diag(np.diag(pooled) + 0.02)
    inverse = np.linalg.inv(pooled)
    apart = asked[:, None, :] - centres[None, :, :]
    distance = np.einsum("acf,fg,acg->ac", apart, inverse, apart)
    found: NDArray[np.int64] = classes[distance.argmin(axis=1)]
    return found


def confusion(
    rows: Floats, labels: NDArray[np.int64], seeds: NDArray[np.int64], learn: int, skip: int
) -> NDArray[np.int64]:
    """How often a held-out cue of each style (row) was named as each style (column)."""
    told = seeds <= learn
    said = discriminate(rows[told][:, skip:], labels[told], rows[~told][:, skip:])
    count = int(labels.max()) + 1
    table = np.zeros((count, count), dtype=np.int64)
    for own, found in zip(labels[~told], said, strict=True):
        table[own, found] += 1
    return table


def report(title: str, table: NDArray[np.int64], styles: Sequence[str], pairs: int) -> None:
    """Overall share, the styles below nine in ten, the pairs confused most."""
    per = table.diagonal() / table.sum(axis=1)
    print(f"{title}: {table.diagonal().sum() / table.sum():.1%} of {table.sum()} held-out cues")
    weak = [f"{styles[n]} {per[n]:.0%}" for n in np.argsort(per) if per[n] < 0.9]
    print(f"  below 90 %: {', '.join(weak) or 'none'}")
    mixed = [
        ((table[a, b] + table[b, a]) / (table[a].sum() + table[b].sum()), styles[a], styles[b])
        for a in range(len(styles))
        for b in range(a)
        if table[a, b] + table[b, a]
    ]
    for share, one, other in sorted(mixed, reverse=True)[:pairs]:
        print(f"  {share:.0%} of {one} and {other} taken for each other")


def main() -> None:
    """Write the cues, learn, name, print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("styles", nargs="*", default=list(names("styles")))
    reader.add_argument("--learn", type=int, default=6)
    reader.add_argument("--test", type=int, default=4)
    reader.add_argument("--pairs", type=int, default=8)
    reader.add_argument("--level", action="store_true", help="only 4/4 at one tempo")
    wish = reader.parse_args()
    seeds = range(1, wish.learn + wish.test + 1)
    for level in (True,) if wish.level else (False, True):
        rows, labels, numbers = [], [], []
        for index, name in enumerate(wish.styles):
            for seed in seeds:
                rows.append(features(*written(load_style(name), seed, level=level)))
                labels.append(index)
                numbers.append(seed)
        table = np.array(rows), np.array(labels), np.array(numbers)
        if level:
            report("all in 4/4 at 100 bpm", confusion(*table, wish.learn, TEMPO_FEATURES),
                   wish.styles, wish.pairs)  # fmt: skip
            continue
        report("all features", confusion(*table, wish.learn, 0), wish.styles, wish.pairs)
        report("without tempo", confusion(*table, wish.learn, TEMPO_FEATURES),
               wish.styles, wish.pairs)  # fmt: skip


if __name__ == "__main__":
    main()
