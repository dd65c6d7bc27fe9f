"""`engrave`: pages of a cue, or of any score file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scorestage.apps.cli.verbs_make import ENGRAVER, JSON, WORKERS, engraver_named, make_products

if TYPE_CHECKING:
    from scorestage.workflow.engrave import PageWish

WHAT = typer.Argument(
    None, metavar="[CUE|FILE]...", help="Cue numbers (none: all cues), or one score file."
)
INTO = typer.Option(None, "--output", "-o", help="For a file: the folder for the pages.")
PARTS = typer.Option(False, "--parts", help="For a file: every part too, not the score alone.")
HOUSE = typer.Option("los-angeles", help="For a file: the copying style.")


SHOW = typer.Option("", "--production", help="For a file: the production, for heads and names.")
CUE = typer.Option("", "--cue", help="For a file: the cue's number, such as 1m01.")
RIGHTS = typer.Option("", "--copyright", help="For a file: the line of copyright.")
PAPER = typer.Option("", "--paper", help="For a file: the score's paper: tabloid, a3, letter …")
PITCH = typer.Option(
    None, "--transposed/--concert", help="For a file: a transposed score, or one in C."
)
STAVES = typer.Option(
    None, "--all-staves/--used-staves", help="For a file: staves of silent players, or none."
)
KEYS = typer.Option(
    None, "--keys/--no-keys", help="For a file: key signatures, or accidentals in each bar."
)
CONDENSE = typer.Option(
    False, "--condense", help="For a file: two players of one instrument on a staff (1., 2., a2)."
)
BARS = typer.Option("", "--bars", help="For a file: a passage alone: 17-32.")
VERSION = typer.Option("", "--version", help="For a file: the version of the music, such as v2.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("engrave")(engrave)
    app.command("booklets")(booklets)
    app.command("preview")(preview)


def engrave(
    context: typer.Context,
    what: list[str] | None = WHAT,
    output: Path | None = INTO,
    parts: bool = PARTS,
    house: str = HOUSE,
    production: str = SHOW,
    cue: str = CUE,
    version: str = VERSION,
    rights: str = RIGHTS,
    paper: str = PAPER,
    transposed: bool | None = PITCH,
    all_staves: bool | None = STAVES,
    keys: bool | None = KEYS,
    condense: bool = CONDENSE,
    bars: str = BARS,
    engraver: str = ENGRAVER,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Print the conductor's score and every part: of cues, or of a MusicXML or MIDI file."""
    from scorestage.errors import InputError
    from scorestage.workflow.engrave import SCORES, PageWish

    asked = what or []
    files = [Path(one) for one in asked if one.lower().endswith(SCORES)]
    if not files:
        if output is not None or parts:
            raise InputError("-o and --parts go with a score file", do="name the file first")
        kinds = ("score and parts", "sketch", "MusicXML")
        make_products(context, tuple(asked), kinds, workers, json, engraver)
    elif len(asked) > 1:
        raise InputError("name one score file at a time")
    else:
        wish = PageWish(
            *(house, production, cue, version, rights),
            *(paper, transposed, all_staves, keys, condense),
            bars=bars,
        )
        _engrave_file(files[0], output or Path.cwd(), parts, wish, engraver, workers, json)


def _engrave_file(
    source: Path,
    into: Path,
    parts: bool,
    wish: PageWish,
    engraver: str,
    workers: int,
    json: bool,
) -> None:
    import os

    from scorestage.apps.cli import say
    from scorestage.workflow.engrave import engrave_file

    made = engrave_file(
        source,
        into,
        parts=parts,
        engraver=engraver_named(engraver),
        wish=wish,
        workers=workers or os.cpu_count() or 1,
    )
    if json:
        files = [str(file) for file in made.files]
        say.as_json({"files": files, "maker": made.maker, "notes": list(made.notes)})
        return
    for file in made.files:
        print(file)
    print(f"pages engraved by {made.maker}")
    for note in made.notes:
        print(f"  note: {note}")


def booklets(
    context: typer.Context,
    cues: list[str] | None = typer.Argument(
        None, metavar="[CUE]...", help="Cue numbers in recording order; none: as in the film."
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="The folder for them."),
    engraver: str = ENGRAVER,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Bind one booklet for each player: all cues in recording order, contents in front."""
    import os

    from scorestage.apps.cli import say
    from scorestage.workflow.booklets import make_booklets
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    found = make_booklets(
        job, output, tuple(cues or ()), engraver_named(engraver), workers or os.cpu_count() or 1
    )
    if json:
        told = [
            {
                "player": one.player,
                "path": str(one.path),
                "pages": one.pages,
                "cues": list(one.cues),
                "tacet": list(one.tacet),
            }
            for one in found
        ]
        say.as_json({"booklets": told})
        return
    for one in found:
        print(f"{one.path}  {one.pages} pages")


def preview(
    context: typer.Context,
    what: str = typer.Argument(metavar="CUE|FILE", help="A cue's number, or a score file."),
    output: Path = typer.Option(..., "--output", "-o", help="What to write: .html or .svg."),
    house: str = HOUSE,
    condense: bool = CONDENSE,
    json: bool = JSON,
) -> None:
    """Draw the score for the screen, each note leading to where it comes from; needs Verovio."""
    from scorestage.apps.cli import say
    from scorestage.workflow.engrave import SCORES, PageWish
    from scorestage.workflow.preview import preview_file

    if what.lower().endswith(SCORES):
        made = preview_file(Path(what), output, PageWish(house, condense=condense))
    else:
        from scorestage.workflow.job import Job
        from scorestage.workflow.preview_cue import preview_cue

        made = preview_cue(Job.open(context.obj), what, output)
    if json:
        files = [str(file) for file in made.files]
        say.as_json({"files": files, "pages": made.pages, "notes": made.notes, "maker": made.maker})
        return
    for file in made.files:
        print(file)
    print(f"{made.pages} pages, {made.notes} notes, drawn by {made.maker}")
