"""Written cues after re-cuts: what the repairs restore, and how long the search takes.

Cues of 40 seconds to 4 minutes with up to 20 hits, written at one tempo in 4/4, each cut into one
to three times (from 1 frame to 12 seconds, out or in). The peer is what a sequencer offers: the
tempo alone, bent between the places where the picture changed. Told are the hits met again of
those met before, the largest step of the tempo, and the bars touched.

Run: `uv run python -m benchmarks.repairs [--cues N]`
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction

import numpy as np

from scorestage.production import BarState, Hit, KeptStretch
from scorestage.tempofit.repairs import Joints, Repair, WrittenCue, repairs, written_hits
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    FilmRange,
    FilmSpan,
    FilmTime,
    Meter,
    Tempo,
    TempoMap,
)

SEED = 11
HIDDEN_PERCENT = 2.5


def drawn_cue(number: int, bars: int | None = None, hits: int | None = None) -> WrittenCue:
    """A cue and its re-cut, at random by its number."""
    random = np.random.default_rng([SEED, number])
    count = bars or int(random.integers(20, 110))
    tempo = int(random.integers(70, 140))
    tempo_map = TempoMap.steady(FilmTime(60), Tempo(tempo), BarGrid.regular(count, Meter(4, 4)))
    length = tempo_map.end.seconds - 60
    kept: list[KeptStretch] = []
    at, by = Fraction(0), Fraction(0)
    for place in sorted(random.uniform(0.1, 0.9, int(random.integers(1, 4)))):
        cut = 60 + Fraction(round(float(place * float(length)) * 24), 24)
        gone = Fraction(int(random.choice([1, 5, 14, 30, 60, 120, 288])), 24)
        gone *= int(random.choice([-1, 1]))
        if cut <= at:
            continue
        kept.append(KeptStretch(FilmRange(FilmTime(at), FilmTime(cut)), FilmSpan(by)))
        at, by = cut + max(Fraction(0), gone), by - gone
    kept.append(KeptStretch(FilmRange(FilmTime(at), FilmTime(60 + length + 60)), FilmSpan(by)))
    places = sorted(random.choice(count * 4, hits or int(random.integers(3, 20)), replace=False))
    click = Meter(4, 4).click
    found = [
        Hit(f"h{place}", tempo_map.time_at(tempo_map.grid.starts[0] + click * int(place)))
        for place in places
    ]
    pairs = []
    for hit in found:
        for stretch in kept:
            if stretch.old.holds(hit.at):
                pairs.append((hit, hit.at + stretch.by))
    return WrittenCue(
        tempo_map,
        written_hits(tempo_map, pairs, FRAMES_24),
        tuple(kept),
        tempo_map.start,
        tempo_map.end + kept[-1].by,
        (BarState.FREE,) * count,
        Joints.plain(tempo_map.grid),
        FRAMES_24,
    )


def told(found: tuple[Repair, ...], name: str = "") -> tuple[int, int, float, int] | None:
    """Hits met again, hits met before, the largest step, bars touched: of the first, or by name."""
    for one in found:
        if not name or one.name == name:
            before = [hit for hit in one.hits if hit.caught_before]
            met = sum(hit.caught_after for hit in before)
            return met, len(before), float(one.largest_step_percent), len(one.touched)
    return None


def solved(number: int) -> tuple[tuple[int, int, float, int] | None, ...]:
    """The first repair of a cue, and that by tempo alone."""
    found = repairs(drawn_cue(number))
    return told(found), told(found, "tempo alone")


def main() -> None:
    """Print quality and times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cues", type=int, default=60)
    asked = parser.parse_args()
    three_minutes = drawn_cue(3, bars=90, hits=20)
    repairs(three_minutes)
    began, busy = time.perf_counter(), time.process_time()
    repairs(three_minutes)
    lasted, worked = time.perf_counter() - began, time.process_time() - busy
    print(f"a cue of 90 bars with 20 hits: {lasted:.2f} s, {worked:.2f} s of one core")
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        answers = list(pool.map(solved, range(asked.cues)))
    lasted, worked = time.perf_counter() - began, os.times().children_user
    print(f"{asked.cues} cues on two processes: {lasted:.1f} s, {worked:.1f} s of one core")
    for name, place in (("first repair", 0), ("tempo alone", 1)):
        rows = [row[place] for row in answers if row[place] is not None]
        numbers = [row for row in rows if row is not None]
        met, before = sum(row[0] for row in numbers), sum(row[1] for row in numbers)
        steps = [row[2] for row in numbers]
        hidden = sum(step <= HIDDEN_PERCENT for step in steps)
        print(
            f"{name:13} {len(numbers)} cues: {met} of {before} hits met again; largest step "
            f"median {statistics.median(steps):.2f} %, hidden in {hidden}; "
            f"bars touched median {statistics.median(row[3] for row in numbers):g}"
        )


if __name__ == "__main__":
    main()
