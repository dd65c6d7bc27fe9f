"""Cut lists compared: known re-cuts of real reels, found or not, and how long it takes."""

from __future__ import annotations

import time
from collections import Counter

from tests.conform.recuts import butted, invented, recut
from tests.shared_material import shared_folder

from scorestage.adapters.formats.edl import read_edl
from scorestage.conform import ChangeKind, compare_lists
from scorestage.production import CutList

REELS = ("ToD_R4_LOCK3.1_030618_Video.edl", "ISSUE_14_conform_edl_issue_03.edl")
RECUTS, EDITS = 100, 10


def measured(cut: CutList, recuts: int, edits: int) -> tuple[int, int, int, float]:
    """Edits made, edits found, changes that nobody made, seconds for one comparison."""
    made = found = false = 0
    began = time.process_time()
    for seed in range(recuts):
        new = recut(cut, seed, edits)
        changes = compare_lists(cut, new.cut).changes
        told = Counter(
            (one.kind, one.old_frames, one.new_frames)
            for one in changes
            if one.kind is not ChangeKind.KEPT
        )
        known = Counter(new.expected)
        made += known.total()
        found += (known & told).total()
        false += (told - known).total()
    return made, found, false, (time.process_time() - began) / recuts


def main() -> None:
    """Print a line for each list."""
    print("| list | shots | edits made | found | false changes | seconds a comparison |")
    print("|---|---|---|---|---|---|")
    lists = {name: shared_folder() / "editorial" / name for name in REELS}
    for name, path in lists.items():
        if path.exists():
            cut = butted(read_edl(path.read_bytes(), name).cut)
            _line(name, cut, RECUTS, EDITS)
    _line("invented, each take once", invented(2000, 1), 2, 200)


def _line(name: str, cut: CutList, recuts: int, edits: int) -> None:
    made, found, false, seconds = measured(cut, recuts, edits)
    print(f"| {name} | {len(cut.events)} | {made} | {found} | {false} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
