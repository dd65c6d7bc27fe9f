"""What a re-cut does to a cue: where its picture went, its hits, and what that means for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scorestage.conform.changes import Change, ChangeKind, ChangeList
from scorestage.production import Cue, Hit, HitStatus, KeptStretch
from scorestage.timebase import FilmRange, FilmSpan, FilmTime, FrameRate

SPLIT_SECONDS = Fraction(3)
"""So much of a cue's picture moved elsewhere splits the cue."""
NEW_SHARE = Fraction(1, 2)
"""New picture of so large a part of what a cue was asks for new music."""


class CueState(StrEnum):
    """What a re-cut means for a cue."""

    UNTOUCHED = "untouched"
    SLID = "slid"
    CHANGED = "changed inside"
    SPLIT = "split"
    NEW_MUSIC = "new music needed"
    ORPHANED = "orphaned"
    NO_PICTURE = "no picture"


@dataclass(frozen=True, slots=True)
class MovedHit:
    """A hit and where its moment of picture is now: `at` None where it is gone."""

    hit: Hit
    at: FilmTime | None

    @property
    def now(self) -> Hit | None:
        """The hit at its new place."""
        return None if self.at is None else replace(self.hit, at=self.at)


@dataclass(frozen=True, slots=True)
class CueMove:
    """A cue before and after a re-cut.

    `kept` are the stretches of its picture that are left in the order of the music, `start` and
    `end` its new place; `slid_frames` how far its start moved. `removed_frames`, `inserted_frames`
    and `replaced_frames` are counted inside the cue, `elsewhere` are stretches of its picture that
    were moved out of its order.
    """

    cue: Cue
    state: CueState
    kept: tuple[KeptStretch, ...] = ()
    start: FilmTime | None = None
    end: FilmTime | None = None
    slid_frames: Fraction = Fraction(0)
    removed_frames: int = 0
    inserted_frames: int = 0
    replaced_frames: int = 0
    hits: tuple[MovedHit, ...] = ()
    elsewhere: tuple[FilmRange, ...] = ()

    @property
    def lost(self) -> tuple[Hit, ...]:
        """Hits whose picture is gone; those a person dropped are not among them."""
        return tuple(
            one.hit
            for one in self.hits
            if one.at is None and one.hit.status is not HitStatus.DROPPED
        )

    @property
    def words(self) -> str:
        """The state in a music editor's words."""
        if self.state is CueState.SLID:
            way = "later" if self.slid_frames > 0 else "earlier"
            return f"slid {_frames(abs(self.slid_frames))} {way}"
        if self.state in (CueState.UNTOUCHED, CueState.ORPHANED, CueState.NO_PICTURE):
            return self.state.value
        parts = []
        if self.removed_frames:
            parts.append(f"{_frames(Fraction(self.removed_frames))} out")
        if self.inserted_frames:
            parts.append(f"{_frames(Fraction(self.inserted_frames))} in")
        if self.replaced_frames:
            parts.append(f"{_frames(Fraction(self.replaced_frames))} replaced")
        if self.elsewhere:
            parts.append("part of its picture is elsewhere")
        if self.slid_frames:
            parts.append(f"begins {_frames(abs(self.slid_frames))} {_way(self.slid_frames)}")
        return ": ".join([self.state.value, ", ".join(parts)]) if parts else self.state.value


def moved_cues(cues: Sequence[Cue], changes: ChangeList) -> tuple[CueMove, ...]:
    """What the re-cut does to each cue; cues without a place in the film are left as they are."""
    return tuple(moved_cue(cue, changes) for cue in cues)


def moved_cue(cue: Cue, changes: ChangeList) -> CueMove:
    """What the re-cut does to one cue."""
    if cue.start is None:
        return CueMove(cue, CueState.NO_PICTURE, hits=_moved_hits(cue, changes))
    rate = changes.old_rate
    low = rate.frames_in(cue.start - FilmTime(0))
    high = rate.frames_in((cue.end or _film_end(changes)) - FilmTime(0))
    own = [one for one in changes.changes if _overlaps(one, low, high)]
    there = sorted((one for one in own if one.kind.in_both), key=lambda one: one.old_in_frames)
    hits = _moved_hits(cue, changes)
    if not there:
        return CueMove(cue, CueState.ORPHANED, hits=hits, removed_frames=int(high - low))
    chain = _in_order(there, low, high, changes)
    elsewhere = tuple(_range(one, low, high, rate) for one in there if one not in chain)
    start = _start(chain, low, rate)
    end = None if cue.end is None else _end(chain, high, rate)
    move = CueMove(
        cue,
        CueState.CHANGED,
        kept=_stretches(chain, rate),
        start=start,
        end=end,
        slid_frames=rate.frames_in(start - cue.start),
        removed_frames=_removed(own, low, high),
        inserted_frames=_inserted(chain, changes, low, high),
        replaced_frames=_replaced(chain, low, high),
        hits=hits,
        elsewhere=elsewhere,
    )
    return replace(move, state=_state(move, chain, high - low, rate))


def moved_range(span: FilmRange, changes: ChangeList) -> FilmRange | None:
    """Where a stretch of film is now, from the first of its frames left to the last; None: gone."""
    rate = changes.old_rate
    low = rate.frames_in(span.start - FilmTime(0))
    high = rate.frames_in(span.end - FilmTime(0))
    there = [one for one in changes.changes if one.kind.in_both and _overlaps(one, low, high)]
    if not there:
        return None
    there.sort(key=lambda one: one.old_in_frames)
    chain = _in_order(there, low, high, changes)
    return FilmRange(_start(chain, low, rate), _end(chain, high, rate))


def moved_time(at: FilmTime, changes: ChangeList) -> FilmTime | None:
    """Where a moment of the old cut is in the new one; None where its picture is gone.

    The very end of the film stays the end.
    """
    rate = changes.old_rate
    frame = rate.frames_in(at - FilmTime(0))
    place = changes.new_place(frame)
    if place is None and frame == changes.old_frames:
        place = Fraction(changes.new_frames)
    return None if place is None else FilmTime(place * rate.frame_span.seconds)


def _moved_hits(cue: Cue, changes: ChangeList) -> tuple[MovedHit, ...]:
    return tuple(MovedHit(hit, moved_time(hit.at, changes)) for hit in cue.hits)


def _film_end(changes: ChangeList) -> FilmTime:
    return changes.old_rate.time_of(changes.old_frames)


def _overlaps(change: Change, low: Fraction, high: Fraction) -> bool:
    return change.old_in_frames < high and low < change.old_out_frames


def _shared(change: Change, low: Fraction, high: Fraction) -> Fraction:
    """How many of a cue's old frames lie in a change."""
    return min(Fraction(change.old_out_frames), high) - max(Fraction(change.old_in_frames), low)


def _in_order(
    there: list[Change], low: Fraction, high: Fraction, changes: ChangeList
) -> list[Change]:
    """The stretches that are still in the order of the music: the longest such chain, in frames.

    Two that other scenes of the film now part are not in one chain.
    """
    others = [one for one in changes.changes if one.kind.in_both and one not in there]
    most = SPLIT_SECONDS / changes.old_rate.frame_span.seconds

    def parted(one: Change, other: Change) -> bool:
        between = (
            min(foreign.new_out_frames, other.new_in_frames)
            - max(foreign.new_in_frames, one.new_out_frames)
            for foreign in others
        )
        return sum(max(0, frames) for frames in between) >= most

    best: list[tuple[Fraction, int]] = []
    for one in there:
        lasting = _shared(one, low, high)
        before = [
            (total, number)
            for number, (total, _) in enumerate(best)
            if there[number].new_out_frames <= one.new_in_frames and not parted(there[number], one)
        ]
        total, number = max(before, default=(Fraction(0), -1), key=lambda item: item[0])
        best.append((total + lasting, number))
    at = max(range(len(best)), key=lambda number: best[number][0])
    chain = []
    while at >= 0:
        chain.append(there[at])
        at = best[at][1]
    return chain[::-1]


def _start(chain: list[Change], low: Fraction, rate: FrameRate) -> FilmTime:
    """The new place of the cue's first frame, or of the first that is left."""
    first = chain[0]
    into = max(Fraction(0), low - first.old_in_frames)
    frame = first.new_in_frames + into * Fraction(first.new_frames, first.old_frames)
    return FilmTime(frame * rate.frame_span.seconds)


def _end(chain: list[Change], high: Fraction, rate: FrameRate) -> FilmTime:
    """Where the last frame left of the cue is over."""
    last = chain[-1]
    into = min(high, Fraction(last.old_out_frames)) - last.old_in_frames
    frame = last.new_in_frames + into * Fraction(last.new_frames, last.old_frames)
    return FilmTime(frame * rate.frame_span.seconds)


def _range(one: Change, low: Fraction, high: Fraction, rate: FrameRate) -> FilmRange:
    first, last = max(Fraction(one.old_in_frames), low), min(Fraction(one.old_out_frames), high)
    span = rate.frame_span.seconds
    return FilmRange(FilmTime(first * span), FilmTime(last * span))


def _stretches(chain: list[Change], rate: FrameRate) -> tuple[KeptStretch, ...]:
    """The chain as stretches that slid; of one retimed its first and its last frame."""
    found: list[KeptStretch] = []

    def add(first: Fraction, last: Fraction, new: Fraction) -> None:
        span = rate.frame_span.seconds
        old = FilmRange(FilmTime(first * span), FilmTime(last * span))
        by = FilmSpan((new - first) * span)
        if found and found[-1].by == by:
            old = FilmRange(found[-1].old.start, old.end)
            found.pop()
        found.append(KeptStretch(old, by))

    for one in chain:
        first, last = Fraction(one.old_in_frames), Fraction(one.old_out_frames)
        if one.kind is ChangeKind.RETIMED and one.new_frames != one.old_frames:
            edge = min(Fraction(1), (last - first) / 4)
            new_edge = min(Fraction(1), Fraction(one.new_frames, 4))
            edge = min(edge, new_edge)
            add(first, first + edge, Fraction(one.new_in_frames))
            add(last - edge, last, Fraction(one.new_out_frames) - edge)
        else:
            add(first, last, Fraction(one.new_in_frames))
    return tuple(found)


def _removed(own: list[Change], low: Fraction, high: Fraction) -> int:
    gone = (one for one in own if not one.kind.in_both)
    return int(sum((_shared(one, low, high) for one in gone), Fraction(0)))


def _inserted(chain: list[Change], changes: ChangeList, low: Fraction, high: Fraction) -> int:
    """New frames between the first and the last of what is left of a cue."""
    first = chain[0].new_in_frames
    last = chain[-1].new_out_frames
    if chain[0].old_in_frames < low:
        first += int(low - chain[0].old_in_frames)
    if chain[-1].old_out_frames > high:
        last -= int(chain[-1].old_out_frames - high)
    mine = {id(one) for one in chain}
    return sum(
        max(0, min(one.new_out_frames, last) - max(one.new_in_frames, first))
        for one in changes.changes
        if id(one) not in mine and one.new_frames
    )


def _replaced(chain: list[Change], low: Fraction, high: Fraction) -> int:
    swapped = (one for one in chain if one.kind is ChangeKind.REPLACED)
    return int(sum((_shared(one, low, high) for one in swapped), Fraction(0)))


def _state(move: CueMove, chain: list[Change], length: Fraction, rate: FrameRate) -> CueState:
    away = sum(((one.end - one.start).seconds for one in move.elsewhere), Fraction(0))
    if away >= SPLIT_SECONDS:
        return CueState.SPLIT
    if move.inserted_frames > NEW_SHARE * length:
        return CueState.NEW_MUSIC
    shifts = {one.by for one in move.kept}
    whole = not move.removed_frames and not move.inserted_frames and not move.elsewhere
    if len(shifts) == 1 and whole:
        return CueState.SLID if move.slid_frames else CueState.UNTOUCHED
    return CueState.CHANGED


def _frames(count: Fraction) -> str:
    return f"{float(count):g} frame{'' if count == 1 else 's'}"


def _way(frames: Fraction) -> str:
    return "later" if frames > 0 else "earlier"
