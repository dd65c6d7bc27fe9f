"""orchestration.html: who plays what in a cue, and the reason of every note, beside its score."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, read_cue_score
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.scoring import cue_page, explained

ORCHESTRATION = "orchestration"
_CODE = ("orchestration", "adapters/formats/account_pages", "workflow/scoring.py")


def cue_account(job: Job, cue: Cue) -> tuple[Product, ...]:
    """The page of a cue's orchestration; none for a cue that has no sketch to account for."""
    if not (job.folder.cue_folder(cue.id) / SKETCH).exists():
        return ()
    told = ORCHESTRATE.inputs(job, cue), read_cue_score(job, cue), cue.number, cue.title
    return (
        Product(
            name=f"{cue.number}/orchestration",
            kind=ORCHESTRATION,
            make=make_account,
            arguments=(str(job.folder.root), str(job.folder.build), cue.id),
            inputs=fingerprint(*told, code_of(*_CODE)),
            cue=cue.number,
            picture_version=job.production.picture,
        ),
    )


def make_account(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write one cue's page."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    path = cue_file(cue, ORCHESTRATION, ".html")
    write_bytes(Path(build) / path, cue_page(cue, explained(job, cue)).encode("utf-8"))
    return (Output(path, ORCHESTRATION),)
