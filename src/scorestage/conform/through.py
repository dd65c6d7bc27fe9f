"""Two changes of picture, one after the other, as one: a cue written to v3 goes to v7 directly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.errors import InputError


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Picture that lies in the first and in the last cut, in frames of both."""

    old_in: int
    old_out: int
    new_in: int
    new_out: int
    speed: Fraction
    replaced: bool
    confidence: float
    words: str

    @property
    def frames(self) -> int:
        return self.old_out - self.old_in


def through(first: ChangeList, second: ChangeList) -> ChangeList:
    """What changed from the old cut of `first` to the new cut of `second`.

    Every frame that both changes keep goes where the two, one after the other, take it; what
    either removed or put in is removed or put in. What was retimed on the way and is whole ends
    with both speeds; what is left of it in part is told as replaced, since a frame of it no longer
    is one frame. Raises `InputError` where the second does not begin with the cut the first ends
    with.
    """
    if first.new_frames != second.old_frames or first.new_rate != second.old_rate:
        raise InputError(
            f"the first change ends with a cut of {first.new_frames} frames, the second begins "
            f"with one of {second.old_frames}",
            do="give changes that follow one another",
        )
    found = [one for a in first.changes if a.kind.in_both for one in _followed(a, second)]
    found.sort(key=lambda one: one.old_in)
    kept = _in_order(found)
    changes = [_told(one, number in kept) for number, one in enumerate(found)]
    changes += _rest(found, first.old_frames, old=True)
    changes += _rest(found, second.new_frames, old=False)
    return made_list(
        changes,
        first.old_frames,
        second.new_frames,
        first.old_rate,
        second.new_rate,
        first.old_start_frames,
        second.new_start_frames,
    )


def _followed(a: Change, second: ChangeList) -> Iterator[_Stretch]:
    """Where the pieces of a change are after the second one."""
    for b in second.changes:
        low = max(a.new_in_frames, b.old_in_frames)
        high = min(a.new_out_frames, b.old_out_frames)
        if not b.kind.in_both or low >= high:
            continue
        old_in, old_out = _back(a, low), _back(a, high)
        new_in, new_out = _on(b, low), _on(b, high)
        if old_in >= old_out or new_in >= new_out:
            continue
        replaced = ChangeKind.REPLACED in (a.kind, b.kind)
        speed = a.speed * b.speed
        exact = Fraction(old_out - old_in, new_out - new_in)
        partly = exact != 1 and (old_out - old_in, new_out - new_in) != (a.old_frames, b.new_frames)
        yield _Stretch(
            old_in,
            old_out,
            new_in,
            new_out,
            speed if exact != 1 or speed != 1 else Fraction(1),
            replaced or partly,
            min(a.confidence, b.confidence),
            b.words or a.words,
        )


def _back(a: Change, middle: int) -> int:
    into = Fraction((middle - a.new_in_frames) * a.old_frames, a.new_frames)
    return a.old_in_frames + -(-into.numerator // into.denominator)


def _on(b: Change, middle: int) -> int:
    into = Fraction((middle - b.old_in_frames) * b.new_frames, b.old_frames)
    return b.new_in_frames + -(-into.numerator // into.denominator)


def _in_order(found: Sequence[_Stretch]) -> frozenset[int]:
    """The numbers of those still in order: the longest increasing chain, weighed by frames."""
    best: list[tuple[int, int]] = []
    for place, one in enumerate(found):
        before = max(
            (
                (best[number][0], number)
                for number in range(place)
                if found[number].new_out <= one.new_in
            ),
            default=(0, -1),
        )
        best.append((before[0] + one.frames, before[1]))
    chain: set[int] = set()
    at = max(range(len(best)), key=lambda number: best[number][0], default=-1)
    while at >= 0:
        chain.add(at)
        at = best[at][1]
    return frozenset(chain)


def _told(one: _Stretch, in_order: bool) -> Change:
    kind = ChangeKind.KEPT if in_order else ChangeKind.MOVED
    if one.replaced:
        kind = ChangeKind.REPLACED
    elif one.speed != 1 or one.new_out - one.new_in != one.frames:
        kind = ChangeKind.RETIMED
    speed = one.speed if kind is ChangeKind.RETIMED else Fraction(1)
    return Change(
        kind, one.old_in, one.old_out, one.new_in, one.new_out, speed, one.confidence, one.words
    )


def _rest(found: Sequence[_Stretch], frames: int, *, old: bool) -> list[Change]:
    """What lies in one cut alone: all between the stretches, where it is in the other cut."""
    spans = sorted(
        (one.old_in, one.old_out, one.new_out) if old else (one.new_in, one.new_out, one.old_out)
        for one in found
    )
    gaps: list[Change] = []
    reached, there = 0, 0
    for low, high, other in [*spans, (frames, frames, 0)]:
        if low > reached:
            if old:
                gaps.append(Change(ChangeKind.REMOVED, reached, low, there, there))
            else:
                gaps.append(Change(ChangeKind.INSERTED, there, there, reached, low))
        reached, there = max(reached, high), other
    return gaps
