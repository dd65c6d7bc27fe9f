"""Bars on systems, staves on sheets."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import LOS_ANGELES, note, staff

from scorestage.engraving.paging import (
    MOST_BARS,
    bar_spaces,
    page_layout,
    system_spaces,
    system_starts,
)
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
