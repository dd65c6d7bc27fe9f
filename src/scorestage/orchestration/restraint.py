"""Where the orchestrator keeps still: in the sketch's own silences, and around its hits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import MarkKind, Note, Role, Sketch
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task
from scorestage.timebase import Beats

_GAP = Fraction(1, 2)
_GROUND = (Role.HARMONY, Role.RHYTHM, Role.BASS)
_DECORATION = frozenset(
    {"arpeggio", "sparkle", "comping", "groove", "percussion", "timpani", "figure", "bass.added"}
)


@dataclass(frozen=True, slots=True)
class Sound:
    """When the sketch sounds, and its hits.

    A gap of half a quarter in everything is a silence; in a bare tune, which has to breathe, only
    a gap of a whole bar is.
    """

    starts: tuple[Fraction, ...]
    ends: tuple[Fraction, ...]
    hits: tuple[Fraction, ...] = ()

    @classmethod
    def of(cls, sketch: Sketch, strands: Sequence[StrandReading]) -> Sound:
        """Read from all strands together; hits are accents written, and marks where one begins."""
        onsets = {tone.start for one in strands for line in one.lines for tone in line}
        hits = {mark.at.quarters for mark in sketch.marks if mark.kind is MarkKind.HIT} & onsets
        for one in strands:
            if one.role is Role.ACCENT:
                hits.update(tone.start for line in one.lines for tone in line)
        spans = sorted(
            (tone.start, tone.end) for one in strands for line in one.lines for tone in line
        )
        bare = not any(one.role in _GROUND for one in strands)
        gap = sketch.grid.bars[0].meter.length.quarters if bare and sketch.grid.bars else _GAP
        starts: list[Fraction] = []
        ends: list[Fraction] = []
        for start, end in spans:
            if ends and start - ends[-1] < gap:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        return cls(tuple(starts), tuple(ends), tuple(sorted(hits)))

    def until(self, at: Fraction) -> Fraction | None:
        """Up to where it sounds without a gap from `at` on; None where it is silent there."""
        place = bisect_right(self.starts, at) - 1
        if place < 0 or self.ends[place] <= at:
            return None
        return self.ends[place]


def restrained(tasks: Iterable[Task], sound: Sound, timing: Timing) -> list[Task]:
    """The same tasks, what was added kept out of silences and half a beat away from hits.

    A stop in the sketch is a stop for everybody, and a hit is the only attack of its moment.
    """
    found = []
    for task in tasks:
        if not task.added:
            found.append(task)
            continue
        notes = [_cut(note, sound) for note in task.notes]
        near = task.rule in _DECORATION
        kept = tuple(
            note
            for note in notes
            if note is not None and not (near and _beside_hit(note, sound.hits, timing))
        )
        if kept:
            found.append(replace(task, notes=kept))
    return found


def _cut(note: Note, sound: Sound) -> Note | None:
    start = note.onset.quarters
    until = sound.until(start)
    if until is None:
        return None
    if note.end.quarters > until:
        return replace(note, length=Beats(until - start))
    return note


def _beside_hit(note: Note, hits: Sequence[Fraction], timing: Timing) -> bool:
    at = note.onset.quarters
    half = timing.grid.bars[timing.bar(at)].meter.click.quarters / 2
    near = hits[bisect_left(hits, at - half) : bisect_right(hits, at + half)]
    return any(hit != at for hit in near)
