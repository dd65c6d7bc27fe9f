"""Air: where wind players and singers breathe, each at another place than the neighbour."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Articulation, Note
from scorestage.orchestration.around import Surroundings
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.playing import sharper
from scorestage.orchestration.timing import Timing
from scorestage.timebase import Beat, Beats

REST_SECONDS = 0.2
_ROOM = (Fraction(1, 2), Fraction(1), Fraction(1, 4))
_SPARE = (0.92, 0.72)
_LONG_SECONDS = 0.7
_JUST = Fraction(1, 1000)


def with_breaths(
    placed: Sequence[Placed], limit_seconds: float, rank: int, timing: Timing
) -> list[Placed]:
    """The same notes with room to breathe before the air runs out.

    Long notes are taken again at a barline after a short rest; in a running line a breath mark
    stands after the longest note. `rank` staggers players of one kind.
    """
    limit = limit_seconds * _SPARE[rank % 2]
    pieces: list[Placed] = []
    for one in placed:
        pieces += _split(one, limit, rank, timing)
    found: list[Placed] = []
    since = 0
    for one in pieces:
        found.append(one)
        place = len(found) - 1
        if place and _rests(found[place - 1], one, timing):
            since = place
        while place > since and timing.between(found[since].start, one.end) > limit:
            cut = _best_place(found, since, place, timing)
            found[cut - 1] = _with_room(found[cut - 1], timing)
            since = cut
    return found


def with_air(
    placed: Sequence[Placed],
    lasts: Callable[[Sequence[Placed]], float],
    here: Surroundings,
    timing: Timing,
) -> list[Placed]:
    """A line whose bars around a hit are new: where the air would not last, a breath in them.

    Only where they have no place for one it is taken elsewhere. `lasts` says how many seconds one
    breath holds for some notes.
    """
    found: list[Placed] = []
    for one in placed:
        new = here.holds(one.start) or here.holds(one.end - _JUST)
        found += _split(one, lasts([one]), 0, timing) if new else [one]
    since = 0
    for place in range(len(found)):
        if place and _rests(found[place - 1], found[place], timing):
            since = place
        run = found[since : place + 1]
        if since == place or not any(here.holds(one.start) for one in run):
            continue
        if timing.between(run[0].start, run[-1].end) <= lasts(run):
            continue
        borders = range(since + 1, place + 1)
        options = [cut for cut in borders if here.holds(found[cut - 1].end - _JUST)]
        cut = _best_place(found, since, place, timing, options)
        found[cut - 1] = _with_room(found[cut - 1], timing)
        since = cut
    return found


def _rests(before: Placed, after: Placed, timing: Timing) -> bool:
    """Whether there is time to breathe between two notes."""
    if Articulation.BREATH in before.note.articulations:
        return True
    return after.start > before.end and timing.between(before.end, after.start) >= REST_SECONDS


def _best_place(
    found: Sequence[Placed],
    since: int,
    last: int,
    timing: Timing,
    options: Sequence[int] = (),
) -> int:
    """Before which note to breathe: after a long one, best at a barline, late in the breath."""

    def worth(place: int) -> float:
        long = timing.between(found[place - 1].start, found[place - 1].end)
        bar = 0.6 if timing.stress(found[place].start) == 3 else 0.0
        late = (place - since) / max(1, last - since)
        return min(long, 2.0) + bar + 1.2 * late

    return max(options or range(since + 1, last + 1), key=worth)


def _with_room(one: Placed, timing: Timing) -> Placed:
    """A breath after this note: a rest where it is long, else a breath mark."""
    lasting = timing.between(one.start, one.end)
    if lasting >= _LONG_SECONDS and not one.task.essential:
        for room in _ROOM:
            left = one.note.length.quarters - room
            if left >= room and timing.between(one.end - room, one.end) >= REST_SECONDS:
                return one.until(one.end - room)
    return replace(one, note=sharper(one.note, Articulation.BREATH))


def _split(one: Placed, limit: float, rank: int, timing: Timing) -> list[Placed]:
    """A note longer than a breath, taken again at barlines (else at beats)."""
    if timing.between(one.start, one.end) <= limit:
        return [one]
    cuts: list[Fraction] = []
    start = one.start
    while timing.between(start, one.end) > limit:
        cut = _last_cut(start, one.end, limit, rank, timing)
        cuts.append(cut)
        start = cut
    bounds = [one.start, *cuts, one.end]
    found = []
    for place, (low, high) in enumerate(itertools.pairwise(bounds)):
        note = _piece(one.note, place, low, high)
        piece = replace(one, note=note)
        found.append(_with_room(piece, timing) if high != one.end else piece)
    return found


def _piece(note: Note, place: int, start: Fraction, end: Fraction) -> Note:
    if place == 0:
        return replace(note, length=Beats(end - start))
    return replace(
        note,
        id=f"{note.id}~b{place + 1}",
        onset=Beat(start),
        length=Beats(end - start),
        grace=(),
        articulations=(),
    )


def _last_cut(start: Fraction, end: Fraction, limit: float, rank: int, timing: Timing) -> Fraction:
    """The last barline within the breath (every other player one earlier), else the last beat."""
    bars = [
        at
        for bar in range(timing.bar(start) + 1, len(timing.grid.bars))
        if start < (at := timing.bar_start(bar)) < end and timing.between(start, at) <= limit
    ]
    if bars:
        return bars[-2] if len(bars) > 1 and rank % 2 else bars[-1]
    beats = [
        at
        for step in range(1, int(end - start) + 1)
        if (at := start + step) < end and timing.between(start, at) <= limit
    ]
    return beats[-1] if beats else start + (end - start) / 2
