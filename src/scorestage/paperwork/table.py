"""A table on paper: heading lines, columns, rows of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and whether it is set flush right."""

    heading: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; `strong` are the indices of rows to be set bold, `facts` stand above it.

    `legend` stands below the last row and says what signs and columns mean.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...] = ()
    strong: frozenset[int] = frozenset()
    legend: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in {len(self.columns)} columns: {row}")
