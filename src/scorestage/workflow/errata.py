"""`reprint --errata`: a sheet for each player, bar by bar what was and what is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.markdown_table import markdown_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.store import write_bytes
from scorestage.engraving.errata import Erratum, Music, errata
from scorestage.engraving.strips import PrintedSystem
from scorestage.errors import InputError, Where
from scorestage.paperwork import Column, Table
from scorestage.workflow.strips import HandedOut, PlayerStrips

_COLUMNS = (
    Column("Bar", 9),
    Column("Was", 28),
    Column("Is", 40),
    Column("Page", 8, right=True),
    Column("System", 9, right=True),
)


def player_errata(found: HandedOut, one: PlayerStrips) -> tuple[Erratum, ...]:
    """What changed for one player."""
    return errata(
        Music(one.was, found.before.score.grid, one.old),
        Music(one.line, found.score.grid, one.new),
    )


def errata_tables(found: HandedOut) -> tuple[Table, ...]:
    """A table for each player whose part changed, with the place of each bar in the issued part."""
    edition = found.edition
    cue = f"{edition.cue_number} {edition.title}".strip()
    facts = (
        ("Production", edition.production),
        ("Cue", cue),
        ("In the part", found.before.issued.version),
        ("Now", edition.version),
    )
    legend = (
        "Notes as they stand in the part; (1½ q) is how long, in quarter notes.",
        "Page and system are of the part on the stand; a new bar comes after the bars there.",
    )
    tables = []
    for one in found.players:
        rows = [
            (row.bars, row.was, row.now, *_place(row.old_bar, one.systems))
            for row in player_errata(found, one)
        ]
        title = f"Errata: {one.line.player.name}"
        tables.append(Table(title, _COLUMNS, tuple(rows), facts, legend=legend))
    return tuple(tables)


def _place(bar: int, systems: Sequence[PrintedSystem]) -> tuple[str, str]:
    at = next((one for one in systems if one.first <= bar < one.last), None)
    return ("", "") if at is None else (str(at.page), str(at.system))


def write_errata(found: HandedOut, path: Path) -> None:
    """Write the sheets by the ending of `path`: a page a player as PDF, one list as CSV.

    Raises `InputError` for another ending.
    """
    tables = errata_tables(found)
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        running = f"{found.edition.production} {found.edition.cue_number} errata".strip()
        write_bytes(path, pdf_of(tables, running))
    elif suffix == ".md":
        write_bytes(path, markdown_of(tables))
    elif suffix == ".csv":
        write_bytes(path, csv_of(_together(found, tables)))
    else:
        raise InputError("errata are .pdf, .md or .csv", Where(file=path))


def _together(found: HandedOut, tables: Sequence[Table]) -> Table:
    """All players' rows in one table, for a spreadsheet."""
    rows = tuple(
        (one.line.player.name, *row)
        for one, table in zip(found.players, tables, strict=True)
        for row in table.rows
    )
    return Table("Errata", (Column("Player", 24), *_COLUMNS), rows)
