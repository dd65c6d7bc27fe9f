"""What tells the beat of a take from its rivals: evidence weighed on takes of known beat.

Takes: excerpts of the scores given with `--scores` (24 bars each, all or only high and low
players, played with and without accents), a piece of our own, tunes of quarters and eighths, tunes
of which half the notes fall between the beats, and tunes in threes; steady, rit., accel., a step,
rubato; 12 ms of scatter. The weights are fitted to one half of the takes (penalised likelihood) and
tried on the other; `--all` fits them to both, as they stand in `tempofit/played/levels.py`.

Run: `uv run python -m benchmarks.beat_readings --scores FOLDER [--takes 16] [--all]`
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from benchmarks.performance_maps import piece
from scipy.optimize import minimize
from tests.judging.beats import Floats, f_measure
from tests.tempofit.played.takes import meant, pairs, syncopated

from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import Pitch, Score
from scorestage.tempofit.played import TempoRange, onsets_of
from scorestage.tempofit.played.levels import EVIDENCE, evidence_of, readings_of
from scorestage.tempofit.played.ways import PARTS, best_way, levelled

BARS = 24
KINDS = ("steady", "rit", "accel", "step", "rubato")
RIGHT = 0.9
PENALTY = 0.2
FIRST_SEED_OF_TRIAL = 100
BANDS = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95, 1.01)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A take of known beat: its onsets and strengths."""

    name: str
    beats: Floats
    seconds: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The readings of a take: their evidence, and which of them are right (F > 0.9)."""

    name: str
    evidence: Floats
    right: Floats


def excerpt(name: str, score: Score, seed: int) -> Known | None:
    """24 bars of a score, played along a tempo path of the kind that the seed draws."""
    random = np.random.default_rng(seed)
    grid = score.grid
    count = min(BARS, len(grid.bars) - 2)
    first = int(random.integers(0, max(1, len(grid.bars) - count)))
    starts = [float(start.quarters) for start in grid.starts]
    clicks = [
        starts[bar] + float(click.quarters)
        for bar in range(first, first + count)
        for click in grid.bars[bar].meter.clicks
    ]
    end = starts[first + count]
    outer = random.random() < 0.5
    struck: dict[float, int] = defaultdict(int)
    for _, note in score.notes():
        keys = [float(one.midi) for one in note.pitches if isinstance(one, Pitch)]
        inner = outer and keys and 48 <= max(keys) <= 69
        if keys and not inner and clicks[0] <= note.onset.quarters < end:
            struck[float(note.onset.quarters)] += len(keys)
    if len(struck) < 20:
        return None
    bpm = float(np.clip(np.exp(random.normal(np.log(95), 0.3)), 50, 170))
    take = meant(str(random.choice(KINDS)), bpm=bpm, bars=len(clicks) // 4 + 2)
    accent = random.choice([0, 0.06, 0.12])
    at, weights = [], []
    downbeats = set(starts)
    for onset, keys_struck in sorted(struck.items()):
        place = np.interp(onset, [*clicks, end], np.arange(len(clicks) + 1))
        stress = 2 if onset in downbeats else 1 if onset in clicks else 0
        at.append(np.interp(place, np.arange(len(take.seconds)), take.seconds))
        loud = 0.5 + accent * stress + 0.04 * np.log2(1 + keys_struck)
        weights.append(np.clip(loud + random.normal(0, 0.07), 0.1, 1.2))
    seconds = np.array(at) + random.normal(0, 0.012, len(at))
    order = np.argsort(seconds)
    return Known(name, take.seconds[: len(clicks)], seconds[order], np.array(weights)[order])


def own_piece(seed: int) -> Known:
    """The piece of `benchmarks.performance_maps`."""
    random = np.random.default_rng(seed)
    take = meant(str(random.choice(KINDS)), bpm=random.uniform(60, 140), bars=BARS)
    at, weights = [], []
    for _, note in piece(BARS, seed).notes():
        quarter = float(note.onset.quarters)
        accent = 0.85 if quarter % 4 == 0 else 0.7 if quarter % 1 == 0 else 0.5
        at += [np.interp(quarter, np.arange(len(take.seconds)), take.seconds)] * len(note.pitches)
        weights += [np.clip(accent + random.normal(0, 0.08), 0.1, 1) for _ in note.pitches]
    seconds = np.array(at) + random.normal(0, 0.012, len(at))
    order = np.argsort(seconds)
    return Known("own piece", take.seconds[:-1], seconds[order], np.array(weights)[order])


def in_threes(seed: int) -> Known:
    """A tune whose beat falls into three."""
    random = np.random.default_rng(seed)
    take = meant(str(random.choice(KINDS[::2])), bpm=random.uniform(50, 110), bars=14)
    written, third = [], 0
    while third < 3 * (len(take.seconds) - 1):
        written.append(third)
        odds = [0.6, 0.2, 0.2] if third % 3 else [0.4, 0.35, 0.25]
        third += int(random.choice([1, 2, 3], p=odds))
    at = np.interp(np.array(written) / 3, np.arange(len(take.seconds)), take.seconds)
    loud = [0.9 if one % 6 == 0 else 0.75 if one % 3 == 0 else 0.5 for one in written]
    weights = np.array(loud) + random.normal(0, 0.05, len(written))
    return Known("in threes", take.seconds, at + random.normal(0, 0.01, len(at)), weights)


def takes(scores: Sequence[tuple[str, Score]], seeds: Sequence[int]) -> Iterator[Known]:
    """All takes of these seeds."""
    for seed in seeds:
        for name, score in scores:
            found = excerpt(name, score, seed)
            if found is not None:
                yield found
        yield own_piece(seed)
        yield in_threes(seed + 5000)
        for name, make, drawn in (
            ("syncopated", syncopated, seed + 500),
            ("syncopated", syncopated, seed + 1000),
            ("even", pairs, seed + 1500),
        ):
            random = np.random.default_rng(drawn)
            take = meant(str(random.choice(KINDS[::2])), bpm=random.uniform(60, 160), bars=14)
            yield Known(name, take.seconds, *make(take, drawn))


def judged(take: Known) -> Judged:
    """Its readings, held against the beat that was meant."""
    wish = TempoRange()
    strength = levelled(onsets_of(take.seconds, take.weights).strength)
    ways = [best_way(strength, wish, parts) for parts in PARTS]
    readings = readings_of(ways, take.seconds, take.weights, wish)
    evidence = evidence_of(readings, take.seconds, take.weights, wish.wish_bpm)
    right = [float(f_measure(take.beats, one.beats_seconds) > RIGHT) for one in readings]
    return Judged(take.name, evidence, np.array(right))


def shares(take: Judged, weights: Floats) -> Floats:
    """The share of each reading, and that of none of them as one more."""
    points = np.append(take.evidence @ weights[:-1], weights[-1])
    likely = np.exp(points - points.max())
    found: Floats = likely / likely.sum()
    return found


def fitted(known: Sequence[Judged]) -> Floats:
    """Weights of the evidence, and of none of the readings, that make the right ones likeliest."""
    scale = np.append(np.vstack([take.evidence for take in known]).std(axis=0) + 1e-9, 1.0)

    def cost(scaled: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(scaled @ scaled), 2 * PENALTY * scaled
        for take in known:
            found = shares(take, scaled / scale)
            right = np.append(take.right, float(not take.right.any()))
            inside = max(1e-12, float(found @ right))
            rows = np.vstack([take.evidence, np.zeros(take.evidence.shape[1])])
            rows = np.hstack([rows, np.eye(len(rows))[:, -1:]]) / scale
            total -= float(np.log(inside))
            slope = slope - rows.T @ (found * right / inside - found)
        return total, slope

    best = minimize(cost, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    found: Floats = best.x / scale
    return found


def report(known: Sequence[Judged], weights: Floats) -> None:
    """Rows: how often the likeliest reading is right, and how often at each share."""
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for take in known:
        found = shares(take, weights)[:-1]
        best = int(np.argmax(found))
        told = (float(take.right[best]), float(found[best]), float(take.right.max()))
        rows[take.name].append(told)
        rows["all"].append(told)
    print("take                        number  right  could be  share when right, when wrong")
    for name, found_rows in rows.items():
        right, share, could = np.array(found_rows).T
        means = [
            f"{share[right == one].mean():.2f}" if (right == one).any() else "-" for one in (1, 0)
        ]
        print(
            f"{name:28}{len(right):6}   {right.mean():.2f}    {could.mean():.2f}      "
            f"{means[0]:>6}  {means[1]:>12}"
        )
    right, share, _ = np.array(rows["all"]).T
    print("share of the reading taken    number  right")
    for low, high in pairwise(BANDS):
        inside = (share >= low) & (share < high)
        if inside.any():
            told_band = f"{low:.2f} to {min(1, high):.2f}"
            print(f"{told_band:28}{inside.sum():6}   {right[inside].mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--takes", type=int, default=16)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    scores = [
        (path.stem, read_score(path.read_bytes(), path.name).score)
        for path in sorted(asked.scores.glob("*.mxl"))
    ]
    fit_seeds = range(FIRST_SEED_OF_TRIAL, FIRST_SEED_OF_TRIAL + asked.takes)
    for_fit = [judged(take) for take in takes(scores, fit_seeds)]
    for_trial = [judged(take) for take in takes(scores, range(max(1, asked.takes // 2)))]
    weights = fitted([*for_fit, *for_trial] if asked.all else for_fit)
    for name, weight in zip([*EVIDENCE, "none of these"], weights, strict=True):
        print(f"{name:20} {weight:+.2f}")
    report([*for_fit, *for_trial] if asked.all else for_trial, weights)


if __name__ == "__main__":
    main()
