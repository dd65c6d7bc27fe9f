"""`build`, and `mockup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.adapters.machines.engravers import Engraver

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
ENGRAVER = typer.Option(
    "automatic", "--engraver", help="Who prints pages: lilypond, verovio, or automatic."
)
WORKERS = typer.Option(0, "--workers", "-j", help="Processes; 0: one for each core.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("build")(build)
    app.command("mockup")(mockup)


def build(
    context: typer.Context,
    cues: list[str] | None = CUES,
    only: str = typer.Option("", help="Kinds, separated by commas: score, click, mock-up, film …"),
    engraver: str = ENGRAVER,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Make every deliverable, only what changed, in parallel; stop and go on at any moment."""
    kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
    make_products(context, tuple(cues or ()), kinds, workers, json, engraver)


def mockup(
    context: typer.Context,
    cues: list[str] | None = CUES,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Play the score to WAV: the mix and its stems."""
    make_products(context, tuple(cues or ()), ("mock-up",), workers, json)


def make_products(
    context: typer.Context,
    cues: tuple[str, ...],
    only: tuple[str, ...],
    workers: int,
    json: bool,
    engraver: str = "automatic",
) -> None:
    """Build products of some kinds, and say what was made."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.answers import tell_build
    from scorestage.workflow.build import build_project

    printer = engraver_named(engraver)
    project = context.obj if context.obj is not None else Path.cwd()
    with say.progress("build") as progress:
        outcome = build_project(project, cues, only, workers, progress, printer)
    tell_build(outcome, json)


def engraver_named(name: str) -> Engraver:
    """The engraver of this name.

    Raises `InputError` for any other name.
    """
    from scorestage.adapters.machines.engravers import Engraver
    from scorestage.errors import InputError

    try:
        return Engraver(name.lower())
    except ValueError:
        raise InputError(
            f"there is no engraver {name!r}", do=f"one of {', '.join(Engraver)}"
        ) from None
