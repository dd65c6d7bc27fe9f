"""How long a fit takes, and how good it is: cues of rising length with hits at random.

Run: `uv run python benchmarks/fit_speed.py`
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, fit
from scorestage.timebase import FRAMES_24, FilmTime

CUES = ((2, 0), (20, 2), (60, 8), (180, 20), (360, 40))
SEEDS = 3


def random_hits(count: int, length_seconds: int, seed: int) -> tuple[Hit, ...]:
    """Hits on random frames, at least a second inside the cue."""
    random = np.random.default_rng(seed)
    frames = sorted(random.integers(24, max(25, 24 * length_seconds - 24), count))
    weights = random.integers(2, 6, count)
    return tuple(
        Hit(f"h{number}", FRAMES_24.time_of(int(frame)), weight=int(weight))
        for number, (frame, weight) in enumerate(zip(frames, weights, strict=True))
    )


def timed(length: int, hits: tuple[Hit, ...], draws: int) -> tuple[float, Candidate]:
    """CPU seconds of one fit, and its best candidate."""
    begun = time.process_time()
    found = fit(FilmTime(0), FilmTime(length), hits, FRAMES_24, FitSettings(draws=draws))
    return time.process_time() - begun, found[0]


def main() -> None:
    print("cue s  hits   fit CPU s  with 500 chance draws   caught   largest step   worst caught")
    for length, count in CUES:
        rows = []
        for seed in range(SEEDS):
            hits = random_hits(count, length, seed)
            alone, best = timed(length, hits, 0)
            rows.append((alone, timed(length, hits, 500)[0], best))
        alone_s = statistics.median(row[0] for row in rows)
        whole_s = statistics.median(row[1] for row in rows)
        caught = sum(len(row[2].caught) for row in rows) / SEEDS
        step = max(float(row[2].largest_step_percent) for row in rows)
        off = max(float(row[2].largest_off_frames) for row in rows)
        print(
            f"{length:5}  {count:4}   {alone_s:9.2f}  {whole_s:21.2f}   {caught:6.1f}   "
            f"{step:10.1f} %   {off:8.2f} frames"
        )


if __name__ == "__main__":
    main()
