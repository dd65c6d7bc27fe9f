"""`lay`: music first, the picture comes after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorestage.workflow.lay import Laying

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("lay")(lay)


def lay(
    context: typer.Context,
    source: Path = typer.Argument(help="A folder of drawings, a cut list, or a film."),
    cue: str = typer.Argument("", help="In a project: the cue whose music it is."),
    tempo_map: Path | None = typer.Option(
        None, "--map", help="The music: a tempo map of any kind, a MIDI file, or a recording."
    ),
    taps: Path | None = typer.Option(None, "--taps", help="The recording's beats as tapped."),
    music: Path | None = typer.Option(None, "--music", help="Its sound, for the film."),
    start: str = typer.Option("", "--start", help="Where bar 1 (or the recording) begins."),
    listed: Path | None = typer.Option(
        None, "--list", help="Of drawings: CSV with file, length, scene, words."
    ),
    land: list[str] = typer.Option(None, "--land", help='"card 5 = bar 17".'),
    on: str = typer.Option("bars", "--on", help="What cards begin on: phrases, bars, beats."),
    shortest: int = typer.Option(12, "--shortest", min=1, help="Least frames a card stands."),
    handles: int = typer.Option(0, "--handles", min=0, help="Of shots: frames after their end."),
    rate: str = typer.Option("", "--rate", "-r", help="Frames per second, without a project."),
    picture: bool = typer.Option(False, "--picture", help="Make it the picture in force."),
    label: str = typer.Option("", "--label", help="With --picture: what this version is called."),
    out: list[Path] = typer.Option(
        None, "--out", "-o", help="Write .otio .edl .fcpxml .pdf .csv .mp4; may be said twice."
    ),
    json: bool = JSON,
) -> None:
    """Lay drawings, scene cards or shots on the sections and bars of music that is there first."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import choice
    from scorestage.errors import InputError
    from scorestage.workflow.lay import (
        LayWish,
        keep_as_picture,
        tell_laying,
        write_laid,
    )
    from scorestage.workflow.lay_given import LayFiles, lay_given
    from scorestage.workflow.recut_music import Grid

    if picture and not cue:
        raise InputError("only a project has a picture in force", do="name a cue")
    wish = LayWish(choice(Grid, on) or Grid.BARS, shortest, handles, tuple(land or ()))
    files = LayFiles(source, tempo_map, taps, music, start, listed, rate)
    with say.progress("lay") as progress:
        job, found = lay_given(context.obj, cue, files, wish, progress)
    written = [{"path": str(path), "notes": list(write_laid(found, path))} for path in out or []]
    if picture and job is not None:
        written.append({"path": str(keep_as_picture(job, found, label)), "notes": []})
    if json:
        say.as_json(tell_laying(found) | {"cue": cue or None, "written": written})
        return
    _tell(found, written)


def _tell(found: Laying, written: Sequence[dict[str, Any]]) -> None:
    """Where each card lies, and the files that were written."""
    from scorestage.apps.cli import say
    from scorestage.workflow.lay import laid_table

    for note in found.music.told:
        print(f"note: {note}")
    table = laid_table(found)
    say.table([column.heading.lower() for column in table.columns], table.rows)
    for one in written:
        print(f"written: {one['path']}")
        for note in one["notes"]:
            print(f"  note: {note}")
