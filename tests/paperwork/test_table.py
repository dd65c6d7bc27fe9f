"""A table holds only whole rows."""

from __future__ import annotations

import pytest

from scorestage.paperwork import Column, Table

COLUMNS = (Column("Cue", 8), Column("Title", 20))


def test_rows_have_a_cell_for_each_column() -> None:
    table = Table("Cues", COLUMNS, (("1m01", "Storm"), ("1m02", "")))
    assert table.facts == () and table.strong == frozenset()
    for row in ((), ("1m01",), ("1m01", "Storm", "more")):
        with pytest.raises(ValueError, match=f"{len(row)} cells in 2 columns"):
            Table("Cues", COLUMNS, (("1m01", "Storm"), row))
