"""`fit`: tempo and meter maps that reach the hits, in a project or from a list of hits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli import wishes

if TYPE_CHECKING:
    from scorestage.production import Cue, ReelClock
    from scorestage.tempofit import Candidate
    from scorestage.timebase import FilmClock, TempoMap
    from scorestage.workflow.fit_alone import AloneFit
    from scorestage.workflow.fit_wish import FitWish
    from scorestage.workflow.job import Job

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
_ALONE = "Without a project:"


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("fit")(fit)


def fit(
    context: typer.Context,
    cues: list[str] | None = CUES,
    hits: Path | None = typer.Option(None, help=f"{_ALONE} a CSV of hits (id,at,…)."),
    start: str = typer.Option("0", help=f"{_ALONE} where the music starts."),
    end: str = typer.Option("", help=f"{_ALONE} where it is out; none: some bars after the hits."),
    rate: str = typer.Option("24", help=f"{_ALONE} frames per second."),
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
    known: Path | None = typer.Option(
        None, "--map", help=f"{_ALONE} a map there already (.json of fit, .toml, .mid …)."
    ),
    keep_bars: list[str] = typer.Option([], help="Bars of the map there already that stay: 1-8."),
    mend: bool = typer.Option(
        False, help="Change the map there already only near hits that it no longer reaches."
    ),
    fast: bool = typer.Option(False, help="The first good map at once, without ranking or luck."),
    top: int = typer.Option(5, min=1, help="How many maps to offer."),
    draws: int | None = typer.Option(None, min=0, help="Draws of random hits for what luck does."),
    seed: int | None = typer.Option(None, help="Another seed draws other random hits."),
    show: int = typer.Option(1, min=1, help="Which map to show hit by hit."),
    choose: int = typer.Option(0, min=0, help="Take this one of the maps offered."),
    workers: int = typer.Option(0, min=0, help="Processes for many cues; 0: one for each core."),
    json: bool = JSON,
) -> None:
    """Find tempo and meter maps that reach the hits, ranked, with the frames off each.

    What is said here holds for this once; `cue tempo` keeps it for the cue.
    """
    from dataclasses import replace

    from scorestage.timebase import FilmClock, frame_rate
    from scorestage.workflow.fit_alone import fit_alone

    job = None if hits is not None else _opened(context)
    clock = FilmClock(frame_rate(rate))
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
        clock=clock if job is None else job.reel_clock,
    )
    asked = replace(asked, top=top, seed=seed, draws=draws, fast=fast, mend=mend)
    if job is not None:
        _fit_project(job, tuple(cues or ()), asked, tuple(keep_bars), choose, show, workers, json)
    elif hits is not None:
        there = _read_map(known, clock) if known is not None else None
        found = fit_alone(hits, start, end, clock, asked, there, keep_bars)
        _tell_alone(hits, found, clock, show, json)


def _opened(context: typer.Context) -> Job:
    """The project; what reads one is not loaded for a list of hits."""
    from scorestage.workflow.job import Job

    return Job.open(context.obj)


def _read_map(known: Path, clock: FilmClock) -> TempoMap:
    from scorestage.workflow.map_alone import read_map_alone

    return read_map_alone(known, clock)


def _tell_alone(hits: Path, found: AloneFit, clock: FilmClock, show: int, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.fit_answers import tell_fit

    for column in found.not_read:
        say.fault(f"{hits}: the column {column!r} is not read")
    if json:
        told = tell_fit(found.candidates, found.rate, found.start, found.end, found.settings)
        say.as_json({"cue": None, **told})
        return
    _tell(hits.stem, found.candidates, clock, show)


def _fit_project(
    job: Job,
    names: tuple[str, ...],
    asked: FitWish,
    keep_bars: tuple[str, ...],
    choose: int,
    show: int,
    workers: int,
    json: bool,
) -> None:
    from scorestage.apps.cli import say
    from scorestage.errors import InputError, ScorestageError
    from scorestage.workflow import fit as fitting

    chosen_cues = job.cues(names)
    if choose and len(chosen_cues) != 1:
        raise InputError("one map can be chosen for one cue", do="name the cue")
    answers, faults = [], []
    found = fitting.fit_cues(job, chosen_cues, asked, keep_bars, workers)
    for cue, candidates in zip(chosen_cues, found, strict=True):
        if isinstance(candidates, ScorestageError):
            if len(chosen_cues) == 1:
                raise candidates
            faults.append(candidates)
            say.fault(f"{cue.number}: {candidates}")
            continue
        if choose:
            fitting.choose(job, cue, candidates, choose)
        elif not asked.says_anything and not keep_bars:
            fitting.keep_best(job, cue, candidates)
        if json:
            answers.append(_told(job, cue, asked, candidates))
        else:
            shown = show if len(chosen_cues) == 1 else min(show, len(candidates))
            _tell(f"{cue.number}  {cue.title}".rstrip(), candidates, job.reel_clock, shown)
    if json:
        say.as_json(answers[0] if len(names) == 1 else {"cues": answers})
    if faults:
        raise SystemExit(max(one.exit_status for one in faults))


def _told(job: Job, cue: Cue, asked: FitWish, candidates: tuple[Candidate, ...]) -> dict[str, Any]:
    from scorestage.workflow.fit import place_of, settings_of
    from scorestage.workflow.fit_answers import tell_fit

    settings = asked.settings(settings_of(job, cue))
    told = tell_fit(candidates, job.production.rate, *place_of(cue), settings)
    return {"cue": cue.number, **told}


def _tell(
    title: str, candidates: tuple[Candidate, ...], clock: FilmClock | ReelClock, show: int
) -> None:
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow import fit_words as words

    if show > len(candidates):
        raise InputError(f"there is no map {show}", do=f"show 1 to {len(candidates)}")
    print(title)
    rows = [words.overview_row(rank, one) for rank, one in enumerate(candidates, start=1)]
    say.table(words.OVERVIEW, rows, indent=2)
    shown = candidates[show - 1]
    print()
    say.paragraph(f"{show}. {shown.name}: {shown.why}", indent=2, hang=3)
    say.paragraph(f"tempo  {words.tempo_path(shown.tempo_map)}", indent=5, hang=7)
    say.paragraph(f"meter  {words.meter_words(shown.tempo_map)}", indent=5, hang=7)
    if shown.hits:
        print()
        say.table(words.HITS, words.hit_rows(shown, clock), indent=5)
    for conflict in words.conflicts(shown, clock.rate):
        say.paragraph(f"conflict: {conflict}", indent=5, hang=2)
    if told := words.chance_words(shown):
        say.paragraph(told, indent=2)
    print()
