"""`theme ledger`, `theme share`: where themes sound in the film, and in a series of films."""

from __future__ import annotations

from pathlib import Path

import typer

from scorestage.apps.cli.verbs_music import JSON, theme


def add_to(app: typer.Typer) -> None:
    """The verbs stand under `theme`, which is on the command line already."""


@theme.command("ledger")
def theme_ledger(
    context: typer.Context,
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Draw it as well: .html (with notes) or .png."
    ),
    series: bool = typer.Option(
        False, "--series", help="Look for themes that other films have shared as well."
    ),
    json: bool = JSON,
) -> None:
    """Show where each theme sounds in the whole film: in which cues, when first, how long away."""
    from scorestage.adapters.store import writing
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.theme_ledger import ledger_of
    from scorestage.workflow.theme_ledger_answers import ledger_answer, write_picture

    job = Job.open(context.obj)
    with writing(job.folder.root):
        ledger = ledger_of(job, series=series)
    if output is not None:
        write_picture(job, ledger, output)
    told = ledger_answer(job, ledger)
    if json:
        say.as_json(told)
        return
    numbers = [number for number, _ in ledger.cues]
    rows = [
        (
            one.title or one.theme,
            *(count or "·" for count in one.cells),
            "" if one.first_whole is None else f"{one.first_whole.cue} bar {one.first_whole.bar}",
        )
        for one in ledger.themes
    ]
    say.table(("theme", *numbers, "first whole"), rows)
    for one in ledger.themes:
        say.paragraph(f"{one.title or one.theme}: {'; '.join(one.notes)}", hang=2)
    if output is not None:
        print(output)


@theme.command("share")
def theme_share(
    context: typer.Context,
    name: str = typer.Argument(metavar="THEME", help="Id of a theme of this production."),
) -> None:
    """Put a theme into your own library, so that other films of a series know it again."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.theme_sharing import share_theme

    print(share_theme(Job.open(context.obj), name))
