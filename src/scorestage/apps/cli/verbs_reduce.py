"""`reduce`: a full score to a short score, or to piano."""

from __future__ import annotations

from pathlib import Path

import typer

WHAT = typer.Argument(metavar="CUE|FILE", help="A cue number, or a score file.")
OUTPUT = typer.Option(None, "--output", "-o", help="Where to write it: .musicxml or .mid.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("reduce")(reduce)


def reduce(
    context: typer.Context,
    what: str = WHAT,
    output: Path | None = OUTPUT,
    to: str = typer.Option("short", help="short: three to six staves by role; or piano."),
    bare: bool = typer.Option(
        False, "--bare", help="Leave out who played it, to score it with a free hand."
    ),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Bring a full score down to a short score by role, or to piano; say who has the tune."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.convert import MIDI, MUSICXML
    from scorestage.workflow.job import Job
    from scorestage.workflow.reduce import (
        ReduceTo,
        carriers_in_words,
        reduce_cue,
        reduce_file,
        reduced_answer,
        write_reduced,
    )

    if to not in list(ReduceTo):
        raise InputError(f"{to!r} is nothing to reduce to", do="say --to short or --to piano")
    if what.lower().endswith((*MUSICXML, *MIDI)):
        source = Path(what)
        if output is not None and output.exists() and output.samefile(source):
            raise InputError("this would write over its own source", do="name another file")
        made = reduce_file(source, ReduceTo(to), named=not bare)
    else:
        job = Job.open(context.obj)
        made = reduce_cue(job, job.cue(what), ReduceTo(to), named=not bare)
    if output is not None:
        write_reduced(made, output)
    if json:
        say.as_json(reduced_answer(made))
        return
    say.table(("bars", "tune", "bass"), carriers_in_words(made))
    for note in made.notes:
        say.paragraph(note)
    if output is not None:
        print(output)
