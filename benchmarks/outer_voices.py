"""How often tune and bass move in parallel octaves or fifths: cues of every style, read back.

Run: `uv run python -m benchmarks.outer_voices [STYLE...] [--seeds 6] [--show]`. Counted twice:
from attack to attack (whoever strikes), and from one attack of both to the next one.
"""

from __future__ import annotations

import argparse
from collections import Counter

from tests.composing.cues import request
from tests.judging.outer import parallels

from scorestage.adapters.catalogue import names
from scorestage.composing import compose
from scorestage.music import Sketch

METERS = ("4/4", "3/4", "6/8", "4/4", "2/4", "4/4")
TEMPI = (100, 88, 66, 120, 108, 76)


def cue(style: str, seed: int) -> Sketch:
    """One cue of sixteen bars."""
    turn = (seed - 1) % len(METERS)
    meter = METERS[turn]
    asked = request(style, meters=(meter,) * 16, theme_meter=meter, bpm=TEMPI[turn], seed=seed)
    return compose(asked).sketch


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("styles", nargs="*", default=list(names("styles")))
    reader.add_argument("--seeds", type=int, default=6)
    reader.add_argument("--show", action="store_true")
    asked = reader.parse_args()
    total: Counter[str] = Counter()
    for style in asked.styles:
        counted: Counter[str] = Counter()
        for seed in range(1, asked.seeds + 1):
            sketch = cue(style, seed)
            counted["chords"] += len(sketch.chords)
            counted["inverted"] += sum(
                chord.bass not in ("", chord.root) for chord in sketch.chords
            )
            for one in parallels(sketch):
                meant = "rule:riff" in one.origins
                counted["with power chords" if meant else one.kind] += 1
                if asked.show:
                    print(f"  {style} {seed}: {one}")
        total += counted
        print(f"{style:20} {told(counted)}", flush=True)
    print(f"{'all':20} {told(total)}")


def told(counted: Counter[str]) -> str:
    """The figures of one style in a line."""
    kinds = ("octaves", "fifths", "octaves between joint attacks", "fifths between joint attacks")
    told = ", ".join(f"{kind} {counted[kind]}" for kind in (*kinds, "with power chords"))
    return f"{told}; {counted['inverted']} of {counted['chords']} chords inverted"


if __name__ == "__main__":
    main()
