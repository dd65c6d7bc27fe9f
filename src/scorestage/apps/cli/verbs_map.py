"""`map`: tempo maps from a performance, clicks made after the recording, maps shown and pulled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli import verbs_pull

if TYPE_CHECKING:
    from scorestage.workflow.played import PlayedAnswer, Stage

map_ = typer.Typer(
    no_args_is_help=True,
    help="Tempo maps from taps and takes, overdub clicks, pull-up and pull-down.",
)

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUE = typer.Option("", "--cue", help="In a project: the cue it is of; its map is kept there.")
KEEP = typer.Option(True, "--keep/--no-keep", help="Keep the map as the cue's own.")
METER = typer.Option("4/4", "--meter", help="4/4, or bar by bar: '8x4/4, 2/4, 4/4'.")
FIRST = typer.Option("", "--first-beat", help="On which beat of its bar the first one falls.")
FOLLOW = typer.Option(
    "spans", "--follow", help="spans (fewest events), bars (one a bar), beats (as played)."
)
RAMPS = typer.Option(True, "--ramps/--steps", help="Gradual changes, or steps at barlines only.")
JITTER = typer.Option("", "--jitter", help="Scatter to take out, in ms; else told by the take.")
STARTS = typer.Option("", "--starts", help="Film time of the take's beginning, in any form.")
END = typer.Option("", "--end", help="Where the last barline must be; 'take': as played.")
HITS = typer.Option(None, "--hits", help="A CSV of hits (id,at,…) to be met.")
RATE = typer.Option("24", "--rate", "-r", help="Without a project: frames per second.")
FILM_START = typer.Option(
    "00:00:00:00", "--film-start", help="Without a project: timecode of the first frame."
)
BPM = typer.Option("", "--bpm", help="Where the beat is looked for: 60:140.")
WISH = typer.Option("", "--wish", help="About how fast the beat is, in bpm.")
SCORE = typer.Option(None, "--score", help="What is played: .musicxml or .mid.")
LISTEN = typer.Option(False, "--listen", help="Find the beat though the cue has a score.")
OUT = typer.Option([], "--out", "-o", help="Also write .toml, .mid, .json …; may be repeated.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    verbs_pull.add_to(map_)
    app.add_typer(map_, name="map")


@map_.command("tap")
def tap(
    context: typer.Context,
    taps: Path = typer.Argument(help="Times (.csv, .txt), notes (.mid), or claps (.wav, .mp3 …)."),
    cue: str = CUE,
    keep: bool = KEEP,
    meter: str = METER,
    first_beat: str = FIRST,
    tap_is: str = typer.Option("1", "--tap-is", help="Beats that a tap stands for: 1, 2, 1/2."),
    drop: int = typer.Option(0, "--drop", min=0, help="Leave out so many taps at the start."),
    follow: str = FOLLOW,
    ramps: bool = RAMPS,
    jitter: str = JITTER,
    starts: str = STARTS,
    end: str = END,
    hits: Path | None = HITS,
    rate: str = RATE,
    film_start: str = FILM_START,
    out: list[Path] = OUT,
    json: bool = JSON,
) -> None:
    """Make a map out of tapped beats: smooth, without lag, hits and last barline met.

    Missed, doubled and stray taps are told, not obeyed.
    """
    from scorestage.workflow.played import PlayedWish, tap_map
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source(out, taps, hits)
    wish = PlayedWish(
        meter=meter,
        first_beat=first_beat,
        tap_is=tap_is,
        drop=drop,
        follow=follow,
        ramps=ramps,
        jitter_ms=jitter,
        starts=starts,
        end=end,
        hits=hits,
    )
    stage = stage_of_options(context, cue, rate, film_start)
    answer = tap_map(taps, wish, stage)
    _tell(answer, stage, keep and bool(cue), out, f"tap {taps.name}", json)


@map_.command("follow")
def follow_(
    context: typer.Context,
    take: Path = typer.Argument(help="A performance: .mid, or a recording (.wav, .mp3, .flac …)."),
    cue: str = CUE,
    keep: bool = KEEP,
    score: Path | None = SCORE,
    listen: bool = LISTEN,
    meter: str = METER,
    first_beat: str = FIRST,
    bpm: str = BPM,
    wish: str = WISH,
    follow: str = FOLLOW,
    ramps: bool = RAMPS,
    jitter: str = JITTER,
    starts: str = STARTS,
    end: str = END,
    hits: Path | None = HITS,
    rate: str = RATE,
    film_start: str = FILM_START,
    out: list[Path] = OUT,
    json: bool = JSON,
) -> None:
    """Make a map out of a rubato take: by its score, or by the beat found in it.

    Where the beat is no surer than chance, it is not guessed: tap it instead.
    """
    from scorestage.workflow.played import PlayedWish, follow_map
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source(out, take, score, hits)
    asked = PlayedWish(
        meter=meter,
        first_beat=first_beat,
        follow=follow,
        ramps=ramps,
        jitter_ms=jitter,
        starts=starts,
        end=end,
        hits=hits,
        bpm=bpm,
        wish=wish,
        score=score,
        listen=listen,
    )
    stage = stage_of_options(context, cue, rate, film_start)
    answer = follow_map(take, asked, stage)
    _tell(answer, stage, keep and bool(cue), out, f"follow {take.name}", json)


@map_.command("overdub")
def overdub(
    context: typer.Context,
    take: Path = typer.Argument(help="What was recorded: .wav, .mp3, .flac …, or .mid."),
    taps: Path | None = typer.Option(None, "--taps", help="Beats tapped to it; else found in it."),
    cue: str = typer.Option("", "--cue", help="In a project: the cue it is of."),
    score: Path | None = SCORE,
    listen: bool = LISTEN,
    click: str = typer.Option("both", "--click", help="exact (every beat), smooth, or both."),
    count_off: int | None = typer.Option(
        None, "--count-off", min=0, max=64, help="Clicks before the first beat; else the house's."
    ),
    meter: str = METER,
    first_beat: str = FIRST,
    bpm: str = BPM,
    wish: str = WISH,
    starts: str = STARTS,
    rate: str = RATE,
    film_start: str = FILM_START,
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
    asked = PlayedWish(
        meter=meter,
        first_beat=first_beat,
        starts=starts,
        bpm=bpm,
        wish=wish,
        score=score,
        listen=listen,
    )
    stage = stage_of_options(context, cue, rate, film_start)
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
    from scorestage.workflow.played_answers import tell_map, tempo_rows, write_map_file
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
    _tell_written(lost)


def stage_of_options(context: typer.Context, cue: str, rate: str, film_start: str) -> Stage:
    """The cue that an option names, or a film's clock by itself."""
    from scorestage.timebase import FilmClock, Timecode, frame_rate
    from scorestage.workflow.job import Job
    from scorestage.workflow.played import stage_of

    fps = frame_rate(rate)
    clock = FilmClock(fps, Timecode.parse(film_start, fps).frames)
    return stage_of(Job.open(context.obj) if cue else None, cue, clock)


def _tell(
    answer: PlayedAnswer, stage: Stage, keep: bool, out: list[Path], how: str, json: bool
) -> None:
    """Write, keep and tell a map from a performance."""
    from scorestage.apps.cli import say
    from scorestage.workflow.played import keep_map
    from scorestage.workflow.played_answers import (
        tell_played,
        tempo_rows,
        told_in_words,
        write_map_file,
    )

    tempo_map = answer.played.tempo_map
    lost = {
        str(one): write_map_file(one, tempo_map, stage.clock, answer.name, answer.hits)
        for one in out
    }
    kept = keep_map(stage, answer, how) if keep else None
    if json:
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
            str(one.position),
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
