"""sketch-why.html: what put each note of a cue's sketch there, beside its pages."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.store import write_bytes
from scorestage.adapters.store.form_file import FORM
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH, compose_inputs
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.why import why_page

WHY = "sketch reasons"
FILE = "sketch-why"
_CODE = ("composing", "adapters/formats/account_pages", "workflow/why.py")
_BESIDE = (SKETCH, FORM, "provenance.jsonl")


def cue_reasons(job: Job, cue: Cue) -> tuple[Product, ...]:
    """The page of a cue's reasons; none for a cue that has no sketch."""
    folder = job.folder.cue_folder(cue.id)
    if not (folder / SKETCH).exists():
        return ()
    files = tuple(folder / name for name in _BESIDE)
    told = compose_inputs(job, cue), files, cue.number, cue.title
    return (
        Product(
            name=f"{cue.number}/{FILE}",
            kind=WHY,
            make=make_reasons,
            arguments=(str(job.folder.root), str(job.folder.build), cue.id),
            inputs=fingerprint(*told, code_of(*_CODE)),
            cue=cue.number,
            picture_version=job.production.picture,
        ),
    )


def make_reasons(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write one cue's page."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    path = cue_file(cue, FILE, ".html")
    write_bytes(Path(build) / path, why_page(job, cue).encode("utf-8"))
    return (Output(path, WHY),)
