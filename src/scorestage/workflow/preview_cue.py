"""`preview` of a cue: each note leads to the theme, hit or rule that put it there."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.store import read_provenance
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.preview import Previewed, draw_preview
from scorestage.workflow.products.cuefacts import edition_of, facts_of


def preview_cue(job: Job, name: str, into: Path) -> Previewed:
    """Draw a cue's score; each note leads to the theme, hit or rule that put it there."""
    cue = job.cue(name)
    facts = facts_of(job, cue)
    told = read_provenance(job.folder.cue_folder(cue.id)).origins
    origins = {one.note: one.origin for one in told if one.file == SCORE}
    edition = edition_of(job, cue, facts.house)
    return draw_preview(read_cue_score(job, cue), facts.tempo_map, edition, origins, into)
