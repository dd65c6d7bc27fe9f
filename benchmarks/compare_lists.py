"""Cut lists compared: known re-cuts of real lists, found or not, and how long it takes.

First the reels' shots end to end with edits of every kind; then every list as its editor left it,
dissolves, speeds, gaps and all, also renamed as other systems do and written out and read again.

Run: `uv run python -m benchmarks.compare_lists`
"""

from __future__ import annotations

import time
from collections import Counter

from tests.conform.recuts import butted, invented, recut
from tests.conform.whole_recuts import RENAMED, numbered, renamed, told_wrong, whole_recut
from tests.cut_material import EDLS
from tests.shared_material import shared_folder

from scorestage.adapters.formats.edl import read_edl, write_edl
from scorestage.conform import ChangeKind, compare_lists
from scorestage.production import CutList

REELS = ("ToD_R4_LOCK3.1_030618_Video.edl", "ISSUE_14_conform_edl_issue_03.edl")
RECUTS, EDITS, WHOLE = 100, 10, 40


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


def whole(name: str, cut: CutList) -> str:
    """A line on one list as it stands, re-cut, under every naming and through a file."""
    made = missed = false = frames = compared = 0
    for seed in range(WHOLE):
        new = whole_recut(cut, seed, 8)
        if not new.expected:
            continue
        written = read_edl(write_edl(new.cut).content, name).cut
        for other in (new.cut, written, *(renamed(new.cut, way) for way in RENAMED)):
            told = told_wrong(new, cut, compare_lists(cut, other))
            made, compared = made + len(new.expected), compared + 1
            missed, false, frames = missed + told[0], false + told[1], frames + told[2]
    events = len(cut.picture)
    return f"| {name} | {events} | {compared} | {made} | {made - missed} | {false} | {frames} |"


def main() -> None:
    """Print a line for each list."""
    print("| list | shots | edits made | found | false changes | seconds a comparison |")
    print("|---|---|---|---|---|---|")
    folder = shared_folder() / "editorial"
    for name in REELS:
        if (folder / name).exists():
            cut = butted(read_edl((folder / name).read_bytes(), name).cut)
            _line(name, cut, RECUTS, EDITS)
    _line("invented, each take once", invented(2000, 1), 2, 200)
    print()
    print("| list as it stands | events | comparisons | edits | found | false | frames wrong |")
    print("|---|---|---|---|---|---|---|")
    for name in EDLS:
        if (folder / name).exists():
            cut = read_edl((folder / name).read_bytes(), name).cut
            if len(cut.picture) > 2:
                print(whole(name, numbered(cut)), flush=True)


def _line(name: str, cut: CutList, recuts: int, edits: int) -> None:
    made, found, false, seconds = measured(cut, recuts, edits)
    print(f"| {name} | {len(cut.events)} | {made} | {found} | {false} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
