"""`map`: tempo maps from a performance, clicks made after the recording, maps shown and pulled."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorestage.apps.cli import verbs_pull
from scorestage.apps.cli.optionsets import spread

if TYPE_CHECKING:
    from scorestage.workflow.played import PlayedAnswer, PlayedWish, Stage

map_ = typer.Typer(
    no_args_is_help=True,
    help="Tempo maps from taps and takes, overdub clicks, pull-up and pull-down.",
)

JSON = typer.Option(False, "--json", help="Answer as JSON.")
RATE = typer.Option("24", "--rate", "-r", help="Without a project: frames per second.")
FILM_START = typer.Option(
    "00:00:00:00", "--film-start", help="Without a project: timecode of the first frame."
)
OUT = typer.Option([], "--out", "-o", help="Also write .toml, .mid, .json …; may be repeated.")


@dataclass(frozen=True, slots=True)
class Film:
    """Which film a performance belongs to, and how it is counted."""

    rate: Annotated[
        str, typer.Option("--rate", "-r", help="Without a project: frames per second.")
    ] = "24"
    film_start: Annotated[
        str, typer.Option("--film-start", help="Without a project: timecode of the first frame.")
    ] = "00:00:00:00"


@dataclass(frozen=True, slots=True)
class Counted:
    """How beats are counted, and where the take lies."""

    meter: Annotated[
        str, typer.Option("--meter", help="4/4, or bar by bar: '8x4/4, 2/4, 4/4'.")
    ] = "4/4"
    first_beat: Annotated[
        str, typer.Option("--first-beat", help="On which beat of its bar the first one falls.")
    ] = ""
    starts: Annotated[
        str, typer.Option("--starts", help="Film time of the take's beginning, in any form.")
    ] = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """How the beat of a take is found."""

    score: Annotated[
        Path | None, typer.Option("--score", help="What is played: .musicxml or .mid.")
    ] = None
    listen: Annotated[
        bool, typer.Option("--listen", help="Find the beat though the cue has a score.")
    ] = False
    bpm: Annotated[str, typer.Option("--bpm", help="Where the beat is looked for: 60:140.")] = ""
    wish: Annotated[str, typer.Option("--wish", help="About how fast the beat is, in bpm.")] = ""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What map is made of the beats."""

    follow: Annotated[
        str,
        typer.Option(
            "--follow", help="spans (fewest events), bars (one a bar), beats (as played)."
        ),
    ] = "spans"
    ramps: Annotated[
        bool,
        typer.Option("--ramps/--steps", help="Gradual changes, or steps at barlines only."),
    ] = True
    jitter: Annotated[
        str, typer.Option("--jitter", help="Scatter to take out, in ms; else told by the take.")
    ] = ""
    end: Annotated[
        str, typer.Option("--end", help="Where the last barline must be; 'take': as played.")
    ] = ""
    hits: Annotated[
        Path | None, typer.Option("--hits", help="A CSV of hits (id,at,…) to be met.")
    ] = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the map goes."""

    cue: Annotated[
        str, typer.Option("--cue", help="In a project: the cue it is of; its map is kept there.")
    ] = ""
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the map as the cue's own.")
    ] = True
    out: Annotated[
        list[Path],
        typer.Option("--out", "-o", help="Also write .toml, .mid, .json …; may be repeated."),
    ] = field(default_factory=list)
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    verbs_pull.add_to(map_)
    app.add_typer(map_, name="map")


@map_.command("tap")
@spread
def tap(
    context: typer.Context,
    taps: Path = typer.Argument(help="Times (.csv, .txt), notes (.mid), or claps (.wav, .mp3 …)."),
    tap_is: str = typer.Option("1", "--tap-is", help="Beats that a tap stands for: 1, 2, 1/2."),
    drop: int = typer.Option(0, "--drop", min=0, help="Leave out so many taps at the start."),
    *,
    counted: Counted,
    shaped: Shaped,
    film: Film,
    kept: Kept,
) -> None:
    """Make a map out of tapped beats: smooth, without lag, hits and last barline met.

    Missed, doubled and stray taps are told, not obeyed.
    """
    from scorestage.workflow.played import tap_map
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source(kept.out, taps, shaped.hits)
    wish = _wish(counted, shaped, tap_is=tap_is, drop=drop)
    stage = stage_of_options(context, kept.cue, film.rate, film.film_start)
    _tell(tap_map(taps, wish, stage), stage, kept, f"tap {taps.name}")


@map_.command("follow")
@spread
def follow_(
    context: typer.Context,
    take: Path = typer.Argument(help="A performance: .mid, or a recording (.wav, .mp3, .flac …)."),
    *,
    sought: Sought,
    counted: Counted,
    shaped: Shaped,
    film: Film,
    kept: Kept,
) -> None:
    """Make a map out of a rubato take: by its score, or by the beat found in it.

    Where the beat is no surer than chance, it is not guessed: tap it instead.
    """
    from scorestage.workflow.played import follow_map
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source(kept.out, take, sought.score, shaped.hits)
    stage = stage_of_options(context, kept.cue, film.rate, film.film_start)
    answer = follow_map(take, _wish(counted, shaped, **_fields(sought)), stage)
    _tell(answer, stage, kept, f"follow {take.name}")


@map_.command("overdub")
@spread
def overdub(
    context: typer.Context,
    take: Path = typer.Argument(help="What was recorded: .wav, .mp3, .flac …, or .mid."),
    taps: Path | None = typer.Option(None, "--taps", help="Beats tapped to it; else found in it."),
    cue: str = typer.Option("", "--cue", help="In a project: the cue it is of."),
    click: str = typer.Option("both", "--click", help="exact (every beat), smooth, or both."),
    count_off: int | None = typer.Option(
        None, "--count-off", min=0, max=64, help="Clicks before the first beat; else the house's."
    ),
    *,
    sought: Sought,
    counted: Counted,
    film: Film,
    out: Path | None = typer.Option(None, "--out", "-o", help="The folder for the clicks."),
    json: bool = JSON,
) -> None:
    """Make clicks for a recording that had none: as it was played, and smoothed.

    Each click is as long as the recording and carries its time stamp, with its map as MIDI.
    """
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.tempofit.played import Follow
    from scorestage.workflow.played import PlayedWish
    from scorestage.workflow.played_answers import told_in_words
    from scorestage.workflow.played_click import overdub_clicks, tell_overdub

    ways: dict[str, tuple[Follow, ...]] = {
        "exact": (Follow.BEATS,),
        "smooth": (Follow.SPANS,),
        "both": (Follow.BEATS, Follow.SPANS),
    }
    if click not in ways:
        raise InputError(f"--click {click}: say one of {', '.join(ways)}")
    asked = PlayedWish(**_fields(counted), **_fields(sought))
    stage = stage_of_options(context, cue, film.rate, film.film_start)
    made = overdub_clicks(take, asked, stage, ways[click], taps, count_off, out)
    if json:
        say.as_json({"clicks": [tell_overdub(one, stage.clock) for one in made]})
        return
    for one in made:
        print(f"{one.click}: {one.clicks} clicks")
        print(f"  its map: {one.tempo_map}")
        if one.left_out:
            print(f"  {one.left_out} count-off clicks would lie before the recording: left out")
        for line in told_in_words(one.answer):
            print(f"  {line}")


def _wish(counted: Counted, shaped: Shaped, **more: Any) -> PlayedWish:
    """What was said of a take, as the workflow takes it."""
    from scorestage.workflow.played import PlayedWish

    said = _fields(shaped)
    return PlayedWish(jitter_ms=said.pop("jitter"), **said, **_fields(counted), **more)


def _fields(one: Counted | Shaped | Sought) -> dict[str, Any]:
    return {each.name: getattr(one, each.name) for each in fields(one)}


@map_.command("show")
def show(
    context: typer.Context,
    name: str = typer.Argument(metavar="CUE", help="A cue of the project, or a map's file."),
    rate: str = RATE,
    film_start: str = FILM_START,
    out: list[Path] = OUT,
    json: bool = JSON,
) -> None:
    """Show a map: bars, meters, tempos with their moments; or write it in another form."""
    from scorestage.apps.cli import say
    from scorestage.timebase import clock_text
    from scorestage.workflow.compose import map_of
    from scorestage.workflow.map_alone import read_map_alone
    from scorestage.workflow.played_answers import (
        meter_rows,
        tell_map,
        tempo_rows,
        write_map_file,
    )
    from scorestage.workflow.targets import refuse_own_source

    path = Path(name)
    refuse_own_source(out, path)
    stage = stage_of_options(context, "" if path.suffix else name, rate, film_start)
    if stage.job is not None and stage.cue is not None:
        tempo_map, hits = map_of(stage.job, stage.cue), stage.cue.live_hits
    else:
        tempo_map, hits = read_map_alone(path, stage.clock), ()
    lost = {str(one): write_map_file(one, tempo_map, stage.clock, name, hits) for one in out}
    if json:
        written = {"written": [{"path": k, "not_carried": list(v)} for k, v in lost.items()]}
        say.as_json({"name": name, **tell_map(tempo_map, stage.clock), **written})
        return
    grid = tempo_map.grid
    length = clock_text((tempo_map.end - tempo_map.start).seconds)
    print(f"{name}: {len(grid.bars)} bars, {length}, from {_label(stage, tempo_map.start)}")
    say.table(("at", "timecode", "tempo"), tempo_rows(tempo_map, stage.clock), indent=2)
    say.table(("from", "timecode", "meter", "bars"), meter_rows(tempo_map, stage.clock), indent=2)
    _tell_written(lost)


def stage_of_options(context: typer.Context, cue: str, rate: str, film_start: str) -> Stage:
    """The cue that an option names, or a film's clock by itself."""
    from scorestage.timebase import FilmClock, Timecode, frame_rate
    from scorestage.workflow.job import Job
    from scorestage.workflow.played import stage_of

    fps = frame_rate(rate)
    clock = FilmClock(fps, Timecode.parse(film_start, fps).frames)
    return stage_of(Job.open(context.obj) if cue else None, cue, clock)


def _tell(answer: PlayedAnswer, stage: Stage, goes: Kept, how: str) -> None:
    """Write, keep and tell a map from a performance."""
    from scorestage.apps.cli import say
    from scorestage.workflow.played import keep_map
    from scorestage.workflow.played_answers import (
        place_words,
        tell_played,
        tempo_rows,
        told_in_words,
        write_map_file,
    )

    tempo_map = answer.played.tempo_map
    lost = {
        str(one): write_map_file(one, tempo_map, stage.clock, answer.name, answer.hits)
        for one in goes.out
    }
    kept = keep_map(stage, answer, how) if goes.keep and goes.cue else None
    if goes.json:
        told: dict[str, Any] = tell_played(answer, stage.clock)
        told["kept"] = str(kept) if kept is not None else None
        told["written"] = [{"path": k, "not_carried": list(v)} for k, v in lost.items()]
        say.as_json(told)
        return
    for line in told_in_words(answer):
        print(line)
    say.table(("at", "timecode", "tempo"), tempo_rows(tempo_map, stage.clock), indent=2)
    rows = [
        (
            one.hit.id,
            place_words(tempo_map, one.at),
            f"{float(one.off_frames):+.2f}",
            "" if one.caught else "MISSED",
            one.hit.words,
        )
        for one in answer.played.landings
    ]
    if rows:
        say.table(("hit", "falls on", "frames off", "", "words"), rows, indent=2)
    if kept is not None:
        print(f"kept as the cue's own map: {kept}")
    _tell_written(lost)


def _tell_written(lost: dict[str, tuple[str, ...]]) -> None:
    for path, not_carried in lost.items():
        print(f"written: {path}")
        for words in not_carried:
            print(f"  not carried: {words}")


def _label(stage: Stage, at: Any) -> str:
    return stage.clock.nearest_label(at)
