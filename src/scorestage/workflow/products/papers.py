"""Timing notes, master cue list and cue sheet."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.paperwork import Table, cue_sheet, master_cue_list
from scorestage.production import Cue
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.timing import cue_timing_notes

_CODE = ("paperwork", "adapters/formats/csv_table.py", "adapters/formats/pdf_table.py", "timebase")


def cue_papers(job: Job, cue: Cue) -> tuple[Product, ...]:
    """The timing notes of one cue; none for a cue without a place in the film."""
    if cue.start is None or cue.end is None:
        return ()
    notes = _notes(job, cue)
    root, build = str(job.folder.root), str(job.folder.build)
    return (
        Product(
            name=f"{cue.number}/timing-notes",
            kind="timing notes",
            make=make_timing_notes,
            arguments=(root, build, cue.id),
            inputs=fingerprint(notes, job.production.title, cue.number, code_of(*_CODE)),
            cue=cue.number,
            picture_version=job.production.picture,
        ),
    )


def film_papers(job: Job) -> tuple[Product, ...]:
    """The master cue list and the cue sheet of the film."""
    root, build = str(job.folder.root), str(job.folder.build)
    tables = _film_tables(job)
    return (
        Product(
            name="papers",
            kind="cue sheet",
            make=make_film_papers,
            arguments=(root, build),
            inputs=fingerprint(tables, job.production.title, code_of(*_CODE)),
            picture_version=job.production.picture,
        ),
    )


def make_timing_notes(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write one cue's timing notes as PDF and CSV."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    notes = _notes(job, cue)
    pdf, sheet = (cue_file(cue, "timing notes", suffix) for suffix in (".pdf", ".csv"))
    running = f"{job.production.title} – timing notes – {cue.number}"
    write_bytes(Path(build) / pdf, pdf_of([notes], running))
    write_bytes(Path(build) / sheet, csv_of(notes))
    return Output(pdf, "timing notes"), Output(sheet, "timing notes")


def make_film_papers(root: str, build: str) -> tuple[Output, ...]:
    """Write the master cue list and the cue sheet as PDF and CSV."""
    job = Job.open(Path(root))
    cues, sheet = _film_tables(job)
    outputs = []
    for table, kind, stem, wide in (
        (cues, "cue list", "paper/cue-list", False),
        (sheet, "cue sheet", "paper/cue-sheet", True),
    ):
        running = f"{job.production.title} – {table.title.lower()}"
        write_bytes(Path(build) / f"{stem}.pdf", pdf_of([table], running, landscape=wide))
        write_bytes(Path(build) / f"{stem}.csv", csv_of(table))
        outputs += [Output(f"{stem}.pdf", kind), Output(f"{stem}.csv", kind)]
    return tuple(outputs)


def _notes(job: Job, cue: Cue) -> Table:
    return cue_timing_notes(job, cue)


def _film_tables(job: Job) -> tuple[Table, Table]:
    clock = job.reel_clock
    return master_cue_list(job.production, clock), cue_sheet(job.production, clock)
