"""`fit`, `theme`, `style`, `compose`, `orchestrate`, `check`, `convert`: making the music."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.tempofit import Candidate
    from scorestage.timebase import FrameRate
    from scorestage.workflow.fit import FitWish
    from scorestage.workflow.sources import Source

theme = typer.Typer(no_args_is_help=True, help="Add your own themes, or have one made.")
catalogue = typer.Typer(no_args_is_help=True, help="What there is to choose from.")
JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
AGAIN = typer.Option(False, "--again", help="Make it anew, even over what a person changed.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("fit")(fit)
    app.add_typer(theme, name="theme")
    app.add_typer(catalogue, name="catalogue")
    app.command("compose")(compose)
    app.command("orchestrate")(orchestrate)
    app.command("check")(check)
    app.command("convert")(convert)


def fit(
    context: typer.Context,
    cues: list[str] | None = CUES,
    hits: Path | None = typer.Option(None, help="Without a project: a CSV of hits (id,at,…)."),
    start: str = typer.Option("0", help="Without a project: where the music starts."),
    end: str = typer.Option("", help="Without a project: where it is out."),
    rate: str = typer.Option("24", help="Without a project: frames per second."),
    bpm: str = typer.Option("", help="Range of tempos: 60:140."),
    wish: str = typer.Option("", help="The tempo wished for."),
    meters: str = typer.Option("", help="Meters allowed, the usual one first: 4/4,3/4."),
    breath: str = typer.Option("", help="Largest step of tempo as a share: 0.025."),
    top: int = typer.Option(4, min=1, help="How many maps to offer."),
    choose: int = typer.Option(0, min=0, help="Take this one of the maps offered."),
    json: bool = JSON,
) -> None:
    """Find tempo and meter maps that reach the hits, ranked, with the frames off each."""
    from scorestage.timebase import Meter
    from scorestage.workflow.fit import FitWish

    lowest, _, highest = bpm.partition(":")
    asked = FitWish(
        _number(lowest) if lowest else None,
        _number(highest) if highest else None,
        _number(wish) if wish else None,
        tuple(Meter.parse(text) for text in meters.split(",") if text.strip()),
        _number(breath) * 100 if breath else None,
        top,
    )
    if hits is not None:
        _fit_alone(hits, start, end, rate, asked, json)
    else:
        plain = not any((bpm, wish, meters, breath)) and top == 4
        _fit_project(context, tuple(cues or ()), None if plain else asked, choose, json)


def _fit_alone(hits: Path, start: str, end: str, rate: str, asked: FitWish, json: bool) -> None:
    from scorestage.workflow.fit_alone import fit_alone

    candidates, frames = fit_alone(hits, start, end, rate, asked)
    _tell_fit("", candidates, frames, json)


def _fit_project(
    context: typer.Context,
    names: tuple[str, ...],
    asked: FitWish | None,
    choose: int,
    json: bool,
) -> None:
    from scorestage.errors import InputError
    from scorestage.workflow import fit as fitting
    from scorestage.workflow.job import Job
    from scorestage.workflow.sources import refresh

    job = Job.open(context.obj)
    chosen_cues = job.cues(names)
    if choose and len(chosen_cues) != 1:
        raise InputError("one map can be chosen for one cue", do="name the cue")
    for cue in chosen_cues:
        candidates = fitting.fit_cue(job, cue, asked)
        if choose:
            fitting.choose(job, cue, candidates, choose)
        elif asked is None:
            refresh(job, cue, fitting.FIT)
        _tell_fit(cue.number, candidates, job.production.rate, json)


def _tell_fit(number: str, candidates: tuple[Candidate, ...], rate: FrameRate, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.fit_answers import chance_words, describe, tell_candidate

    if json:
        found = [tell_candidate(one, rate) for one in candidates]
        say.as_json({"cue": number or None, "candidates": found})
        return
    for rank, one in enumerate(candidates, start=1):
        print(f"{number}  {rank}. {one.name}: {describe(one)}".strip())
        rows = [
            (
                landing.hit.id,
                str(landing.position),
                f"{float(landing.off_frames):+.2f}",
                "" if landing.caught else "MISSED",
                landing.hit.words,
            )
            for landing in one.hits
        ]
        if rows:
            say.table(("hit", "falls on", "frames off", "", "words"), rows, indent=6)
    if candidates and (words := chance_words(candidates[0])):
        print(f"  {words}")


@theme.command("list")
def theme_list(context: typer.Context, json: bool = JSON) -> None:
    """Show the production's themes."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import load_themes

    themes = load_themes(Job.open(context.obj))
    rows = [
        (one.id, one.title, f"{one.key} {one.mode}", str(one.meter), len(one.notes), one.stands_for)
        for one in themes
    ]
    if json:
        keys = ("id", "title", "key", "meter", "notes", "stands_for")
        say.as_json({"themes": [dict(zip(keys, row, strict=True)) for row in rows]})
    elif rows:
        say.table(("theme", "title", "key", "meter", "notes", "stands for"), rows)
    else:
        print("no themes yet: `theme add FILE`, or `theme make`; build makes one if there is none")


@theme.command("add")
def theme_add(
    context: typer.Context,
    file: Path = typer.Argument(help="MusicXML or MIDI."),
    name: str = typer.Option("", "--id", help="Its id; otherwise from the file's name."),
    title: str = typer.Option("", help="Its title."),
    stands_for: str = typer.Option("", help="Character, place, idea or object."),
) -> None:
    """Take in a theme of your own."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import add_theme

    taken = add_theme(Job.open(context.obj), file, name, title, stands_for)
    added = taken.theme
    print(f"{added.id}: {len(added.notes)} notes, {added.key} {added.mode}, {added.meter}")
    for loss in taken.losses:
        print(f"  not carried over: {loss}")


@theme.command("make")
def theme_make(
    context: typer.Context,
    name: str = typer.Option("main", "--id", help="Its id."),
    title: str = typer.Option("", help="Its title."),
    tone: list[str] = typer.Option([], help="Words of tone; otherwise the brief's."),
    mode: str = typer.Option("", help="major, minor, dorian …"),
    key: str = typer.Option("", help="Its tonic: C, Eb, F# …"),
    seed: int | None = typer.Option(None, help="Another seed gives another theme."),
    stands_for: str = typer.Option("", help="Character, place, idea or object."),
) -> None:
    """Have a theme made, in the production's style."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import ThemeWish, make

    wish = ThemeWish(name, title, stands_for, tuple(tone), "", mode, key, seed)
    made = make(Job.open(context.obj), wish)
    melody = " ".join(str(note.top) for note in made.notes)
    print(f"{made.id}: {made.key} {made.mode}, {made.meter}: {melody}")


@catalogue.command("styles")
def catalogue_styles(json: bool = JSON) -> None:
    """Musical styles."""
    _list("styles", json)


@catalogue.command("ensembles")
def catalogue_ensembles(json: bool = JSON) -> None:
    """Ensembles, from solo piano to studio orchestra."""
    _list("ensembles", json)


@catalogue.command("instruments")
def catalogue_instruments(json: bool = JSON) -> None:
    """Instruments."""
    _list("instruments", json)


@catalogue.command("houses")
def catalogue_houses(json: bool = JSON) -> None:
    """Houses: copying and stage styles."""
    _list("houses", json)


def _list(kind: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.job import user_library
    from scorestage.workflow.library import listed

    found = listed(kind, (user_library(),))
    if json:
        say.as_json({kind: found})
        return
    say.table(("id", "name", "what"), [tuple(one.values()) for one in found])


def compose(
    context: typer.Context,
    cues: list[str] | None = CUES,
    again: bool = AGAIN,
    json: bool = JSON,
) -> None:
    """Write a sketch from brief, themes and tempo map."""
    from scorestage.workflow.compose import COMPOSE
    from scorestage.workflow.fit import FIT

    _refresh(context, tuple(cues or ()), (FIT, COMPOSE), again, json)


def orchestrate(
    context: typer.Context,
    cues: list[str] | None = CUES,
    again: bool = AGAIN,
    json: bool = JSON,
) -> None:
    """Turn the sketch into a full score for the production's ensemble."""
    from scorestage.workflow.compose import COMPOSE
    from scorestage.workflow.fit import FIT
    from scorestage.workflow.orchestrate import ORCHESTRATE

    _refresh(context, tuple(cues or ()), (FIT, COMPOSE, ORCHESTRATE), again, json)


def _refresh(
    context: typer.Context,
    names: tuple[str, ...],
    sources: tuple[Source, ...],
    again: bool,
    json: bool,
) -> None:
    from scorestage.adapters.store import writing
    from scorestage.apps.cli import say
    from scorestage.apps.cli.answers import source_answer, tell_sources
    from scorestage.workflow.job import Job
    from scorestage.workflow.sources import refresh
    from scorestage.workflow.themes import ensure_theme

    job = Job.open(context.obj)
    with writing(job.folder.root):
        job = ensure_theme(job)
        reports = [
            refresh(job, cue, source, again=again and source is sources[-1])
            for cue in job.cues(names)
            for source in sources
        ]
    if json:
        say.as_json({"files": [source_answer(one) for one in reports]})
        return
    tell_sources(tuple(reports))
    if all(str(one.state) == "kept" for one in reports):
        print("everything is up to date")


def check(
    context: typer.Context,
    cues: list[str] | None = CUES,
    json: bool = JSON,
) -> None:
    """Tell all that is wrong, by cue and bar: range, breath, entries, hits, cue sheet."""
    from scorestage.apps.cli import say
    from scorestage.workflow.check import check_production
    from scorestage.workflow.job import Job

    faults = check_production(Job.open(context.obj), tuple(cues or ()))
    if json:
        say.as_json({"faults": faults})
    for fault in [] if json else faults:
        place = " ".join(str(fault[key]) for key in ("cue", "player") if fault[key])
        bar = f" bar {fault['bar']}" if fault["bar"] else ""
        print(f"{fault['severity']:9} {place}{bar}: {fault['what']}")
    if not json and not faults:
        print("nothing wrong found")
    if any(fault["severity"] == "wrong" for fault in faults):
        raise SystemExit(1)


def convert(
    source: Path = typer.Argument(help="MusicXML (.musicxml, .xml, .mxl) or MIDI (.mid)."),
    target: Path = typer.Argument(help="What to write: .musicxml, .mid, .ly or .pdf."),
    part: str = typer.Option("", help="Only this player's part, by name or id."),
) -> None:
    """Turn a score from one format into another; what could not be carried is said."""
    from scorestage.workflow.convert import convert_file

    for loss in convert_file(source, target, part):
        print(f"not carried over: {loss}")
    print(target)


def _number(text: str) -> Fraction:
    from scorestage.errors import InputError

    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{text!r} is no number") from None
