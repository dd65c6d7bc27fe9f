"""The reprint list on paper: which pages of which parts to print, how often, and why."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, Where
from scorestage.paperwork import Column, Table
from scorestage.workflow.issue import Changes
from scorestage.workflow.job import Job

_COLUMNS = (
    Column("Part", 34),
    Column("Page", 9, right=True),
    Column("", 14),
    Column("Copies", 10, right=True),
    Column("Bars that differ", 46),
)


def reprint_table(job: Job, changes: Changes) -> Table:
    """The pages to print, with the bars in which the player's music differs."""
    bars: dict[str, list[str]] = {}
    for fault in changes.music:
        if fault.bar and fault.bar not in bars.setdefault(fault.player, []):
            bars[fault.player].append(fault.bar)
    rows = tuple(
        (
            one.name,
            str(one.page),
            str(one.fate),
            "" if one.fate == "dropped" else str(one.copies),
            ", ".join(bars.get(one.name, [])),
        )
        for one in changes.reprints
    )
    count = changes.count
    facts = (
        ("Production", job.production.title),
        ("Cue", changes.against.cue),
        ("Against", changes.against.version),
        ("Pages to print", str(count.sheets)),
        ("For the invoice", f"{count.score_units} score, {count.part_units} parts"),
    )
    return Table("Reprints", _COLUMNS, rows, facts)


def write_reprints(job: Job, changes: Changes, path: Path) -> None:
    """Write the list as CSV or PDF, by the ending of `path`."""
    table = reprint_table(job, changes)
    if path.suffix.lower() == ".csv":
        write_bytes(path, csv_of(table))
    elif path.suffix.lower() == ".pdf":
        running = f"{job.production.title} {changes.against.cue} reprints"
        write_bytes(path, pdf_of([table], running))
    else:
        raise InputError("a reprint list is .csv or .pdf", Where(file=path))
