"""Chords and figures struck again faster than the instrument speaks: every other stroke is held."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.orchestration.checking.speed import unrepeatable
from scorestage.orchestration.coverage import MUST
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing


def at_ease(placed: Sequence[Placed], timing: Timing) -> list[Placed]:
    """The notes without strokes that come faster than the same pitches can be struck again.

    Of three strokes in a row on the same pitches, in one hand, the middle one is left out where the
    three come faster than anybody plays them, and the first is held until the third. Tune and bass
    keep all their strokes: what nobody can play of them is told as a fault.
    """
    ordered = sorted(placed, key=lambda one: (one.start, one.staff, one.voice))
    dropped: set[int] = set()
    runs: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(ordered):
        run = runs.setdefault((one.staff, one.voice), [])
        if run and not _same(ordered[run[-1]], one):
            run.clear()
        if len(run) > 1:
            first, middle = run[-2:]
            if _too_fast(ordered[first], ordered[middle], one, timing):
                ordered[first] = ordered[first].until(one.start)
                dropped.add(run.pop())
        run.append(place)
    return [one for place, one in enumerate(ordered) if place not in dropped]


def _same(one: Placed, after: Placed) -> bool:
    pitches = {pitch.key for pitch in one.note.sounding}
    alike = pitches == {pitch.key for pitch in after.note.sounding}
    return bool(pitches) and alike and one.task.instrument is after.task.instrument


def _too_fast(one: Placed, middle: Placed, after: Placed, timing: Timing) -> bool:
    if middle.task.role in MUST or middle.note.tremolo or one.note.tremolo:
        return False
    return unrepeatable(one.task.instrument, timing.between(one.start, after.start))
