"""`map pull`: cues, maps, lists and sound run at another speed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from scorestage.timebase.pull import Pull

RATE = typer.Option(
    "",
    "--rate",
    "-r",
    help="For files: frames per second of their timecode; else that of --from, or 24.",
)
FILM_START = typer.Option(
    "00:00:00:00", "--film-start", help="For files: timecode of the first frame."
)


def add_to(map_: typer.Typer) -> None:
    """Put the verb beside the others of `map`."""
    map_.command("pull")(pull)


def pull(
    context: typer.Context,
    names: list[str] = typer.Argument(
        None, metavar="[CUE|FILE]...", help="Cues, or files: maps, hit lists, .wav."
    ),
    down: bool = typer.Option(False, "--down", help="0.1 % slower: 24 to 23.976."),
    up: bool = typer.Option(False, "--up", help="0.1 % faster: 23.976 to 24."),
    before: str = typer.Option("", "--from", help="The rate it was made at."),
    after: str = typer.Option("", "--to", help="The rate it is run at."),
    factor: str = typer.Option("", "--factor", help="How much faster: 1001/1000."),
    about: str = typer.Option("", "--about", help="What stays where it is; else the film's start."),
    every: bool = typer.Option(False, "--all", help="All cues of the project."),
    picture: Path | None = typer.Option(
        None, "--picture", help="With --all: the same film at its new rate, taken in as well."
    ),
    rate: str = RATE,
    film_start: str = FILM_START,
    out: Path | None = typer.Option(None, "--out", "-o", help="For one file: where to write it."),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Run cues, maps, hit lists or sound at another speed: tempo, hits and spans move together."""
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.pull import pull_cues, pull_to_picture, read_pull, tell_pull

    files = [name for name in names or () if Path(name).suffix]
    cues = tuple(name for name in names or () if not Path(name).suffix)
    asked = read_pull(down, up, before, after, factor)
    if picture is not None:
        if asked is not None or files or cues or not every:
            raise InputError("a new picture tells the pull itself", do="say --all --picture FILM")
        _tell_cues(tell_pull(pull_to_picture(Job.open(context.obj), picture)), json)
        return
    if asked is None:
        raise InputError("no pull is asked for", do="say --down, --up, --from 24 --to 25, --factor")
    if not files and not cues and not every:
        raise InputError("nothing to pull is named", do="name a cue or a file, or say --all")
    if files and (cues or every):
        raise InputError("cues and files are pulled one after the other", do="name one kind")
    if out is not None and len(files) != 1:
        raise InputError("-o is for one file", do="leave it out: files are written beside theirs")
    if files:
        made_at = rate or before or ("23.976" if up else "24")
        _pull_files(files, asked, about, (made_at, film_start), out, json)
        return
    job = Job.open(context.obj)
    asked = replace(asked, about=job.reel_clock.read(about)) if about else asked
    _tell_cues(tell_pull(pull_cues(job, cues, asked)), json)


def _pull_files(
    files: list[str], asked: Pull, about: str, film: tuple[str, str], out: Path | None, json: bool
) -> None:
    """Pull files by themselves; each is written beside its source, or to `out`."""
    from scorestage.apps.cli import say
    from scorestage.timebase import FilmClock, Timecode, frame_rate
    from scorestage.workflow.pull_files import pull_file
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source([out], *map(Path, files))
    fps = frame_rate(film[0])
    clock = FilmClock(fps, Timecode.parse(film[1], fps).frames)
    asked = replace(asked, about=clock.read(about)) if about else asked
    made = [pull_file(Path(name), asked, clock, out) for name in files]
    if json:
        told = [{"path": str(one.path), "remarks": list(one.remarks)} for one in made]
        say.as_json({"factor": str(asked.factor), "files": told})
        return
    for one in made:
        print(one.path)
        for words in one.remarks:
            print(f"  {words}")


def _tell_cues(answer: dict[str, Any], json: bool) -> None:
    """Say what moved: cue by cue its ends, hits and tempo."""
    from scorestage.apps.cli import say

    if json:
        say.as_json(answer)
        return
    if answer["rate_before"] != answer["rate_after"]:
        print(f"the production runs at {answer['rate_after']} now, not {answer['rate_before']}")
    rows = []
    for one in answer["cues"]:
        bpm = one["map"]
        tempo = f"{bpm['bpm_before']:.6g} → {bpm['bpm']:.6g}" if bpm else "no map yet"
        places = [
            "" if one[f"{key}_seconds"] is None else f"{one[f'{key}_seconds_float']:.4f}"
            for key in ("start_before", "start", "end_before", "end")
        ]
        moved = f"{places[0]} → {places[1]}", f"{places[2]} → {places[3]}"
        rows.append((one["cue"], *moved, tempo, len(one["hits"])))
    say.table(("cue", "start, s", "end, s", "tempo", "hits moved"), rows)
    print(f"its sound: scorestage map pull FILE.wav ({answer['cents']:+.4f} cents)")
