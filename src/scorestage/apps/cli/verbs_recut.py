"""`recut`: the other way round, the picture goes with the music."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorestage.workflow.recut import Recutting

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("recut")(recut)


def recut(
    context: typer.Context,
    cue: str = typer.Argument("", help="The cue whose music the picture goes with."),
    edit: Path | None = typer.Option(
        None, "--edit", help="The present edit: EDL, OTIO, FCPXML, FCP7 XML, AAF."
    ),
    film: Path | None = typer.Option(None, "--film", help="Its film; alone: cut by its shots."),
    tempo_map: Path | None = typer.Option(
        None, "--map", help="The music: a tempo map of any kind, a MIDI file, or a recording."
    ),
    taps: Path | None = typer.Option(None, "--taps", help="The recording's beats as tapped."),
    score: Path | None = typer.Option(None, "--score", help="Of a MIDI take: what it plays."),
    music: Path | None = typer.Option(None, "--music", help="Its sound, for the preview."),
    start: str = typer.Option("", "--start", help="Where bar 1 (or the recording) begins."),
    meter: str = typer.Option("4/4", "--meter", help="Of a recording: 3/4, or 8x4/4, 2/4."),
    first_beat: str = typer.Option("", "--first-beat", help="Of a recording: its first beat."),
    bpm: str = typer.Option("", "--bpm", help="Of a recording: the range of its tempo, 80:120."),
    rate: str = typer.Option("", "--rate", "-r", help="Of an EDL: the frames it counts."),
    subtitles: Path | None = typer.Option(None, "--subtitles", help="What is said (SRT)."),
    listen: bool = typer.Option(
        True, "--listen/--no-listen", help="Listen to the film's sound for voices."
    ),
    hits: Path | None = typer.Option(None, "--hits", help="Actions that may land: a hit list."),
    land: list[str] = typer.Option(
        None, "--land", help='"cut 12 = bar 9", "hit 3 = bar 17 beat 1", "01:00:12:05 = 9|3".'
    ),
    propose: bool = typer.Option(False, "--propose", help="With --land: and what else could."),
    on: str = typer.Option("bars", "--on", help="What cuts may fall on: phrases, bars, beats."),
    strength: float = typer.Option(
        1.0, "--strength", min=0.0, max=20.0, help="How much a landing is worth: 1 as usual."
    ),
    lead: int = typer.Option(0, "--lead", help="Frames the picture comes before the music."),
    handles: int = typer.Option(0, "--handles", min=0, help="Frames of handle where not told."),
    trim: int = typer.Option(24, "--trim", min=0, help="Most frames off an edge."),
    add: int = typer.Option(24, "--add", min=0, help="Most frames of handle put on an edge."),
    shortest: int = typer.Option(12, "--shortest", min=1, help="Least frames of a trimmed shot."),
    retime: str = typer.Option("4", "--retime", help="Most per cent a shot may be retimed."),
    hold: int = typer.Option(0, "--hold", min=0, help="Most frames a shot's last may be held."),
    drift: int = typer.Option(120, "--drift", min=0, help="Most frames a cut may wander."),
    lock: list[str] = typer.Option(None, "--lock", help="Shots that stay: 3, 7-9."),
    drop: list[str] = typer.Option(None, "--drop", help="Shots that may be taken out."),
    swap: list[str] = typer.Option(None, "--swap", help="Shots that may change with the next."),
    begin: str = typer.Option("", "--from", help="Where re-cutting begins; else with the music."),
    stop: str = typer.Option("", "--to", help="Where it ends."),
    keep_length: bool = typer.Option(False, "--keep-length", help="What follows does not slide."),
    nearest: bool = typer.Option(False, "--nearest", help="Miss by least what cannot be had."),
    top: int = typer.Option(6, "--top", min=1, max=20, help="Ways looked for."),
    choose: int = typer.Option(1, "--choose", min=1, help="The way that is shown and written."),
    out: list[Path] = typer.Option(
        None, "--out", "-o", help="Write .otio .edl .fcpxml .pdf .csv .md .json .mp4; repeatable."
    ),
    apply: bool = typer.Option(
        False, "--apply", help="Make it the picture in force, the music as it is; undo takes back."
    ),
    label: str = typer.Option("", "--label", help="With --apply: what this cut is called."),
    json: bool = JSON,
) -> None:
    """Re-cut the picture so that cuts and actions fall on bars and beats, by the least change.

    Trims within the handles, slips and small changes of speed; no word is cut, picture with
    dialogue keeps its sync, the order stays. Without --land the cuts are proposed.
    """
    from fractions import Fraction

    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import choice, exact_number
    from scorestage.conform.recutting import Limits
    from scorestage.errors import InputError
    from scorestage.workflow.recut import RecutWish
    from scorestage.workflow.recut import recut as recut_picture
    from scorestage.workflow.recut_answers import tell_recutting
    from scorestage.workflow.recut_given import RecutFiles, recut_given
    from scorestage.workflow.recut_music import Grid
    from scorestage.workflow.recut_write import write_recut

    percent = exact_number(retime)
    if not 0 <= percent <= 50:
        raise InputError(f"--retime {retime}: say 0 to 50 per cent")
    limits = Limits(trim, Fraction(2, 5), add, shortest, percent / 100, hold, drift)
    wish = RecutWish(
        tuple(land or ()), propose, choice(Grid, on) or Grid.BARS, strength, lead, handles, limits,
        tuple(lock or ()), tuple(drop or ()), tuple(swap or ()), begin, stop, keep_length, nearest,
        top,
    )  # fmt: skip
    files = RecutFiles(
        edit, film, tempo_map, taps, score, music, start, meter, first_beat, bpm, rate, subtitles,
        listen, hits,
    )  # fmt: skip
    with say.progress("recut") as progress:
        picture, tune, actions = recut_given(context.obj, cue, files, progress)
        progress(0.95, "cutting")
        found = recut_picture(picture, tune, wish, actions)
    if found.ways:
        found.chosen(choose)
    written = []
    for path in out or [] if found.ways else []:
        notes = write_recut(found, choose, path)
        written.append({"path": str(path), "notes": list(notes)})
    done = _apply(context.obj, cue, found, choose, label) if apply and found.ways else None
    if json:
        told: dict[str, Any] = {"cue": cue or None, "written": written, "applied": done is not None}
        if done is not None:
            told["picture"], told["others"] = done[0], [list(one) for one in done[1]]
        say.as_json(tell_recutting(found, choose) | told)
    else:
        _tell(found, choose)
        _tell_written(written)
        if done is not None:
            _tell_applied(*done)
    if not found.ways:
        raise SystemExit(2)


def _apply(
    folder: Path, cue: str, found: Recutting, choose: int, label: str
) -> tuple[str, list[tuple[str, str, str]]]:
    """Put the way chosen in force: the new picture, and of each other cue what became of it."""
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.recut_apply import apply_recut, conformed_words

    if not cue:
        raise InputError("only a project has a picture in force", do="name a cue")
    job = Job.open(folder)
    mine = job.cue(cue).id
    done, conforming = apply_recut(job, mine, found, choose, label)
    return done.picture().id, conformed_words(conforming, mine)


def _tell_written(written: Sequence[dict[str, Any]]) -> None:
    for one in written:
        print(f"written: {one['path']}")
        for note in one["notes"]:
            print(f"  note: {note}")


def _tell_applied(picture: str, cues: Sequence[tuple[str, str, str]]) -> None:
    from scorestage.apps.cli import say

    print(f"picture {picture} is in force and waits for its film;")
    print("the music stays, hits went with their picture; scorestage undo takes it back")
    if cues:
        say.table(("cue", "what happened", "what is done"), cues, indent=2)


def _tell(found: Recutting, choose: int) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.recut_answers import (
        change_table,
        conflict_words,
        landing_table,
        obstacle_words,
        way_words,
    )

    for note in found.told:
        print(f"note: {note}")
    for conflict in found.conflicts:
        say.paragraph(conflict_words(conflict), hang=2)
        for reason in conflict.reasons:
            print(f"    {reason}")
    if not found.ways:
        print("nothing is cut: give more handles or limits, land less, or say --nearest")
        return
    for number, way in enumerate(found.ways, start=1):
        mark = "→" if number == choose else " "
        say.paragraph(f"{mark} {number}  {way.name}: {way_words(found, way)}", hang=5)
    way = found.ways[choose - 1]
    changes = change_table(found, way)
    if changes.rows:
        told = [(row[0], row[1], row[2], row[4], row[9], row[10]) for row in changes.rows]
        say.table(("shot", "clip", "was in", "now in", "do", "so that"), told, indent=2)
    landings = landing_table(found, way)
    if landings.rows:
        rows = [
            (*row, "lands" if one.is_met else "")
            for row, one in zip(landings.rows, way.landed, strict=True)
        ]
        heads = ("picture", "music", "was at", "now at", "before", "after", "")
        say.table(heads, rows, indent=2)
    for one in found.obstacles(choose):
        say.paragraph(obstacle_words(one), hang=2)
