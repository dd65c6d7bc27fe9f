"""`build`, and verbs for one kind of deliverable: `engrave`, `mockup`, `click`, `streamers`."""

from __future__ import annotations

from pathlib import Path

import typer

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
WORKERS = typer.Option(0, "--workers", help="Processes; 0: one for each core.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("build")(build)
    app.command("engrave")(engrave)
    app.command("mockup")(mockup)
    app.command("click")(click)
    app.command("streamers")(streamers)


def build(
    context: typer.Context,
    cues: list[str] | None = CUES,
    only: str = typer.Option("", help="Kinds, separated by commas: score, click, mock-up, film …"),
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Make every deliverable, only what changed, in parallel; stop and go on at any moment."""
    kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
    _build(context, tuple(cues or ()), kinds, workers, json)


def engrave(
    context: typer.Context,
    cues: list[str] | None = CUES,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Print the conductor's score, every part and the sketch."""
    _build(context, tuple(cues or ()), ("score and parts", "sketch", "MusicXML"), workers, json)


def mockup(
    context: typer.Context,
    cues: list[str] | None = CUES,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Play the score to WAV: the mix and its stems."""
    _build(context, tuple(cues or ()), ("mock-up",), workers, json)


def click(
    context: typer.Context,
    cues: list[str] | None = CUES,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Make the click track and the MIDI file with the tempo map."""
    _build(context, tuple(cues or ()), ("click track", "MIDI"), workers, json)


def streamers(
    context: typer.Context,
    cues: list[str] | None = CUES,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Make the stage film: streamers, punches, bar and beat, click and production sound."""
    _build(context, tuple(cues or ()), ("stage film",), workers, json)


def _build(
    context: typer.Context,
    cues: tuple[str, ...],
    only: tuple[str, ...],
    workers: int,
    json: bool,
) -> None:
    from scorestage.apps.cli import say
    from scorestage.apps.cli.answers import tell_build
    from scorestage.workflow.build import build_project

    project = context.obj if context.obj is not None else Path.cwd()
    with say.progress("build") as progress:
        outcome = build_project(project, cues, only, workers, progress)
    tell_build(outcome, json)
