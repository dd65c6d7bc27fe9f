"""`compose` beside its writing: the plan shown."""

from __future__ import annotations

from pathlib import Path


def show_plans(project: Path | None, names: tuple[str, ...], json: bool) -> None:
    """Show the plan of each cue, which a person may change before a note is written."""
    from scorestage.apps.cli.say import as_json
    from scorestage.apps.cli.verbs_form import tell_form
    from scorestage.workflow.form import form_answer, form_file, planned
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import ensure_theme

    job = ensure_theme(Job.open(project))
    told = []
    for number, cue in enumerate(job.cues(names)):
        plan, pinned = planned(job, cue), form_file(job, cue).pinned
        if json:
            told.append(form_answer(cue, plan, pinned))
            continue
        if number:
            print()
        tell_form(job, cue, plan, pinned)
    if json:
        as_json({"plans": told})
