"""`cue`: what the spotting decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli import wishes
from scorestage.apps.cli.cue_words import More, changes_of
from scorestage.apps.cli.optionsets import spread
from scorestage.apps.cli.reading import choice, exact_length

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

cue = typer.Typer(
    no_args_is_help=True, help="List, add, move, split, merge, renumber or omit cues."
)

JSON = typer.Option(False, "--json", help="Answer as JSON.")
NAME = typer.Argument(metavar="CUE", help="The cue's number (1m01) or id.")
_AT = "Timecode, feet+frames, clock time or seconds."


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(cue, name="cue")


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
    sheet = master_cue_list(job.production, job.reel_clock)
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
    from scorestage.workflow.script_answers import scenes_words
    from scorestage.workflow.tell import scoring_words, tell_cue

    job = Job.open(context.obj)
    one = job.cue(name)
    if json:
        say.as_json(tell_cue(job, one))
        return
    print(f"{one.number}  {one.title}  ({one.status})")
    for reason in one.why:
        print(f"  because {reason}")
    for words in scoring_words(one):
        print(f"  scored {words}")
    if one.scenes and job.production.script:
        print(f"  {scenes_words(job, one)}")
    if one.start is not None and one.end is not None:
        sheet = timing_notes(one, job.reel_clock, production=job.production.title)
        say.table([column.heading for column in sheet.columns], sheet.rows, indent=2)


@cue.command("add")
def cue_add(
    context: typer.Context,
    start: str = typer.Argument("", help=f"Where music starts. {_AT} Empty: no picture yet."),
    end: str = typer.Argument("", help="Where it is out."),
    title: str = typer.Option("", help="Its title."),
    number: str = typer.Option("", help="Its number; otherwise the next one."),
    insert: bool = typer.Option(False, help="With the letter after the cue before it: 1m04a."),
    layer: str = typer.Option("", help="score, source (its number gets an s) or song."),
    length: str = typer.Option("", help="How long, without a picture: 75, 1:15."),
    tone: list[str] = typer.Option([], help="A word of tone for this cue."),
    json: bool = JSON,
) -> None:
    """Add a cue."""
    from scorestage.production import Layer
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    added = cues.add_cue(
        job,
        job.reel_clock.read(start) if start else None,
        job.reel_clock.read(end) if end else None,
        title=title,
        number=number,
        insert=insert,
        length_seconds=exact_length(length) if length else None,
        tone=tuple(tone),
        **({"layer": kind} if (kind := choice(Layer, layer)) is not None else {}),
    )
    tell_one_cue(Job.open(context.obj), added.id, json)


@cue.command("change")
@spread
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
    layer: str = typer.Option("", help="score, source or song."),
    timing: str = typer.Option("", help="click, free, or house: as the house has it."),
    theme: str = typer.Option("", help="Id of the theme to state."),
    ensemble: str = typer.Option("", help="An ensemble of its own."),
    players: str | None = typer.Option(
        None,
        help="Who of the ensemble plays: ids, families, instruments (strings,hp,hn*);"
        " -brass leaves out; '' for all.",
    ),
    style: str = typer.Option("", help="A style of its own."),
    groove: str = typer.Option("", help="The drum kit's: auto, none, swing, rock, electronic."),
    option: str = typer.Option("", help="balanced, lush, transparent, brass-led or small."),
    level: str = typer.Option("", help="Of scoring: assign, lines, double, fill or full."),
    assign: list[str] = typer.Option(
        [], help="STRAND[@BARS]=PLAYERS: melody=fl1,hn1; `none` takes all back."
    ),
    added_notes: bool | None = typer.Option(
        None,
        "--added-notes/--no-added-notes",
        help="Whether scoring may add timpani, percussion, harp, comping, drum patterns.",
    ),
    everyone: bool | None = typer.Option(
        None,
        "--everyone/--not-everyone",
        help="Whether players who would sit out a long cue get something.",
    ),
    json: bool = JSON,
    *,
    more: More,
) -> None:
    """Change a cue; `spot` leaves it alone from then on."""
    from scorestage.production import (
        CueStatus,
        CueTiming,
        Groove,
        Layer,
        ScoringLevel,
        ScoringOption,
        WayIn,
        WayOut,
    )
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    changes: dict[str, Any] = {
        "start": job.reel_clock.read(start) if start else None,
        "end": job.reel_clock.read(end) if end else None,
        "title": title,
        "number": number,
        "tone": tuple(tone),
        "way_in": choice(WayIn, way_in),
        "way_out": choice(WayOut, way_out),
        "status": choice(CueStatus, status),
        "layer": choice(Layer, layer),
        "timing": choice(CueTiming, timing),
        "theme": theme,
        "ensemble": ensemble,
        "style": style,
        "groove": choice(Groove, groove),
        "added_notes": added_notes,
        "everyone": everyone,
        "option": choice(ScoringOption, option),
        "level": choice(ScoringLevel, level),
    }
    said = {key: one for key, one in changes.items() if one or one is False}
    if players is not None:
        said["players"] = tuple(word.strip() for word in players.split(",") if word.strip())
    if assign:
        said["assign"] = () if assign == ["none"] else tuple(assign)
    changed = cues.change_cue(job, name, **said, **changes_of(job, more))
    tell_one_cue(Job.open(context.obj), changed.id, json)


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
    first, second = cues.split_cue(job, name, job.reel_clock.read(at))
    for one in (first, second):
        tell_one_cue(Job.open(context.obj), one.id, json)


@cue.command("move")
def cue_move(
    context: typer.Context,
    name: str = NAME,
    to: str = typer.Option("", help=f"Where it is to start. {_AT}"),
    by: str = typer.Option("", help="How much later (or, with -, earlier): 2.5, 12f, 1+08."),
    with_hits: bool = typer.Option(False, help="Hits and steady spans go along."),
    json: bool = JSON,
) -> None:
    """Move a cue in the film; its hits stay at their pictures."""
    from scorestage.errors import InputError
    from scorestage.timebase import FilmClock, FilmTime
    from scorestage.workflow import cue_order
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    if bool(to) == bool(by):
        raise InputError("say where to move it", do="give one of --to and --by")
    start = job.cue(name).start or FilmTime(0)
    aim = job.reel_clock.read(to) if to else start
    away = FilmClock(job.production.rate).read(by) - FilmTime(0) if by else aim - start
    cue_order.move_cue(job, name, away, with_hits=with_hits)
    tell_one_cue(Job.open(context.obj), name, json)


@cue.command("merge")
def cue_merge(
    context: typer.Context,
    name: str = NAME,
    other: str = typer.Argument(metavar="OTHER", help="The cue to merge it with."),
    json: bool = JSON,
) -> None:
    """Make one cue of two; the earlier keeps its number, the later is omitted."""
    from scorestage.workflow import cue_order
    from scorestage.workflow.job import Job

    merged = cue_order.merge_cues(Job.open(context.obj), name, other)
    tell_one_cue(Job.open(context.obj), merged.id, json)


@cue.command("renumber")
def cue_renumber(
    context: typer.Context,
    per_reel: bool = typer.Option(False, help="Begin anew in each reel: 1m1, 2m1."),
    episode: int = typer.Option(0, min=0, help="Television: the episode in the reel's place."),
    reels_only: bool = typer.Option(False, help="Keep counts and letters, tell the reels anew."),
    json: bool = JSON,
) -> None:
    """Number all cues anew in film order; for one cue say `cue change CUE --number`."""
    from scorestage.apps.cli import say
    from scorestage.production import Numbering
    from scorestage.workflow import cue_order
    from scorestage.workflow.job import Job

    numbering = Numbering.PER_REEL if per_reel else Numbering.RUNNING
    changed = cue_order.renumber(
        Job.open(context.obj), numbering, episode=episode, reels_only=reels_only
    )
    if json:
        say.as_json({"renumbered": [{"old": old, "new": new} for old, new in changed]})
        return
    for old, new in changed:
        print(f"{old} is now {new}")
    if not changed:
        print("the numbers are in order")


@cue.command("restore")
def cue_restore(context: typer.Context, name: str = NAME, json: bool = JSON) -> None:
    """Bring an omitted cue back."""
    from scorestage.workflow import cue_order
    from scorestage.workflow.job import Job

    cue_order.restore_cue(Job.open(context.obj), name)
    tell_one_cue(Job.open(context.obj), name, json)


@cue.command("tempo")
def cue_tempo(
    context: typer.Context,
    name: str = NAME,
    bpm: str = wishes.BPM,
    wish: str = wishes.WISH,
    meters: str = wishes.METERS,
    breath: str = wishes.BREATH,
    ramps: bool | None = wishes.RAMPS,
    fermatas: bool | None = wishes.FERMATAS,
    free_bars: bool | None = wishes.FREE_BARS,
    pickup: str = wishes.PICKUP,
    start_late: str = wishes.START_LATE,
    steady: list[str] = wishes.STEADY,
    anew: bool = typer.Option(False, help="Forget what was wished before."),
    json: bool = JSON,
) -> None:
    """Keep what is wished of a cue's tempo and meter maps; `fit` and `build` heed it."""
    from scorestage.workflow import cue_order
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    asked = wishes.asked(
        bpm=bpm,
        wish=wish,
        meters=meters,
        breath=breath,
        ramps=ramps,
        fermatas=fermatas,
        free_bars=free_bars,
        pickup=pickup,
        start_late=start_late,
        steady=steady,
        clock=job.reel_clock,
    )
    if anew or asked.says_anything:
        cue_order.wish_for(job, name, asked, anew=anew)
        job = Job.open(context.obj)
    _tell_tempo(job, name, json)


@cue.command("omit")
def cue_omit(
    context: typer.Context,
    name: str = NAME,
    note: str = typer.Option("", help="Why: kept with the cue's reasons."),
    json: bool = JSON,
) -> None:
    """Take a cue out, or reject a proposal: its files stay, `spot` does not bring it back."""
    from scorestage.workflow import cues
    from scorestage.workflow.job import Job

    cues.omit_cue(Job.open(context.obj), name, note)
    tell_one_cue(Job.open(context.obj), name, json)


def tell_one_cue(job: Job, name: str, json: bool) -> None:
    """Say what a cue is now."""
    from scorestage.apps.cli import say
    from scorestage.timebase import clock_text
    from scorestage.workflow.tell import tell_cue

    one = job.cue(name)
    if json:
        say.as_json(tell_cue(job, one))
        return
    length = clock_text(one.seconds) if one.seconds is not None else "free length"
    start = job.reel_clock.nearest_label(one.start) if one.start is not None else "no picture yet"
    print(f"{one.number}  {one.title or '(untitled)'}  {start}  {length}  {one.status}")


def _tell_tempo(job: Job, name: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.fit import settings_of
    from scorestage.workflow.fit_answers import tell_asked
    from scorestage.workflow.fit_words import asked_words

    one = job.cue(name)
    settings = settings_of(job, one)
    if json:
        say.as_json({"cue": one.number, **tell_asked(settings)})
        return
    print(f"{one.number}  {one.title}".rstrip())
    for what, told in asked_words(settings, job.reel_clock):
        print(f"  {what:12} {told}")
