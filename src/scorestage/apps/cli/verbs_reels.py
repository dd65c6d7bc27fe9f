"""`reel`: the film's reels, their leaders, timecode, feet and cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

JSON = typer.Option(False, "--json", help="Answer as JSON.")

reel = typer.Typer(no_args_is_help=True, help="List the reels, or say where the film changes over.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(reel, name="reel")


@reel.command("list")
def reel_list(context: typer.Context, json: bool = JSON) -> None:
    """Show each reel: leader, 2-pop, first and last frame of action, feet, cues."""
    from scorestage.workflow.job import Job

    _tell(Job.open(context.obj), (), json)


@reel.command("balance")
def reel_balance(
    context: typer.Context,
    changeovers: list[str] | None = typer.Argument(
        None,
        metavar="[AT]...",
        help="First frame of the second reel, of the third … None: one reel.",
    ),
    first_hour: int = typer.Option(0, min=0, max=23, help="The first reel's hour of timecode."),
    first_frame: str = typer.Option("", help="First frame of action in its hour: :00 or :08."),
    renumber: bool = typer.Option(False, help="Tell cues their new reels; counts stay."),
    json: bool = JSON,
) -> None:
    """Cut the film into reels, each with an hour of its own; nothing moves but the labels."""
    from scorestage.apps.cli.reading import choice
    from scorestage.production import FirstFrame
    from scorestage.workflow.job import Job
    from scorestage.workflow.reels import balance

    job = Job.open(context.obj)
    moments = tuple(job.reel_clock.read(one) for one in changeovers or ())
    where = choice(FirstFrame, first_frame) or None
    job, told = balance(job, moments, first_hour, where, renumbered=renumber)
    _tell(job, told, json)


def _tell(job: Job, renumbered: tuple[tuple[str, str], ...], json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.reels import tell_reels

    reels = tell_reels(job)
    if json:
        changed = [{"old": old, "new": new} for old, new in renumbered]
        say.as_json({"reels": reels, "renumbered": changed})
        return
    heads = ("reel", "picture start", "2-pop", "FFOA", "LFOA", "frames", "feet", "cues")
    rows = [
        (
            one["reel"],
            one["picture_start"],
            one["pop"],
            one["first_frame_of_action"],
            one["last_frame_of_action"],
            one["frames"],
            one["feet"],
            f"{len(one['cues'])} starts" if one["cues"] else "",
        )
        for one in reels
    ]
    say.table(heads, rows)
    for old, new in renumbered:
        print(f"{old} is now {new}")
