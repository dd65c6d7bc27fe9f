"""`streamers` and `stopclock`: for a conductor with the picture, in a project or plain files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from scorestage.workflow.stage_wish import StageWish
    from scorestage.workflow.streamers_alone import AloneFiles

JSON = typer.Option(False, "--json", help="Answer as JSON.")
_LENGTHS = "Length of streamers: 2, 2 2/3, 3, 3 1/3, 4 or 5 seconds, or `4 beats`."
_FLUTTERS = "Where flutters stand: bars, a number (every n-th bar), phrases, tempos, none."


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("streamers")(streamers)
    app.command("stopclock")(stopclock)


def streamers(
    context: typer.Context,
    cues: list[str] | None = typer.Argument(None, metavar="[CUE]...", help="Cue numbers."),
    picture: Path | None = typer.Option(None, help="Without a project: the film."),
    hits: Path | None = typer.Option(None, help="Its hits as CSV: id,at[,words,weight,streamer]."),
    tempo_map: Path | None = typer.Option(None, "--map", help="A tempo map: fit --json, MIDI …"),
    candidate: int = typer.Option(
        1, "--choose", "--candidate", min=1, help="Which candidate of a fit's answer."
    ),
    start: str = typer.Option("", help="Timecode of the film's first frame."),
    rate: str = typer.Option("", help="How its timecode counts: 29.97 drop …"),
    house: str = typer.Option("los-angeles", help="Without a project: whose colours and lengths."),
    free: bool | None = typer.Option(None, "--free/--click", help="In free timing, or to a click."),
    flutters: str = typer.Option("", help=_FLUTTERS),
    punches: int = typer.Option(0, help="Punches of a flutter: 3, 5 or 7."),
    length: str = typer.Option("", help=_LENGTHS),
    zero: str = typer.Option("", help="Where the stop clock starts; usually with bar 1."),
    title: str = typer.Option("", help="What stands in the corner."),
    clocks: bool = typer.Option(True, help="Bar and beat, timecode, feet, stop clock."),
    out: Path | None = typer.Option(None, "--out", "-o", help="The film to write, .mp4 or .mov."),
    plan_only: bool = typer.Option(False, "--plan-only", help="Say what is planned; no film."),
    workers: int = typer.Option(0, "--workers", help="Processes; 0: one for each core."),
    json: bool = JSON,
) -> None:
    """Put streamers, punches, flutters and clocks over the picture.

    In a project `streamers` makes the stage film of every cue, `streamers 1m01 -o FILM` one as
    wished. With --picture and --hits (or --map) it needs no project.
    """
    from scorestage.workflow.stage_wish import StageWish
    from scorestage.workflow.streamers_alone import AloneFiles

    wish = StageWish(free, length, flutters, punches, clocks, zero, title)
    if picture is not None:
        _refuse(cues, "cues belong to a project", "leave them away, or leave --picture away")
        files = AloneFiles(picture, hits, tempo_map, candidate, start, rate, house)
        _alone(files, wish, out, plan_only, json)
    else:
        given = hits or tempo_map or start or rate
        _refuse(given, "without a project a film is needed", "add --picture FILM")
        _in_project(context, tuple(cues or ()), wish, out, plan_only, workers, json)


def stopclock(
    context: typer.Context,
    cue: str = typer.Argument("", metavar="[CUE]", help="A cue number."),
    tempo_map: Path | None = typer.Option(None, "--map", help="Without a project: a tempo map."),
    candidate: int = typer.Option(
        1, "--choose", "--candidate", min=1, help="Which candidate of a fit's answer."
    ),
    hits: Path | None = typer.Option(None, help="Its hits as CSV."),
    rate: str = typer.Option("24", "--rate", "-r", help="Without a project: frames per second."),
    start: str = typer.Option("", help="Without a project: timecode of film time zero."),
    at: str = typer.Option("", help="Where: bars, a number (every n-th bar), beats, hits, tempos."),
    title: str = typer.Option("", help="Without a project: what stands over the sheet."),
    out: Path | None = typer.Option(None, "--out", "-o", help="The sheet to write, .pdf or .csv."),
    json: bool = JSON,
) -> None:
    """Clock times at chosen beats, and what is counted between, for free timing."""
    from scorestage.apps.cli import say
    from scorestage.paperwork import ChosenBeats
    from scorestage.workflow.job import Job
    from scorestage.workflow.stop_clock import sheet_alone, sheet_of_cue, tell_sheet, write_sheet

    chosen = ChosenBeats.parse(at)
    if tempo_map is not None:
        _refuse(cue, "a cue belongs to a project", "leave it away, or leave --map away")
        sheet = sheet_alone(tempo_map, hits, rate, start, chosen, title, candidate)
    else:
        _refuse(not cue, "whose clock?", "name a cue, or give --map FILE")
        _refuse(hits or start or title, "a cue has its own hits and title", "leave them away")
        job = Job.open(context.obj)
        sheet = sheet_of_cue(job, job.cue(cue), chosen)
    if out is not None:
        write_sheet(sheet, out)
    if json:
        say.as_json(tell_sheet(sheet) | ({"sheet": str(out)} if out is not None else {}))
        return
    say.table([column.heading for column in sheet.table.columns], sheet.table.rows)
    if out is not None:
        print(f"written: {out}")


def _refuse(given: object, what: str, do: str) -> None:
    from scorestage.errors import InputError

    if given:
        raise InputError(what, do=do)


def _alone(
    files: AloneFiles, wish: StageWish, out: Path | None, plan_only: bool, json: bool
) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.streamers_alone import plan_alone, tell_alone, write_alone

    _refuse(out is None and not plan_only, "where shall the film go?", "-o FILM, or --plan-only")
    planned = plan_alone(files, wish)
    answer = tell_alone(planned)
    if out is not None and not plan_only:
        with say.progress("streamers") as progress:
            count = write_alone(planned, out, lambda done, of: progress(done / of, out.name))
        answer |= {"film": str(out), "frames_written": count}
    _tell(answer, json)


def _in_project(
    context: typer.Context,
    cues: tuple[str, ...],
    wish: StageWish,
    out: Path | None,
    plan_only: bool,
    workers: int,
    json: bool,
) -> None:
    from scorestage.apps.cli.answers import tell_build
    from scorestage.workflow.build import build_project

    if plan_only or out is not None:
        _by_cue(context, cues, wish, None if plan_only else out, json)
        return
    _refuse(wish.changes_the_plan, "a film as wished goes into a file of its own", "add -o FILM")
    from scorestage.apps.cli import say

    project = context.obj if context.obj is not None else Path.cwd()
    with say.progress("build") as progress:
        outcome = build_project(project, cues, ("stage film",), workers, progress)
    tell_build(outcome, json)


def _by_cue(
    context: typer.Context,
    cues: tuple[str, ...],
    wish: StageWish,
    out: Path | None,
    json: bool,
) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.staging import stage_film_of, tell_cue_film, write_cue_film

    job = Job.open(context.obj)
    chosen = job.cues(cues)
    _refuse(out is not None and len(chosen) != 1, "one film holds one cue", "name one cue")
    answers = []
    for cue in chosen:
        film = stage_film_of(job, cue, wish)
        answer = tell_cue_film(job, cue, film, wish)
        if out is not None:
            with say.progress("streamers") as progress:
                count = write_cue_film(
                    job, cue, film, out, lambda done, of: progress(done / of, out.name)
                )
            answer |= {"film": str(out), "frames_written": count}
        answers.append(answer)
    if json and len(answers) != 1:
        say.as_json({"cues": answers})
        return
    for answer in answers:
        _tell(answer, json)


def _tell(answer: dict[str, Any], json: bool) -> None:
    """One film's plan: as JSON, or as a person reads it."""
    from scorestage.apps.cli import say

    if json:
        say.as_json(answer)
        return
    name = answer.get("cue") or answer["picture"]
    print(f"{name}: {answer['frames']} frames at {answer['rate']}")
    if answer["streamers"]:
        say.table(
            ("into", "words", "colour", "length", "hits at", "frame"),
            [
                (
                    *(one["id"], one["words"][:40], one["colour"], one["length"]),
                    *(one["hits_timecode"], one["hits_frame"]),
                )
                for one in answer["streamers"]
            ],
        )
    for one in answer["flutters"]:
        print(f"  flutter of {one['punches']} at {one['timecode']}  {one['marks']}")
    for one in answer["warnings"]:
        print(f"  note: {one['what']}: {one['do']}")
    for note in answer["notes"]:
        print(f"  note: {note}")
    if "film" in answer:
        print(f"{answer['frames_written']} frames in {answer['film']}")
