"""`takedown`: a played MIDI file becomes notes on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.sketch_in import SketchTaken
    from scorestage.workflow.takedown import Taken


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("takedown")(takedown)


def takedown(
    context: typer.Context,
    file: Path = typer.Argument(help="A played MIDI file: a mock-up's tracks, or a take."),
    cue: str = typer.Option("", help="In a project: make it this cue's sketch, in its map's bars."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Where to write it: .musicxml, .mxl or .mid."
    ),
    to: str = typer.Option(
        "", help="full: a staff for each instrument; short: three to six staves; piano."
    ),
    click: str = typer.Option(
        "auto", help="file: played to the file's click; free: find the beat; auto: as it sounds."
    ),
    tempo_map: Path | None = typer.Option(None, "--map", help="Read it against this tempo map."),
    starts: str = typer.Option("", help="With a map or cue: the moment at which the file begins."),
    meter: str = typer.Option("4/4", help="Played freely: meters of the bars, '4x4/4, 3/4'."),
    first_beat: str = typer.Option("", help="Played freely: the beat on which it begins."),
    bpm: str = typer.Option("", help="Played freely: between which tempos, 60:100."),
    switches: list[str] | None = typer.Option(
        None, help="Key switches of a library: its name, a .toml, or a .expressionmap."
    ),
    switch: list[str] | None = typer.Option(
        None, help="One key switch: 'C0=staccato', '24=pizz.'."
    ),
    middle_c: str = typer.Option("C4", help="What middle C is called in --switch: C3, C4, C5."),
    swing: bool | None = typer.Option(
        None, "--swing/--straight", help="Whether eighths swing; else as heard."
    ),
    dynamics: bool = typer.Option(True, help="Write dynamics and hairpins."),
    loudness: str = typer.Option(
        "", help="What makes it loud: velocity, or controllers, '11' where the wheel is vibrato."
    ),
    again: bool = typer.Option(False, "--again", help="Also in place of a sketch that is there."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say how it is read, write nothing."),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Take a performance down: rhythms, voices, spelling, techniques, slurs and hairpins."""
    from scorestage.apps.cli import say
    from scorestage.takedown import TakeSettings
    from scorestage.workflow.job import Job
    from scorestage.workflow.library import libraries_at
    from scorestage.workflow.takedown import (
        TakeWish,
        keep_taken,
        take_down_file,
        taken_answer,
        write_taken,
    )
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source([output], file)
    wish = TakeWish(
        *(click, tempo_map, starts, meter, first_beat, bpm),
        *(tuple(switches or ()), tuple(switch or ()), middle_c),
        TakeSettings(swing=swing, dynamics=dynamics),
        to or ("short" if cue else "full"),
        loudness=loudness,
    )
    job = Job.open(context.obj) if cue else None
    taken = take_down_file(file, wish, libraries_at(context.obj), job, cue)
    kept = None
    if job is not None:
        kept = keep_taken(job, job.cue(cue), taken, again=again, dry=dry_run)
    if output is not None and not dry_run:
        write_taken(taken, output)
    if json:
        answer = taken_answer(taken)
        written = kept.written if kept is not None else output if not dry_run else None
        say.as_json(answer | {"written": str(written) if written is not None else None})
        return
    _tell(taken, kept)
    if output is not None and not dry_run:
        print(output)


def _tell(taken: Taken, kept: SketchTaken | None) -> None:
    """Who plays what, what was found, and which bars to look at."""
    from itertools import groupby

    from scorestage.apps.cli import say

    names = {line.player.id: line.player.name for line in taken.reading.score.lines}
    rows = [
        (
            names.get(one.player, one.player),
            ", ".join(dict.fromkeys(filter(None, one.tracks))),
            str(one.played),
            f"{one.scatter_seconds * 1000:.0f} ms",
        )
        for one in taken.reading.players
    ]
    say.table(("player", "tracks", "notes", "scatter"), rows)
    for note in taken.notes:
        say.paragraph(note)
    grid = taken.reading.score.grid
    doubts = sorted(taken.reading.doubts, key=lambda one: (one.player, one.why, one.bar_index))
    for (player, why), group in groupby(doubts, key=lambda one: (one.player, one.why)):
        bars = ", ".join(str(grid.bars[one.bar_index].label) for one in group)
        say.paragraph(f"look at {names.get(player, player)}, bars {bars}: {why}")
    if kept is not None:
        done = "taken" if kept.written is not None else "not taken (dry run)"
        print(f"{kept.cue}: {done}; {kept.kind}: {', '.join(kept.strands)}")
