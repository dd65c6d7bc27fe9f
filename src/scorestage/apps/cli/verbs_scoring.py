"""`orchestrate`: the full score, who could play it, and who plays what and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.production import Cue
    from scorestage.workflow.job import Job

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
_ALONE = "Without a project:"
AGAIN = typer.Option(False, "--again", help="Make it anew, even over what a person changed.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("orchestrate")(orchestrate)


def orchestrate(
    context: typer.Context,
    cues: list[str] | None = CUES,
    again: bool = AGAIN,
    propose: bool = typer.Option(
        False, "--propose", help="Which ensembles suit the sketch, best first; writes no score."
    ),
    explain: bool = typer.Option(
        False, "--explain", help="Who plays what in each bar, and why; writes no score."
    ),
    sketch: Path | None = typer.Option(None, help=f"{_ALONE} a short score to orchestrate."),
    ensemble: str = typer.Option("studio-orchestra", help=f"{_ALONE} who plays."),
    output: Path | None = typer.Option(None, "--output", "-o", help=f"{_ALONE} the full score."),
    option: str = typer.Option("", help="balanced, lush, transparent, brass-led or small."),
    level: str = typer.Option("", help="assign, double, fill or full: how much is done."),
    assign: list[str] = typer.Option([], help="STRAND[@BARS]=PLAYERS: melody=fl1,hn1."),
    harmony: int = typer.Option(1, min=1, help=f"{_ALONE} which harmony, for a bare tune."),
    known: Path | None = typer.Option(None, "--map", help=f"{_ALONE} its tempo map."),
    seed: int = typer.Option(1, help=f"{_ALONE} decides between what is equally good."),
    json: bool = JSON,
) -> None:
    """Turn the sketch into a full score: a cue's, or with --sketch any short score file."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.verbs_music import bring_up_to_date
    from scorestage.errors import InputError
    from scorestage.workflow.compose import COMPOSE
    from scorestage.workflow.fit import FIT
    from scorestage.workflow.job import Job
    from scorestage.workflow.orchestrate import ORCHESTRATE

    if propose and explain:
        raise InputError("--propose and --explain are two questions", do="ask one at a time")
    if sketch is not None:
        from scorestage.apps.cli.scoring_alone import orchestrate_alone
        from scorestage.orchestration import Settings
        from scorestage.workflow.orchestrate_alone import AloneWish

        if cues or propose:
            raise InputError("--sketch takes no cue and makes no proposal", do="leave them out")
        settings = Settings(seed=seed, option=option or "balanced", level=level or "full")
        wish = AloneWish(sketch, ensemble, settings, tuple(assign), harmony, known)
        orchestrate_alone(wish, output, explain=explain, json=json)
        return
    if output is not None or known is not None:
        raise InputError("-o and --map go with --sketch", do="name the sketch's file")
    if not (propose or explain):
        bring_up_to_date(context, tuple(cues or ()), (FIT, COMPOSE, ORCHESTRATE), again, json)
        return
    job = Job.open(context.obj)
    tell = _proposed if propose else _explained
    answers = [tell(job, cue, json) for cue in job.cues(tuple(cues or ()))]
    if json:
        say.as_json({"cues": answers})


def _proposed(job: Job, cue: Cue, json: bool) -> dict[str, object]:
    from scorestage.apps.cli import say
    from scorestage.workflow.scoring import proposal_answer, proposals

    found = proposals(job, cue)
    if not json:
        print(f"{cue.number} {cue.title}".strip())
        rows = [
            (one.ensemble.id, one.points, f"{float(one.carried):.0%}", f"{float(one.sounding):.0%}")
            for one in found
        ]
        said = [(*row, one.words) for row, one in zip(rows, found, strict=True)]
        say.table(("ensemble", "of 100", "tune and bass", "all notes", "why"), said, indent=2)
    return {"cue": cue.number, "ensembles": [proposal_answer(one) for one in found]}


def _explained(job: Job, cue: Cue, json: bool) -> dict[str, object]:
    from scorestage.apps.cli import say
    from scorestage.workflow.scoring import explained, explained_answer

    found = explained(job, cue)
    if not json:
        print(f"{cue.number} {cue.title}".strip())
        if found.by_hand:
            print("  a person has changed this score since; this is how it was meant")
        print(found.table)
        print("  M tune, K counter-melody, H harmony, R rhythm, B bass, C colour, A accents;")
        print("  a capital carries the sketch's own notes, a small letter doubles or adds")
        for reason in found.result.reasons:
            say.paragraph(str(reason), indent=2, hang=4)
        for fault in found.result.faults:
            say.paragraph(f"{fault.severity.value}: {fault}", indent=2, hang=4)
    return {"cue": cue.number, **explained_answer(found)}
