"""`hit`: the moments of the picture that the music must meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorestage.apps.cli.optionsets import spread
from scorestage.apps.cli.reading import choice, exact_number

if TYPE_CHECKING:
    from fractions import Fraction

    from scorestage.workflow.job import Job

hit = typer.Typer(no_args_is_help=True, help="List, add, move, weigh, lock, keep or drop hits.")

JSON = typer.Option(False, "--json", help="Answer as JSON.")
NAME = typer.Argument(metavar="CUE", help="The cue's number (1m01) or id.")
HIT = typer.Argument(metavar="HIT", help="The hit's id (h3).")
AT = "Timecode, feet+frames, clock time, frames or seconds."


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said of a hit."""

    kind: Annotated[str, typer.Option(help="accent, change, start, stop or catch.")] = ""
    want: Annotated[str, typer.Option(help="downbeat, strong beat, beat, half-beat, any.")] = ""
    early: Annotated[
        str,
        typer.Option("--early", "--early-frames", help="How early the music may be: 1, 40ms."),
    ] = ""
    late: Annotated[
        str, typer.Option("--late", "--late-frames", help="How late the music may be: 2, 80ms.")
    ] = ""
    aim: Annotated[
        str,
        typer.Option("--aim", "--aim-frames", help="Aim so long after it: 2, 80ms, -1."),
    ] = ""
    lock: Annotated[bool | None, typer.Option("--lock/--unlock", help="The fit must reach it.")] = (
        None
    )
    streamer: Annotated[
        bool | None,
        typer.Option("--streamer/--no-streamer", help="A white streamer on the stage."),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(hit, name="hit")


@hit.command("list")
def hit_list(context: typer.Context, name: str = NAME, json: bool = JSON) -> None:
    """Show the hits of a cue."""
    from scorestage.workflow.job import Job

    _tell_hits(Job.open(context.obj), name, json)


@hit.command("add")
@spread
def hit_add(
    context: typer.Context,
    name: str = NAME,
    at: str = typer.Argument(help=f"When. {AT}"),
    words: str = typer.Argument("", help="What happens."),
    weight: int = typer.Option(3, min=1, max=5, help="1 nice … 5 must."),
    *,
    said: Said,
) -> None:
    """Add a hit to a cue."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    given = _given(job, said)
    cues.add_hit(job, name, job.reel_clock.read(at), words=words, weight=weight, **given)
    _tell_hits(Job.open(context.obj), name, said.json)


@hit.command("change")
@spread
def hit_change(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = HIT,
    at: str = typer.Option("", help=f"New moment. {AT}"),
    words: str | None = typer.Option(None, help="New words; '' takes them away."),
    why: str | None = typer.Option(None, help="Why it is a hit; '' takes it away."),
    weight: int = typer.Option(0, min=0, max=5, help="1 nice … 5 must; 0: as it is."),
    *,
    said: Said,
) -> None:
    """Change a hit; `spot` leaves it alone from then on."""
    job = _job(context)
    given = _given(job, said)
    more: dict[str, Any] = {"at": job.reel_clock.read(at) if at else None, "weight": weight or None}
    more |= {"words": words, "why": why}
    given |= {key: one for key, one in more.items() if one is not None}
    _change(context, name, hit_id, said.json, **given)


@hit.command("move")
def hit_move(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = HIT,
    at: str = typer.Argument("", help=f"Where it is. {AT}"),
    by: str = typer.Option("", help="How much later (or, with -, earlier): 2f, 0.5."),
    json: bool = JSON,
) -> None:
    """Move a hit to another moment."""
    from scorestage.errors import InputError
    from scorestage.timebase import FilmClock, FilmTime

    job = _job(context)
    if bool(at) == bool(by):
        raise InputError("say where to move it", do="give the moment, or --by")
    if at:
        _change(context, name, hit_id, json, at=job.reel_clock.read(at))
        return
    from scorestage.workflow.cues import hit_of

    away = FilmClock(job.production.rate).read(by) - FilmTime(0)
    _change(context, name, hit_id, json, at=hit_of(job.cue(name), hit_id).at + away)


@hit.command("weigh")
def hit_weigh(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = HIT,
    weight: int = typer.Argument(min=1, max=5, help="1 nice … 5 must."),
    json: bool = JSON,
) -> None:
    """Say how much a hit matters."""
    _change(context, name, hit_id, json, weight=weight)


@hit.command("lock")
def hit_lock(
    context: typer.Context, name: str = NAME, hit_id: str = HIT, json: bool = JSON
) -> None:
    """Lock a hit: no map is offered that does not reach it."""
    _change(context, name, hit_id, json, locked=True)


@hit.command("unlock")
def hit_unlock(
    context: typer.Context, name: str = NAME, hit_id: str = HIT, json: bool = JSON
) -> None:
    """Unlock a hit."""
    _change(context, name, hit_id, json, locked=False)


@hit.command("keep")
def hit_keep(
    context: typer.Context, name: str = NAME, hit_id: str = HIT, json: bool = JSON
) -> None:
    """Keep a hit that was proposed, or bring back one that was dropped."""
    _change(context, name, hit_id, json)


@hit.command("drop")
def hit_drop(
    context: typer.Context,
    name: str = NAME,
    hit_id: str = HIT,
    note: str = typer.Option("", help="Why: kept with the hit's reason."),
    json: bool = JSON,
) -> None:
    """Drop a hit, or reject one that was proposed; `spot` does not bring it back."""
    from scorestage.workflow import cues

    cues.drop_hit(_job(context), name, hit_id, note)
    _tell_hits(_job(context), name, json)


def _job(context: typer.Context) -> Job:
    from scorestage.workflow.job import Job

    return Job.open(context.obj)


def _change(context: typer.Context, name: str, hit_id: str, json: bool, **changes: Any) -> None:
    from scorestage.workflow import cues

    cues.change_hit(_job(context), name, hit_id, **changes)
    _tell_hits(_job(context), name, json)


def _given(job: Job, said: Said) -> dict[str, Any]:
    """What was said of a hit, by the name of its field."""
    from scorestage.production import HitKind, HitWant

    given = {
        "kind": choice(HitKind, said.kind),
        "want": choice(HitWant, "strong beat" if said.want == "strong" else said.want),
        "early_frames": _frames(job, said.early),
        "late_frames": _frames(job, said.late),
        "aim_frames": _frames(job, said.aim),
        "locked": said.lock,
        "streamer": said.streamer,
    }
    return {key: one for key, one in given.items() if one is not None}


def _frames(job: Job, text: str) -> Fraction | None:
    """Frames, or milliseconds (`40ms`) counted in frames of the production's rate."""
    text = text.strip()
    if not text:
        return None
    if text.endswith("ms"):
        return exact_number(text[:-2].strip()) / 1000 * job.production.rate.frames_per_second
    return exact_number(text.removesuffix("f").strip())


def _tell_hits(job: Job, name: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.tell import tell_hit

    one = job.cue(name)
    if json:
        say.as_json({"cue": one.number, "hits": [tell_hit(job, each) for each in one.hits]})
        return
    rows = [
        (
            each.id,
            job.reel_clock.nearest_label(each.at),
            each.kind,
            each.weight,
            each.want,
            f"-{float(each.early_frames):g} +{float(each.late_frames):g}",
            " ".join(
                word
                for word, is_so in (("locked", each.locked), ("streamer", each.streamer))
                if is_so
            )
            + (f" aim {float(each.aim_frames):+g}" if each.aim_frames else ""),
            each.status,
            each.words,
            each.why,
        )
        for each in one.hits
    ]
    if rows:
        heads = ("hit", "at", "kind", "weight", "want", "frames", "", "status", "words", "why")
        say.table(heads, rows)
    else:
        print(f"{one.number} has no hits")
