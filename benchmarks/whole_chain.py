"""Judges built projects from outside, by their files alone: sync, sound, stage film, pages, MIDI.

Run: `uv run python -m benchmarks.whole_chain PROJECT...` (`--film` also watches the stage films).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from tests.judging import verdicts
from tests.judging.project import judged_cues


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("projects", nargs="+", type=Path)
    reader.add_argument("--film", action="store_true", help="watch the stage films too")
    asked = reader.parse_args()
    met = caught = 0
    chances = []
    for root in asked.projects:
        for cue in judged_cues(root):
            print(f"{root.name} {cue.number}")
            one, of, chance = verdicts.judge_hits(cue)
            met, caught = met + one, caught + of
            chances += [chance] * of
            print(f"  hits met {one} of {of}, by chance {chance:.0%}")
            for found in (verdicts.judge_sound, verdicts.judge_midi, verdicts.judge_pages):
                if found is verdicts.judge_sound or list(cue.folder.glob("*.mid")):
                    told = found(cue).items()
                    print("  " + ", ".join(f"{name} {figure:.6g}" for name, figure in told))
            if asked.film:
                print(
                    "  "
                    + ", ".join(f"{name} {what}" for name, what in verdicts.judge_film(cue).items())
                )
    share = np.mean(chances) if chances else 0
    print(f"all: hits met {met} of {caught}, by chance {share:.0%}")


if __name__ == "__main__":
    main()
