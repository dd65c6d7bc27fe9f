"""`brief`, `cue` and `hit`: what the talk with the director and the spotting decide."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

cue = typer.Typer(no_args_is_help=True, help="List, add, move, split, renumber or omit cues.")
hit = typer.Typer(no_args_is_help=True, help="List, add, move, weigh, lock or drop hits.")

JSON = typer.Option(False, "--json", help="Answer as JSON.")
NAME = typer.Argument(metavar="CUE", help="The cue's number (1m01) or id.")
_AT = "Timecode, feet+frames, clock time or seconds."


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("brief")(brief)
    app.add_typer(cue, name="cue")
    app.add_typer(hit, name="hit")


def brief(
    context: typer.Context,
    style: list[str] = typer.Option([], help="A word of style; may be given again."),
    tone: list[str] = typer.Option([], help="A word of tone: tender, threat, wonder …"),
    reference: list[str] = typer.Option([], help="A reference named by the director."),
    avoid: list[str] = typer.Option([], help="What to avoid."),
    amount: str = typer.Option("", help="How much music: none, sparse, normal, wall to wall."),
    note: str = typer.Option("", help="A note of the talk."),
    who: str = typer.Option("", help="Who said it."),
    at: str = typer.Option("", help=f"Where in the film. {_AT}"),
    json: bool = JSON,
) -> None:
    """Show the brief, or write down what was agreed with the director."""
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.workflow.brief import AMOUNTS, BriefChange, change_brief, tell_brief
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    change = BriefChange(
        tuple(style), tuple(tone), tuple(reference), tuple(avoid), amount, note, who, at
    )
    if change != BriefChange():
        job = change_brief(job, change, date.today().isoformat())
    answer = tell_brief(job)
    if json:
        say.as_json(answer)
        return
    for key, value in answer.items():
        if key == "notes":
            for one in value:
                place = " ".join(filter(None, (one["timecode"], one["who"], one["when"])))
                print(f"  note        {one['text']}" + (f"  ({place})" if place else ""))
        else:
            print(f"  {key:11} {', '.join(value) if isinstance(value, list) else value}")
    if not answer["tone"] and not answer["style"]:
        print(f"  (nothing agreed yet; amounts: {', '.join(AMOUNTS)})")


@cue.command("list")
def cue_list(context: typer.Context, json: bool = JSON) -> None:
    """Show all cues."""
    from scorestage.apps.cli import say
    from scorestage.paperwork import master_cue_list
    from scorestage.workflow.job import Job
    from scorestage.workflow.tell import tell_cue

    job = Job.open(context.obj)
    if json:
        say.as_json({"cues": [tell_cue(job, one) for one in job.production.cues]})
        return
    sheet = master_cue_list(job.production, job.clock)
    if not sheet.rows:
        print("no cues yet: say `scorestage spot`, or add one with `scorestage cue add START END`")
        return
    say.table([column.heading for column in sheet.columns], sheet.rows)
    print(f"\nmusic: {dict(sheet.facts)['Music']}")


@cue.command("show")
def cue_show(context: typer.Context, name: str = NAME, json: bool = JSON) -> None:
    """Show one cue with its hits and why it was proposed."""
    from scorestage.apps.cli import say
    from scorestage.paperwork import timing_notes
    from scorestage.workflow.job import Job
    from scorestage.workflow.tell import tell_cue

    job = Job.open(context.obj)
    one = job.cue(name)
    if json:
        say.as_json(tell_cue(job, one))
        return
    print(f"{one.number}  {one.title}  ({one.status})")
    for reason in one.why:
        print(f"  because {reason}")
    if one.start is not None and one.end is not None:
        sheet = timing_notes(one, job.clock, production=job.production.title)
        say.table([column.heading for column in sheet.columns], sheet.rows, indent=2)


@cue.command("add")
def cue_add(
    context: typer.Context,
    start: str = typer.Argument("", help=f"Where music starts. {_AT} Empty: no picture yet."),
    end: str = typer.Argument("", help="Where it is out."),
    title: str = typer.Option("", help="Its title."),
    number: str = typer.Option("", help="Its number; otherwise the next one."),
    length: str = typer.Option("", help="Without a picture: how many seconds long."),
    tone: list[str] = typer.Option([], help="A word of tone for this cue."),
    json: bool = JSON,
) -> None:
    """Add a cue."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    added = cues.add_cue(
        job,
        job.clock.read(start) if start else None,
        job.clock.read(end) if end else None,
        title=title,
        number=number,
        length_seconds=_exact(length) if length else None,
        tone=tuple(tone),
    )
    _tell_cue(Job.open(context.obj), added.id, json)


@cue.command("change")
def cue_change(
    context: typer.Context,
    name: str = NAME,
    start: str = typer.Option("", help=f"New start. {_AT}"),
    end: str = typer.Option("", help="New end."),
    title: str = typer.Option("", help="New title."),
    number: str = typer.Option("", help="New number."),
    tone: list[str] = typer.Option([], help="Words of tone, in place of those it has."),
    way_in: str = typer.Option("", help="hard, sneak, pickup, segue."),
    way_out: str = typer.Option("", help="button, ring-off, fade, sneak, cut, segue."),
    status: str = typer.Option("", help="spotted, approved, recorded …"),
    theme: str = typer.Option("", help="Id of the theme to state."),
    ensemble: str = typer.Option("", help="An ensemble of its own."),
    style: str = typer.Option("", help="A style of its own."),
    json: bool = JSON,
) -> None:
    """Change a cue; `spot` leaves it alone from then on."""
    from scorestage.production import CueStatus, WayIn, WayOut
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    changes: dict[str, Any] = {
        "start": job.clock.read(start) if start else None,
        "end": job.clock.read(end) if end else None,
        "title": title,
        "number": number,
        "tone": tuple(tone),
        "way_in": _choice(WayIn, way_in),
        "way_out": _choice(WayOut, way_out),
        "status": _choice(CueStatus, status),
        "theme": theme,
        "ensemble": ensemble,
        "style": style,
    }
    cues.change_cue(job, name, **{key: value for key, value in changes.items() if value})
    _tell_cue(Job.open(context.obj), number or name, json)


@cue.command("split")
def cue_split(
    context: typer.Context,
    name: str = NAME,
    at: str = typer.Argument(help=f"Where to split. {_AT}"),
    json: bool = JSON,
) -> None:
    """Split a cue in two; the second one gets a letter."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    first, second = cues.split_cue(job, name, job.clock.read(at))
    for one in (first, second):
        _tell_cue(Job.open(context.obj), one.id, json)


@cue.command("omit")
def cue_omit(context: typer.Context, name: str = NAME, json: bool = JSON) -> None:
    """Take a cue out; its files stay."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    cues.omit_cue(Job.open(context.obj), name)
    _tell_cue(Job.open(context.obj), name, json)


@hit.command("list")
def hit_list(context: typer.Context, name: str = NAME, json: bool = JSON) -> None:
    """Show the hits of a cue."""
    from scorestage.workflow.job import Job

    _tell_hits(Job.open(context.obj), name, json)


@hit.command("add")
def hit_add(
    context: typer.Context,
    name: str = NAME,
    at: str = typer.Argument(help=f"When. {_AT}"),
    words: str = typer.Argument("", help="What happens."),
    kind: str = typer.Option("accent", help="accent, change, start, stop or catch."),
    weight: int = typer.Option(3, min=1, max=5, help="1 nice … 5 must."),
    streamer: bool = typer.Option(False, help="A white streamer on the stage."),
    json: bool = JSON,
) -> None:
    """Add a hit to a cue."""
    from scorestage.production import HitKind
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    cues.add_hit(
        job,
        name,
        job.clock.read(at),
        words=words,
        kind=_choice(HitKind, kind),
        weight=weight,
        streamer=streamer,
    )
    _tell_hits(Job.open(context.obj), name, json)


@hit.command("change")
def hit_change(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = typer.Argument(metavar="HIT", help="The hit's id (h3)."),
    at: str = typer.Option("", help=f"New moment. {_AT}"),
    words: str = typer.Option("", help="New words."),
    kind: str = typer.Option("", help="accent, change, start, stop or catch."),
    weight: int = typer.Option(0, min=0, max=5, help="1 nice … 5 must."),
    want: str = typer.Option("", help="downbeat, strong beat, beat, half-beat, any."),
    early_frames: str = typer.Option("", help="How early the music may be."),
    late_frames: str = typer.Option("", help="How late the music may be."),
    aim_frames: str = typer.Option("", help="Aim this many frames after the moment."),
    lock: bool | None = typer.Option(None, "--lock/--unlock", help="The fit must reach it."),
    streamer: bool | None = typer.Option(None, "--streamer/--no-streamer"),
    json: bool = JSON,
) -> None:
    """Change a hit; `spot` leaves it alone from then on."""
    from scorestage.production import HitKind, HitWant
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    changes: dict[str, Any] = {
        "at": job.clock.read(at) if at else None,
        "words": words or None,
        "kind": _choice(HitKind, kind),
        "weight": weight or None,
        "want": _choice(HitWant, want),
        "early_frames": _exact(early_frames) if early_frames else None,
        "late_frames": _exact(late_frames) if late_frames else None,
        "aim_frames": _exact(aim_frames) if aim_frames else None,
        "locked": lock,
        "streamer": streamer,
    }
    given = {key: value for key, value in changes.items() if value is not None}
    cues.change_hit(job, name, hit_id, **given)
    _tell_hits(Job.open(context.obj), name, json)


@hit.command("drop")
def hit_drop(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = typer.Argument(metavar="HIT", help="The hit's id (h3)."),
    json: bool = JSON,
) -> None:
    """Drop a hit; `spot` does not bring it back."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    cues.drop_hit(Job.open(context.obj), name, hit_id)
    _tell_hits(Job.open(context.obj), name, json)


def _tell_cue(job: Job, name: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.timebase import clock_text
    from scorestage.workflow.tell import tell_cue

    one = job.cue(name)
    if json:
        say.as_json(tell_cue(job, one))
        return
    length = clock_text(one.seconds) if one.seconds is not None else "free length"
    start = job.clock.nearest_label(one.start) if one.start is not None else "no picture yet"
    print(f"{one.number}  {one.title or '(untitled)'}  {start}  {length}  {one.status}")


def _tell_hits(job: Job, name: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.tell import tell_hit

    one = job.cue(name)
    if json:
        say.as_json({"cue": one.number, "hits": [tell_hit(job, each) for each in one.hits]})
        return
    rows = [
        (h.id, job.clock.nearest_label(h.at), h.kind, h.weight, h.status, h.words, h.why)
        for h in one.hits
    ]
    if rows:
        say.table(("hit", "at", "kind", "weight", "status", "words", "why"), rows)
    else:
        print(f"{one.number} has no hits")


def _choice(kind: Any, text: str) -> Any:
    from scorestage.errors import InputError

    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise InputError(f"{text!r} is none of: {', '.join(kind)}") from None


def _exact(text: str) -> Fraction:
    from scorestage.errors import InputError

    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{text!r} is no number") from None
