"""What `check` says against published masterpieces: faults in 10,000 notes, and how long it takes.

Run: `uv run python -m benchmarks.false_alarms [SCORE...] [--show error]`. Without names: the nine
movements of the shared material. Seconds are CPU seconds of the check alone, the score being read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from time import process_time

from tests.shared_material import shared_folder

from scorestage.orchestration import Severity, check, seated
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.convert import read_music


def faults_of(path: Path, show: str) -> tuple[Counter[str], int]:
    """Faults of one score by severity and kind, and its notes; one line is printed."""
    music = read_music(path)
    began = process_time()
    made = seated(music.score, catalogue())
    found = check(made.score, music.tempo_map, session=False, unknown=made.unknown)
    lasting = process_time() - began
    notes = sum(len(note.pitches) for _, note in made.score.notes())
    counted = Counter(f"{one.severity} {one.kind}" for one in (*made.faults, *found))
    grave = [sum(counted[key] for key in counted if key.startswith(word)) for word in Severity]
    bars, staves = len(made.score.grid.bars), len(made.score.lines)
    print(
        f"{path.stem:24} {notes:7,} notes {bars:4} bars {staves:3} players "
        f"{grave[0]:4} errors {grave[1]:4} warnings {grave[2]:5} advice  {lasting:5.2f} s",
        flush=True,
    )
    for one in (*made.faults, *found):
        if show and one.severity.rank <= Severity(show).rank:
            print(f"    {one.severity} {one.kind}: {one}")
    return counted, notes


def main() -> None:
    """Print a line for each score, then the rates by severity and kind."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("scores", nargs="*", type=Path)
    reader.add_argument("--show", default="", help="print faults at least so grave")
    asked = reader.parse_args()
    paths = asked.scores or sorted((shared_folder() / "scores").glob("*.mxl"))
    total: Counter[str] = Counter()
    notes = 0
    for path in paths:
        counted, own = faults_of(path, asked.show)
        total += counted
        notes += own
    if not notes:
        print("no scores: name some, or set SCORESTAGE_SHARED")
        return
    print(f"in all {notes:,} notes; for each 10,000:")
    for severity in Severity:
        keys = sorted(key for key in total if key.startswith(severity))
        rate = sum(total[key] for key in keys) * 10_000 / notes
        kinds = ", ".join(f"{key.split()[1]} {total[key] * 10_000 / notes:.1f}" for key in keys)
        print(f"  {severity:8} {rate:6.1f}  ({kinds})")


if __name__ == "__main__":
    main()
