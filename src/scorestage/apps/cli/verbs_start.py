"""`demo`, `new` and `picture`: how a production begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

picture = typer.Typer(no_args_is_help=True, help="Take in a cut of the film, or list them.")
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("demo")(demo)
    app.command("new")(new)
    app.add_typer(picture, name="picture")


def demo(
    directory: Path = typer.Argument(Path("demo"), help="Where the demo project is made."),
    workers: int = typer.Option(0, help="Processes; 0: one for each core."),
    json: bool = JSON,
) -> None:
    """Draw a short film, spot it, score it, build everything, and say where it all is."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.answers import tell_build
    from scorestage.workflow.demo import run_demo

    with say.progress("demo") as progress:
        outcome = run_demo(directory, workers, progress)
    tell_build(outcome, json)


def new(
    directory: Path = typer.Argument(help="The project's folder; made if it is not there."),
    picture: Path | None = typer.Option(None, help="The film, in any format FFmpeg reads."),
    title: str = typer.Option("", help="The production's title; otherwise the film's name."),
    rate: str = typer.Option("", help="Frames per second, where there is no film yet."),
    script: Path | None = typer.Option(None, help="The screenplay."),
    subtitles: Path | None = typer.Option(None, help="What is said, as SRT or WebVTT."),
    temp: list[Path] = typer.Option([], help="A temp track (WAV); may be given again."),
    ensemble: str = typer.Option("", help="Who plays: studio-orchestra, string-orchestra …"),
    style: str = typer.Option("", help="A musical style: adventure, tender, suspense …"),
    house: str = typer.Option("", help="Copying and stage style: los-angeles, london."),
    seed: int = typer.Option(1, help="Another seed gives other music."),
    json: bool = JSON,
) -> None:
    """Make a project folder, with or without a film."""
    from scorestage.apps.cli import say
    from scorestage.timebase import frame_rate
    from scorestage.workflow.library import refuse_unknown
    from scorestage.workflow.new import Beginning, new_project
    from scorestage.workflow.rates import doubt_lines, project_doubts, tell_doubt

    refuse_unknown(ensemble=ensemble, style=style, house=house)
    job = new_project(
        directory,
        Beginning(
            picture=picture,
            title=title,
            rate=frame_rate(rate) if rate else None,
            script=script,
            subtitles=subtitles,
            temp=tuple(temp),
            ensemble=ensemble,
            style=style,
            house=house,
            seed=seed,
        ),
    )
    doubts = project_doubts(job)
    answer = {
        "project": str(job.folder.root),
        "title": job.production.title,
        "rate": job.production.rate.name,
        "picture": job.production.picture or None,
        "rate_doubts": [tell_doubt(one) for one in doubts],
    }
    if json:
        say.as_json(answer)
        return
    print(f"{job.production.title}: project made in {job.folder.root}")
    for line in doubt_lines(doubts):
        print(line)
    if job.production.picture:
        print("next: scorestage brief --tone …, scorestage spot, scorestage build")
    else:
        print("no picture yet: add cues with `scorestage cue add`, or the film with")
        print("`scorestage picture add FILM`")


@picture.command("add")
def picture_add(
    context: typer.Context,
    film: Path = typer.Argument(help="The film."),
    label: str = typer.Option("", help="The editor's name for this cut."),
    json: bool = JSON,
) -> None:
    """Take in a cut of the film; it is the version in force from then on."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.new import add_picture

    _tell_pictures(add_picture(Job.open(context.obj), film, label), json)


@picture.command("list")
def picture_list(context: typer.Context, json: bool = JSON) -> None:
    """Show the cuts taken in."""
    from scorestage.workflow.job import Job

    _tell_pictures(Job.open(context.obj), json)


def _tell_pictures(job: Job, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.timebase import clock_text

    pictures = job.production.pictures
    if json:
        say.as_json(
            {
                "in_force": job.production.picture or None,
                "pictures": [
                    {
                        "id": one.id,
                        "label": one.label,
                        "media": one.media,
                        "rate": one.rate.name,
                        "frames": one.frames,
                        "start_timecode": str(one.timecode_at(one.rate.time_of(0))),
                    }
                    for one in pictures
                ],
            }
        )
        return
    rows = [
        (
            "→" if one.id == job.production.picture else "",
            one.id,
            one.label,
            one.rate.name,
            clock_text(one.end.seconds),
            str(one.timecode_at(one.rate.time_of(0))),
        )
        for one in pictures
    ]
    say.table(("", "id", "label", "rate", "length", "start"), rows)
