"""The print list of a cue: every file with its copies, pages and how its sheets are laid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.paperwork.table import Column, Table
from scorestage.production import House, Paper

_COLUMNS = (
    Column("Part", 30),
    Column("Copies", 9, right=True),
    Column("Pages", 9, right=True),
    Column("Sheets", 9, right=True),
    Column("Paper", 20),
    Column("Laid", 22),
    Column("File", 46),
)


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One file to print. `kind` is score, part or tacet; pages are of one copy.

    `folds_out` is said of a part that nobody has time to turn.
    """

    name: str
    file: str
    kind: str
    copies: int
    pages: int
    folds_out: bool = False


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What the list is of."""

    production: str
    cue: str
    title: str
    version: str
    house: House


def print_list(job: PrintJob, rows: Sequence[PrintRow]) -> Table:
    """Copies, pages and sheets of every file, the sum of them, and how pages lie."""
    told = []
    for row in rows:
        paper = job.house.score_paper if row.kind == "score" else job.house.part_paper
        told.append(
            (
                row.name + (" (tacet)" if row.kind == "tacet" else ""),
                str(row.copies),
                str(row.pages),
                str(row.copies * _sheets(row)),
                _paper(paper),
                laid(row, job.house.open_pages),
                row.file,
            )
        )
    copies = sum(row.copies for row in rows)
    pages = sum(row.copies * row.pages for row in rows)
    sheets = sum(row.copies * _sheets(row) for row in rows)
    told.append(("Together", str(copies), str(pages), str(sheets), "", "", ""))
    facts = [("Production", job.production), ("Cue", f"{job.cue} {job.title}".strip())]
    facts += [("Version", job.version), ("House", job.house.name)]
    return Table(
        "Print list",
        _COLUMNS,
        tuple(told),
        tuple(fact for fact in facts if fact[1]),
        frozenset({len(told) - 1}),
    )


def laid(row: PrintRow, open_pages: int) -> str:
    """How the sheets of one copy are put together.

    >>> laid(PrintRow("Horn 1", "h.pdf", "part", 1, 3), 3)
    'taped, 3 open'
    >>> laid(PrintRow("Violin I", "v.pdf", "part", 7, 5, folds_out=True), 3)
    'taped, folds out to 5'
    """
    if row.kind == "score":
        return "bound at the left"
    if row.pages <= 1:
        return "single sheet"
    if row.pages <= open_pages:
        return "side by side" if row.pages == 2 else f"taped, {row.pages} open"
    if row.folds_out:
        return f"taped, folds out to {row.pages}"
    return f"taped, {open_pages} open, turns"


def _sheets(row: PrintRow) -> int:
    """Scores are printed on both sides; parts on one, so that they can be taped."""
    return -(-row.pages // 2) if row.kind == "score" else row.pages


def _paper(paper: Paper) -> str:
    return f"{float(paper.width_mm):g} × {float(paper.height_mm):g} mm"
