"""No way cuts a word, moves it from its lips or changes its speed, wherever it lies."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorestage.conform.recutting import Aim, Limits, Place, Placed, Shot, Target, Task, recuts


@st.composite
def spoken_edits(draw: st.DrawFn) -> tuple[Task, tuple[tuple[int, int], ...]]:
    """Three to six shots with handles and words anywhere, over cuts too; every cut may land."""
    lengths = draw(st.lists(st.integers(14, 50), min_size=3, max_size=6))
    cuts = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
    starts = draw(st.lists(st.integers(0, cuts[-1] - 2), max_size=5, unique=True))
    words = tuple((at, min(cuts[-1], at + draw(st.integers(2, 14)))) for at in starts)
    shots = []
    for number, (first, last) in enumerate(pairwise(cuts), start=1):
        spoken = tuple((a, b) for a, b in words if a < last and first < b)
        linked = last < cuts[-1] and any(a < last < b for a, b in words)
        handles = draw(st.integers(0, 20)), draw(st.integers(0, 20))
        shots.append(Shot(number, f"S{number}", first, last, *handles, spoken, linked))
    aims = []
    for index in range(1, len(lengths)):
        frame = max(0, cuts[index] + draw(st.integers(-12, 12)))
        aims.append(Aim(Place(index), (Target(frame, 6.0, Fraction(frame)),)))
    hold = draw(st.sampled_from((0, 8)))
    return Task(tuple(shots), tuple(aims), Limits(hold_frames=hold)), words


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=spoken_edits())
def test_every_word_is_whole_and_keeps_its_lips(
    drawn: tuple[Task, tuple[tuple[int, int], ...]],
) -> None:
    task, words = drawn
    for way in recuts(task, top=20):
        placed = {one.change.shot: one for one in way.placed}
        for low, high in words:
            under = [n for n, one in enumerate(task.shots) if one.first < high and low < one.last]
            shifts = {_shift(task.shots[n], placed[n]) for n in under}
            assert len(shifts) == 1
            shift = shifts.pop()
            assert all(not placed[n].change.stretched_frames for n in under)
            assert placed[under[0]].first <= low + shift
            last = placed[under[-1]]
            assert high + shift <= last.last - last.change.held_frames
            ends = [(placed[n].first, placed[n].last) for n in under]
            assert all(a[1] == b[0] for a, b in pairwise(ends))


def _shift(shot: Shot, placed: Placed) -> int:
    """By how many frames what the shot shows lies later than it did."""
    return placed.first - placed.change.head_frames - shot.first
