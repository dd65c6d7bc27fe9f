"""What one hit less changes: each hit of many cues taken out in turn, bar by bar.

Run: `uv run python -m benchmarks.locality` (cues by style and ensemble, made for it), or with
PROJECT... for the cues of projects on disk, with their maps.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.composing.cues import request
from tests.judging.locality import dropped

from scorestage.adapters.catalogue import load_ensemble
from scorestage.composing import CueRequest
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


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("projects", nargs="*", type=Path)
    asked = reader.parse_args()
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
