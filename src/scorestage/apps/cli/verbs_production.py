"""`production`: what is decided once for the whole film."""

from __future__ import annotations

from pathlib import Path

import typer


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("production")(production)


def production(
    context: typer.Context,
    title: str = typer.Option("", help="The production's title."),
    ensemble: str = typer.Option("", help="Who plays."),
    style: str = typer.Option("", help="A musical style of the catalogue."),
    house: str = typer.Option("", help="Copying and stage style."),
    seed: int | None = typer.Option(None, help="Another seed gives other music."),
    subtitles: Path | None = typer.Option(None, help="What is said, as SRT or WebVTT."),
    temp: list[Path] = typer.Option([], help="Temp tracks, in place of those there are."),
    picture: str = typer.Option("", help="The picture version in force: v1."),
    detector: str = typer.Option("", help="Who tells the changes of shot: own, transnetv2."),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Show or change what is decided once: title, ensemble, style, house, subtitles, temp."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.settings import (
        ProductionChange,
        change_production,
        tell_production,
    )

    job = Job.open(context.obj)
    words = (title, ensemble, style, house)
    change = ProductionChange(*words, seed, subtitles, tuple(temp), picture, detector)
    if change != ProductionChange():
        job = change_production(job, change)
    answer = tell_production(job)
    if json:
        say.as_json(answer)
        return
    for key, said in answer.items():
        print(f"  {key:10} {', '.join(said) if isinstance(said, list) else said or ''}")
