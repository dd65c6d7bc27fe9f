"""What is seen in a cut, piece by piece: the topmost picture, with its place in its source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutSource
from scorestage.production.cut_list import track_order

BLACK = CutSource(reel="BL", black=True)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one source: `first` and `last` count from the cut's first frame, last exclusive.

    At its first frame the source shows `at_frames`, and moves on by `speed` a frame, both counted
    in frames of the list. `mixed` tells a transition over it, which has to agree too.
    """

    first: int
    last: int
    source: CutSource
    at_frames: Fraction
    speed: Fraction
    mixed: str = ""
    event: int = -1

    @property
    def frames(self) -> int:
        """How long it is."""
        return self.last - self.first


def pieces_of(cut: CutList) -> tuple[Piece, ...]:
    """The picture of a cut from its first frame to its last, gaps as black.

    Of several picture tracks the highest is seen. Raises `InputError` for a list without picture.
    """
    events = cut.picture
    if not events:
        raise InputError("the list holds no picture", do="export its video tracks")
    origin = min(event.record_in_frames for event in events)
    end = max(event.record_out_frames for event in events)
    bounds = {origin, end}
    for event in events:
        bounds |= {event.record_in_frames, event.record_out_frames}
        bounds |= {event.record_in_frames + _mixed_frames(event)}
    return tuple(_swept(cut, events, sorted(bounds), origin))


def _swept(
    cut: CutList, events: tuple[CutEvent, ...], bounds: list[int], origin: int
) -> list[Piece]:
    found: list[Piece] = []
    waiting = list(enumerate(events))
    live: list[tuple[int, CutEvent]] = []
    for first, last in pairwise(bounds):
        while waiting and waiting[0][1].record_in_frames <= first:
            live.append(waiting.pop(0))
        live = [one for one in live if one[1].record_out_frames > first]
        top = max(live, key=lambda one: (track_order(one[1].track), one[0]), default=None)
        piece = (
            _black(first, last, origin) if top is None else _seen(cut, *top, first, last, origin)
        )
        if found and _goes_on(found[-1], piece):
            before = found.pop()
            piece = Piece(
                before.first, piece.last, before.source, before.at_frames, before.speed,
                before.mixed, before.event,
            )  # fmt: skip
        found.append(piece)
    return found


def _black(first: int, last: int, origin: int) -> Piece:
    return Piece(first - origin, last - origin, BLACK, Fraction(0), Fraction(0))


def _seen(cut: CutList, index: int, event: CutEvent, first: int, last: int, origin: int) -> Piece:
    if event.source.black and not _mixed_frames(event):
        return _black(first, last, origin)
    per = event.per_frame(cut.rate)
    speed = event.shown_speed(cut.rate)
    entry = event.source_in_frames if event.entry_frames is None else event.entry_frames
    at = entry / per + (first - event.record_in_frames) * speed
    mixed = ""
    if first - event.record_in_frames < _mixed_frames(event):
        mixed = _mix(event)
    return Piece(first - origin, last - origin, event.source, at, speed, mixed, index)


def _mixed_frames(event: CutEvent) -> int:
    transition = event.transition
    return 0 if transition is None else min(transition.frames, event.frames)


def _mix(event: CutEvent) -> str:
    """A transition as something that is the same or not: kind, length, place."""
    transition = event.transition
    if transition is None:
        return ""
    return f"{transition.kind} {transition.code} {transition.frames}"


def _goes_on(one: Piece, other: Piece) -> bool:
    if one.source.black and other.source.black and not one.mixed and not other.mixed:
        return True
    same = one.event == other.event and one.mixed == other.mixed and not one.source.black
    return same and one.at_frames + one.frames * one.speed == other.at_frames
