"""The shots of a cut list: where each stands, and what of its source lies beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.conform.recutting.values import NO_LIMIT
from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutSource
from scorestage.production.cut_list import shows_picture, track_order
from scorestage.timebase import FrameRate

BLACK = CutSource("BL", "black", black=True)


@dataclass(frozen=True, slots=True)
class ListedShot:
    """A shot of a list: its events (one, or several that run through without a visible cut).

    Frames count from the first frame of the list's picture. `head_frames` and `tail_frames` are
    its handles; None where the list does not tell them. `mix_frames` is its transition.
    """

    events: tuple[CutEvent, ...]
    first: int
    last: int
    name: str
    head_frames: int | None
    tail_frames: int | None
    mix_frames: int

    @property
    def is_black(self) -> bool:
        """Whether nothing is to be seen."""
        return not self.events or self.events[0].source.black


def base_track(cut: CutList) -> str:
    """The track the edit lies on: the one with the most picture, of equal ones the lowest.

    Raises `InputError` where the list holds no picture.
    """
    tracks = [track for track in cut.tracks if shows_picture(track)]
    if not tracks:
        raise InputError("the list holds no picture", do="export the video tracks")
    held = {track: sum(one.frames for one in cut.on_track(track)) for track in tracks}
    return min(tracks, key=lambda track: (-held[track], track_order(track)))


def listed_shots(cut: CutList) -> tuple[ListedShot, ...]:
    """The shots of the list's picture in film order, black where nothing lies on its track.

    They cover the whole list, from its first frame to the end of its last event on any track.

    >>> event = CutEvent(100, 140, CutSource("A", media_in_frames=Fraction(0)), Fraction(12))
    >>> [(one.first, one.last, one.head_frames, one.tail_frames)
    ...  for one in listed_shots(CutList("x", FrameRate(24), (event,)))]
    [(0, 40, 12, None)]
    """
    events = cut.on_track(base_track(cut))
    origin = cut.first_frame
    for one, other in pairwise(events):
        if other.record_in_frames < one.record_out_frames:
            raise InputError(
                f"events {one.number} and {other.number} lie over one another",
                do="export one picture track, with layers on tracks of their own",
            )
    groups = list(_groups([one for one in events if one.frames], cut.rate))
    found: list[ListedShot] = []
    at = 0
    for number, group in enumerate(groups):
        first = group[0].record_in_frames - origin
        found += _black(at, first)
        after = groups[number + 1][0] if number + 1 < len(groups) else None
        found.append(_shot(group, after, groups, cut.rate, origin))
        at = found[-1].last
    return (*found, *_black(at, max(one.record_out_frames for one in cut.events) - origin))


def _black(first: int, last: int) -> tuple[ListedShot, ...]:
    """Where nothing lies on the track."""
    if last <= first:
        return ()
    return (ListedShot((), first, last, "black", NO_LIMIT, NO_LIMIT, 0),)


def _groups(events: Sequence[CutEvent], rate: FrameRate) -> Iterator[tuple[CutEvent, ...]]:
    """Events that run through into one another, as one."""
    held: list[CutEvent] = []
    for event in events:
        if held and not _runs_on(held[-1], event, rate):
            yield tuple(held)
            held = []
        held.append(event)
    if held:
        yield tuple(held)


def _runs_on(one: CutEvent, other: CutEvent, rate: FrameRate) -> bool:
    entry = other.source_in_frames if other.entry_frames is None else other.entry_frames
    return (
        other.transition is None
        and one.record_out_frames == other.record_in_frames
        and same_source(one.source, other.source)
        and one.speed == other.speed
        and (one.source.black or one.source_at(one.record_out_frames, rate) == entry)
    )


def same_source(one: CutSource, other: CutSource) -> bool:
    """Whether two clips come from one piece of material.

    >>> same_source(CutSource("A1", "12-3"), CutSource("A1", "12-3", "a.mov"))
    True
    """
    if one.black or other.black:
        return one.black and other.black
    return (one.reel, one.clip) == (other.reel, other.clip) and (
        one.file == other.file or not one.file or not other.file
    )


def _shot(
    group: tuple[CutEvent, ...],
    after: CutEvent | None,
    groups: Sequence[tuple[CutEvent, ...]],
    rate: FrameRate,
    origin: int,
) -> ListedShot:
    first, last = group[0], group[-1]
    mix = first.transition.frames if first.transition is not None else 0
    head, tail = _head(first, groups, rate), _tail(last, groups, rate)
    touches = after is not None and after.record_in_frames == last.record_out_frames
    if tail is not None and tail < NO_LIMIT and touches and after and after.transition:
        tail = max(0, tail - after.transition.frames)
    place = first.record_in_frames - origin, last.record_out_frames - origin
    return ListedShot(group, *place, first.source.name or first.number, head, tail, mix)


def _head(event: CutEvent, groups: Sequence[tuple[CutEvent, ...]], rate: FrameRate) -> int | None:
    pace = event.speed * event.per_frame(rate)
    if event.source.black or not pace:
        return NO_LIMIT
    if pace < 0:
        return 0
    entry = event.source_at(event.record_in_frames, rate)
    used = _used(event, groups, rate)
    floors = [out for _, out in used if out <= entry]
    media = event.source.media_in_frames
    known = [*floors, *([] if media is None else [media])]
    if media is None and (not floors or max(floors) < entry):
        return None
    return max(0, ((entry - max(known)) / pace).__floor__())


def _tail(event: CutEvent, groups: Sequence[tuple[CutEvent, ...]], rate: FrameRate) -> int | None:
    pace = event.speed * event.per_frame(rate)
    if event.source.black or not pace:
        return NO_LIMIT
    if pace < 0:
        return 0
    leaves = event.source_at(event.record_out_frames, rate)
    ceilings = [entry for entry, _ in _used(event, groups, rate) if entry >= leaves]
    media = event.source.media_out_frames
    known = [*ceilings, *([] if media is None else [media])]
    if media is None and (not ceilings or min(ceilings) > leaves):
        return None
    return max(0, ((min(known) - leaves) / pace).__floor__())


def _used(
    event: CutEvent, groups: Sequence[tuple[CutEvent, ...]], rate: FrameRate
) -> list[tuple[Fraction, Fraction]]:
    """What else of its source is shown in the film: no handle reaches into it (double action)."""
    return [
        (
            one.source_at(one.record_in_frames, rate),
            one.source_at(one.record_out_frames, rate),
        )
        for group in groups
        for one in group
        if one is not event and one.speed > 0 and same_source(one.source, event.source)
    ]
