"""What changed between two cuts, frame by frame: one value, however the cuts were compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase import FrameRate


class ChangeKind(StrEnum):
    """What became of a stretch of picture.

    `KEPT`, `MOVED`, `RETIMED` and `REPLACED` lie in both cuts; `REMOVED`, `SHORTENED_HEAD` and
    `SHORTENED_TAIL` in the old alone; `INSERTED`, `LENGTHENED_HEAD` and `LENGTHENED_TAIL` in the
    new alone. Head and tail are those of a shot of which something is left.
    """

    KEPT = "kept"
    MOVED = "moved"
    RETIMED = "retimed"
    REPLACED = "replaced"
    REMOVED = "removed"
    SHORTENED_HEAD = "shortened_head"
    SHORTENED_TAIL = "shortened_tail"
    INSERTED = "inserted"
    LENGTHENED_HEAD = "lengthened_head"
    LENGTHENED_TAIL = "lengthened_tail"

    @property
    def in_both(self) -> bool:
        """Whether the stretch has a place in both cuts."""
        return self in (
            ChangeKind.KEPT,
            ChangeKind.MOVED,
            ChangeKind.RETIMED,
            ChangeKind.REPLACED,
        )

    @property
    def mirrored(self) -> ChangeKind:
        """What it is called when the new cut is taken for the old one.

        >>> ChangeKind.SHORTENED_TAIL.mirrored
        <ChangeKind.LENGTHENED_TAIL: 'lengthened_tail'>
        """
        return _MIRROR.get(self, self)


_PAIRS = (
    (ChangeKind.REMOVED, ChangeKind.INSERTED),
    (ChangeKind.SHORTENED_HEAD, ChangeKind.LENGTHENED_HEAD),
    (ChangeKind.SHORTENED_TAIL, ChangeKind.LENGTHENED_TAIL),
)
_MIRROR = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch: where it lay in the old cut and lies in the new one, outs exclusive.

    Frames count from the first frame of each cut. Where it is in one cut alone the other span is
    empty and tells the place. `speed` is how fast the old picture now runs (2: twice as fast, in
    half the frames). `confidence` runs to 1. `words` name the picture.
    """

    kind: ChangeKind
    old_in_frames: int
    old_out_frames: int
    new_in_frames: int
    new_out_frames: int
    speed: Fraction = Fraction(1)
    confidence: float = 1.0
    words: str = ""

    @property
    def old_frames(self) -> int:
        """Its length in the old cut."""
        return self.old_out_frames - self.old_in_frames

    @property
    def new_frames(self) -> int:
        """Its length in the new cut."""
        return self.new_out_frames - self.new_in_frames

    @property
    def slid_frames(self) -> int:
        """How much later (or, negative, earlier) it begins."""
        return self.new_in_frames - self.old_in_frames

    def mirrored(self) -> Change:
        """The same change with the new cut taken for the old one."""
        return replace(
            self,
            kind=self.kind.mirrored,
            old_in_frames=self.new_in_frames,
            old_out_frames=self.new_out_frames,
            new_in_frames=self.old_in_frames,
            new_out_frames=self.old_out_frames,
            speed=1 / self.speed if self.speed else self.speed,
        )

    def continues(self, other: Change) -> bool:
        """Whether `other` goes on where this one ends, in both cuts and in the same way."""
        return (
            self.kind is other.kind
            and (
                self.kind in (ChangeKind.KEPT, ChangeKind.MOVED)
                or (self.kind is ChangeKind.REPLACED and self.words == other.words)
            )
            and self.old_out_frames == other.old_in_frames
            and self.new_out_frames == other.new_in_frames
            and self.confidence == other.confidence
        )


@dataclass(frozen=True, slots=True)
class ChangeList:
    """All changes from one cut to another, in the order of the new one.

    They cover every frame of both cuts exactly once. `old_start_frames` and `new_start_frames` are
    the timecodes of the cuts' first frames; the rates may differ where a film was pulled.
    """

    changes: tuple[Change, ...]
    old_frames: int
    new_frames: int
    old_rate: FrameRate
    new_rate: FrameRate
    old_start_frames: int = 0
    new_start_frames: int = 0

    def __post_init__(self) -> None:
        _covers(((one.old_in_frames, one.old_out_frames) for one in self.changes), self.old_frames)
        _covers(((one.new_in_frames, one.new_out_frames) for one in self.changes), self.new_frames)

    @property
    def is_identity(self) -> bool:
        """Whether nothing changed.

        >>> kept = Change(ChangeKind.KEPT, 0, 24, 0, 24)
        >>> ChangeList((kept,), 24, 24, FrameRate(24), FrameRate(24)).is_identity
        True
        """
        kept = all(one.kind is ChangeKind.KEPT and not one.slid_frames for one in self.changes)
        return kept and self.old_frames == self.new_frames and self.old_rate == self.new_rate

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """The changes of these kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)

    def new_place(self, old_frame: Fraction | int) -> Fraction | None:
        """Where a moment of the old cut now is; None where its picture is gone.

        A replaced picture keeps its place; a moment within a retimed stretch goes in proportion.
        """
        for one in self.changes:
            inside = one.old_in_frames <= old_frame < one.old_out_frames
            if inside and one.kind.in_both:
                into = (old_frame - one.old_in_frames) * Fraction(one.new_frames, one.old_frames)
                return one.new_in_frames + into
        return None

    def mirrored(self) -> ChangeList:
        """The changes from the new cut back to the old one."""
        return made_list(
            (one.mirrored() for one in self.changes),
            self.new_frames,
            self.old_frames,
            self.new_rate,
            self.old_rate,
            self.new_start_frames,
            self.old_start_frames,
        )


def made_list(
    changes: Iterable[Change],
    old_frames: int,
    new_frames: int,
    old_rate: FrameRate,
    new_rate: FrameRate,
    old_start_frames: int = 0,
    new_start_frames: int = 0,
) -> ChangeList:
    """A change list in its order, with kept and moved stretches that go on joined to one.

    Raises `InputError` where the changes do not cover both cuts exactly once.
    """
    held = [one for one in changes if one.old_frames or one.new_frames]
    held.sort(key=lambda one: (one.new_in_frames, one.new_out_frames, one.old_in_frames))
    starts = old_start_frames, new_start_frames
    return ChangeList(tuple(_joined(held)), old_frames, new_frames, old_rate, new_rate, *starts)


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    held: Change | None = None
    for one in changes:
        if held is not None and held.continues(one):
            held = replace(
                held,
                old_out_frames=one.old_out_frames,
                new_out_frames=one.new_out_frames,
                words=held.words or one.words,
            )
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _covers(spans: Iterable[tuple[int, int]], frames: int) -> None:
    reached = 0
    for first, last in sorted(span for span in spans if span[0] != span[1]):
        if first != reached or last < first:
            raise InputError(f"the changes do not cover frame {min(first, reached)} exactly once")
        reached = last
    if reached != frames:
        raise InputError(f"the changes cover {reached} frames of {frames}")
