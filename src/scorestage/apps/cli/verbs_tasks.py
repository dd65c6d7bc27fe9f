"""`task` and `shot`: who owes what by when; what a shot shows, in a person's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

JSON = typer.Option(False, "--json", help="Answer as JSON.")
TASK = typer.Argument(metavar="TASK", help="The task's id (t3).")

task = typer.Typer(no_args_is_help=True, help="Who owes what by when: add, list, done, drop.")
shot = typer.Typer(no_args_is_help=True, help="Words for shots in the timing notes.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(task, name="task")
    app.add_typer(shot, name="shot")


@task.command("add")
def task_add(
    context: typer.Context,
    what: str = typer.Argument(help="sketch, mock-up, orchestration, parts, mix …"),
    cues: list[str] | None = typer.Argument(None, metavar="[CUE]...", help="Of these cues."),
    who: str = typer.Option("", help="Who owes it: a name, or an id of people.toml."),
    due: str = typer.Option("", help="By which day: 2026-12-01."),
    json: bool = JSON,
) -> None:
    """Note down that somebody owes something."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.tasks import add_task

    add_task(Job.open(context.obj), what, cues=tuple(cues or ()), person=who, due=due)
    _tell(Job.open(context.obj), json)


@task.command("list")
def task_list(context: typer.Context, json: bool = JSON) -> None:
    """Show who owes what, what is late first."""
    from scorestage.workflow.job import Job

    _tell(Job.open(context.obj), json)


@task.command("change")
def task_change(
    context: typer.Context,
    task_id: str = TASK,
    what: str | None = typer.Option(None, help="What is to be done."),
    who: str | None = typer.Option(None, help="Who owes it; '' for nobody."),
    cue: str | None = typer.Option(None, help="Of which cue; '' for the film."),
    due: str | None = typer.Option(None, help="By which day; '' for none."),
    json: bool = JSON,
) -> None:
    """Change a task."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.tasks import change_task

    said = {"what": what, "person": who, "cue": cue, "due": due}
    changes = {key: words for key, words in said.items() if words is not None}
    change_task(Job.open(context.obj), task_id, **changes)
    _tell(Job.open(context.obj), json)


@task.command("done")
def task_done(
    context: typer.Context,
    task_id: str = TASK,
    on: str = typer.Option("", help="On which day; otherwise today."),
    undo: bool = typer.Option(False, "--not", help="It is not done after all."),
    json: bool = JSON,
) -> None:
    """Say that a task is done."""
    from datetime import date

    from scorestage.workflow.job import Job
    from scorestage.workflow.tasks import change_task

    day = "" if undo else on or date.today().isoformat()
    change_task(Job.open(context.obj), task_id, done=day)
    _tell(Job.open(context.obj), json)


@task.command("drop")
def task_drop(context: typer.Context, task_id: str = TASK, json: bool = JSON) -> None:
    """Take a task off the list."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.tasks import drop_task

    drop_task(Job.open(context.obj), task_id)
    _tell(Job.open(context.obj), json)


@task.command("recording")
def task_recording(
    context: typer.Context,
    day: str = typer.Argument(help="The first day of the recording: 2026-12-01; none."),
    json: bool = JSON,
) -> None:
    """Keep the day of the recording: progress counts the days to it."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.tasks import set_recording

    _tell(set_recording(Job.open(context.obj), "" if day == "none" else day), json)


@shot.command("say")
def shot_say(
    context: typer.Context,
    at: str = typer.Argument(help="Where the shot begins: timecode, feet+frames, seconds."),
    words: str = typer.Argument(help="What it shows: MCU, she looks up. '' leaves it out."),
    json: bool = JSON,
) -> None:
    """Say what a shot shows, for the timing notes; kept when the film is watched again."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.shots import say_shot

    job = Job.open(context.obj)
    say_shot(job, job.reel_clock.read(at), words)
    _tell_shots(job, json)


@shot.command("forget")
def shot_forget(
    context: typer.Context,
    at: str = typer.Argument(help="Where the shot begins."),
    json: bool = JSON,
) -> None:
    """Take the words of a shot back; what was measured is told again."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.shots import forget_shot

    job = Job.open(context.obj)
    forget_shot(job, job.reel_clock.read(at))
    _tell_shots(job, json)


@shot.command("list")
def shot_list(context: typer.Context, json: bool = JSON) -> None:
    """Show what was said of shots of the picture in force."""
    from scorestage.workflow.job import Job

    _tell_shots(Job.open(context.obj), json)


def _tell(job: Job, json: bool) -> None:
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.workflow.tasks import tell_tasks

    found = tell_tasks(job, date.today().isoformat())
    recording = job.production.recording
    if json:
        say.as_json({"recording": recording or None, "tasks": found})
        return
    if recording:
        print(f"recording: {recording}")
    if not found:
        print("nobody owes anything: add a task with `scorestage task add WHAT CUE --who --due`")
        return
    keys = ("id", "due", "person", "what", "cue", "state")
    say.table(keys, [[one[key] or "" for key in keys] for one in found])


def _tell_shots(job: Job, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.shots import shot_words
    from scorestage.workflow.tell import tell_moment

    found = sorted(shot_words(job).items())
    if json:
        shots = [
            {**tell_moment("at", at), "timecode": job.reel_clock.nearest_label(at), "words": words}
            for at, words in found
        ]
        say.as_json({"shots": shots})
        return
    say.table(("at", "words"), [(job.reel_clock.nearest_label(at), words) for at, words in found])
