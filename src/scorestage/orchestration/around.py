"""Around a hit: which bars it changes in the sketch, and how those bars are set into the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Mark, MarkKind, Note, Sketch, Staff, Strand, Voice
from scorestage.orchestration.placing import Placed
from scorestage.timebase import BarGrid, Beat, Beats

Span = tuple[Fraction, Fraction]
_WORTH = Fraction(1)
_AGAIN = "~on"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The bars that one hit changes, as spans in quarters, each excluding its end."""

    bars: tuple[int, ...]
    spans: tuple[Span, ...]

    def holds(self, at: Fraction) -> bool:
        """Whether a point lies in them."""
        return any(low <= at < high for low, high in self.spans)


def aligned(ground: Sketch | None, sketch: Sketch) -> Sketch | None:
    """The ground with its strands in the sketch's order; None where the two do not match."""
    if ground is None or ground.grid != sketch.grid:
        return None
    known = {(strand.role, strand.label): strand for strand in ground.strands}
    names = [(strand.role, strand.label) for strand in sketch.strands]
    if len(set(names)) < len(names) or not known.keys() <= set(names):
        return None
    strands = tuple(
        known.get(name, replace(strand, staff=Staff(())))
        for name, strand in zip(names, sketch.strands, strict=True)
    )
    return replace(ground, strands=strands)


def surroundings(ground: Sketch, sketch: Sketch) -> tuple[Surroundings, ...]:
    """The bars each hit changes: those that differ belong to the nearest hit.

    Hits of one bar are one.
    """
    grid = sketch.grid
    hits = sorted({grid.index_at(mark.at) for mark in _hit_marks(sketch)})
    differing = {bar for bar, _ in set(_inked(ground)) ^ set(_inked(sketch))} | set(hits)
    found: dict[int, list[int]] = {}
    for bar in sorted(differing):
        nearest = min(hits, key=lambda hit: (abs(hit - bar), hit), default=bar)
        found.setdefault(nearest, []).append(bar)
    return tuple(_surroundings(grid, bars) for bars in found.values())


def all_of(places: Sequence[Surroundings]) -> Surroundings:
    """The bars of all hits together."""
    bars = tuple(sorted({bar for one in places for bar in one.bars}))
    return Surroundings(bars, tuple(sorted(span for one in places for span in one.spans)))


def _hit_marks(sketch: Sketch) -> tuple[Mark, ...]:
    return tuple(mark for mark in sketch.marks if mark.kind is MarkKind.HIT)


def _surroundings(grid: BarGrid, bars: Sequence[int]) -> Surroundings:
    starts = [bar for bar in bars if bar - 1 not in bars]
    ends = [bar for bar in bars if bar + 1 not in bars]
    first = grid.starts[0] - grid.pickup
    spans = tuple(
        ((grid.starts[low] if low else first).quarters, grid.starts[high + 1].quarters)
        for low, high in zip(starts, ends, strict=True)
    )
    return Surroundings(tuple(bars), spans)


def _inked(sketch: Sketch) -> Iterator[tuple[int, tuple[object, ...]]]:
    """By bar what is printed in it: of a held note each bar has its share."""
    grid = sketch.grid
    for strand in sketch.strands:
        for note in strand.staff.notes:
            first = grid.index_at(note.onset)
            pitches = frozenset(note.pitches)
            yield first, (strand.label, note.onset, note.articulations, note.tremolo)
            for bar in range(first, len(grid.bars)):
                low, high = grid.starts[bar], grid.starts[bar + 1]
                start, end = (note.onset if bar == first else low), min(high, note.end)
                if end <= start:
                    break
                yield bar, (strand.label, start, end, bar == first, pitches)


def with_hit(ground: Sketch, sketch: Sketch, here: Surroundings) -> Sketch:
    """The ground, and in the bars of one hit the sketch."""
    strands = []
    for old, new in zip(ground.strands, sketch.strands, strict=True):
        notes = list(old.staff.notes)
        for span in here.spans:
            notes = _in_a_row(note for note, _ in spliced(notes, new.staff.notes, span))
        strands.append(_strand(new, notes))
    kept = [mark for mark in ground.marks if mark.kind is not MarkKind.HIT]
    struck = [mark for mark in _hit_marks(sketch) if here.holds(mark.at.quarters)]
    marks = tuple(sorted([*kept, *struck], key=lambda mark: mark.at))
    return replace(sketch, strands=tuple(strands), marks=marks)


def _strand(strand: Strand, notes: Sequence[Note]) -> Strand:
    staff = replace(strand.staff, voices=(Voice(tuple(notes)),))
    return replace(strand, staff=staff)


def _in_a_row(notes: Iterable[Note]) -> list[Note]:
    ordered = sorted(notes, key=lambda note: note.onset)
    return [_until(one, after.onset.quarters) for one, after in pairwise(ordered)] + ordered[-1:]


def spliced(before: Sequence[Note], now: Sequence[Note], span: Span) -> Iterator[tuple[Note, bool]]:
    """`before` outside the span, `now` inside it; with each note whether it is from `now`.

    A note held over the border ends where its other half says; one that went on after the span
    and was stopped in it is taken up again there.
    """
    low, high = span
    for note in before:
        at = note.onset.quarters
        if at < low < note.end.quarters:
            yield _over(note, now, span), False
        elif not low <= at < high:
            yield note, False
    for note in now:
        if low <= note.onset.quarters < high:
            other = _across(before, note, high)
            if note.end.quarters > high:
                yield _until(note, other.end.quarters if other else high), True
            else:
                yield note, True
    for note in before:
        goes_on = note.onset.quarters < high and note.end.quarters - high >= _WORTH
        if goes_on and _across(now, note, high) is None:
            yield _since(note, high), False


def _over(note: Note, now: Sequence[Note], span: Span) -> Note:
    """A note held into the span, let go where it is let go there."""
    low, high = span
    other = _across(now, note, low)
    if other is None:
        return _until(note, low)
    if other.end.quarters <= high:
        return _until(replace(note, length=other.end - note.onset), high)
    return note if note.end.quarters > high else replace(note, length=Beat(high) - note.onset)


def _across(notes: Sequence[Note], like: Note, at: Fraction) -> Note | None:
    """The note of the same pitches that sounds over a border."""
    for note in notes:
        over = note.onset.quarters < at < note.end.quarters
        if over and set(note.pitches) == set(like.pitches):
            return note
    return None


def _until(note: Note, end: Fraction) -> Note:
    return replace(note, length=min(note.length, Beats(end - note.onset.quarters)))


def _since(note: Note, start: Fraction) -> Note:
    length = Beats(note.end.quarters - start)
    return replace(note, id=f"{note.id}{_AGAIN}", onset=Beat(start), length=length, grace=())


def set_in(before: Sequence[Placed], now: Sequence[Placed], here: Surroundings) -> list[Placed]:
    """One player's line with the bars of a hit set into it, each voice one note at a time."""
    found = list(before)
    for span in here.spans:
        old = {one.note.id: one for one in found}
        new = {one.note.id: one for one in now}
        joined = spliced([one.note for one in found], [one.note for one in now], span)
        found = [replace(_source(note, new if fresh else old), note=note) for note, fresh in joined]
        found = _one_at_a_time(found)
    return sorted(found, key=lambda one: (one.start, one.staff, one.voice))


def _source(note: Note, known: Mapping[str, Placed]) -> Placed:
    """Where a note comes from; one taken up again has a longer id."""
    return known.get(note.id) or known[note.id.removesuffix(_AGAIN)]


def _one_at_a_time(found: Sequence[Placed]) -> list[Placed]:
    voices: dict[tuple[int, int], list[Placed]] = {}
    for one in found:
        voices.setdefault((one.staff, one.voice), []).append(one)
    result: list[Placed] = []
    for voice in voices.values():
        ordered = sorted(voice, key=lambda one: one.start)
        for one, after in pairwise(ordered):
            if one.start < after.start:
                result.append(one.until(min(one.end, after.start)))
        result += ordered[-1:]
    return result
