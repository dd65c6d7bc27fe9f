"""Long rests: joined where nothing happens, cut where something does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import note, staff

from scorestage.engraving.stretches import bar_labels, one_by_one, with_long_rests
from scorestage.music import Staff, Technique, TechniqueMark
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter


def _written(bars: int, *playing: int, **signs: object) -> WrittenStaff:
    notes = [note(f"n{bar}", 4 * bar, 4, "C5") for bar in playing]
    return write_out(staff(*notes, **signs), BarGrid.regular(bars, Meter(4, 4)))


def _counts(staff: WrittenStaff, *divisions: int) -> list[int]:
    return [stretch.count for stretch in with_long_rests([staff], divisions)]


def test_rests_are_joined_between_notes() -> None:
    assert _counts(_written(8, 0, 5)) == [1, 4, 1, 2]


def test_a_division_cuts_them() -> None:
    assert _counts(_written(8), 4, 6) == [4, 2, 2]


def test_a_sign_begins_a_new_rest_and_one_within_a_bar_stands_alone() -> None:
    mute = (TechniqueMark(Beat(8), Technique.CON_SORDINO),)
    assert _counts(_written(6, techniques=mute)) == [2, 4]
    late = (TechniqueMark(Beat(10), Technique.CON_SORDINO),)
    assert _counts(_written(6, techniques=late)) == [2, 1, 3]


def test_meters_of_unlike_length_are_never_joined() -> None:
    meters = (Meter(4, 4), Meter(4, 4), Meter(3, 4), Meter(3, 4))
    written = write_out(Staff(()), BarGrid.of_meters(meters))
    assert _counts(written) == [2, 2]


def test_a_rest_holds_for_all_staves() -> None:
    both = [_written(4), _written(4, 2)]
    assert [stretch.count for stretch in with_long_rests(both, ())] == [2, 1, 1]


@given(st.integers(1, 12), st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_stretches_hold_every_bar_once(bars: int, playing: set[int], cut: set[int]) -> None:
    staff = _written(bars, *(bar for bar in playing if bar < bars))
    places = [place for found in with_long_rests([staff], cut) for place in found.places]
    assert places == list(range(bars))
    assert all(found.count == 1 or found.first not in playing for found in one_by_one(bars))


def test_labels_tell_ranges_and_leave_the_pickup_out() -> None:
    labels = [BarLabel(1), BarLabel(2), BarLabel(2, "A"), BarLabel(3)]
    grid = BarGrid(tuple(Bar(Meter(4, 4), label) for label in labels), Beats(1))
    written = write_out(staff(note("n", 0, 4, "C5")), grid)
    stretches = with_long_rests([written], ())
    assert bar_labels(written.bars, stretches) == ["1", "2–3", "", ""]
    singly = bar_labels(written.bars, one_by_one(5))
    assert singly == ["1", "2", "2A", "3"]
