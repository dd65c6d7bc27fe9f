"""The craft of hundreds of generated cues, with human scores as control.

Run: `uv run python -m benchmarks.craft [--cues 200] [SCORE...]`. Cues are drawn at random: every
style, 2 s to 3 min, meters, tempos, hits, speech. Each is written as it would be, and once more as
held chords and as a chorale throughout, whose parallels are counted by themselves. SCOREs
(MusicXML) are counted the same way.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tests.composing.cues import random_request, request

from scorestage.composing import CueRequest, FormWish, SectionWish, compose
from scorestage.composing.craft import Craft, craft_of
from scorestage.workflow.craft import craft_of_file, pad_of

RATES = ("parallel_fifths", "parallel_octaves", "hidden_outer")
SHARES = ("crossing", "overlap", "gaps", "steps", "awkward")


def told(found: Iterable[Craft]) -> str:
    """Figures over many scores: rates by transitions, shares as means."""
    rows = list(found)
    transitions = sum(one.figures.transitions for one in rows)
    parts = [f"{len(rows)} scores, {transitions} transitions"]
    for name in RATES:
        counted = sum(
            (getattr(one.figures, name) or 0) * one.figures.transitions / 1000 for one in rows
        )
        parts.append(f"{name} {1000 * counted / max(1, transitions):.2f}")
    for name in SHARES:
        known = [getattr(one.figures, name) for one in rows]
        known = [one for one in known if one is not None]
        if known:
            parts.append(f"{name} {sum(known) / len(known):.1%}")
    clean = sum(not [f for f in one.faults if f.kind != "climax"] for one in rows)
    return f"{', '.join(parts)}; without a parallel {clean}"


def all_in(asked: CueRequest, texture: str) -> CueRequest:
    """The same cue in one texture throughout, without hits."""
    first = str(asked.tempo_map.grid.bars[0].label)
    wish = FormWish((first,), (SectionWish(first, texture=texture),))
    return replace(asked, form=wish, cue=replace(asked.cue, hits=()))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("scores", nargs="*", type=Path)
    reader.add_argument("--cues", type=int, default=200)
    asked = reader.parse_args()
    pads: dict[str, list[Craft]] = {"as written": [], "pad": [], "chorale": []}
    empty: Counter[str] = Counter()
    climaxes = sections = 0
    for number in range(asked.cues):
        one = random_request(number)
        piece = compose(one)
        whole = craft_of(piece.sketch.as_score())
        pads["as written"].append(craft_of(pad_of(piece.sketch).as_score()))
        climaxes += sum(fault.kind == "climax" for fault in whole.faults)
        sections += len(piece.form.sections)
        empty["bars"] += len(whole.figures.empty_bars)
        for texture in ("pad", "chorale"):
            sketch = compose(all_in(one, texture)).sketch
            pads[texture].append(craft_of(pad_of(sketch).as_score()))
    for name, found in pads.items():
        print(f"chords and bass, {name}: {told(found)}", flush=True)
    print(f"bars without a sound: {empty['bars']} (after stops); "
          f"sections with more than two climaxes: {climaxes} of {sections}")  # fmt: skip
    if asked.scores:
        print(f"control: {told(craft_of_file(path) for path in asked.scores)}")
    long = request("adventure", meters=("4/4",) * 90, bpm=120, hits=((18, "accent", 5),))
    compose(long)
    begun = time.process_time()
    compose(long)
    print(f"a sketch of three minutes: {time.process_time() - begun:.2f} s of processor")


if __name__ == "__main__":
    main()
