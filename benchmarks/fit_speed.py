"""How long a fit takes: the first good map, the whole ranked list, a dragged hit, a feature's cues.

The peer is the exhaustive search over one tempo (every 0.05 bpm, every quarter frame of start)
that the fit runs within itself; times are CPU seconds of one core, so that ratios hold elsewhere.

Run: `uv run python -m benchmarks.fit_speed [--feature]`
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scorestage.builder.executors import LocalProcesses
from scorestage.production import Hit
from scorestage.tempofit import FitSettings, first_fit, fit, refit
from scorestage.tempofit.constants import best_constants
from scorestage.tempofit.ground import lay_ground
from scorestage.timebase import FRAMES_24, FilmTime

CUES = ((2, 0), (20, 2), (60, 8), (180, 20), (360, 40))
SEEDS = 3
RUNS = 2
FEATURE = 60
DRAGGED_FRAMES = 4
PLAIN = FitSettings()


def random_hits(count: int, length_seconds: int, seed: int) -> tuple[Hit, ...]:
    """Hits on random frames, at least a second inside the cue."""
    random = np.random.default_rng(seed)
    frames = sorted(random.integers(24, max(25, 24 * length_seconds - 24), count))
    weights = random.integers(2, 6, count)
    return tuple(
        Hit(f"h{number}", FRAMES_24.time_of(int(frame)), weight=int(weight))
        for number, (frame, weight) in enumerate(zip(frames, weights, strict=True))
    )


def seconds_of(what: Callable[[], object]) -> float:
    """CPU seconds, the better of two runs."""
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        what()
        found.append(time.process_time() - begun)
    return min(found)


def one_cue(length: int, hits: tuple[Hit, ...]) -> dict[str, float]:
    """All times of one cue, and how good the best map is."""
    start, end = FilmTime(0), FilmTime(length)
    best = fit(start, end, hits, FRAMES_24, replace(PLAIN, draws=0))[0]
    ground = lay_ground(start, end, hits, FRAMES_24, PLAIN)
    found = {
        "peer": seconds_of(lambda: best_constants(ground, 1)),
        "first": seconds_of(lambda: first_fit(start, end, hits, FRAMES_24)),
        "alone": seconds_of(lambda: fit(start, end, hits, FRAMES_24, replace(PLAIN, draws=0))),
        "whole": seconds_of(lambda: fit(start, end, hits, FRAMES_24)),
        "dragged": 0.0,
        "caught": float(len(best.caught)),
        "step": float(best.unwritten_step_percent),
    }
    if best.caught:
        one = best.caught[len(best.caught) // 2].hit
        moved = replace(one, at=one.at + FRAMES_24.frame_span * DRAGGED_FRAMES)
        now = tuple(moved if hit is one else hit for hit in hits)
        lost = frozenset(landing.hit.id for landing in best.missed)
        found["dragged"] = seconds_of(
            lambda: refit(start, end, now, FRAMES_24, best.tempo_map, PLAIN, lost)
        )
    return found


def feature_length(seed: int) -> int:
    """How long a cue of a feature is, in seconds: 20 s to 4 minutes."""
    return int(np.random.default_rng(seed).integers(20, 240))


def feature_cue(seed: int) -> float:
    """A cue of a feature, fitted whole, with a hit every nine seconds."""
    length = feature_length(seed)
    hits = random_hits(max(1, length // 9), length, seed)
    begun = time.perf_counter()
    fit(FilmTime(0), FilmTime(length), hits, FRAMES_24)
    return time.perf_counter() - begun


def main() -> None:
    print("cue s  hits   one tempo     first  whole list  with 500 draws  dragged   caught   step")
    for length, count in CUES:
        rows = [one_cue(length, random_hits(count, length, seed)) for seed in range(SEEDS)]
        middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
        print(
            f"{length:5}  {count:4}  {middle['peer']:8.3f} s {middle['first']:7.3f} s"
            f" {middle['alone']:9.3f} s {middle['whole']:13.3f} s {middle['dragged']:7.3f} s"
            f"   {sum(row['caught'] for row in rows) / SEEDS:6.1f}"
            f"   {max(row['step'] for row in rows):4.1f} %"
        )
    if "--feature" in sys.argv:
        feature()


def feature() -> None:
    """All cues of a feature in two processes; their processor time is what a busy machine shows."""
    begun = time.perf_counter()
    workers = LocalProcesses(2)
    longest_first = sorted(range(FEATURE), key=feature_length, reverse=True)
    begun_cues = [workers.submit(feature_cue, seed) for seed in longest_first]
    each = [cue.result() for cue in begun_cues]
    lasted = time.perf_counter() - begun
    workers.close(at_once=False)
    spent = os.times()
    print(
        f"\n{FEATURE} cues on two cores: {lasted:.1f} s, {statistics.median(each):.2f} s a cue "
        f"(median), {spent.children_user + spent.children_system:.1f} s of processor time"
    )


if __name__ == "__main__":
    main()
