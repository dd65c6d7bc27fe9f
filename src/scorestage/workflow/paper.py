"""`paper`: the documents of the film as PDF, CSV, XLSX or Markdown, at once and by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.markdown_table import markdown_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.formats.xlsx_table import xlsx_of
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError
from scorestage.paperwork import (
    Table,
    cue_sheet,
    full_cue_list,
    owed,
    progress_table,
    spotting_notes,
)
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import slug
from scorestage.workflow.script_answers import script_table
from scorestage.workflow.timing import cue_timing_notes

SUFFIXES = (".pdf", ".csv", ".xlsx", ".md")


class Paper(StrEnum):
    """What is printed."""

    SPOTTING = "spotting"
    TIMING = "timing"
    CUES = "cues"
    SHEET = "sheet"
    PROGRESS = "progress"
    SCRIPT = "script"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Printed:
    """A document with its tables, and the file it was written to."""

    tables: tuple[Table, ...]
    file: Path | None = None


def paper_of(
    job: Job, kind: Paper, names: tuple[str, ...] = (), recording: str = "", today: str = ""
) -> tuple[Table, ...]:
    """The tables of a document; timing notes of the cues named, else of all that have a place.

    `recording` is the day of the recording, `today` the day to count from (ISO dates).
    """
    if kind is Paper.TIMING:
        placed = [cue for cue in job.cues(names) if cue.start is not None and cue.end is not None]
        if not placed:
            raise InputError("no cue has a place in the film yet", do="say where one starts")
        return tuple(cue_timing_notes(job, cue) for cue in placed)
    if names:
        raise InputError(f"{kind} is of the whole film", do="leave the cues out")
    if kind is Paper.PROGRESS:
        day = recording or job.production.recording
        return (progress_table(job.production, _days_between(today, day), today),)
    if kind is Paper.SCRIPT:
        return (script_table(job),)
    if kind is Paper.TASKS:
        return (owed(job.production, today),)
    if kind is Paper.CUES:
        return (full_cue_list(job.production, job.reel_clock, today),)
    if kind is Paper.SHEET:
        return (cue_sheet(job.production, job.reel_clock),)
    return (spotting_notes(job.production, job.reel_clock),)


def _days_between(today: str, recording: str) -> int | None:
    if not recording:
        return None
    try:
        return (date.fromisoformat(recording) - date.fromisoformat(today)).days
    except ValueError:
        do = "write the day as 2026-12-01"
        raise InputError(f"{recording!r} is no day", do=do) from None


def write_paper(job: Job, tables: Sequence[Table], kind: Paper, target: Path) -> Path:
    """Write a document as its suffix tells; into a folder as PDF."""
    if target.is_dir():
        target = target / f"{slug(f'{job.production.title} {kind}')}.pdf"
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"{target.name}: no such paper", do=f"write one of: {', '.join(SUFFIXES)}")
    write_bytes(target, _content(job, tables, kind, suffix))
    return target


def _content(job: Job, tables: Sequence[Table], kind: Paper, suffix: str) -> bytes:
    if suffix == ".xlsx":
        return xlsx_of(tables)
    if suffix == ".md":
        return markdown_of(tables)
    if suffix == ".csv":
        if len(tables) > 1:
            raise InputError("one CSV holds one cue", do="name a cue, or write .xlsx")
        return csv_of(tables[0])
    running = f"{job.production.title} – {tables[0].title.lower()}"
    wide = kind in (Paper.SHEET, Paper.SPOTTING, Paper.SCRIPT, Paper.CUES)
    return pdf_of(list(tables), running, landscape=wide)


def tell_paper(tables: Sequence[Table], file: Path | None) -> dict[str, Any]:
    """A document as an answer."""
    return {
        "file": str(file) if file is not None else None,
        "tables": [
            {
                "title": one.title,
                "facts": dict(one.facts),
                "columns": [column.heading for column in one.columns],
                "rows": [list(row) for row in one.rows],
            }
            for one in tables
        ],
    }
