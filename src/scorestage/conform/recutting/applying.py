"""A re-cut carried out on the cut list: every track goes with the shot it lies under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.conform.recutting.footage import base_track, same_source
from scorestage.conform.recutting.values import Recut, Shot
from scorestage.production import CutEvent, CutList, CutMarker


@dataclass(frozen=True, slots=True)
class Segment:
    """A shot in the old edit and in the new one, in film frames.

    Without `stretched` its content lies `by` later. `old_first` to `old_last` is what of the old
    film's time it shows: beyond `first` and `last` from its handles. After that it stands still
    for `held` frames. `rolls_in`, `rolls_out`: dialogue goes on over its cuts.
    """

    shot: int
    first: int
    last: int
    new_first: int
    new_last: int
    old_first: int
    old_last: int
    stretched: bool = False
    held: int = 0
    rolls_in: bool = False
    rolls_out: bool = False

    @property
    def by(self) -> int:
        """How much later its content lies."""
        return self.new_first - self.old_first

    def new_place(self, frame: Fraction) -> Fraction:
        """Where a moment of the old film that it shows is now."""
        if not self.stretched:
            return frame + self.by
        speed = Fraction(self.new_last - self.new_first, self.last - self.first)
        return self.new_first + (frame - self.first) * speed


def segments_of(shots: Sequence[Shot], first: int, recut: Recut) -> tuple[Segment, ...]:
    """All shots of the film in their new places; those of the re-cut begin at index `first`."""
    count = len(recut.changes)
    found = [_kept(shots, index, 0) for index in range(first)]
    for placed in recut.placed:
        change, index = placed.change, first + placed.change.shot
        shot = shots[index]
        found.append(
            Segment(
                index,
                shot.first,
                shot.last,
                placed.first,
                placed.last,
                shot.first + change.head_frames,
                shot.last + change.tail_frames - change.held_frames,
                bool(change.stretched_frames),
                change.held_frames,
                bool(index and shots[index - 1].linked),
                shot.linked,
            )
        )
    if first + count < len(shots):
        old = shots[first + count].first
        later = shots[first].first + recut.frames - old
        found += [_kept(shots, index, later) for index in range(first + count, len(shots))]
    return tuple(found)


def _kept(shots: Sequence[Shot], index: int, later: int) -> Segment:
    shot = shots[index]
    before = bool(index and shots[index - 1].linked)
    place = shot.first, shot.last
    moved = shot.first + later, shot.last + later
    return Segment(index, *place, *moved, *place, rolls_in=before, rolls_out=shot.linked)


def recut_list(cut: CutList, segments: Sequence[Segment]) -> tuple[CutList, tuple[str, ...]]:
    """The list of the new edit, and in words what an editor has to look at.

    The list given tells every speed (`as_shown`).
    """
    base = base_track(cut)
    origin = cut.first_frame
    events: list[CutEvent] = []
    notes: list[str] = []
    for track in cut.tracks:
        made = _track(cut, track, segments, origin, carried=track != base)
        events += made
        if track != base:
            notes += _split_words(cut, track, made)
    markers, lost = _markers(cut, segments, origin)
    if lost:
        notes.append(f"{lost} markers lay on frames that are gone")
    later = segments[-1].new_last - segments[-1].last
    end = None if cut.end_frames is None else cut.end_frames + later
    numbered = [replace(one, number=f"{place:03}") for place, one in enumerate(events, start=1)]
    return replace(cut, events=tuple(numbered), markers=markers, end_frames=end), tuple(notes)


def _track(
    cut: CutList, track: str, segments: Sequence[Segment], origin: int, *, carried: bool
) -> list[CutEvent]:
    events = cut.on_track(track)
    found: list[tuple[CutEvent, CutEvent]] = []
    for segment in segments:
        first, last = segment.first + origin, segment.last + origin
        inside = [
            one for one in events if one.record_in_frames < last and first < one.record_out_frames
        ]
        for event in inside:
            made = _piece(cut, event, segment, origin, carried=carried)
            if made is not None:
                found.append((event, made))
        if segment.held and not carried and inside:
            found.append((inside[-1], _held(cut, inside[-1], segment, origin)))
    return _mixed(cut, _joined(cut, found))


def _piece(
    cut: CutList, event: CutEvent, segment: Segment, origin: int, *, carried: bool
) -> CutEvent | None:
    """What of an event a segment shows, in its new place."""
    first, last = segment.first + origin, segment.last + origin
    low, high = segment.old_first + origin, segment.old_last + origin
    if carried and segment.rolls_in:
        low = first
    if carried and segment.rolls_out:
        high = last
    start = low if event.record_in_frames == first else max(low, event.record_in_frames)
    stop = high if event.record_out_frames == last else min(high, event.record_out_frames)
    if stop <= start:
        return None
    kept = event.transition if event.record_in_frames >= first else None
    if segment.stretched:
        return _stretched(cut, event, segment, (start, stop), origin)
    at = start + segment.by
    if (start, stop) == (event.record_in_frames, event.record_out_frames):
        return replace(
            event, record_in_frames=at, record_out_frames=stop + segment.by, transition=kept
        )
    return replace(
        _shown(cut, event, start, stop),
        record_in_frames=at,
        record_out_frames=stop + segment.by,
        transition=kept,
    )


def _shown(cut: CutList, event: CutEvent, start: int, stop: int) -> CutEvent:
    """The event showing its source from one record frame to another of the old film."""
    entry = event.source_at(start, cut.rate)
    leaves = event.source_at(stop, cut.rate)
    if not event.speed:
        leaves = entry + (stop - start) * event.per_frame(cut.rate)
    told = entry if event.entry_frames is not None or event.speed < 0 else None
    return replace(
        event,
        source_in_frames=min(entry, leaves),
        source_out_frames=max(entry, leaves),
        entry_frames=told,
    )


def _stretched(
    cut: CutList, event: CutEvent, segment: Segment, span: tuple[int, int], origin: int
) -> CutEvent:
    start, stop = (round(segment.new_place(Fraction(at - origin))) + origin for at in span)
    speed = Fraction(segment.last - segment.first, segment.new_last - segment.new_first)
    shown = _shown(cut, event, *span)
    kept = event.transition if event.record_in_frames >= segment.first + origin else None
    return replace(
        shown,
        record_in_frames=start,
        record_out_frames=stop,
        speed=event.speed * speed,
        transition=kept,
    )


def _held(cut: CutList, event: CutEvent, segment: Segment, origin: int) -> CutEvent:
    """The last frame seen, standing still."""
    at = event.source_at(segment.old_last + origin - 1, cut.rate)
    return replace(
        event,
        record_in_frames=segment.new_last - segment.held + origin,
        record_out_frames=segment.new_last + origin,
        source_in_frames=at,
        source_out_frames=at + segment.held * event.per_frame(cut.rate),
        speed=Fraction(0),
        entry_frames=None,
        transition=None,
        remarks=(),
    )


def _joined(cut: CutList, pieces: Sequence[tuple[CutEvent, CutEvent]]) -> Iterator[CutEvent]:
    """Pieces of one event that still run through, as one; a whole event again as it was told."""
    held: tuple[CutEvent, CutEvent] | None = None
    for origin, piece in pieces:
        if held is not None and origin is held[0] and _goes_on(cut, held[1], piece):
            held = origin, _with(held[1], piece)
            continue
        if held is not None:
            yield _whole(*held)
        held = origin, piece
    if held is not None:
        yield _whole(*held)


def _whole(origin: CutEvent, made: CutEvent) -> CutEvent:
    """The event with its own source in and out, where all of it is shown as it was."""
    entry = origin.source_in_frames if origin.entry_frames is None else origin.entry_frames
    now = made.source_in_frames if made.entry_frames is None else made.entry_frames
    if made.frames != origin.frames or made.speed != origin.speed or now != entry:
        return made
    return replace(
        origin,
        record_in_frames=made.record_in_frames,
        record_out_frames=made.record_out_frames,
        transition=made.transition,
    )


def _with(one: CutEvent, other: CutEvent) -> CutEvent:
    return replace(
        one,
        record_out_frames=other.record_out_frames,
        source_in_frames=min(one.source_in_frames, other.source_in_frames),
        source_out_frames=max(one.source_out_frames, other.source_out_frames),
    )


def _goes_on(cut: CutList, one: CutEvent, other: CutEvent) -> bool:
    if one.record_out_frames != other.record_in_frames or one.speed != other.speed:
        return False
    if not one.speed:
        return one.source_in_frames == other.source_in_frames
    leaves = one.source_at(one.record_out_frames, cut.rate)
    return leaves == other.source_at(other.record_in_frames, cut.rate)


def _mixed(cut: CutList, events: Iterator[CutEvent]) -> list[CutEvent]:
    """Transitions whose lower shot goes on from where it now leaves."""
    found: list[CutEvent] = []
    for event in events:
        change = event.transition
        if change is not None and change.from_frames is not None and found:
            before = found[-1]
            if before.record_out_frames == event.record_in_frames and (
                change.from_source is None or same_source(change.from_source, before.source)
            ):
                leaves = before.source_at(before.record_out_frames, cut.rate)
                change = replace(change, from_frames=leaves, from_speed=before.speed)
        found.append(replace(event, transition=change))
    return found


def _split_words(cut: CutList, track: str, made: Sequence[CutEvent]) -> Iterator[str]:
    more = len(made) - len(cut.on_track(track))
    if more > 0:
        yield f"{track}: {more} clips that ran over a cut are cut there now: look at the joins"


def _markers(
    cut: CutList, segments: Sequence[Segment], origin: int
) -> tuple[tuple[CutMarker, ...], int]:
    found: list[CutMarker] = []
    for marker in cut.markers:
        at = marker.at_frames - origin
        for one in segments:
            if one.first <= at < one.last and one.old_first <= at < one.old_last:
                found.append(replace(marker, at_frames=one.new_place(at) + origin))
                break
    return tuple(sorted(found, key=lambda one: one.at_frames)), len(cut.markers) - len(found)
