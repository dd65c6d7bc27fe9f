"""Every style over lengths, tempo maps, meters and hits: does anything crash, overrun, stop early?

Run: `uv run python -m benchmarks.sweep [--each 12] [--first 0] [STYLE...]`. So many cues are
written in each style: 8 s to 6 min, steady, with steps, ramps, fermatas or free bars, in eight
kinds of meters, without hits, full of them, with one in bar 1 or at the last beat. Told are all
faults, and how long cues of three minutes take.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from tests.composing.sweeping import drawn_case, faults_of, request_of

from scorestage.adapters.catalogue import names
from scorestage.composing import compose


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("styles", nargs="*")
    reader.add_argument("--each", type=int, default=12)
    reader.add_argument("--first", type=int, default=0)
    asked = reader.parse_args()
    tally: Counter[str] = Counter()
    slowest = 0.0
    for style in asked.styles or names("styles"):
        for number in range(asked.first, asked.first + asked.each):
            case = drawn_case(style, number)
            one = request_of(case)
            begun = time.process_time()
            try:
                faults = faults_of(one, compose(one))
            except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault of the sweep
                faults = [f"crash {type(fault).__name__}: {fault}"]
            spent = time.process_time() - begun
            slowest = max(slowest, spent * 180 / case.seconds if case.seconds >= 120 else 0)
            tally["cues"] += 1
            tally["with a fault"] += bool(faults)
            for fault in faults:
                tally[" ".join(fault.split()[:2] if "crash" in fault else fault.split()[:1])] += 1
            if faults:
                print(f"{number} {case}: {'; '.join(faults[:3])}", flush=True)
    print(", ".join(f"{name} {count}" for name, count in tally.items()))
    print(f"slowest, by three minutes of music: {slowest:.2f} s of processor, judging included")


if __name__ == "__main__":
    main()
