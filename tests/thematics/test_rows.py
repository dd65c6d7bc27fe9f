"""Rows against Schoenberg's own: the row of the Suite op. 25 and its published forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.thematics.tunes import ODE_TO_JOY

from scorestage.errors import MusicError
from scorestage.thematics import Row, of_notes
from scorestage.timebase import Meter

SUITE = Row.parse("E F G Db Gb Eb Ab D B C A Bb")
rows = st.permutations(range(12)).map(lambda order: Row(tuple(order)))


def test_the_forms_of_the_suite() -> None:
    assert SUITE.form("P10").classes == (10, 11, 1, 7, 0, 9, 2, 8, 5, 6, 3, 4)
    assert SUITE.form("I4").classes == (4, 3, 1, 7, 2, 5, 0, 6, 9, 8, 11, 10)
    assert SUITE.form("I10").classes == (10, 9, 7, 1, 8, 11, 6, 0, 3, 2, 5, 4)
    assert SUITE.form("R4").classes == SUITE.classes[::-1]


@given(rows)
def test_there_are_48_forms_and_each_is_a_row(row: Row) -> None:
    forms = row.forms()
    assert len(forms) == 48
    assert all(sorted(form.classes) == list(range(12)) for form in forms.values())
    assert row.form(f"P{row.classes[0]}") == row


@given(rows)
def test_the_matrix_reads_both_ways(row: Row) -> None:
    matrix = row.matrix()
    assert matrix[0] == row.classes
    columns = list(zip(*matrix, strict=True))
    assert columns[0] == row.form(f"I{row.classes[0]}").classes
    assert {line[place] for place, line in enumerate(matrix)} == {row.classes[0]}
    assert all(tuple(column) == row.form(f"I{column[0]}").classes for column in columns)


def test_partition_and_combinatoriality() -> None:
    assert SUITE.partition(4) == ((4, 5, 7, 1), (6, 3, 8, 2), (11, 0, 9, 10))
    whole_tone = Row((0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11))
    assert "P1" in whole_tone.combinatorial()
    with pytest.raises(MusicError, match="does not part"):
        SUITE.partition(5)


def test_a_row_can_be_a_theme_and_a_theme_a_row() -> None:
    theme = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")
    row = Row.of_theme(theme, 2)
    assert row.classes[:3] == (6, 7, 9)
    sung = row.as_theme(theme)
    assert [note.onset for note in sung.notes] == [note.onset for note in theme.notes]
    assert tuple(note.sounding[0].key % 12 for note in sung.notes[:12]) == row.classes
    with pytest.raises(MusicError, match="no row"):
        Row.parse("C D E")
