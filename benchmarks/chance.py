"""What chance alone does: hits that mean nothing, searched as real ones are.

First the plain search of the trade (one tempo from 60 to 180 bpm in quarters, no offset), which
"succeeds" on random hits; then our own baselines: how often random cues are told to be better than
chance (it must be about 1 in 20), and how often cues made from a tempo are.

Run: `uv run python benchmarks/chance.py`
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from scorestage.production import Hit
from scorestage.tempofit.chance import chances
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, FilmTime

TRIALS = 2000
CUES = 100
FRAMES_PER_SECOND = 24
TEMPOS_BPM = np.arange(60, 180.125, 0.25)


def plain_search(hits: int, tolerance_frames: int) -> tuple[float, float, float, float]:
    """Caught at one tempo, best of all tempos, share with all caught, median best tempo."""
    random = np.random.default_rng(1)
    at = random.uniform(0, 60, (TRIALS, hits))
    caught = np.empty((TRIALS, len(TEMPOS_BPM)), dtype=np.int64)
    for number, bpm in enumerate(TEMPOS_BPM):
        beats = at * bpm / 60
        off_frames = np.abs(beats - np.rint(beats)) * 60 / bpm * FRAMES_PER_SECOND
        caught[:, number] = (off_frames <= tolerance_frames).sum(axis=1)
    best = caught.max(axis=1)
    median_bpm = float(np.median(TEMPOS_BPM[caught.argmax(axis=1)]))
    return float(caught.mean()), float(best.mean()), float((best == hits).mean()), median_bpm


def told_better(made: bool, hits: int, length_seconds: int) -> dict[str, float]:
    """How often each baseline says "better than chance", for hits at random or on beats of 96."""
    random = np.random.default_rng(7)
    told = {"one tempo": 0, "bending tempo": 0}
    for seed in range(CUES):
        if made:
            beats = random.choice(np.arange(2, length_seconds * 96 // 120 - 1), hits, False) * 2
            at = np.sort(beats) * 60 / 96
        else:
            at = np.sort(random.uniform(1, length_seconds - 1, hits))
        cue = tuple(
            Hit(str(number), FilmTime(Fraction(round(moment * 24), 24)))
            for number, moment in enumerate(at)
        )
        end = FilmTime(length_seconds)
        ground = lay_ground(FilmTime(0), end, cue, FRAMES_24, FitSettings())
        for name, chance in chances(ground, 200, seed).items():
            told[name] += chance.better_than_chance
    return {name: count / CUES for name, count in told.items()}


def main() -> None:
    print(f"The plain search: {len(TEMPOS_BPM)} tempos, 60 s at 24 frames, {TRIALS} random cues")
    print("hits  tolerance   at one tempo   best, mean   all caught   median best bpm")
    for hits, tolerance in ((5, 2), (8, 1), (8, 2), (8, 3), (12, 2)):
        one, best, everything, bpm = plain_search(hits, tolerance)
        print(
            f"{hits:4}  ±{tolerance} frames   {one:12.1f}   {best:10.2f}   {everything:9.0%}   "
            f"{bpm:15.0f}"
        )
    print(f"\nOur baselines over {CUES} cues of 60 s: told to be better than chance")
    print("hits   made from             one tempo   bending tempo")
    for hits in (5, 8):
        for made, words in ((False, "nothing (random)"), (True, "a tempo of 96 bpm")):
            told = told_better(made, hits, 60)
            print(
                f"{hits:4}   {words:18}   {told['one tempo']:9.0%}   {told['bending tempo']:13.0%}"
            )


if __name__ == "__main__":
    main()
