"""What one hit less changes: each hit of many cues taken out in turn, bar by bar.

Run: `uv run python -m benchmarks.locality` (cues by style and ensemble, made for it), or with
PROJECT... for the cues of projects on disk, with their maps.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.composing.cues import random_request, request
from tests.judging.locality import dropped

from scorestage.adapters.catalogue import load_ensemble
from scorestage.composing import CueRequest, compose
from scorestage.composing.frame import frame_of
from scorestage.music import Ensemble
from scorestage.workflow.compose import request_of
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of

ENSEMBLES = (
    "studio-orchestra",
    "string-orchestra",
    "chamber-ensemble",
    "piano-solo",
    "jazz-combo",
    "rock-band",
    "synth-ensemble",
)
STYLES = (
    ("action", "4/4", 17, 140),
    ("tender", "3/4", 12, 80),
    ("suspense", "4/4", 10, 72),
    ("comedy", "2/4", 20, 110),
    ("noir-jazz", "4/4", 12, 100),
)
HITS = ((0.15, "accent", 5), (0.45, "stop", 4), (0.62, "start", 3), (0.85, "change", 3))


def made(style: str, meter: str, bars: int, bpm: int, seed: int) -> CueRequest:
    """A cue with a hit of most kinds."""
    end = bars * int(meter[0])
    hits = [(str(int(end * share)), kind, weight) for share, kind, weight in HITS]
    return request(style, meters=(meter,) * bars, bpm=bpm, hits=hits, seed=seed)


def cues(projects: list[Path]) -> Iterator[tuple[str, CueRequest, Ensemble]]:
    """Name, request and ensemble of every cue to be judged."""
    for root in projects:
        job = Job.open(root)
        for cue in job.cues():
            if job.folder.map(cue.id, job.clock) is not None and cue.live_hits:
                yield f"{root.name} {cue.number}", request_of(job, cue), ensemble_of(job, cue)
    for name in () if projects else ENSEMBLES:
        for seed, style in enumerate(STYLES, start=1):
            yield f"{name} {style[0]}", made(*style, seed), load_ensemble(name)


def bars_of(request: CueRequest) -> list[frozenset[object]]:
    """What is struck in each bar of a sketch."""
    sketch = compose(request).sketch
    found: list[set[object]] = [set() for _ in sketch.grid.bars]
    for strand in sketch.strands:
        for note in strand.staff.notes:
            told = strand.role, note.onset, note.length, note.pitches, note.articulations
            found[sketch.grid.index_at(note.onset)].add(told)
    return [frozenset(one) for one in found]


def sketches(count: int) -> None:
    """Each hit of cues drawn at random taken out: how many bars change, and how far from it."""
    apart: Counter[int] = Counter()
    hits = bars = 0
    for number in range(count):
        asked = random_request(number)
        whole = bars_of(asked) if asked.cue.hits else []
        moments = {one.hit.id: one for one in frame_of(asked, asked.main_theme).moments}
        for hit in asked.cue.hits:
            left = tuple(one for one in asked.cue.hits if one is not hit)
            less = bars_of(replace(asked, cue=replace(asked.cue, hits=left)))
            changed = [n for n, (a, b) in enumerate(zip(whole, less, strict=True)) if a != b]
            if hit.id in moments:
                hits, bars = hits + 1, bars + len(whole)
                apart.update(abs(one - moments[hit.id].bar_index) for one in changed)
    far = sum(times for away, times in apart.items() if away > 2)
    told = ", ".join(f"{away} bars off {apart[away]}" for away in sorted(apart))
    print(f"{count} cues, {hits} hits taken out, bars changed: {told}")
    print(f"beyond two bars from the hit: {far} of {bars} bars ({far / max(1, bars):.2%})")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("projects", nargs="*", type=Path)
    reader.add_argument("--sketches", type=int, help="so many random cues, their sketches only")
    asked = reader.parse_args()
    if asked.sketches:
        sketches(asked.sketches)
        return
    all_hits, local = 0, Counter[str]()
    for name, cue, ensemble in cues(asked.projects):
        found = list(dropped(cue, ensemble))
        for one in found:
            far = {what: bars for what, bars in one.far().items() if bars}
            local.update(what for what in one.far() if what not in far)
            if far:
                told = ", ".join(f"{what} in bars {bars}" for what, bars in far.items())
                print(f"  {one.hit} ({one.kind}, bar {one.bar}): {told}")
        all_hits += len(found)
        print(f"{name}: {len(found)} hits", flush=True)
    told = ", ".join(f"{what} {local[what]}" for what in ("sketch", "notes", "signs"))
    print(f"of {all_hits} hits, changed in the hit's bar and those beside it only: {told}")


if __name__ == "__main__":
    main()
