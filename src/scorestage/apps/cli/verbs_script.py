"""`script`: the screenplay, its scenes, and the cues written before there is a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scorestage.apps.cli.reading import exact_length, exact_number

if TYPE_CHECKING:
    from scorestage.workflow.script import ScriptChange

JSON = typer.Option(False, "--json", help="Answer as JSON.")
SCENE = typer.Argument(metavar="SCENE", help="The scene's number (12A) or id.")

script = typer.Typer(
    no_args_is_help=True, help="Take in a screenplay; list, time and place its scenes."
)


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(script, name="script")
    app.command("storyboard")(storyboard)


@script.command("import")
def script_import(
    context: typer.Context,
    file: Path = typer.Argument(help="The draft: Fountain (.fountain) or Final Draft (.fdx)."),
    json: bool = JSON,
) -> None:
    """Take in a draft of the screenplay; scenes and their cues keep their identity."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.script import import_script

    _tell_change(import_script(Job.open(context.obj), file), json)


@script.command("list")
def script_list(context: typer.Context, json: bool = JSON) -> None:
    """Show all scenes: pages in eighths, low, likely and high length, place, mood, cues."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.script_answers import script_table, tell_script

    job = Job.open(context.obj)
    if json:
        say.as_json(tell_script(job))
        return
    table = script_table(job)
    print("  ".join(f"{name}: {words}" for name, words in table.facts))
    kept = [0, 1, 2, 3, 4, 5, 6, 9]
    rows = [[row[at][:44] for at in kept] for row in table.rows]
    say.table([table.columns[at].heading for at in kept], rows)


@script.command("show")
def script_show(context: typer.Context, name: str = SCENE, json: bool = JSON) -> None:
    """Show one scene: how its length was come by, who speaks, its moods and their words."""
    from scorestage.apps.cli import say
    from scorestage.timebase import clock_text
    from scorestage.workflow.job import Job
    from scorestage.workflow.scenes import scene_named
    from scorestage.workflow.script_answers import tell_scene

    job = Job.open(context.obj)
    one = scene_named(job, name)
    answer = tell_scene(job, one)
    if json:
        say.as_json(answer)
        return
    low, likely, high = (
        clock_text(seconds)
        for seconds in (one.length.low_seconds, one.length.likely_seconds, one.length.high_seconds)
    )
    print(one.name)
    print(f"  pages       {answer['pages']}")
    print(f"  length      {likely} ({low} to {high}), by {one.length.how}")
    if answer["start_timecode"]:
        print(f"  in the film {answer['start_timecode']} to {answer['end_timecode']}")
    print(f"  characters  {', '.join(answer['characters']) or 'nobody speaks'}")
    for mood in one.moods:
        print(f"  {mood.mood:11} {mood.why}")
    print(f"  cues        {', '.join(answer['cues']) or 'none'}")


@script.command("time")
def script_time(
    context: typer.Context,
    name: str = SCENE,
    seconds: str = typer.Argument(help="How long it was when read aloud: 75, 1:15; none."),
    json: bool = JSON,
) -> None:
    """Keep how long a scene lasts by a stop watch; `none` forgets it."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.script import time_scene

    job = Job.open(context.obj)
    length = None
    if seconds != "none":
        length = exact_length(seconds)
    _tell_change(time_scene(job, name, length), json)


@script.command("place")
def script_place(
    context: typer.Context,
    name: str = typer.Argument("", metavar="[SCENE]", help="The scene's number or id."),
    start: str = typer.Argument("", help="Where it starts in the cut: timecode, feet, seconds."),
    end: str = typer.Argument("", help="Where it ends."),
    by_edit: bool = typer.Option(False, help="All scenes, by the clip names in the edit."),
    by_words: bool = typer.Option(False, help="All scenes, by their words in the subtitles."),
    free: bool = typer.Option(False, help="It is not cut (any more): estimates hold again."),
    json: bool = JSON,
) -> None:
    """Say where a scene stands in the cut, or find all; its cues get real timecode."""
    from scorestage.errors import InputError
    from scorestage.timebase import FilmRange
    from scorestage.workflow import script as scripts
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    one_way = (by_edit, by_words, free, bool(start or end))
    if sum(one_way) != 1 or bool(name) == (by_edit or by_words):
        raise InputError(
            "say one thing", do="SCENE START END, SCENE --free, --by-edit or --by-words"
        )
    if by_edit:
        change = scripts.place_by_edit(job)
    elif by_words:
        change = scripts.place_by_words(job)
    elif free:
        change = scripts.place_scene(job, name, None)
    elif not (start and end):
        raise InputError("a scene needs both a start and an end")
    else:
        first, last = job.reel_clock.read(start), job.reel_clock.read(end)
        if last <= first:
            raise InputError("the scene would end before it starts")
        change = scripts.place_scene(job, name, FilmRange(first, last))
    _tell_change(change, json)


@script.command("cue")
def script_cue(
    context: typer.Context,
    names: list[str] = typer.Argument(metavar="SCENE...", help="The scenes it belongs to."),
    title: str = typer.Option("", help="Its title; otherwise the place of the scene."),
    number: str = typer.Option("", help="Its number; otherwise the next one."),
    tone: list[str] = typer.Option([], help="Words of tone; otherwise what the scene reads."),
    part_from: str = typer.Option("0", "--from", help="Where in the scene it starts: 1/2."),
    part_until: str = typer.Option("1", "--until", help="Where in the scene it is out: 3/4."),
    free: bool = typer.Option(False, help="Of free length: not the scene's estimate."),
    json: bool = JSON,
) -> None:
    """Add a cue for a scene, before there is a picture; it goes where its scene goes."""
    from scorestage.apps.cli.verbs_cues import tell_one_cue
    from scorestage.workflow.job import Job
    from scorestage.workflow.script import cue_in_scenes

    job = Job.open(context.obj)
    part = exact_number(part_from), exact_number(part_until)
    added = cue_in_scenes(
        job, tuple(names), part, free=free, title=title, number=number, tone=tuple(tone)
    )
    tell_one_cue(Job.open(context.obj), added.id, json)


def _tell_change(change: ScriptChange, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.script_answers import tell_change, tell_script

    if json:
        say.as_json({**tell_change(change), **tell_script(change.job)})
        return
    answer = tell_script(change.job)
    print(f"{len(answer['scenes'])} scenes, {answer['pages']} pages", end="")
    minutes, seconds = divmod(round(answer["likely_seconds_float"]), 60)
    print(f", likely {minutes}:{seconds:02}")
    for what, numbers in (
        ("new", change.new),
        ("gone", change.gone),
        ("renumbered", [f"{old} → {new}" for old, new in change.renumbered]),
        ("set", change.placed),
        ("cues that went along", change.cues),
    ):
        if numbers:
            say.paragraph(f"{what}: {', '.join(numbers)}", indent=2, hang=2)
    for remark in change.remarks:
        print(f"  {remark}")


def storyboard(
    context: typer.Context,
    folder: Path = typer.Argument(help="The folder of drawings (PNG, JPEG …)."),
    listed: Path | None = typer.Option(
        None, "--list", help="CSV or text: file, length, scene, words; else by file names."
    ),
    out: Path | None = typer.Option(None, help="The film; in a project: pictures/vN-animatic.mp4."),
    rate: str = typer.Option("", help="Frames per second, without a project."),
    size: str = typer.Option("1280x720", help="Width and height in pixels."),
    label: str = typer.Option("", help="The name of this version of the picture."),
    json: bool = JSON,
) -> None:
    """Make an animatic of drawings; in a project it is the picture in force, scenes placed."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError, ProjectError
    from scorestage.timebase import clock_text, frame_rate
    from scorestage.workflow.job import Job
    from scorestage.workflow.script_answers import tell_change
    from scorestage.workflow.storyboard import Board, animatic_alone, animatic_in

    parts = size.lower().split("x")
    if len(parts) != 2 or not all(part.isdecimal() and 16 <= int(part) <= 4096 for part in parts):
        raise InputError(f"{size!r} is no size", do="write 1280x720, from 16 to 4096 pixels")
    board = Board(folder, listed, out, (int(parts[0]), int(parts[1])), label)
    job = None
    try:
        job = Job.open(context.obj) if not rate else None
    except ProjectError:
        if context.obj is not None or out is None:
            raise
    with say.progress("animatic") as progress:
        if job is None:
            made = animatic_alone(board, frame_rate(rate or "24"), progress)
        else:
            made = animatic_in(job, board, progress)
    seconds = made.frames / made.rate.frames_per_second
    answer = {
        "film": str(made.film),
        "frames": made.frames,
        "panels": [
            {"file": panel.name, "scene": panel.scene, "frames": frames, "words": panel.words}
            for panel, frames in made.panels
        ],
        **(tell_change(made.change) if made.change is not None else {}),
    }
    if json:
        say.as_json(answer)
        return
    print(f"{made.film}: {len(made.panels)} panels, {clock_text(seconds)}")
    if made.change is not None:
        print(f"  scenes placed: {', '.join(made.change.placed)}")
        for remark in made.change.remarks:
            print(f"  {remark}")
