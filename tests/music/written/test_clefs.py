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


HORN, CELLO, BASSOON, VIOLA = ("G2", "F4"), ("F4", "C4", "G2"), ("F4", "C4"), ("C3", "G2")


def test_a_horn_above_the_bass_staff_is_in_treble() -> None:
    for names in (["B3", "C4", "D4", "A3"], ["F3", "A3", "C4", "F4"], ["G3", "E4", "C4", "G3"]):
        assert clefs_for(line(*names * 4), HORN, GRID) == {0: "G2"}


def test_a_horn_that_lies_low_for_long_is_in_bass_and_comes_back() -> None:
    low = ["C3", "Bb2", "A2", "C3"] * 3
    notes = line(*["E4", "F4", "G4", "E4"] * 2, *low, *["C4", "D4", "B3", "C4"] * 3)
    assert clefs_for(notes, HORN, GRID) == {0: "G2", 2: "F4", 5: "G2"}


def test_two_low_notes_of_a_horn_change_nothing() -> None:
    notes = line("E4", "C4", "G3", "E3", "F3", "G3", "C4", "E4", *["F4"] * 8)
    assert clefs_for(notes, HORN, GRID) == {0: "G2"}


@pytest.mark.parametrize("clefs", [CELLO, BASSOON])
def test_tenor_clef_is_for_passages_and_not_for_peaks(clefs: tuple[str, ...]) -> None:
    peak = line(*["C3", "G3", "C4", "E4"], *["G4", "E4", "C4", "G3"], *["C3"] * 8)
    assert clefs_for(peak, clefs, GRID) == {0: "F4"}
    passage = line(*["C3"] * 4, *["G4", "A4", "B4", "G4"] * 4, *["E3"] * 8)
    assert clefs_for(passage, clefs, GRID) == {0: "F4", 1: "C4", 5: "F4"}


def test_violas_stay_in_alto_until_they_stay_high() -> None:
    assert clefs_for(line(*["D5", "E5", "C5", "B4"] * 4), VIOLA, GRID) == {0: "C3"}
    high = line(*["C5"] * 4, *["A5", "B5", "G5", "A5"] * 4, *["C5"] * 8)
    assert clefs_for(high, VIOLA, GRID) == {0: "C3", 1: "G2", 5: "C3"}
