"""Bars on systems, staves on sheets."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import LOS_ANGELES, note, staff

from scorestage.engraving.paging import (
    MOST_BARS,
    bar_spaces,
    page_layout,
    page_starts,
    part_breaks,
    part_systems,
    system_spaces,
    system_starts,
)
from scorestage.engraving.stretches import one_by_one, with_long_rests
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Meter

SHEET = LOS_ANGELES.score_paper


def _written(bars: int, notes_a_bar: int) -> WrittenStaff:
    step = Fraction(4, notes_a_bar)
    notes = [note(f"n{i}", i * step, step, "C5") for i in range(bars * notes_a_bar)]
    return write_out(staff(*notes), BarGrid.regular(bars, Meter(4, 4)))


@given(st.integers(1, 60), st.sampled_from(["C5", "C7", "C2"]))
def test_all_staves_fit_on_the_sheet(staves: int, height: str) -> None:
    written = write_out(staff(note("n", 0, 4, height)), BarGrid.regular(1, Meter(4, 4)))
    layout = page_layout(SHEET, [written] * staves)
    room_mm = SHEET.height_mm - 2 * SHEET.margin_mm
    taken_mm = layout.systems_per_page * staves * 2 * layout.staff_mm
    assert taken_mm <= room_mm or layout.staff_mm < Fraction(27, 10)
    assert Fraction(5, 2) <= layout.staff_mm <= Fraction(11, 2)
    assert staves < 12 or layout.systems_per_page == 1


def test_a_larger_orchestra_has_smaller_staves() -> None:
    sizes = [page_layout(SHEET, [_written(1, 1)] * count).staff_mm for count in range(12, 50)]
    assert sizes == sorted(sizes, reverse=True)


def test_ledger_lines_need_room() -> None:
    plain, low = (
        write_out(staff(note("n", 0, 4, head)), BarGrid.regular(1, Meter(4, 4)))
        for head in ("B4", "F2")
    )
    assert system_spaces([low] * 30) > system_spaces([plain] * 30) + 60
    assert page_layout(SHEET, [low] * 30).staff_mm < page_layout(SHEET, [plain] * 30).staff_mm


@given(st.integers(1, 40), st.sampled_from([1, 2, 4, 8, 16]))
def test_systems_hold_what_can_be_read(bars: int, notes: int) -> None:
    written = _written(bars, notes)
    starts = [0, *system_starts([written], 220.0, 220.0), bars]
    counts = [after - start for start, after in pairwise(starts)]
    assert sum(counts) == bars
    assert all(1 <= count <= MOST_BARS for count in counts)
    if bars >= 12 and notes <= 8:
        assert min(counts[:-1]) >= 4


def test_systems_rather_begin_at_letters() -> None:
    written = _written(14, 4)
    assert system_starts([written], 220.0, 220.0) == (8,)
    assert system_starts([written], 220.0, 220.0, favoured={7}) == (7,)


def test_busy_bars_want_more_room() -> None:
    widths = [bar_spaces([_written(1, notes)], 0) for notes in (2, 8, 16)]
    assert widths == sorted(widths) and widths[2] > 1.5 * widths[0]


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
    starts = page_starts(tuple(range(1, 60)), on_page, resting)
    sizes = [after - before for before, after in pairwise((0, *starts, 60))]
    assert max(sizes) <= on_page
    assert all(3 * size >= on_page for size in sizes[:-1])


def test_a_page_ends_in_a_rest_where_one_is_near() -> None:
    assert page_starts(tuple(range(1, 20)), 7, {6, 12, 18})[:2] == (6, 12)


def test_a_short_part_lies_open() -> None:
    part = _written(8, 1)
    broken = part_breaks([part], one_by_one(8), LOS_ANGELES.part_paper)
    assert broken.pages == ()
