"""Clefs: the usual one, and another only where it saves many ledger lines."""

from __future__ import annotations

import pytest

from scorestage.errors import CatalogueError
from scorestage.music import Interval, Note, Pitch
from scorestage.music.written import clefs_for, middle_line, split_clef
from scorestage.timebase import BarGrid, Beat, Beats, Meter

GRID = BarGrid.regular(8, Meter(4, 4))


def line(*names: str) -> list[Note]:
    """A quarter each, one after the other."""
    return [
        Note(f"n{at}", Beat(at), Beats(1), (Pitch.parse(name),)) for at, name in enumerate(names)
    ]


def test_middle_lines_are_where_they_are_drawn() -> None:
    drawn = {"G2": "B4", "F4": "D3", "C3": "C4", "C4": "A3", "G2_8": "B3", "percussion": "B4"}
    for clef, name in drawn.items():
        assert middle_line(clef) == Pitch.parse(name).staff_step


@pytest.mark.parametrize("clef", ["", "G", "H2", "G9", "G2_9", "tab"])
def test_no_other_clefs_exist(clef: str) -> None:
    with pytest.raises(CatalogueError):
        split_clef(clef)


def test_a_single_high_note_changes_nothing() -> None:
    notes = line("C3", "E3", "C5", "G2", *["C3"] * 12)
    assert clefs_for(notes, ("F4", "C4", "G2"), GRID) == {0: "F4"}


def test_a_high_passage_is_written_in_a_higher_clef_and_comes_back() -> None:
    notes = line(*["C3"] * 8, *["E5", "F5", "G5", "E5"] * 3, *["C3"] * 12)
    assert clefs_for(notes, ("F4", "C4", "G2"), GRID) == {0: "F4", 2: "G2", 5: "F4"}


def test_a_line_that_lives_elsewhere_starts_there() -> None:
    notes = line(*["E5", "G5", "F5", "E5"] * 8)
    assert clefs_for(notes, ("F4", "G2"), GRID) == {0: "G2"}


def test_the_written_pitch_decides() -> None:
    notes = line(*["A2"] * 32)
    assert clefs_for(notes, ("F4", "G2"), GRID, Interval(14, 24)) == {0: "G2"}


def test_nothing_to_read_keeps_the_usual_clef() -> None:
    assert clefs_for([], ("C3", "G2"), GRID) == {0: "C3"}
    pickup = BarGrid.regular(2, Meter(4, 4))
    with_pickup = BarGrid(pickup.bars, Beats(1))
    assert clefs_for([], (), with_pickup) == {-1: "G2"}
