"""Lines of a part, and the pages they share."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import LOS_ANGELES, note, staff

from scorestage.engraving.partpaging import (
    PageRoom,
    line_heights,
    page_room,
    page_starts,
    part_breaks,
    part_systems,
)
from scorestage.engraving.stretches import one_by_one, with_long_rests
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Meter


def _written(bars: int, notes_a_bar: int) -> WrittenStaff:
    step = Fraction(4, notes_a_bar)
    notes = [note(f"n{i}", i * step, step, "C5") for i in range(bars * notes_a_bar)]
    return write_out(staff(*notes), BarGrid.regular(bars, Meter(4, 4)))


def _room(lines: int) -> PageRoom:
    return PageRoom(Fraction(lines), Fraction(lines))


@pytest.mark.parametrize(("bars", "notes", "fewest", "most"), [(4, 1, 1, 2), (24, 8, 6, 9)])
def test_parts_are_airy(bars: int, notes: int, fewest: int, most: int) -> None:
    written = _written(bars, notes)
    systems = part_systems([written], one_by_one(bars), LOS_ANGELES.part_paper)
    assert systems is not None and fewest <= systems <= most


def test_parts_of_many_pages_are_divided_as_told() -> None:
    assert part_systems([_written(120, 16)], one_by_one(120), LOS_ANGELES.part_paper) is None


def test_a_long_part_ends_its_pages_in_rests_and_fills_its_lines_alike() -> None:
    playing = [note(f"n{i}", Fraction(i, 2), "1/2", "G4") for i in range(8 * 120)]
    resting = [one for one in playing if one.onset.quarters // 4 % 17 != 16]
    part = write_out(staff(*resting), BarGrid.regular(120, Meter(4, 4)))
    stretches = with_long_rests([part], ())
    assert part_systems([part], stretches, LOS_ANGELES.part_paper) is None
    broken = part_breaks([part], stretches, LOS_ANGELES.part_paper)
    assert set(broken.pages) < set(broken.lines) and len(broken.pages) >= 2
    counts = [b - a for a, b in pairwise((0, *broken.lines, len(stretches)))]
    assert max(counts) - min(counts) <= 3
    silent = {place for place in range(120) if part.bars[place].is_empty}
    turns = [bool({at - 1, at} & silent) for at in broken.pages]
    assert sum(turns) >= len(turns) - 1


@given(st.sets(st.integers(1, 59)), st.integers(3, 10))
def test_pages_hold_what_fits_and_are_not_left_empty_for_a_turn(
    resting: set[int], on_page: int
) -> None:
    starts = page_starts(tuple(range(1, 60)), [1] * 60, _room(on_page), resting)
    sizes = [after - before for before, after in pairwise((0, *starts, 60))]
    assert max(sizes) <= on_page
    assert all(3 * size >= on_page for size in sizes[:-1])


def test_a_page_ends_in_a_rest_where_one_is_near() -> None:
    assert page_starts(tuple(range(1, 20)), [1] * 20, _room(7), {6, 12, 18})[:2] == (6, 12)


def test_a_short_part_lies_open() -> None:
    part = _written(8, 1)
    broken = part_breaks([part], one_by_one(8), LOS_ANGELES.part_paper)
    assert broken.pages == ()


def test_one_high_note_makes_one_line_higher_and_no_more() -> None:
    heads = ["C5"] * 23 + ["C7"]
    part = write_out(
        staff(*(note(f"n{i}", 4 * i, 4, head) for i, head in enumerate(heads))),
        BarGrid.regular(24, Meter(4, 4)),
    )
    heights = line_heights([part], one_by_one(24), (6, 12, 18))
    assert heights[0] == heights[1] == heights[2] < heights[3]
    marked = line_heights([part], one_by_one(24), (6, 12, 18), marked=(0, 0, 7))
    assert marked[0] > marked[1] > marked[2] == heights[2]


def test_pages_of_a_long_part_are_filled_to_what_their_lines_take() -> None:
    heads = ["C7" if at % 40 == 0 else "C5" for at in range(140 * 16)]
    notes = [note(f"n{i}", Fraction(i, 4), "1/4", head) for i, head in enumerate(heads)]
    part = write_out(staff(*notes), BarGrid.regular(140, Meter(4, 4)))
    stretches, paper = one_by_one(140), LOS_ANGELES.part_paper
    broken = part_breaks([part], stretches, paper)
    heights = line_heights([part], stretches, broken.lines)
    edges = [0, *((0, *broken.lines).index(at) for at in broken.pages), len(heights)]
    room = page_room(paper)
    filled = [sum(heights[a:b]) / room.of(a) for a, b in pairwise(edges)]
    assert len(filled) >= 3
    assert all(Fraction(3, 4) < one <= 1 for one in filled[:-1])
