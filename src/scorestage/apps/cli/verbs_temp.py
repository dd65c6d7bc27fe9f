"""`temp`: the temp track heard, briefed from, and kept at a distance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

temp = typer.Typer(
    no_args_is_help=True, help="Hear the temp track; say how near a cue comes to it."
)

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(temp, name="temp")


@temp.command("hear")
def temp_hear(
    context: typer.Context,
    file: Path | None = typer.Argument(
        None, help="The temp as sound, or a film with it inside; otherwise the project's."
    ),
    brief: bool = typer.Option(False, help="Write what it asks for into the project's brief."),
    json: bool = JSON,
) -> None:
    """Tell where each piece of the temp starts and stops, its tempo, key, form and hits."""
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.temp import brief_from, hear_file, tell_temp, temp_files

    job = Job.open(context.obj) if file is None or brief else None
    files = (file,) if file is not None else temp_files(job) if job is not None else ()
    rate = job.production.rate if job is not None else None
    heard = tuple(hear_file(one, rate) for one in files)
    if brief and job is not None:
        brief_from(job, heard, date.today().isoformat())
    answers = [tell_temp(one) for one in heard]
    if json:
        say.as_json({"temps": answers})
        return
    for answer in answers:
        _print(answer)


@temp.command("keep")
def temp_keep(
    context: typer.Context,
    piece: int = typer.Argument(help="The piece of the temp, as `temp hear` counts them."),
    file: Path | None = typer.Argument(None, help="The temp; otherwise the project's."),
    work: str = typer.Option("", help="What music it is: its title."),
    artist: str = typer.Option("", help="Who plays or sings on it."),
    writer: str = typer.Option("", help="Who wrote it; several parted by ';'."),
    publisher: str = typer.Option("", help="Who publishes it."),
    master: str = typer.Option("", help="Who owns the recording."),
    layer: str = typer.Option("song", help="score, source or song."),
    at: str = typer.Option("", help="Where in the film the temp begins; otherwise at its head."),
    json: bool = JSON,
) -> None:
    """Keep a piece of the temp in the film: a cue that must be licensed (a needle drop).

    Its rights are said further with `licence say`.
    """
    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import choice
    from scorestage.production import Layer
    from scorestage.timebase import FilmTime
    from scorestage.workflow.job import Job
    from scorestage.workflow.licences import keep_temp, tell_licences
    from scorestage.workflow.temp import hear_file, temp_files

    job = Job.open(context.obj)
    kind = choice(Layer, layer) or Layer.SONG
    begins = job.reel_clock.read(at) if at else FilmTime(0)
    files = (file,) if file is not None else temp_files(job)
    heard = tuple(hear_file(one, job.production.rate) for one in files)
    said = {"work": work, "artist": artist, "writer": writer}
    said |= {"publisher": publisher, "master": master}
    cue = keep_temp(job, heard, piece, kind, begins, **said)
    if json:
        found = tell_licences(Job.open(context.obj))
        say.as_json({"cue": cue.number, "licences": found})
        return
    print(f"{cue.number}  {cue.title}: to be licensed; say more with `licence say {cue.number}`")


def _print(answer: dict[str, Any]) -> None:
    print(answer["file"])
    for piece in answer["pieces"]:
        print(f"  {piece['in_timecode']}  {piece['brief']}")
        for section in piece["sections"]:
            loud = section["loudness_lufs"]
            print(f"    {section['letter']}  {section['in_seconds_float']:8.1f} s  {loud:g} LUFS")
        if piece["hits"]:
            hits = ", ".join(f"{one['at_seconds_float']:.2f}" for one in piece["hits"])
            print(f"    hits: {hits} s")
        if piece["line"] is not None:
            names = " ".join(note["name"] for note in piece["line"]["notes"])
            print(f"    one line stands out (sure to {piece['line']['confidence']:g}): {names}")
    if not answer["pieces"]:
        print("  no music is heard")


@temp.command("compare")
def temp_compare(
    temp_track: Path = typer.Argument(metavar="TEMP", help="The temp: sound, MusicXML or MIDI."),
    music: Path = typer.Argument(metavar="MUSIC", help="The cue, of the same kind."),
    json: bool = JSON,
) -> None:
    """Say how near a cue comes to the temp: green, amber or red, and what is alike.

    From sound at most one line that stands out is known; give scores or MIDI to have melody,
    harmony and rhythm compared, and to see the bars that agree.
    """
    from scorestage.apps.cli import say
    from scorestage.workflow.temp_likeness import compare_with_temp

    answer = compare_with_temp(temp_track, music)
    if json:
        say.as_json(answer)
        return
    print(f"{answer['verdict']}  (known by {answer['known_by']})")
    for point in answer.get("points", ()):
        print(f"  {'!' if point['counts'] else ' '} {point['name']:9} {point['words']}")
    if "aligned" in answer:
        limits = answer["limits_percent"]
        shared = f"{answer['shared_percent']:g} % of the beats share a pitch"
        print(f"  {shared} (amber {limits['amber']:g}, red {limits['red']:g})")
        for kind in ("aligned", "harmony", "rhythm"):
            _print_bars("melody" if kind == "aligned" else kind, answer[kind])


def _print_bars(name: str, rows: list[dict[str, Any]]) -> None:
    """Places that agree, the temp's first."""
    for row in rows:
        one, other = (
            f"{place['bar']}.{place['beat']} {place.get('chord', '')}".strip()
            for place in (row["temp"], row["cue"])
        )
        print(f"    {name:8} temp {one}  =  cue {other}")
