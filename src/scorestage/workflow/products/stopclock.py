"""The stop-clock sheet of a cue that is recorded in free timing."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.production import Cue
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.stop_clock import sheet_of_cue

_CODE = ("paperwork", "adapters/formats/csv_table.py", "adapters/formats/pdf_table.py", "timebase")


def stop_clock(job: Job, cue: Cue) -> tuple[Product, ...]:
    """The sheet as PDF and CSV; none for a cue with a click."""
    if not facts_of(job, cue).free:
        return ()
    sheet = sheet_of_cue(job, cue)
    return (
        Product(
            name=f"{cue.number}/stop-clock",
            kind="stop clock",
            make=make_stop_clock,
            arguments=(str(job.folder.root), str(job.folder.build), cue.id),
            inputs=fingerprint(sheet.table, sheet.running, code_of(*_CODE)),
            cue=cue.number,
            music_version=cue.version,
            picture_version=job.production.picture,
        ),
    )


def make_stop_clock(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's stop-clock sheet as PDF and CSV."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    sheet = sheet_of_cue(job, cue)
    pdf, table = (cue_file(cue, "stop clock", suffix) for suffix in (".pdf", ".csv"))
    write_bytes(Path(build) / pdf, pdf_of([sheet.table], sheet.running))
    write_bytes(Path(build) / table, csv_of(sheet.table))
    return Output(pdf, "stop clock"), Output(table, "stop clock")
