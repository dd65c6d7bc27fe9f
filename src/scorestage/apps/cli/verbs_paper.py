"""`paper`: spotting notes, timing notes, cue list, cue sheet, progress."""

from __future__ import annotations

from pathlib import Path

import typer

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("paper")(paper)


def paper(
    context: typer.Context,
    kind: str = typer.Argument(help="spotting, timing, cues, sheet, progress, script or tasks."),
    cues: list[str] | None = typer.Argument(None, metavar="[CUE]...", help="Of timing: these."),
    out: Path | None = typer.Option(None, help="File to write: .pdf, .csv, .xlsx or .md."),
    recording: str = typer.Option(
        "", help="Of progress: the day of the recording, 2026-12-01, if it is not kept yet."
    ),
    json: bool = JSON,
) -> None:
    """Show or write a document of the film: spotting notes, timing notes, cue list, progress."""
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import choice
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.paper import Paper, paper_of, tell_paper, write_paper

    wanted = choice(Paper, kind)
    if wanted is None:
        raise InputError("say which paper", do=f"one of: {', '.join(Paper)}")
    job = Job.open(context.obj)
    tables = paper_of(job, wanted, tuple(cues or ()), recording, date.today().isoformat())
    file = write_paper(job, tables, wanted, out) if out is not None else None
    if json:
        say.as_json(tell_paper(tables, file))
        return
    if file is not None:
        print(file)
        return
    for table in tables:
        print(table.title)
        for name, words in table.facts:
            print(f"  {name}: {words}")
        say.table([column.heading for column in table.columns], table.rows)
