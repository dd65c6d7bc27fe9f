"""How well boundaries were found: one truth, one finding, each used once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.shot_films import Change

Span = tuple[int, int]
SLACK_FRAMES = 1
"""A hard cut counts as found within this; a gradual change wherever a finding meets it."""
GRADUAL_SLACK_FRAMES = 3
BLACK_FRAMES = 72
"""A picture that comes back within this (three seconds of film) after a fade is one boundary: well
away from how long any black of the films lasts, so that no score hangs on the frame of an end."""


@dataclass(frozen=True, slots=True)
class Score:
    """Boundaries that are there, that were claimed, and that were both."""

    true: int
    claimed: int
    hit: int

    def __add__(self, other: Score) -> Score:
        return Score(self.true + other.true, self.claimed + other.claimed, self.hit + other.hit)

    @property
    def precision(self) -> float:
        return self.hit / self.claimed if self.claimed else float(not self.true)

    @property
    def recall(self) -> float:
        return self.hit / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def seams(changes: Sequence[Change]) -> list[Change]:
    """Boundaries between shots: a fade-out and the fade-in after it, or the cut out of black after
    it, are one."""
    merged: list[Change] = []
    for one in sorted(changes, key=lambda change: (change.frame, change.end_frame)):
        if one.kind in ("flash", "title"):
            continue
        faded = merged and merged[-1].kind == "fade_out"
        if (
            faded
            and one.kind in ("fade_in", "cut")
            and one.frame - merged[-1].end_frame < BLACK_FRAMES
        ):
            merged[-1] = Change("fade", merged[-1].frame, one.end_frame)
        else:
            merged.append(one)
    return merged


def score(truth: Sequence[Change], claimed: Sequence[Span]) -> Score:
    """Findings against truth; the nearest free finding is taken for each boundary."""
    return Score(len(truth), len(claimed), len(matched(truth, claimed)))


def matched(truth: Sequence[Change], claimed: Sequence[Span]) -> dict[int, int]:
    """Which finding meets which boundary (numbers of `truth` to numbers of `claimed`)."""
    pairs = []
    for number, one in enumerate(truth):
        slack = SLACK_FRAMES if one.end_frame - one.frame <= 1 else GRADUAL_SLACK_FRAMES
        for place, (first, end) in enumerate(claimed):
            if first < one.end_frame + slack and end > one.frame - slack:
                pairs.append((abs(first + end - one.frame - one.end_frame), number, place))
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, number, place in sorted(pairs):
        if number not in found and place not in used:
            found[number] = place
            used.add(place)
    return found
