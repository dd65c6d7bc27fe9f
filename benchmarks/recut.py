"""Picture cut to music: edits that lay on the bars, shaken by known frames, and what finds them."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from tests.conform.recuts import butted, invented
from tests.shared_material import shared_folder

from scorestage.adapters.formats.edl import read_edl
from scorestage.conform.recutting import (
    Aim,
    Limits,
    Place,
    Prices,
    Shot,
    ShotChange,
    Target,
    Task,
    cheapest,
    judged,
)
from scorestage.conform.recutting.footage import listed_shots
from scorestage.conform.recutting.judging import change_points
from scorestage.production import CutList

REELS = ("ToD_R4_LOCK3.1_030618_Video.edl", "ISSUE_14_conform_edl_issue_03.edl")
SHOTS, SCENES, HANDLES, MOST = 30, 40, 24, 12
LIMITS = Limits(trim_frames=24, shortest_frames=8)
PRICES = Prices()


@dataclass(slots=True)
class Count:
    """What came of many scenes."""

    landings: int = 0
    before: int = 0
    exact: int = 0
    shakes: int = 0
    back: int = 0
    other: int = 0
    cheaper: int = 0
    dearer: int = 0
    scenes: int = 0
    seconds: float = 0.0


def shaken(shots: list[Shot], seed: int, every: int) -> tuple[Task, dict[int, int]]:
    """A scene whose every n-th cut lay on a bar, with trims of known frames at some tails.

    The answer says by shot how many frames its tail has to give back to lie as it lay.
    """
    chance = random.Random(seed)
    long = [index for index, one in enumerate(shots[:-1]) if one.frames >= 36]
    cures = {
        index: chance.choice((-1, 1)) * chance.randint(1, MOST)
        for index in chance.sample(long, min(len(long), 4))
    }
    lay = list(accumulate(one.frames + cures.get(n, 0) for n, one in enumerate(shots)))
    begins = shots[0].first
    aims = tuple(
        Aim(Place(n + 1), (Target(begins + lay[n], 0.0, Fraction(begins + lay[n])),), must=True)
        for n in sorted({*range(every - 1, len(shots) - 1, every), *cures})
    )
    return Task(tuple(shots), aims, LIMITS), cures


def known_points(task: Task, cures: dict[int, int]) -> float:
    """What it costs to undo the shakes one by one."""
    changes = (ShotChange(index, tail_frames=by) for index, by in cures.items())
    return sum(change_points(task, one, PRICES) for one in changes)


def scenes_of(cut: CutList, seed: int) -> list[Shot]:
    """So many shots of a list from a random place on, each with its handles."""
    listed = [one for one in listed_shots(cut) if not one.is_black]
    first = random.Random(seed).randrange(max(1, len(listed) - SHOTS))
    return [
        Shot(number, one.name, one.first, one.last, HANDLES, HANDLES)
        for number, one in enumerate(listed[first : first + SHOTS], start=1)
    ]


def measured(cut: CutList, every: int) -> Count:
    """Many scenes of one list."""
    count = Count()
    for seed in range(SCENES):
        shots = scenes_of(cut, seed)
        if any(a.last != b.first for a, b in pairwise(shots)):
            continue
        task, cures = shaken(shots, seed, every)
        began = time.process_time()
        found = cheapest(task, PRICES)
        count.seconds += time.process_time() - began
        count.scenes += 1
        if found is None:
            continue
        way = judged(task, found, "", PRICES)
        count.landings += len(way.landed)
        count.before += sum(
            one.before_frame == one.target.frame for one in way.landed if one.target
        )
        count.exact += sum(one.is_met for one in way.landed)
        count.shakes += len(cures)
        done = {one.change.shot: one.frames - shots[one.change.shot].frames for one in way.placed}
        count.back += sum(done[index] == by for index, by in cures.items())
        count.other += sum(by != 0 for index, by in done.items() if index not in cures)
        known = known_points(task, cures)
        count.cheaper += found.points < known - 1e-9
        count.dearer += found.points > known + 1e-9
    return count


def main() -> None:
    """Print two lines for each list: every cut of a scene lay on a bar, or every third."""
    print("| list | lands | scenes | landings met before | after | shakes undone in their shot | "
          "other shots touched | cheaper than undoing | dearer | seconds a scene |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|")
    lists = {"invented": invented(400, 1)}
    for name in REELS:
        path = shared_folder() / "editorial" / name
        if path.exists():
            lists[name] = butted(read_edl(path.read_bytes(), name).cut)
    for name, cut in lists.items():
        _line(name, "every cut", measured(cut, 1))
        _line(name, "every third", measured(cut, 3))


def _line(name: str, lands: str, one: Count) -> None:
    share = f"{one.before} of {one.landings} | {one.exact} of {one.landings}"
    back = f"{one.back} of {one.shakes} | {one.other}"
    each = f"{one.seconds / max(1, one.scenes):.2f}"
    against = f"{one.cheaper} | {one.dearer} | {each}"
    print(f"| {name} | {lands} | {one.scenes} | {share} | {back} | {against} |")


if __name__ == "__main__":
    main()
