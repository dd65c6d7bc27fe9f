"""One change after the other is one change: told frame by frame."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conform.known_changes import LENGTH, recut, recut_of
from tests.conform.test_moving import EDITS

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.through import through
from scorestage.errors import InputError
from scorestage.timebase import FRAMES_24


def swapped(frames: int, low: int, high: int) -> ChangeList:
    """The scene from `low` to `high` moved to the end."""
    size = high - low
    parts = [
        Change(ChangeKind.KEPT, 0, low, 0, low),
        Change(ChangeKind.KEPT, high, frames, low, frames - size),
        Change(ChangeKind.MOVED, low, high, frames - size, frames),
    ]
    return made_list(parts, frames, frames, FRAMES_24, FRAMES_24)


@settings(deadline=None, max_examples=40)
@given(EDITS, EDITS, st.booleans())
def test_every_frame_goes_where_both_take_it(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]], moves: bool
) -> None:
    first = recut(*one)
    second = recut_of(other, first.new_frames)
    if moves:
        second = swapped(first.new_frames, first.new_frames // 3, first.new_frames // 2)
    whole = through(first, second)
    for frame in range(0, LENGTH, 7):
        middle = first.new_place(frame)
        assert whole.new_place(frame) == (None if middle is None else second.new_place(middle))


@settings(deadline=None, max_examples=40)
@given(EDITS)
def test_there_and_back_keeps_what_was_kept(edits: list[tuple[int, int, int]]) -> None:
    there = recut(*edits)
    whole = through(there, there.mirrored())
    assert whole.old_frames == whole.new_frames == LENGTH
    for one in whole.changes:
        if one.kind.in_both:
            assert one.kind is ChangeKind.KEPT and one.slid_frames == 0


@settings(deadline=None, max_examples=40)
@given(EDITS, EDITS, EDITS)
def test_the_order_of_putting_together_does_not_matter(
    one: list[tuple[int, int, int]],
    two: list[tuple[int, int, int]],
    three: list[tuple[int, int, int]],
) -> None:
    a = recut(*one)
    b = recut_of(two, a.new_frames)
    c = recut_of(three, b.new_frames)
    left, right = through(through(a, b), c), through(a, through(b, c))
    for frame in range(0, LENGTH, 11):
        assert left.new_place(frame) == right.new_place(frame)


def test_nothing_after_a_change_is_the_change() -> None:
    change = recut((700, 14, 0), (2000, 0, 33))
    same = recut_of([], change.new_frames)
    assert through(change, same).changes == change.changes
    assert through(recut(), change).changes == change.changes


def test_speeds_are_put_together() -> None:
    twice = made_list(
        [Change(ChangeKind.RETIMED, 0, 400, 0, 200, Fraction(2))], 400, 200, FRAMES_24, FRAMES_24
    )
    assert through(twice, twice.mirrored()).changes == (Change(ChangeKind.KEPT, 0, 400, 0, 400),)
    again = made_list(
        [Change(ChangeKind.RETIMED, 0, 200, 0, 100, Fraction(2))], 200, 100, FRAMES_24, FRAMES_24
    )
    (whole,) = through(twice, again).changes
    assert (whole.kind, whole.speed) == (ChangeKind.RETIMED, 4)


def test_changes_that_do_not_follow_are_refused() -> None:
    with pytest.raises(InputError, match="follow one another"):
        through(recut((700, 14, 0)), recut())
