"""A judge that knows nothing of the fit's points: hits reached, their weight, how near they are.

The peer is every single tempo of the range by 0.05 bpm from every quarter frame of start: those
that begin where the fit may, and those that begin anywhere within a beat. A hit counts as reached
on any beat or half-beat within its own tolerance. The judge finds a map worse than a single tempo
where it reaches less weight than any of them, or fewer hits than the one that reaches most weight
(of several, most hits), or where it reaches as much as that one and its hits are more than a
quarter frame further off on average.

Run: `uv run python -m benchmarks.fit_judge [--lists N] [--first SEED]`
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, fit
from scorestage.timebase import FRAMES_24, FilmTime, FrameRate

Floats = npt.NDArray[np.float64]
STEP_BPM, STEP_FRAMES, NEAR_FRAMES = 0.05, 0.25, 0.25
TOUCH_FRAMES = 1e-6


@dataclass(frozen=True, slots=True)
class Reach:
    """What a map reaches: hits, their weight, and frames off each of those on average."""

    hits: int
    weight: int
    off_frames: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A map beside all single tempos: the most hits and weight, and the nearest of most weight."""

    fit: Reach
    most_hits: int
    heaviest: Reach

    @property
    def faults(self) -> tuple[str, ...]:
        """In what the map is worse."""
        found = []
        if self.fit.hits < self.most_hits:
            found.append("fewer hits")
        if self.fit.weight < self.heaviest.weight:
            found.append("less weight")
        even = self.fit.weight == self.heaviest.weight
        if even and self.fit.off_frames > self.heaviest.off_frames + NEAR_FRAMES:
            found.append("further off")
        return tuple(found)


def reach_of(candidate: Candidate) -> Reach:
    """What a candidate reaches, from its landings."""
    caught = [
        one
        for one in candidate.hits
        if -one.hit.early_frames <= one.off_frames <= one.hit.late_frames
    ]
    off = [abs(float(one.off_frames)) for one in caught]
    weight = sum(one.hit.weight for one in caught)
    return Reach(len(caught), weight, float(np.mean(off)) if off else 0.0)


def verdict_on(
    candidate: Candidate,
    start: FilmTime,
    hits: Sequence[Hit],
    rate: FrameRate,
    settings: FitSettings,
    anywhere: bool = False,
) -> Verdict:
    """The candidate beside every single tempo; `anywhere`: these begin anywhere within a beat."""
    frames = [rate.frames_in(hit.at - start) + hit.aim_frames for hit in hits]
    at = np.array([float(one) for one in frames])
    weight = np.array([hit.weight for hit in hits])
    early = np.array([float(hit.early_frames) for hit in hits])
    late = np.array([float(hit.late_frames) for hit in hits])
    most, heaviest = 0, Reach(0, 0, np.inf)
    lowest, highest = float(settings.lowest_bpm), float(settings.highest_bpm)
    for bpm in np.arange(lowest, highest + STEP_BPM / 2, STEP_BPM):
        beat = 60 * float(rate.frames_per_second) / bpm
        until = beat if anywhere else float(settings.start_late_frames) + STEP_FRAMES / 2
        starts = np.arange(0, until, STEP_FRAMES)[:, None]
        off = starts + np.maximum(0, np.rint((at - starts) / (beat / 2))) * (beat / 2) - at
        caught = (off >= -early - TOUCH_FRAMES) & (off <= late + TOUCH_FRAMES)
        count, heavy = caught.sum(axis=1), (caught * weight).sum(axis=1)
        most = max(most, int(count.max()))
        if heavy.max() < heaviest.weight:
            continue
        mean = (np.abs(off) * caught).sum(axis=1) / np.maximum(count, 1)
        for row in np.flatnonzero(heavy == heavy.max()).tolist():
            reach = Reach(int(count[row]), int(heavy[row]), float(mean[row]))
            if (reach.weight, -reach.off_frames) > (heaviest.weight, -heaviest.off_frames):
                heaviest = reach
    return Verdict(reach_of(candidate), most, heaviest)


def random_list(seed: int) -> tuple[FilmTime, tuple[Hit, ...]]:
    """A cue's end and hits on random frames of weight 1 to 5, in tolerances as people set."""
    random = np.random.default_rng(seed)
    seconds = int(random.choice([25, 40, 60, 90, 130, 180]))
    count = int(random.integers(4, 5 + seconds // 8))
    count = min(count, 24)
    frames = sorted(random.choice(np.arange(24, 24 * seconds - 12), count, replace=False).tolist())
    late = random.choice([Fraction(1), Fraction(2), Fraction(4)], count)
    hits = tuple(
        Hit(
            f"h{number}",
            FRAMES_24.time_of(frame),
            weight=int(random.integers(1, 6)),
            early_frames=min(Fraction(one), Fraction(2)),
            late_frames=Fraction(one),
        )
        for number, (frame, one) in enumerate(zip(frames, late, strict=True), start=1)
    )
    return FilmTime(seconds), hits


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--lists", type=int, default=30)
    reader.add_argument("--first", type=int, default=1)
    asked = reader.parse_args()
    settings, worse = replace(FitSettings(), draws=0), [0, 0]
    for seed in range(asked.first, asked.first + asked.lists):
        end, hits = random_list(seed)
        best = fit(FilmTime(0), end, hits, FRAMES_24, settings)[0]
        told = []
        for number, anywhere in enumerate((False, True)):
            found = verdict_on(best, FilmTime(0), hits, FRAMES_24, settings, anywhere)
            worse[number] += bool(found.faults)
            told.append(
                f"{found.most_hits:3} {found.heaviest.weight:3} {found.heaviest.off_frames:5.2f} fr"
                f" {', '.join(found.faults) or 'not worse':24}"
            )
        reach, whole = reach_of(best), sum(hit.weight for hit in hits)
        print(
            f"seed {seed:3} {float(end.seconds):4.0f} s {len(hits):3} hits of weight {whole:3}: fit"
            f" {reach.hits:3} {reach.weight:3} {reach.off_frames:5.2f} fr | start as the fit's"
            f" {told[0]} | anywhere {told[1]} | {float(best.unwritten_step_percent):.1f} %",
            flush=True,
        )
    print(f"worse than a single tempo in {worse[0]} and {worse[1]} of {asked.lists} lists")


if __name__ == "__main__":
    main()
