"""`orchestrate --options`: a sketch scored in every manner, side by side."""

from __future__ import annotations

from dataclasses import replace

from scorestage.orchestration import OPTIONS, OptionRow, OrchestrationResult, compared
from scorestage.production import Cue
from scorestage.workflow.compose import read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import scored, scoring_settings
from scorestage.workflow.orchestrate_alone import AloneWish, orchestrate_file


def options_of_cue(job: Job, cue: Cue) -> tuple[OptionRow, ...]:
    """Every option tried on a cue; writes nothing."""
    settings = scoring_settings(job, cue)
    results = {name: scored(job, cue, replace(settings, option=name)) for name in OPTIONS}
    return compared(read_sketch(job, cue), results)


def options_of_file(wish: AloneWish) -> tuple[OptionRow, ...]:
    """Every option tried on a file's sketch; writes nothing."""
    results: dict[str, OrchestrationResult] = {}
    sketch = None
    for name in OPTIONS:
        made = orchestrate_file(replace(wish, settings=replace(wish.settings, option=name)))
        results[name], sketch = made.result, made.short.sketch
    return compared(sketch, results) if sketch is not None else ()
